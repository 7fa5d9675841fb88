"""Who is near whom, as sparse binary weights that include the place itself."""

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array
from scipy.spatial import cKDTree

from geoanalysis.domain.crs import metric, require_crs


def distance_band(points: gpd.GeoDataFrame, *, band_km: float) -> csr_array:
    """
    Make places neighbours that are at most `band_km` apart.

    Parameters
    ----------
    points
        Points in EPSG:4326; distances are measured in EPSG:3035.
    band_km
        Largest distance, km.

    Raises
    ------
    CRSError
        If `points` is in another CRS.
    """
    require_crs(points, what="the points")
    tree = cKDTree(_metres(points))
    return binary_weights(tree.query_pairs(band_km * 1000, output_type="ndarray"), len(points))


def binary_weights(pairs: NDArray[np.intp], n: int) -> csr_array:
    """Turn pairs of different places, each named once, into symmetric weights with ones on the diagonal."""
    half = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return csr_array(half + half.T + eye_array(n))


def nearest(points: gpd.GeoDataFrame, *, count: int) -> csr_array:
    """
    Make each place a neighbour of the `count` nearest ones; it need not be a neighbour of theirs.

    Parameters
    ----------
    points
        Points in EPSG:4326; distances are measured in EPSG:3035.
    count
        How many, at most all others.

    Raises
    ------
    CRSError
        If `points` is in another CRS.
    """
    require_crs(points, what="the points")
    at = _metres(points)
    found = min(count + 1, len(points))
    _, near = cKDTree(at).query(at, k=range(1, found + 1))
    rows = np.repeat(np.arange(len(points)), near.shape[1])
    table = csr_array((np.ones(near.size), (rows, near.ravel())), shape=(len(points),) * 2)
    return _with_ones(csr_array(table + eye_array(len(points))))


def within(distances: NDArray[np.float64], most: float) -> csr_array:
    """Make places neighbours whose distance, of a table places x places, is at most `most`; self included."""
    near = csr_array((distances <= most).astype(float))
    return _with_ones(csr_array(near + near.T + eye_array(len(distances))))


def _metres(points: gpd.GeoDataFrame) -> NDArray[np.float64]:
    projected = metric(points).geometry
    return np.column_stack([projected.x, projected.y])


def _with_ones(weights: csr_array) -> csr_array:
    weights.data[:] = 1
    return weights
