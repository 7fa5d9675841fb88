"""Origins and destinations by what a person types, the same on the page, in links and on the command line."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import Polygon

from geoanalysis.domain.errors import PlaceError
from geoanalysis.domain.vocabularies import CrossingMode
from geoanalysis.network.ends import End
from geoanalysis.reference import find_place

_WEIGHT: Final = re.compile(r"(?P<words>.+?)\s*[*×]\s*(?P<weight>\d+(\.\d+)?)")
_BORDER: Final = re.compile(r"border\s+([A-Za-z]{2})\s*[-–]\s*([A-Za-z]{2})", re.IGNORECASE)
_AREA: Final = re.compile(r"area((?:\s+-?\d+(?:\.\d+)?){6,})", re.IGNORECASE)
_AREA_DECIMALS: Final = 2


def named_end(text: str, places: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame) -> End:
    """
    Find what a text names: where trips begin or end.

    It is one of

    - a place by its name, or ``lon,lat``, see `reference.find_place`;
    - ``border BG-TR``: all road crossings of that border section;
    - a crossing or port by its id or its name in the crossings table;
    - ``area lon lat lon lat lon lat ...``: the corners of an area, as `area_words` writes them;

    and ``* 2`` after it gives it twice the weight.

    Parameters
    ----------
    text
        What was typed.
    places
        As given by `reference.load_places`.
    crossings
        As given by `reference.load_crossings`.

    Raises
    ------
    PlaceError
        If there is nothing of that name.
    """
    weighted = _WEIGHT.fullmatch(text.strip())
    words = weighted["words"] if weighted else text.strip()
    end = _unweighted(words, places, crossings)
    return replace(end, weight=float(weighted["weight"])) if weighted else end


def named_ends(
    texts: Iterable[str], places: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> tuple[End, ...]:
    """Find what several texts name, see `named_end`."""
    return tuple(named_end(text, places, crossings) for text in texts)


def area_words(area: Polygon) -> str:
    """Give an area, EPSG:4326, as the text that names it: its corners to about a kilometre."""
    corners = np.round(shapely.get_coordinates(area.exterior)[:-1], _AREA_DECIMALS)
    return "area " + " ".join(f"{number:g}" for number in corners.ravel())


def border_choices(crossings: gpd.GeoDataFrame) -> list[str]:
    """Give the texts that name border sections with road crossings."""
    roads = crossings[crossings["mode"] == CrossingMode.ROAD]
    return [f"border {pair}" for pair in sorted(set(roads["pair"]) - {""})]


def port_choices(crossings: gpd.GeoDataFrame) -> list[str]:
    """Give the texts that name ports."""
    ports = crossings["mode"].isin([CrossingMode.SEA, CrossingMode.FERRY])
    return sorted(crossings["name"][ports])


def _unweighted(words: str, places: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame) -> End:
    if border := _BORDER.fullmatch(words):
        return _border("-".join(sorted(side.upper() for side in border.groups())), crossings)
    if area := _AREA.fullmatch(words):
        return _area(area[1])
    named = crossings[(crossings["crossing_id"] == words) | (crossings["name"] == words)]
    if len(named):
        return _crossing(named.iloc[0])
    place = find_place(words, places)
    return End(place.name, shapely.Point(place.lon, place.lat), place.country)


def _border(pair: str, crossings: gpd.GeoDataFrame) -> End:
    of_pair = crossings["pair"].isin([pair, "-".join(reversed(pair.split("-")))])
    ids = crossings["crossing_id"][of_pair & (crossings["mode"] == CrossingMode.ROAD)]
    if ids.empty:
        known = ", ".join(border_choices(crossings))
        raise PlaceError(f"the crossings table has no road crossing of border {pair}: there is {known}")
    return End(f"border {pair}", crossing_ids=tuple(ids))


def _crossing(row: pd.Series) -> End:
    """Give a road crossing, which stands in the network itself, or a port, which is near a road."""
    if row["mode"] == CrossingMode.ROAD:
        return End(str(row["name"]), crossing_ids=(str(row["crossing_id"]),))
    return End(str(row["name"]), row.geometry, str(row["country_a"] or ""))


def _area(numbers: str) -> End:
    values = [float(number) for number in numbers.split()]
    if len(values) % 2:
        raise PlaceError(f"area{numbers}: give pairs of longitude and latitude")
    area = shapely.make_valid(Polygon(list(zip(values[::2], values[1::2], strict=True))))
    if not area.area:
        raise PlaceError(f"area{numbers}: its corners lie on one line; give three that do not")
    middle = area.representative_point()
    return End(f"area around {middle.x:.2f}, {middle.y:.2f}", area)
