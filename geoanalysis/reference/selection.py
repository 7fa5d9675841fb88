"""Choosing among crossings: by filter, by drawn area, and as deployments of a plan."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

import geopandas as gpd
import pandas as pd
from shapely.geometry import shape

from geoanalysis.domain.errors import PlaceError
from geoanalysis.domain.operation import Deployment
from geoanalysis.reference.places import folded

_NAMED: Final = 5
"""So many crossings are named where several are meant."""


def select_crossings(
    crossings: gpd.GeoDataFrame,
    *,
    modes: Collection[str] = (),
    categories: Collection[str] = (),
    countries: Collection[str] = (),
    pairs: Collection[str] = (),
) -> gpd.GeoDataFrame:
    """Give the crossings that pass every filter; an empty one lets all pass, a country is either side."""
    chosen = crossings
    if modes:
        chosen = chosen[chosen["mode"].isin(modes)]
    if categories:
        chosen = chosen[chosen["category"].isin(categories)]
    if countries:
        chosen = chosen[chosen["country_a"].isin(countries) | chosen["country_b"].isin(countries)]
    if pairs:
        chosen = chosen[chosen["pair"].isin(pairs)]
    return chosen


def before(events: gpd.GeoDataFrame, day: date) -> gpd.GeoDataFrame:
    """Give the seizures that were made before a day."""
    return events[events["occurred_utc"] < pd.Timestamp(day, tz="UTC")]


def within(crossings: gpd.GeoDataFrame, polygon: dict[str, object]) -> gpd.GeoDataFrame:
    """Give the crossings inside a drawn polygon (GeoJSON geometry, EPSG:4326)."""
    return crossings[crossings.within(shape(polygon))]


def find_crossing(text: str, crossings: gpd.GeoDataFrame) -> str:
    """
    Find a crossing by its id, its name, or a part of the name that no other has; give its id.

    Raises
    ------
    PlaceError
        If none or several are meant; the message names some.
    """
    exact = crossings["crossing_id"][(crossings["crossing_id"] == text) | (crossings["name"] == text)]
    part = crossings["name"].map(folded).str.contains(folded(text), regex=False)
    found = exact if len(exact) else crossings["crossing_id"][part & (folded(text) != "")]
    if len(found) != 1:
        some = ", ".join(sorted(found)[:_NAMED]) or "none of that name"
        raise PlaceError(f"{text!r} is not one crossing of the table ({some}): give its crossing_id")
    return str(found.iloc[0])


def deployments(crossings: gpd.GeoDataFrame, crossing_ids: Iterable[str]) -> tuple[Deployment, ...]:
    """Give a deployment without officers yet for each of the crossings named, in that order."""
    rows = crossings.set_index("crossing_id")
    found = [
        (crossing_id, rows.loc[crossing_id]) for crossing_id in crossing_ids if crossing_id in rows.index
    ]
    return tuple(Deployment(i, str(row["name"]), row.geometry.x, row.geometry.y) for i, row in found)
