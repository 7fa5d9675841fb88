"""What changes when crossings or roads are closed, slowed or manned: where the traffic goes instead."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.errors import InputError
from geoanalysis.network.corridors import Corridors

LEAST_CHANGE: Final = 0.01
"""Roads and crossings whose share changes less are left out."""
_NAMED: Final = 3
"""So many gaining crossings are named in a sentence."""


@dataclass(frozen=True)
class Differences:
    """
    Two answers to one question, compared.

    Attributes
    ----------
    roads
        Roads whose share changes: `edge`, `ref`, `before`, `after`, `change`, the line, EPSG:4326.
    crossings
        `crossing_id`, `name`, `pair`, `before`, `after`, `change`; those that gain most first.
    slower_min
        How many minutes more the trips take, the mean over pairs by their weight, each pair by its best
        route; of pairs that still have one.
    cut_off
        Why pairs that had a route have none any more.
    """

    roads: gpd.GeoDataFrame
    crossings: pd.DataFrame
    slower_min: float
    cut_off: tuple[str, ...]


def differences(before: Corridors, after: Corridors) -> Differences:
    """
    Compare two answers on the same network, such as with and without a crossing.

    Raises
    ------
    InputError
        If they are of different networks, whose roads have no numbers in common.
    """
    if before.network != after.network:
        raise InputError(f"{before.network} and {after.network} have no roads in common")
    return Differences(
        roads=_roads(before.roads, after.roads),
        crossings=_crossings(before.crossings, after.crossings),
        slower_min=_slower_min(before.routes, after.routes),
        cut_off=tuple(reason for reason in after.missing if reason not in before.missing),
    )


def change_in_words(changed: Differences, places: gpd.GeoDataFrame) -> str:
    """Say in one line what is supposed, given as by `what_if_places`, and what it changes."""
    supposed = " and ".join(
        f"{', '.join(named)} {done}" for done, named in places.groupby("done", sort=False)["name"]
    )
    gaining = changed.crossings[changed.crossings["change"] > 0]
    gains = [f"{row.name} {row.change * 100:+.0f} points" for row in gaining.head(_NAMED).itertuples()]
    most = f"; most is gained by {', '.join(gains)}" if gains else ""
    lost = f"; {len(changed.cut_off)} pairs lose their only way" if changed.cut_off else ""
    return f"With {supposed}, trips take {changed.slower_min:+.0f} min, by their best ways{most}{lost}"


def _roads(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    lines = pd.concat([before, after]).drop_duplicates("edge").set_index("edge")
    changed = _changes(before.set_index("edge")["share"], after.set_index("edge")["share"])
    named = lines.loc[changed.index, ["ref"]].join(changed).reset_index()
    return gpd.GeoDataFrame(named, geometry=lines.geometry.loc[changed.index].to_numpy(), crs=LONLAT)


def _crossings(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    names = pd.concat([before, after]).drop_duplicates("crossing_id").set_index("crossing_id")
    changed = _changes(before.set_index("crossing_id")["share"], after.set_index("crossing_id")["share"])
    named = names.loc[changed.index, ["name", "pair"]].join(changed)
    return named.sort_values("change", ascending=False, kind="stable").reset_index()


def _changes(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    both = pd.concat({"before": before, "after": after}, axis="columns").fillna(0.0).sort_index()
    changed = both.assign(change=both["after"] - both["before"])
    return changed[changed["change"].abs() >= LEAST_CHANGE]


def _slower_min(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> float:
    ends = ["origin", "destination"]
    best = [frame[frame["rank"] == 1].set_index(ends) for frame in (before, after)]
    both = best[0][["time_min", "trip_share"]].join(best[1]["time_min"].rename("after_min"), how="inner")
    more = (both["after_min"] - both["time_min"]) * both["trip_share"]
    return float(more.sum() / both["trip_share"].sum()) if len(both) else 0.0
