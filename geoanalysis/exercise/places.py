"""The places of an exercise: which are manned, how much is checked at each, and where the hot spots hide."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.crs import GEOD
from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.exercise.apportion import apportion
from geoanalysis.exercise.published import HOST
from geoanalysis.exercise.setting import Setting

BASE_HIT_RATE: Final = 0.02
"""Hits per check wherever no hot spot is planted, whatever the selection, the country and the hour."""
HOT_FACTOR: Final = 3.0
HOT_PLACES: Final = 4
LEAST_EXPECTED_HITS: Final = 8.0
"""
At the base rate, for a crossing to become a hot spot: enough to be found at three times that rate.

By exact binomial tails and 300 crossings as one family at a false-discovery rate of 5 %, a crossing of five
expected hits is found in two of three exercises, one of eight in nine of ten. Its hexagon is tested together
with six neighbours of ordinary rate, so its excess is thinned: of such hexagons two of five are found at five
expected hits, three of five at eight.
"""
OVER_CHECKED: Final = 3
OVER_CHECKED_TIMES: Final = 6.0
APART_KM: Final = 100.0
"""Least distance between any two of the planted and the over-checked places: no hexagon neighbours both."""

_CROSSING_SHARE: Final = 0.7
"""Share of the checks made at crossings; the rest is made on the road."""
_SPREAD: Final = 1.0
_ROAD_SPREAD: Final = 0.6
_LEAST_CHECKED: Final = 3
_ORDINARY: Final = (0.4, 0.7)
"""Quantiles of the weights between which a crossing is ordinary enough to be over-checked."""
_E_ROAD_WEIGHT: Final = 2.5
_LOCAL_WEIGHT: Final = 0.35
_RAIL_WEIGHT: Final = 0.5
_TYPICAL_PERSONS: Final = 500_000
"""Persons a year at which a crossing of known traffic weighs like one of unknown traffic."""


def draw_places(setting: Setting, random: np.random.Generator) -> pd.DataFrame:
    """
    Draw the places of an exercise.

    Returns
    -------
    DataFrame
        One row per location: ``crossing_id`` (missing on the road), ``place_name``, ``place_id`` (the id of
        the crossing, else the name), ``country`` (who reports), ``mode``, ``lon``, ``lat``, ``checked``
        (persons), ``factor`` (times the base hit rate) and ``times`` (more checked than usual).
    """
    locations = setting.published.count("locations_checked")
    crossings = _crossings(setting.crossings, random)
    roads = _road_points(setting.road_points, locations - len(crossings), random)
    places = pd.concat([crossings, roads], ignore_index=True)
    places["times"] = _over_check(places, random)
    places["checked"] = _checks(places, setting)
    places["factor"] = np.where(_hot(places, random), HOT_FACTOR, 1.0)
    return places.drop(columns="weight")


def distances_km(places: pd.DataFrame, to: pd.Series) -> np.ndarray:
    """Give the distances from each place to one of them, km on the ellipsoid."""
    n = len(places)
    _, _, metres = GEOD.inv(places["lon"], places["lat"], np.full(n, to["lon"]), np.full(n, to["lat"]))
    return np.asarray(metres) / 1000


def _crossings(crossings: gpd.GeoDataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Man every open crossing on a side drawn at random; weights are log-normal, heavier where it is busy."""
    neighbour = crossings["country_b"].replace("", None)
    other_side = neighbour.notna() & (random.random(len(crossings)) < 0.5)  # noqa: PLR2004 - a fair coin
    return pd.DataFrame(
        {
            "crossing_id": crossings["crossing_id"],
            "place_name": crossings["name"],
            "place_id": crossings["crossing_id"],
            "country": crossings["country_a"].mask(other_side, neighbour),
            "mode": crossings["mode"],
            "lon": crossings.geometry.x,
            "lat": crossings.geometry.y,
            "weight": random.lognormal(0, _SPREAD, len(crossings)) * _business(crossings),
        }
    )


