"""
Leading roads over a border through its crossings.

The source gives a road as a chord: its two ends and its true length. Where the chord joins two countries, the
road crosses their border somewhere; this module says through which crossing of the table.
"""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import KDTree

from geoanalysis.domain.crs import GEOD, LONLAT, METRIC

SLACK_KM: Final = 1.5
"""How much a road may seem too short to reach a crossing: both are positioned to some hundred metres."""
ROAD_REACH_KM: Final = 30.0
"""A crossing that lies on no road is joined to the nearest road end of each side within this distance."""
SINUOSITY: Final = 1.2
"""Length of a road over its straight distance, where no length is known."""

Floats = npt.NDArray[np.float64]


def links(ends: pd.DataFrame, chords: pd.DataFrame, crossings: pd.DataFrame) -> pd.DataFrame:
    """
    Join crossings to road ends, so that borders can be crossed at them and nowhere else.

    Parameters
    ----------
    ends
        `lon`, `lat`, `country`, by node.
    chords
        The roads between two countries: `from_node`, `to_node`, `km`, `pair`.
    crossings
        `crossing_id`, `lon`, `lat`, `country_a`, `country_b`.

    Returns
    -------
    DataFrame
        Two rows per road that leads through a crossing: `from_node`, `to_node` (the id of the crossing),
        `km`, `pair`, `crossing_id`, and `chord`, the row of `chords` that it stands for (-1: none, the
        crossing lies on no road and is joined to the nearest).
    """
    sides = np.sort(crossings[["country_a", "country_b"]].to_numpy(str))
    crossings = crossings.assign(pair=[f"{a}-{b}" for a, b in sides])
    on_chords = _on_chords(ends, chords, crossings)
    lost = crossings[~crossings["crossing_id"].isin(on_chords["crossing_id"])]
    return pd.concat([on_chords, _to_nearest(ends, lost)], ignore_index=True)


def _on_chords(ends: pd.DataFrame, chords: pd.DataFrame, crossings: pd.DataFrame) -> pd.DataFrame:
    """Lead every chord through the crossing that lies best on it, and every crossing onto its best chord."""
    fits = _fits(ends, chords, crossings)
    by_chord = fits.loc[fits.groupby("chord")["excess_km"].idxmin()]
    by_crossing = fits.loc[fits.groupby("crossing_id")["excess_km"].idxmin()]
    chosen = pd.concat([by_chord, by_crossing]).drop_duplicates(["chord", "crossing_id"])
    stretch = (chosen["km"] / (chosen["km_a"] + chosen["km_b"])).clip(lower=1)
    halves = [
        chosen.assign(from_node=chosen[node], to_node=chosen["crossing_id"], km=chosen[straight] * stretch)
        for node, straight in (("from_node", "km_a"), ("to_node", "km_b"))
    ]
    return pd.concat(halves)[["from_node", "to_node", "km", "pair", "crossing_id", "chord"]]


def _fits(ends: pd.DataFrame, chords: pd.DataFrame, crossings: pd.DataFrame) -> pd.DataFrame:
    """
    Give the chords that are long enough to lead through a crossing of their border.

    A road of a given length between two ends stays inside the ellipse of all points whose straight distances
    from the ends add up to at most that length. `excess_km` is what the way through the crossing is longer
    than the chord is straight.
    """
    numbered = chords.reset_index(names="chord")
    both = numbered.merge(crossings[["crossing_id", "lon", "lat", "pair"]], on="pair")
    a, b = ends.loc[both["from_node"]], ends.loc[both["to_node"]]
    both["km_a"], both["km_b"] = distances_km(a, both), distances_km(b, both)
    both["excess_km"] = both["km_a"] + both["km_b"] - distances_km(a, b)
    return both[both["km_a"] + both["km_b"] <= both["km"] + SLACK_KM]


def _to_nearest(ends: pd.DataFrame, crossings: pd.DataFrame) -> pd.DataFrame:
    """Join each crossing to the nearest road end of either side, if both are within reach."""
    pairs = [
        [_nearest(ends, crossing, side) for side in (crossing.country_a, crossing.country_b)]
        for crossing in crossings.itertuples()
    ]
    within = [link for pair in pairs if max(link["km"] for link in pair) <= ROAD_REACH_KM for link in pair]
    nearest = pd.DataFrame(within, columns=["from_node", "to_node", "km", "pair", "crossing_id", "chord"])
    return nearest.assign(km=nearest["km"] * SINUOSITY)


def _nearest(ends: pd.DataFrame, crossing: Any, side: str) -> dict[str, Any]:
    inside = ends[ends["country"] == side]
    here = gpd.GeoSeries.from_xy([crossing.lon], [crossing.lat], crs=LONLAT)
    _, nearest = KDTree(_metres(points(inside))).query(_metres(here)[0])
    end = inside.iloc[[nearest]]
    km = distances_km(end, pd.DataFrame({"lon": [crossing.lon], "lat": [crossing.lat]}))[0]
    return {
        "from_node": end.index[0],
        "to_node": crossing.crossing_id,
        "km": km,
        "pair": crossing.pair,
        "crossing_id": crossing.crossing_id,
        "chord": -1,
    }


def points(frame: pd.DataFrame) -> gpd.GeoSeries:
    """Give the points of a frame with `lon` and `lat`, EPSG:4326."""
    return gpd.GeoSeries.from_xy(frame["lon"], frame["lat"], index=frame.index, crs=LONLAT)


def distances_km(a: pd.DataFrame, b: pd.DataFrame) -> Floats:
    """Give the distances between the positions of two frames, row by row, km on the ellipsoid."""
    sides = [frame[name].to_numpy("float64") for frame in (a, b) for name in ("lon", "lat")]
    return np.asarray(GEOD.inv(*sides)[2]) / 1000


def _metres(series: gpd.GeoSeries) -> Floats:
    return np.asarray(series.to_crs(METRIC).get_coordinates())
