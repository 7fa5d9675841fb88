"""The alternatives between two ends, and how likely each is to be taken."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.errors import InputError, PlaceError
from geoanalysis.network.arcs import Floats, Graph, trees_to
from geoanalysis.network.border_costs import with_waits
from geoanalysis.network.ends import End, EndLike, access, as_end
from geoanalysis.network.exact import exact_routes
from geoanalysis.network.lines import lines_along
from geoanalysis.network.penalised import penalised_routes
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.network.routes import Limits, Pair, Route, overlap

PER_MIN: Final = 0.02
"""How much less likely a route is per minute more (the scale of the logit); an assumption."""
_SMALL_ARCS: Final = 250
"""A network of at most so many arcs is searched exactly."""
COLUMNS: Final = ("rank", "time_min", "length_km", "crossings", "countries", "overlap", "stretch", "share")


def alternative_routes(
    network: RoadNetwork,
    origin: EndLike,
    destination: EndLike,
    *,
    k: int = 5,
    stretch: float = 1.4,
    max_overlap: float = 0.5,
) -> gpd.GeoDataFrame | pd.DataFrame:
    """
    Find the best route and alternatives that are different enough to be worth a checkpoint.

    Each route is the quickest of those that share at most `max_overlap` with every route before it; on a
    network of more than 250 arcs, where no exact search is quick enough, as the penalty method finds them
    (`penalised`), and locally optimal where they part.

    Parameters
    ----------
    network
        For a day, as made by `with_borders`; without borders, any.
    origin, destination
        A ``(lon, lat)`` pair, a geometry, a place or a node number, see `ends.End`.
    k
        How many routes at most, the best among them.
    stretch
        How long a route may take at most, in times of the best.
    max_overlap
        What two routes may share at most: minutes on the same roads, as a share of the quicker route's.

    Returns
    -------
    GeoDataFrame
        One row per route, quickest first: `rank` (from 1), `time_min`, `length_km`, `crossings` (ids in order
        of travel, of borders not crossed freely), `countries` (in order of travel), `overlap` (the largest
        with a route before it), `stretch`, `share` (how likely it is, see `route_shares`), and the line,
        EPSG:4326. A plain frame where the network has no lines.

    Raises
    ------
    InputError
        If a limit is impossible.
    PlaceError
        If an end is too far from any road, both are at the same place, or no road leads from one to the
        other.
    """
    limits = checked_limits(k, stretch, max_overlap)
    ends = as_end(origin), as_end(destination)
    graph, routes = routes_between(network, ends, limits)
    return routes_frame(network, graph, routes)


def checked_limits(k: int, stretch: float, max_overlap: float) -> Limits:
    """Give the limits of alternatives, refused with an `InputError` where no route could keep them."""
    if k < 1 or not stretch >= 1 or not 0 <= max_overlap <= 1:
        raise InputError(
            f"k={k}, stretch={stretch}, max_overlap={max_overlap}: give k of at least 1, a stretch of at "
            "least 1 and an overlap between 0 and 1"
        )
    return Limits(k, stretch, max_overlap)


def routes_between(network: RoadNetwork, ends: tuple[End, End], limits: Limits) -> tuple[Graph, list[Route]]:
    """Find the routes between two ends, quickest first, and the graph that they lead over."""
    origin, destination = access(network, ends[0]), access(network, ends[1], arriving=True)
    graph = with_waits(network, origin).graph
    left_min = trees_to(graph, [destination]).minutes[0]
    return graph, routes_of(Pair(graph, origin, destination, left_min), ends, limits)


def routes_of(pair: Pair, ends: tuple[End, End], limits: Limits) -> list[Route]:
    """Find the routes of a pair, quickest first; a `PlaceError` names ends that no road joins."""
    names = f"from {ends[0].name} to {ends[1].name}"
    if not np.isfinite(pair.best_min):
        raise PlaceError(f"no road leads {names} on this day's open crossings")
    if np.isin(pair.origin.nodes, pair.destination.nodes).any():
        raise PlaceError(f"there is no way {names}, which are at the same place: choose others")
    routes = exact_routes(pair, limits) if len(pair.graph.quickest) <= _SMALL_ARCS else None
    return penalised_routes(pair, limits) if routes is None else routes


def route_shares(graph: Graph, routes: Sequence[Route], per_min: float = PER_MIN) -> Floats:
    r"""
    Tell how likely each of some alternatives is to be taken: path-size logit.

    .. math:: P_i \propto PS_i e^{-\beta t_i}, \quad PS_i = \sum_{a \in i} \frac{t_a}{t_i} \frac{1}{N_a}

    with t_i the minutes of route i, t_a those of road a, N_a how many of the routes take a, and beta
    `per_min` (Ben-Akiva and Bierlaire, Discrete Choice Methods and their Applications to Short Term Travel
    Decisions, 1999).
    """
    times = np.array([route.minutes for route in routes])
    taken = np.bincount(np.concatenate([route.edges(graph) for route in routes]))
    sizes = np.array([_path_size(graph, route, taken) for route in routes])
    weights = sizes * np.exp(-per_min * (times - times.min()))
    return np.asarray(weights / weights.sum())


def routes_frame(
    network: RoadNetwork, graph: Graph, routes: Sequence[Route]
) -> gpd.GeoDataFrame | pd.DataFrame:
    """Give routes as `alternative_routes` does."""
    best = routes[0].minutes
    rows = {
        "rank": range(1, len(routes) + 1),
        "time_min": [route.minutes for route in routes],
        "length_km": [_length_km(network, graph, route) for route in routes],
        "crossings": [crossings_along(network, route) for route in routes],
        "countries": [_countries_along(network, graph, route) for route in routes],
        "overlap": [_largest_overlap(graph, routes, place) for place in range(len(routes))],
        "stretch": [route.minutes / best if best else 1.0 for route in routes],
        "share": route_shares(graph, routes),
    }
    return lines_along(network, graph, routes, pd.DataFrame(rows))


def crossings_along(network: RoadNetwork, route: Route) -> tuple[str, ...]:
    """Give the ids of the crossings that a route passes, in order."""
    passed = network.nodes.iloc[route.nodes]
    return _in_turn(passed["crossing_id"][passed["guarded"]])


def _countries_along(network: RoadNetwork, graph: Graph, route: Route) -> tuple[str, ...]:
    return _in_turn(network.edges["country"].iloc[route.edges(graph)])


def _in_turn(names: pd.Series) -> tuple[str, ...]:
    """Give names in order, without empty ones and without repeating one at once."""
    return tuple(name for name, _ in groupby(str(name) for name in names if name))


def _length_km(network: RoadNetwork, graph: Graph, route: Route) -> float:
    return float(network.edges["length_km"].iloc[route.edges(graph)].sum())


def _largest_overlap(graph: Graph, routes: Sequence[Route], place: int) -> float:
    return max((overlap(graph, routes[place], before) for before in routes[:place]), default=0.0)


def _path_size(graph: Graph, route: Route, taken: np.ndarray) -> float:
    minutes = route.arc_minutes(graph)
    total = minutes.sum()
    return float((minutes / taken[route.edges(graph)]).sum() / total) if total else 1.0
