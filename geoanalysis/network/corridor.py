"""The corridor between places: all roads on routes that cost little more time than the best."""

from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.errors import InputError, PlaceError
from geoanalysis.network.arcs import Access, Floats, Graph, Trees, trees_from, trees_to
from geoanalysis.network.border_costs import with_waits
from geoanalysis.network.ends import EndsLike, access, as_ends
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.network.tolerance import Sides, detours

TOLERANCE: Final = 0.05
VARIANT: Final = 0.02
"""The shortest variant that is shown, as a share of the best route's minutes."""
_NONE: Final = 1e-9


def corridor(
    network: RoadNetwork,
    origins: EndsLike,
    destinations: EndsLike,
    *,
    tolerance: float = TOLERANCE,
    variant: float = VARIANT,
) -> gpd.GeoDataFrame | pd.DataFrame:
    """
    Find the roads on routes that take at most a tolerance longer than the best.

    Each road kept lies on a whole route, the quickest by way of some place, that is within the tolerance and
    stays the quickest way by for a stretch of at least `variant`; see `tolerance`.

    Parameters
    ----------
    network
        For a day, as made by `with_borders`; without borders, any.
    origins, destinations
        One or several ends: ``(lon, lat)`` pairs, a GeoSeries, places, or node numbers.
    tolerance
        How much longer than the best route of the same origin and destination, as a share.
    variant
        The shortest stretch that makes a route one of its own, as a share of the best route's minutes.

    Returns
    -------
    GeoDataFrame
        The roads, as in `network.edges`, with `edge` (the row there) and `detour`: how much longer than the
        best the best route along this road is, as a share; 0 on the best route. Of several pairs the smallest
        counts.

    Raises
    ------
    InputError
        If the tolerance or the variant is negative or no finite number.
    PlaceError
        If an end is too far from any road, or no road leads from any origin to any destination.
    """
    if not (0 <= tolerance < np.inf and 0 <= variant < np.inf):
        raise InputError(f"tolerance {tolerance}, variant {variant}: give shares that are not negative")
    starts, ends = as_ends(origins), as_ends(destinations)
    joined = [access(network, end, arriving=True) for end in ends]
    smallest = np.full(len(network.edges), np.inf)
    left: dict[int, Trees] = {}
    for origin in (access(network, start) for start in starts):
        graph = with_waits(network, origin).graph
        if id(graph) not in left:  # the same for all origins where no crossing is shut
            left = {id(graph): trees_to(graph, joined)}
        found = _detours(graph, (origin, left[id(graph)]), joined, (tolerance, variant))
        np.minimum.at(smallest, graph.edge, found)
    if np.isinf(smallest).all():
        raise PlaceError(
            f"no road leads from {starts[0].name} to {ends[0].name} on this day's open crossings"
        )
    return _roads(network, smallest)


def _detours(
    graph: Graph, sides: tuple[Access, Trees], destinations: Sequence[Access], limits: tuple[float, float]
) -> Floats:
    """Give the smallest detour of every arc on the way from one origin to any destination."""
    origin, left = sides
    out = trees_from(graph, [origin])
    smallest = np.full(len(graph.tail), np.inf)
    for row, destination in enumerate(destinations):
        both = Sides(out.minutes[0], out.before[0], left.minutes[row], left.before[row])
        best_min = float((both.out_min[destination.nodes] + destination.minutes).min())
        if 0 < best_min < np.inf:
            smallest = np.minimum(smallest, detours(graph, both, best_min, *limits))
    return smallest


def _roads(network: RoadNetwork, detour: Floats) -> gpd.GeoDataFrame | pd.DataFrame:
    """Give the roads with a detour, with the smaller one of their two directions."""
    kept = np.flatnonzero(np.isfinite(detour))
    rounded = np.where(detour[kept] < _NONE, 0, detour[kept])
    return network.edges.iloc[kept].assign(edge=kept, detour=rounded).reset_index(drop=True)
