"""
The corridor between two places: all roads that cost little more time than the best route.

A road belongs to it if the best route by way of it takes at most a tolerance longer than the best route of
all, and if one gets through along it: side roads that only lead there and back do not belong to it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoanalysis.domain.crs import LONLAT, METRIC, metric
from geoanalysis.domain.errors import InputError, PlaceError
from geoanalysis.network.graph import Bools, Floats, Graph, Ints, Tree, graph_of, path_to, tree_from
from geoanalysis.network.snap import nearest_node
from geoanalysis.network.ways import leads_through
from geoanalysis.reference import Place, Roads, load_crossings

TOLERANCE: Final = 0.05
BORDER_DELAY_MIN: Final = 30.0
SIDE_ROAD_MIN: Final = 45.0
"""What the slower approach to a crossing off the E roads costs, which one speed for all does not show."""
BUFFER_KM: Final = 10.0
"""Half the width of the band; a chord of the schematic network is off by several kilometres."""


@dataclass(frozen=True)
class Corridor:
    """
    A corridor and what it was made with.

    Attributes
    ----------
    roads
        One row per road: `from_node`, `to_node`, `km`, `crossing_id`, `minutes` (with border delay), `detour`
        (how much longer the best route by way of it takes than the best of all, as a share), `on_best`, and
        the line, EPSG:4326.
    band
        One row: the roads widened by `buffer_km` on each side and dissolved, EPSG:4326.
    crossings
        `order` (of travel, from 1), `crossing_id`, `name`, `detour`, `on_best`.
    minutes, km
        Of the best route.
    access_km
        How far the origin and the destination are from the road ends that stand for them.
    """

    roads: gpd.GeoDataFrame
    band: gpd.GeoDataFrame
    crossings: pd.DataFrame
    minutes: float
    km: float
    access_km: tuple[float, float]
    origin: Place
    destination: Place
    tolerance: float
    border_delay_min: float
    side_road_min: float
    buffer_km: float
    on: date
    network: str


def corridor(
    roads: Roads,
    origin: Place,
    destination: Place,
    *,
    tolerance: float = TOLERANCE,
    border_delay_min: float = BORDER_DELAY_MIN,
    side_road_min: float = SIDE_ROAD_MIN,
    buffer_km: float = BUFFER_KM,
) -> Corridor:
    """
    Find the corridor between two places.

    For a road from u to v that takes t minutes, with d the quickest times between nodes,

        detour(u, v) = (d(origin, u) + t + d(v, destination)) / d(origin, destination) - 1

    in the better direction. Of the roads with a detour of at most `tolerance` the corridor is those that lie
    on some way from origin to destination that passes no node twice (`ways.leads_through`). Where a longer
    way leaves the best route its detour is less than farther on: one might still turn back.

    Parameters
    ----------
    roads
        The network of the day, as given by `reference.load_roads`.
    origin, destination
        As given by `reference.find_place`.
    tolerance
        How much longer than the best route, as a share.
    border_delay_min
        Minutes lost at every crossing of a border that is not crossed freely.
    side_road_min
        Minutes more at those of them that are off the E roads; an assumption, like the speed.
    buffer_km
        Half the width of the band.

    Raises
    ------
    InputError
        If the tolerance or a delay is negative or no finite number.
    PlaceError
        If a place is farther than 50 km from any road, if both are at the same road end, or if no road leads
        from one to the other.
    """
    _refuse_impossible(tolerance=tolerance, border_delay_min=border_delay_min, side_road_min=side_road_min)
    graph = graph_of(roads, border_delay_min, side_road_min)
    (start, start_km), (end, end_km) = nearest_node(origin, roads), nearest_node(destination, roads)
    out, back = tree_from(graph, start), tree_from(graph, end)
    best = float(out.minutes[end])
    _refuse_if_pointless(origin, destination, best)
    detours = _detours(graph, out, back, best, len(roads.edges))
    on_best = _roads_along(graph, path_to(out, end))
    detours[on_best] = 0
    near = np.flatnonzero(detours <= tolerance)
    kept = near[leads_through(graph.tail[near], graph.head[near], start, end)]
    lines = _lines(roads, kept, graph.minutes[kept], detours[kept], np.isin(kept, on_best))
    return Corridor(
        roads=lines,
        band=_band(lines, buffer_km),
        crossings=_crossings(roads, lines, out),
        minutes=best,
        km=float(lines["km"][lines["on_best"]].sum()),
        access_km=(start_km, end_km),
        origin=origin,
        destination=destination,
        tolerance=tolerance,
        border_delay_min=border_delay_min,
        side_road_min=side_road_min,
        buffer_km=buffer_km,
        on=roads.on,
        network=roads.name,
    )


def _refuse_impossible(**assumptions: float) -> None:
    wrong = [name for name, value in assumptions.items() if not (0 <= value < np.inf)]
    if wrong:
        raise InputError(f"{', '.join(wrong)}: give a number that is not negative and not infinite")


def _refuse_if_pointless(origin: Place, destination: Place, best: float) -> None:
    if best == 0:
        raise PlaceError(f"{origin.name} and {destination.name} are at the same road end: choose others")
    if np.isinf(best):
        raise PlaceError(
            f"no road leads from {origin.name} to {destination.name} on this day's open crossings"
        )


def _detours(graph: Graph, out: Tree, back: Tree, best: float, count: int) -> Floats:
    """Give the smaller detour of each road's two directions."""
    through = out.minutes[graph.tail] + graph.minutes + back.minutes[graph.head]
    detours = np.full(count, np.inf)
    np.minimum.at(detours, graph.road, through / best - 1)
    return detours.clip(min=0)


