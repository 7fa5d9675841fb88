"""Corridors as areas on a map: roads widened and dissolved, by the share of traffic that they may expect."""

from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoanalysis.domain.crs import METRIC, lonlat, metric
from geoanalysis.domain.errors import InputError

SHARE_CLASSES: Final = (0.01, 0.1, 0.25, 0.5)
"""Lower bounds of the classes of share that a map shows; roads with less than the first are left out."""
BUFFER_KM: Final = 8.0
_ROUNDING: Final = 1e-9
_SIMPLIFIED: Final = 0.1
"""By how much of the half width bends may be cut."""


def bands(
    roads: gpd.GeoDataFrame, *, buffer_km: float = BUFFER_KM, classes: tuple[float, ...] = SHARE_CLASSES
) -> gpd.GeoDataFrame:
    """
    Widen roads and dissolve them, one area per class of share.

    Parameters
    ----------
    roads
        With `share`, as `shares` gives them, EPSG:4326.
    buffer_km
        Half the width.
    classes
        Lower bounds of the classes, rising.

    Returns
    -------
    GeoDataFrame
        `share_from` and `share_to` of the class (its roads expect at least the one and less than the other)
        and an area without the areas of higher classes, EPSG:4326; lowest class first, empty ones left out.

    Raises
    ------
    InputError
        If the width is not positive.
    """
    if not 0 < buffer_km < np.inf:
        raise InputError(f"buffer_km={buffer_km}: give half the width of a band in kilometres, more than 0")
    flat = metric(roads)
    number = np.searchsorted(classes, flat["share"].to_numpy() + _ROUNDING, side="right") - 1
    areas = [_widened(flat.geometry[number == place], buffer_km) for place in range(len(classes))]
    above = [shapely.union_all(areas[place + 1 :]) for place in range(len(classes))]
    own = [shapely.difference(area, higher) for area, higher in zip(areas, above, strict=True)]
    rows = {"share_from": classes, "share_to": [*classes[1:], 1.0]}
    frame = lonlat(gpd.GeoDataFrame(rows, geometry=own, crs=METRIC))
    valid = frame.set_geometry(frame.make_valid())
    return valid[~valid.geometry.is_empty].reset_index(drop=True)


def _widened(lines: gpd.GeoSeries, buffer_km: float) -> BaseGeometry:
    """Widen simplified stretches one by one, then dissolve: much faster than widening all as one."""
    merged = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(lines.to_numpy())))
    width_m = buffer_km * 1000
    stretches = shapely.simplify(shapely.get_parts(merged), width_m * _SIMPLIFIED)
    return shapely.union_all(np.asarray(shapely.buffer(stretches, width_m, quad_segs=6)))
