"""The corridor between places: all roads on routes that cost little more time than the best."""

from itertools import product
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.errors import InputError, PlaceError
from geoanalysis.network.arcs import Floats, trees_from, trees_to
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
    out = trees_from(network.graph, [access(network, start) for start in starts])
    joined = [access(network, end, arriving=True) for end in ends]
    left = trees_to(network.graph, joined)
    smallest = np.full(len(network.graph.tail), np.inf)
    for row, column in product(range(len(starts)), range(len(joined))):
        sides = Sides(out.minutes[row], out.before[row], left.minutes[column], left.before[column])
        best_min = float((sides.out_min[joined[column].nodes] + joined[column].minutes).min())
        if 0 < best_min < np.inf:
            found = detours(network.graph, sides, best_min, tolerance, variant)
            smallest = np.minimum(smallest, found)
    if np.isinf(smallest).all():
        raise PlaceError(
            f"no road leads from {starts[0].name} to {ends[0].name} on this day's open crossings"
        )
    return _roads(network, smallest)


def _roads(network: RoadNetwork, detour: Floats) -> gpd.GeoDataFrame | pd.DataFrame:
    """Give the roads of the arcs with a detour, each with the smaller of its two directions."""
    by_edge = np.full(len(network.edges), np.inf)
    np.minimum.at(by_edge, network.graph.edge, detour)
    kept = np.flatnonzero(np.isfinite(by_edge))
    rounded = np.where(by_edge[kept] < _NONE, 0, by_edge[kept])
    return network.edges.iloc[kept].assign(edge=kept, detour=rounded).reset_index(drop=True)
