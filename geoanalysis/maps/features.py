"""Rows of a result as features of a layer."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.crs import LONLAT, require_crs


def features(
    frame: gpd.GeoDataFrame,
    *,
    ids: Sequence[str] | pd.Series,
    labels: Sequence[str],
    styles: Sequence[str] | pd.Series | np.ndarray,
    size_px: pd.Series | None = None,
) -> gpd.GeoDataFrame:
    """
    Give a frame as a layer draws it: `id`, `label`, `style`, where given `size_px`, and the geometry.

    Raises
    ------
    SchemaError
        If the frame is not in EPSG:4326.
    """
    require_crs(frame, what="the frame to draw")
    columns = {"id": list(ids), "label": list(labels), "style": [str(style) for style in styles]}
    if size_px is not None:
        columns["size_px"] = list(size_px)
    return gpd.GeoDataFrame(columns, geometry=list(frame.geometry), crs=LONLAT)