def _business(crossings: gpd.GeoDataFrame) -> pd.Series:
    """Say how much busier than others a crossing is, from its road, its category and its traffic if known."""
    weight = pd.Series(1.0, index=crossings.index)
    weight[crossings["e_road"].fillna("") != ""] *= _E_ROAD_WEIGHT
    weight[crossings["category"] != "international"] *= _LOCAL_WEIGHT
    weight[crossings["mode"] == "rail"] *= _RAIL_WEIGHT
    return weight * np.sqrt(crossings["persons_per_year"] / _TYPICAL_PERSONS).clip(0.5, 2).fillna(1)


def _road_points(points: gpd.GeoDataFrame, count: int, random: np.random.Generator) -> pd.DataFrame:
    if not 0 <= count <= len(points):
        raise InsufficientDataError(
            f"{count} road points are wanted and {len(points)} are there: choose more corridors"
        )
    drawn = points.iloc[np.sort(random.choice(len(points), count, replace=False))].reset_index(drop=True)
    names = [f"rp-{number:04d} near {near}" for number, near in enumerate(drawn["near"], 1)]
    return pd.DataFrame(
        {
            "crossing_id": pd.Series(None, index=drawn.index, dtype="str"),
            "place_name": names,
            "place_id": names,
            "country": drawn["country"],
            "mode": "road",
            "lon": drawn.geometry.x.round(5),
            "lat": drawn.geometry.y.round(5),
            "weight": random.lognormal(0, _ROAD_SPREAD, count),
        }
    )


def _over_check(places: pd.DataFrame, random: np.random.Generator) -> np.ndarray:
    """Pick ordinary road crossings to check more than usual; not in the host, whose total is published."""
    usable = places["crossing_id"].notna() & (places["mode"] == "road") & (places["country"] != HOST)
    low, high = places.loc[usable, "weight"].quantile(list(_ORDINARY))
    picked = _far_apart(places, usable & places["weight"].between(low, high), OVER_CHECKED, [], random)
    return np.where(places.index.isin(picked), OVER_CHECKED_TIMES, 1.0)


def _checks(places: pd.DataFrame, setting: Setting) -> pd.Series:
    """Divide the published checks: the host's own, and the rest between crossings and roads."""
    total, host = (setting.published.count("persons_checked", scope=scope) for scope in ("ALL", HOST))
    on_crossings = round(_CROSSING_SHARE * (total - host))
    at_host, at_crossing = places["country"] == HOST, places["crossing_id"].notna()
    checked = pd.Series(0, index=places.index)
    for part, chosen in (
        (host, at_host),
        (on_crossings, ~at_host & at_crossing),
        (total - host - on_crossings, ~at_host & ~at_crossing),
    ):
        weights = (places["weight"] * places["times"])[chosen]
        checked[chosen] = apportion(part, weights, least=_LEAST_CHECKED)
    return checked


def _hot(places: pd.DataFrame, random: np.random.Generator) -> pd.Series:
    """Pick hot spots among crossings with enough expected hits, far from each other and the over-checked."""
    usual = places["times"] == 1
    enough = places["checked"] * BASE_HIT_RATE >= LEAST_EXPECTED_HITS
    candidates = places["crossing_id"].notna() & usual & enough
    return places.index.isin(_far_apart(places, candidates, HOT_PLACES, list(places.index[~usual]), random))


def _far_apart(
    places: pd.DataFrame, candidates: pd.Series, count: int, keep_off: list[int], random: np.random.Generator
) -> list[int]:
    """Draw places one by one, each farther than `APART_KM` from those before and from those to keep off."""
    open_to = candidates.to_numpy().copy()
    for taken in keep_off:
        open_to &= distances_km(places, places.loc[taken]) > APART_KM
    picked: list[int] = []
    while len(picked) < count:
        if not open_to.any():
            raise InsufficientDataError("too few busy crossings lie far enough apart: choose another seed")
        picked.append(int(random.choice(np.flatnonzero(open_to))))
        open_to &= distances_km(places, places.loc[picked[-1]]) > APART_KM
    return picked
