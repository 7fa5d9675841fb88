"""
Hexagons of the H3 grid.

Only cells where something was reported take part: a cell without checks is missing, not a zero, so borders
of the reporting area need no correction.
"""

from collections.abc import Sequence

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from shapely.geometry import Polygon

from geoanalysis.domain.crs import LONLAT
from geoanalysis.hotspots.neighbours import binary_weights

RESOLUTION = 4
"""Cells of about 1 770 km², 26 km from centre to corner: a crossing with the roads that lead to it."""


def cell_ids(lon: ArrayLike, lat: ArrayLike, *, resolution: int = RESOLUTION) -> pd.Series:
    """
    Give the H3 index of each position as text; missing where the position is.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.
    resolution
        H3 resolution, 0 (4.4 million km²) to 15 (1 m²).
    """
    positions = pd.DataFrame({"lon": np.asarray(lon, float), "lat": np.asarray(lat, float)})
    distinct = positions.dropna().drop_duplicates()
    distinct["cell"] = [h3.latlng_to_cell(y, x, resolution) for x, y in distinct.itertuples(index=False)]
    return positions.merge(distinct, how="left", on=["lon", "lat"])["cell"]


def cell_neighbours(cells: Sequence[str]) -> csr_array:
    """Make cells neighbours that share an edge, as binary weights in the order given, self included."""
    position = {cell: i for i, cell in enumerate(cells)}
    pairs = [
        (i, position[other])
        for cell, i in position.items()
        for other in h3.grid_disk(cell, 1)
        if position.get(other, -1) > i
    ]
    return binary_weights(np.array(pairs, np.intp).reshape(-1, 2), len(cells))


def cell_polygons(cells: Sequence[str]) -> gpd.GeoSeries:
    """Give the outlines of cells, EPSG:4326."""
    outlines = [Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]) for cell in cells]
    return gpd.GeoSeries(outlines, crs=LONLAT)
