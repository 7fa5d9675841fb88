"""Where along roads and borders seizures were made: activity, not risk."""

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geoanalysis.domain.crs import LONLAT, METRIC, metric, require_crs
from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.hotspots.linear_network import LinearNetwork
from geoanalysis.hotspots.network_density import Method, network_density

if TYPE_CHECKING:
    from geoanalysis.network import RoadNetwork

BANDWIDTH_KM: Final = 25.0
NEAREST_KM: Final = 10.0
_SIMPLER_M: Final = 500.0
"""Borders are drawn so much simpler, or each bend would count."""
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
    vertices, edges, lengths, row = _roads(network)
    found = _spread(vertices, edges, lengths, _positions(seizures), bandwidth_km, method)
    return found.assign(edge=row[found["edge"]])


def seizures_along_borders(
    seizures: gpd.GeoDataFrame,
    borders: gpd.GeoDataFrame,
    *,
    bandwidth_km: float = BANDWIDTH_KM,
    nearest_km: float = NEAREST_KM,
    method: Method = "discontinuous",
) -> gpd.GeoDataFrame:
    """
    Spread seizures along the border lines: which stretches see most, also away from the crossings.

    Parameters
    ----------
    seizures
        Events with points, EPSG:4326; one row each.
    borders
        Border sections with lines, EPSG:4326.
    bandwidth_km
        How far along the border a seizure reaches.
    nearest_km
        Seizures farther from any border do not count.
    method
        As in `network_density`.

    Returns
    -------
    GeoDataFrame
        Pieces of borders as `seizures_along_roads` gives pieces of roads; ``edge`` numbers the stretches.

    Raises
    ------
    InsufficientDataError
        If no seizure was made near a border.
    CRSError
        If a frame is in another CRS.
    """
    require_crs(borders, what="the borders")
    vertices, edges = _as_network(metric(borders).geometry.simplify(_SIMPLER_M))
    points = _positions(seizures)
    off = LinearNetwork.of(vertices, edges).snap(points).snapped_by
    near = points[off <= nearest_km * 1000]
    if not len(near):
        raise InsufficientDataError(f"no seizure was made within {nearest_km:g} km of a border")
    ends = vertices[edges]
    lengths = np.linalg.norm(ends[:, 0] - ends[:, 1], axis=1)
    return _spread(vertices, edges, lengths, near, bandwidth_km, method)


def _as_network(lines: gpd.GeoSeries) -> tuple[np.ndarray, np.ndarray]:
    """Give lines as vertices, each named once, and the edges between them."""
    parts = lines.explode(ignore_index=True)
    coordinates, line = shapely.get_coordinates(parts.to_numpy(), return_index=True)
    vertices, number = np.unique(coordinates.round(1), axis=0, return_inverse=True)
    joined = line[1:] == line[:-1]
    ends = np.column_stack([number.ravel()[:-1], number.ravel()[1:]])[joined]
    edges = np.unique(np.sort(ends, axis=1), axis=0)
    return vertices, edges[edges[:, 0] != edges[:, 1]]


def _positions(seizures: gpd.GeoDataFrame) -> np.ndarray:
    """Give the positions of seizures, m; those without are left out."""
    require_crs(seizures, what="the seizures")
    placed = seizures[~seizures.geometry.is_empty & seizures.geometry.notna()]
    known = np.isfinite(shapely.get_coordinates(placed.geometry.to_numpy())).all(axis=1)
    if not known.any():
        raise InsufficientDataError("no seizure has a position: nothing can be spread along lines")
    at = metric(placed[known]).geometry
    return np.column_stack([at.x, at.y])


def _spread(
    vertices: np.ndarray,
    edges: np.ndarray,
    lengths: np.ndarray,
    points: np.ndarray,
    bandwidth_km: float,
    method: Method,
) -> gpd.GeoDataFrame:
    pieces, of_edge = _pieces(vertices[edges], lengths)
    density = network_density(
        vertices,
        edges,
        points,
        bandwidth=bandwidth_km * 1000,
        at=pieces.mean(axis=1),
        method=method,
        lengths=lengths,
    )
    reached = density > 0
    columns = {"edge": of_edge[reached], "per_100_km": density[reached] * 1000 * _PER_KM}
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
