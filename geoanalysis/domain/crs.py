"""The one place that names coordinate reference systems."""

from typing import Final

import geopandas as gpd
from pyproj import CRS, Geod

from geoanalysis.domain.errors import CRSError

LONLAT: Final = CRS.from_epsg(4326)
"""Geographic WGS 84, longitude before latitude: how records and files give positions."""

METRIC: Final = CRS.from_epsg(3035)
"""ETRS89 / LAEA Europe: equal areas, metres. Distances within the region are off by less than 1 %."""

GEOD: Final = Geod(ellps="WGS84")
"""The ellipsoid, for exact distances between two positions."""


def equal_area_at(lon: float, lat: float) -> CRS:
    """Give the equal-area projection centred on a place (Lambert azimuthal, WGS 84, metres)."""
    return CRS.from_dict({"proj": "laea", "lon_0": lon, "lat_0": lat, "datum": "WGS84", "units": "m"})


def require_crs(frame: gpd.GeoDataFrame, crs: CRS = LONLAT, *, what: str = "the frame") -> None:
    """
    Refuse a frame that is in another CRS.

    Raises
    ------
    CRSError
        If `frame` has no CRS or another one; the message names both and the remedy.
    """
    if frame.crs is None:
        raise CRSError(
            f"{what} has no CRS: call set_crs({crs.to_string()!r}) if that is what its numbers mean"
        )
    if frame.crs != crs:
        raise CRSError(f"{what} is in {frame.crs.to_string()}, not {crs.to_string()}: call to_crs() first")


def metric(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Project to `METRIC`, for distances and areas in metres."""
    return frame.to_crs(METRIC)


def lonlat(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Bring back to `LONLAT`, as every public frame of the project is."""
    return frame.to_crs(LONLAT)
