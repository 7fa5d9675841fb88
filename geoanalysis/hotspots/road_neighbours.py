"""How far places are from each other along roads: two crossings on either side of a mountain are not near."""

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geoanalysis.domain.crs import metric, require_crs
from geoanalysis.hotspots.linear_network import shortest_edges
from geoanalysis.hotspots.rates import Floats

if TYPE_CHECKING:
    from geoanalysis.network import RoadNetwork

_AT_ONCE: Final = 32
FARTHEST_KM: Final = 10.0
"""A place farther from any road has no neighbours along roads."""


def road_distances_km(network: "RoadNetwork", places: gpd.GeoDataFrame, *, most_km: float) -> Floats:
    """
    Measure the shortest ways along roads between places.

    Borders are crossed wherever the network does, and cost nothing: nearness is asked for, not travel time.

    Parameters
    ----------
    network
        Roads with positions and ``length_km``. A place that is a crossing of the network lies at its node,
        any other at the nearest node, the straight line to it added.
    places
        Points in EPSG:4326, with ``place_id``.
    most_km
        How far to look.

    Returns
    -------
    ndarray
        Places x places, km; infinite where the way is longer than `most_km` or a place is farther than
        `FARTHEST_KM` from any road. Both directions count alike.

    Raises
    ------
    CRSError
        If `places` is in another CRS.
    """
    require_crs(places, what="the places")
    node, access_km = _nodes(network, places)
    roads = network.edges
    usable = roads["length_km"].notna().to_numpy()
    ends = [roads[end].to_numpy()[usable] for end in ("from_node", "to_node")]
    matrix = shortest_edges(np.column_stack(ends), roads["length_km"].to_numpy()[usable], len(network.nodes))
    indices, row = np.unique(node, return_inverse=True)
    parts = np.array_split(indices, 1 + len(indices) // _AT_ONCE)
    rows = [dijkstra(matrix, directed=False, indices=part, limit=most_km)[:, node] for part in parts]
    found = np.concatenate(rows)[row]
    distances = found + access_km[:, None] + access_km
    distances[distances > most_km] = np.inf
    np.fill_diagonal(distances, 0)
    return np.asarray(np.minimum(distances, distances.T))


def _nodes(network: "RoadNetwork", places: gpd.GeoDataFrame) -> tuple[np.ndarray, Floats]:
    """Give the node of each place and how far it is from there, km."""
    at = metric(places).geometry
    off_m, nearest = cKDTree(network.positions.metres).query(np.column_stack([at.x, at.y]))
    ids = network.nodes["crossing_id"]
    of_crossing = {crossing: number for number, crossing in ids[ids != ""].items()}
    known = np.array([of_crossing.get(place, -1) for place in places["place_id"]], int)
    access = np.where(off_m > FARTHEST_KM * 1000, np.inf, off_m / 1000)
    return np.where(known >= 0, known, nearest), np.where(known >= 0, 0.0, access)
