"""Where along the roads seizures were made: activity, not risk."""

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geoanalysis.domain.crs import LONLAT, METRIC, metric, require_crs
from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.hotspots.network_density import Method, network_density

if TYPE_CHECKING:
    from geoanalysis.network import RoadNetwork

BANDWIDTH_KM: Final = 25.0
_PIECE_KM: Final = 5.0
_PER_KM: Final = 100.0


def seizures_along_roads(
    seizures: gpd.GeoDataFrame,
    network: "RoadNetwork",
    *,
    bandwidth_km: float = BANDWIDTH_KM,
    method: Method = "discontinuous",
) -> gpd.GeoDataFrame:
    """
    Spread seizures along the roads, divided at crossroads, and never across country.

    Parameters
    ----------
    seizures
        Events with points, EPSG:4326; one row each.
    network
        Roads with positions and ``length_km``.
    bandwidth_km
        How far along the roads a seizure reaches.
    method
        As in `network_density`.

    Returns
    -------
    GeoDataFrame
        Pieces of roads of at most 5 km that some seizure reaches, EPSG:4326: ``edge`` (row of the network's
        edges) and ``per_100_km`` (seizures per 100 km of road).

    Raises
    ------
    InsufficientDataError
        If no seizure has a position.
    CRSError
        If `seizures` is in another CRS.
    """
    require_crs(seizures, what="the seizures")
    placed = seizures[~seizures.geometry.is_empty & seizures.geometry.notna()]
    placed = placed[np.isfinite(shapely.get_x(placed.geometry)) & np.isfinite(shapely.get_y(placed.geometry))]
    if placed.empty:
        raise InsufficientDataError("no seizure has a position: nothing can be spread along roads")
    at = metric(placed).geometry
    vertices, edges, lengths, row = _roads(network)
    pieces, of_edge = _pieces(vertices[edges], lengths)
    density = network_density(
        vertices,
        edges,
        np.column_stack([at.x, at.y]),
        bandwidth=bandwidth_km * 1000,
        at=pieces.mean(axis=1),
        method=method,
        lengths=lengths,
    )
    reached = density > 0
    columns = {"edge": row[of_edge[reached]], "per_100_km": density[reached] * 1000 * _PER_KM}
    lines = gpd.GeoSeries(shapely.linestrings(pieces[reached]), crs=METRIC).to_crs(LONLAT)
    return gpd.GeoDataFrame(columns, geometry=lines.to_numpy(), crs=LONLAT)


def _roads(network: "RoadNetwork") -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give vertices (m), edges, lengths (m) and rows of roads of a known length between different places."""
    vertices = network.positions.metres
    ends = network.edges[["from_node", "to_node"]].to_numpy()
    lengths = network.edges["length_km"].to_numpy() * 1000
    chord = np.linalg.norm(vertices[ends[:, 0]] - vertices[ends[:, 1]], axis=1)
    kept = np.flatnonzero((lengths > 0) & (chord > 0))
    return vertices, ends[kept], lengths[kept], kept


def _pieces(ends: np.ndarray, lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cut roads into equal pieces, k x 2 ends x 2, and tell the road of each."""
    count = np.ceil(lengths / (_PIECE_KM * 1000)).astype(int)
    edge = np.repeat(np.arange(len(ends)), count)
    nth = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    first, last = ends[edge, 0], ends[edge, 1]
    shares = [((nth + step) / count[edge])[:, None] for step in (0, 1)]
    return np.stack([first + (last - first) * share for share in shares], axis=1), edge
