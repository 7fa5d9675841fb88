"""How many seizures of each crime area there were where, without small counts."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.crs import LONLAT
from geoanalysis.review.withholding import gives_away, hide, withheld

_DECIMALS: Final = 5
"""Of a degree: about a metre."""
_PLACE: Final = ["lon", "lat", "crime_area"]


def counted_places(seizures: gpd.GeoDataFrame, least: int) -> gpd.GeoDataFrame:
    """
    Count the seizures of each place by crime area.

    The total of a crime area may be told beside it. So where what is withheld of a crime area could be
    computed from its total, the next smallest count is withheld too. Where no count of it is left to withhold
    the total itself must not be told: ``attrs["not_to_total"]`` names such crime areas, for
    `suppressed_totals`. Seizures of a place in all, told beside, give away what is withheld of one
    crime area.

    Parameters
    ----------
    seizures
        Records that conform to `schemas.SEIZURES`.
    least
        Counts above zero and below this are withheld; 0 or 1 tells all.

    Returns
    -------
    GeoDataFrame
        A row per position and crime area, EPSG:4326, sorted by crime area and position: ``place_id``
        (position and crime area), ``name`` (of the place, else the country), ``crime_area``, ``seizures``
        (events; NA where withheld), ``not_told`` (words for what is withheld). A seizure counts once in each
        of its crime areas; those without a position are left out.
    """
    located = seizures[np.isfinite(seizures.geometry.x)]
    at = located.geometry
    items = pd.DataFrame(located[["country", "seizure_id", "crime_area"]]).assign(
        lon=at.x.round(_DECIMALS) + 0.0,  # no minus zero
        lat=at.y.round(_DECIMALS) + 0.0,
        name=located["place_name"].fillna(located["country"]),
    )
    events = items.drop_duplicates([*_PLACE, "country", "seizure_id"])
    counts = events.groupby(_PLACE).agg(name=("name", "first"), seizures=("name", "size")).reset_index()
    counts = counts.sort_values(["crime_area", "lon", "lat"], ignore_index=True)
    return _as_frame(_hidden(counts, least))


def _hidden(counts: pd.DataFrame, least: int) -> pd.DataFrame:
    whole = counts.astype({"seizures": "Int64"})
    parts = [withheld(part, least) for _, part in whole.groupby("crime_area")["seizures"]]
    mask = pd.concat([pd.Series(dtype=bool), *parts]).reindex(whole.index).astype(bool)
    shown = hide(whole, {"seizures": mask}, {}, least, within=whole["crime_area"])
    left = whole[mask].groupby("crime_area")["seizures"]
    shown.attrs["not_to_total"] = tuple(
        str(area) for area, counts in left if gives_away(counts.to_numpy(float), least)
    )
    return shown


def _as_frame(counts: pd.DataFrame) -> gpd.GeoDataFrame:
    positions = zip(counts["lon"], counts["lat"], counts["crime_area"], strict=True)
    columns = {
        "place_id": pd.Series([f"{lon:.5f},{lat:.5f}:{area}" for lon, lat, area in positions], dtype="str"),
        **{name: counts[name] for name in ("name", "crime_area", "seizures", "not_told")},
    }
    points = gpd.points_from_xy(counts["lon"], counts["lat"])
    places = gpd.GeoDataFrame(columns, geometry=points, crs=LONLAT)
    places.attrs = counts.attrs
    return places
