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
    projected = metric(points).geometry
    tree = cKDTree(np.column_stack([projected.x, projected.y]))
    return binary_weights(tree.query_pairs(band_km * 1000, output_type="ndarray"), len(points))


def binary_weights(pairs: NDArray[np.intp], n: int) -> csr_array:
    """Turn pairs of different places, each named once, into symmetric weights with ones on the diagonal."""
    half = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return csr_array(half + half.T + eye_array(n))
