"""How much of the traffic of many trips each road and crossing may expect."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.errors import InputError, PlaceError
from geoanalysis.network.alternatives import (
    checked_limits,
    route_shares,
    routes_frame,
    routes_of,
)
from geoanalysis.network.arcs import Floats, Graph, trees_to
from geoanalysis.network.border_costs import with_waits
from geoanalysis.network.ends import End, EndLike, access, as_end
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.network.routes import Limits, Pair, Route

Progress = Callable[[float], None]


class Trip(NamedTuple):
    """From where to where, and how many of these there are in proportion to others."""

    origin: EndLike
    destination: EndLike
    weight: float = 1.0


@dataclass(frozen=True)
class Shares:
    """
    Where the traffic of some trips goes; unpacks as edges and crossings.

    Attributes
    ----------
    edges
        The roads that any of it takes, as in `network.edges`, with `edge` (the row there) and `share` of all
        trips.
    crossings
        `crossing_id`, `pair` and `share` of all trips, the most used first. Over the crossings of a border
        that every route passes once the shares add up to one.
    routes
        As given by `alternative_routes`, with `origin`, `destination`, the `trip_share` of their trips among
        all, and `share` among the routes of these.
    missing
        Why trips have no routes, a sentence each; `edges` and `crossings` are of the others.
    limits
        How the alternatives may differ.
    """

    edges: gpd.GeoDataFrame
    crossings: pd.DataFrame
    routes: gpd.GeoDataFrame
    missing: tuple[str, ...]
    limits: Limits

    def __iter__(self) -> Iterator[pd.DataFrame]:
        """Unpack as edges and crossings."""
        return iter((self.edges, self.crossings))


def shares(
    network: RoadNetwork,
    trips: Iterable[Trip | tuple[EndLike, EndLike] | tuple[EndLike, EndLike, float]],
    *,
    k: int = 5,
    stretch: float = 1.4,
    max_overlap: float = 0.5,
    progress: Progress | None = None,
) -> Shares:
    """
    Spread trips over their alternatives, and add up what each road and crossing gets.

    Parameters
    ----------
    network
        For a day, as made by `with_borders`; without borders, any.
    trips
        Origin, destination and weight of each; ends as `alternative_routes` takes them.
    k, stretch, max_overlap
        As for `alternative_routes`.
    progress
        Told the share of trips done, from 0 to 1, after each; what it raises ends the search.

    Raises
    ------
    InputError
        If there are no trips, or a weight is negative or no number, or all are 0.
    PlaceError
        If an end is too far from any road, or no trip has a route.
    """
    limits = checked_limits(k, stretch, max_overlap)
    asked = [_asked(*trip) for trip in trips]
    _refuse_impossible([trip.weight for trip in asked])
    found: list[tuple[_Asked, Graph, list[Route]]] = []
    missing: list[str] = []
    for number, (trip, pair) in enumerate(_pairs(network, asked), 1):
        try:
            found.append((trip, pair.graph, routes_of(pair, (trip.origin, trip.destination), limits)))
        except PlaceError as reason:
            missing.append(str(reason))
        if progress is not None:
            progress(number / len(asked))
    if not found:
        raise PlaceError("; ".join(dict.fromkeys(missing)))
    return _added_up(network, found, tuple(dict.fromkeys(missing)), limits)


class _Asked(NamedTuple):
    origin: End
    destination: End
    weight: float


def _asked(origin: EndLike, destination: EndLike, weight: float = 1.0) -> _Asked:
    return _Asked(as_end(origin), as_end(destination), float(weight))


def _refuse_impossible(weights: Sequence[float]) -> None:
    if not weights:
        raise InputError("there are no trips: give at least one origin and destination")
    if not all(0 <= weight < np.inf for weight in weights) or not any(weights):
        raise InputError("a weight is negative or no finite number, or all are 0: give each trip its weight")


def _pairs(network: RoadNetwork, asked: Sequence[_Asked]) -> Iterator[tuple[_Asked, Pair]]:
    """Give the trips with what their search needs, those to one destination together: they share a tree."""
    starts = {origin: access(network, origin) for origin in dict.fromkeys(trip.origin for trip in asked)}
    graphs = {origin: with_waits(network, start).graph for origin, start in starts.items()}
    for destination in dict.fromkeys(trip.destination for trip in asked):
        end = access(network, destination, arriving=True)
        left_min: dict[int, Floats] = {}
        for trip in (trip for trip in asked if trip.destination == destination):
            graph = graphs[trip.origin]
            if id(graph) not in left_min:
                left_min = {id(graph): trees_to(graph, [end]).minutes[0]}
            yield trip, Pair(graph, starts[trip.origin], end, left_min[id(graph)])


def _added_up(
    network: RoadNetwork,
    found: Sequence[tuple[_Asked, Graph, list[Route]]],
    missing: tuple[str, ...],
    limits: Limits,
) -> Shares:
    total = sum(trip.weight for trip, _, _ in found)
    by_edge = np.zeros(len(network.edges))
    by_node = np.zeros(len(network.nodes))
    for trip, graph, routes in found:
        for route, share in zip(routes, route_shares(graph, routes), strict=True):
            by_edge[np.unique(route.edges(graph))] += share * trip.weight / total
            by_node[route.nodes] += share * trip.weight / total
    return Shares(
        edges=_roads(network, by_edge),
        crossings=_crossings(network, by_node),
        routes=pd.concat([_rows(network, *one, total) for one in found], ignore_index=True),
        missing=missing,
        limits=limits,
    )


def _roads(network: RoadNetwork, by_edge: Floats) -> gpd.GeoDataFrame:
    used = np.flatnonzero(by_edge > 0)
    return network.edges.iloc[used].assign(edge=used, share=by_edge[used]).reset_index(drop=True)


def _crossings(network: RoadNetwork, by_node: Floats) -> pd.DataFrame:
    """Add up the nodes that stand for one crossing, such as its two carriageways."""
    nodes = network.nodes[["crossing_id", "pair", "guarded"]].assign(share=by_node)
    used = nodes[nodes["guarded"] & (nodes["share"] > 0)]
    added = used.groupby("crossing_id", as_index=False).agg(pair=("pair", "first"), share=("share", "sum"))
    return added.sort_values("share", ascending=False, ignore_index=True)


def _rows(
    network: RoadNetwork, trip: _Asked, graph: Graph, routes: list[Route], total: float
) -> gpd.GeoDataFrame:
    rows = routes_frame(network, graph, routes)
    rows.insert(0, "origin", trip.origin.name)
    rows.insert(1, "destination", trip.destination.name)
    rows.insert(2, "trip_share", trip.weight / total)
    return rows