def _roads_along(graph: Graph, path: list[int]) -> Ints:
    """Give the rows of the roads that a path takes: the quickest where two join the same ends."""
    following = np.full(graph.matrix.shape[0], -1)
    following[path[:-1]] = path[1:]
    taken = np.flatnonzero(following[graph.tail] == graph.head)
    taken = taken[np.argsort(graph.minutes[taken], kind="stable")]
    _, quickest = np.unique(graph.tail[taken], return_index=True)
    return graph.road[taken[quickest]]


def _lines(roads: Roads, kept: Ints, minutes: Floats, detours: Floats, on_best: Bools) -> gpd.GeoDataFrame:
    chosen = roads.edges.iloc[kept]
    points = roads.nodes.geometry.get_coordinates().to_numpy()
    ends = np.stack([points[chosen["from_node"]], points[chosen["to_node"]]], axis=1)
    columns = {
        **chosen[["from_node", "to_node", "km", "crossing_id"]],
        "minutes": minutes,
        "detour": detours,
        "on_best": on_best,
    }
    return gpd.GeoDataFrame(columns, geometry=shapely.linestrings(ends), crs=LONLAT).reset_index(drop=True)


def _band(lines: gpd.GeoDataFrame, buffer_km: float) -> gpd.GeoDataFrame:
    """Widen each road and dissolve: a hundred times faster than widening them all as one."""
    widened = metric(lines).buffer(buffer_km * 1000, quad_segs=4)
    return gpd.GeoDataFrame(geometry=[widened.union_all()], crs=METRIC).to_crs(LONLAT)


def _crossings(roads: Roads, lines: gpd.GeoDataFrame, out: Tree) -> pd.DataFrame:
    """List the crossings that the corridor leads through, in the order of travel."""
    links = lines[lines["crossing_id"] != ""]
    passed = links.groupby("crossing_id", as_index=False).agg(
        detour=("detour", "max"), on_best=("on_best", "all"), node=("to_node", "first"), links=("km", "size")
    )
    passed = passed[passed["links"] > 1]
    passed = passed.assign(minutes=out.minutes[passed["node"]]).sort_values("minutes", ignore_index=True)
    names = load_crossings(roads.on).set_index("crossing_id")["name"]
    passed = passed.assign(order=range(1, len(passed) + 1), name=passed["crossing_id"].map(names))
    return passed[["order", "crossing_id", "name", "detour", "on_best"]]
