"""The frame of the map: which part of the earth it shows, in which projection, and where on the page."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer

from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.domain.crs import LONLAT, equal_area_at
from geoanalysis.maps.scene import Extent

Floats = npt.NDArray[np.float64]
Bounds = tuple[float, float, float, float]

_LEAST_SPAN_M: Final = 4_000.0
"""An extent of a single point is shown with its surroundings."""
_STEP_DEG: Final = 0.25
_OUTLINE_POINTS: Final = 64


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle in a local equal-area projection, in metres from the centre of the extent."""

    crs: CRS
    bounds_m: Bounds

    @property
    def width_m(self) -> float:
        """Width on the ground in metres."""
        return self.bounds_m[2] - self.bounds_m[0]

    @property
    def height_m(self) -> float:
        """Height on the ground in metres."""
        return self.bounds_m[3] - self.bounds_m[1]

    def edge(self, side: str) -> Floats:
        """Give longitude and latitude along the ``bottom`` or the ``left`` edge, shape (n, 2)."""
        west, south, _, _ = self.bounds_m
        along = np.linspace(0, 1, _OUTLINE_POINTS)
        if side == "bottom":
            return self._lonlat(west + along * self.width_m, np.full_like(along, south))
        return self._lonlat(np.full_like(along, west), south + along * self.height_m)

    def outline(self) -> gpd.GeoSeries:
        """Give the frame as a polygon in its own projection, with enough corners to be projected again."""
        step = max(self.width_m, self.height_m) / _OUTLINE_POINTS
        return gpd.GeoSeries([shapely.segmentize(shapely.box(*self.bounds_m), step)], crs=self.crs)

    def _lonlat(self, x: Floats, y: Floats) -> Floats:
        return np.column_stack(Transformer.from_crs(self.crs, LONLAT, always_xy=True).transform(x, y))


@dataclass(frozen=True, slots=True)
class MapView:
    """A frame at its place on the page."""

    frame: Frame
    box: Box

    @property
    def metres_per_point(self) -> float:
        """Scale: metres on the ground to a point on the page."""
        return self.frame.width_m / self.box.width

    def project(self, geometries: gpd.GeoSeries) -> gpd.GeoSeries:
        """Bring geometries into the frame's projection."""
        return geometries.to_crs(self.frame.crs)

    def to_page(self, geometries: gpd.GeoSeries) -> Floats:
        """Give the page positions of points, in points: an array of shape (n, 2)."""
        points = self.project(geometries)
        west, south, _, _ = self.frame.bounds_m
        x = self.box.left + (points.x.to_numpy() - west) / self.metres_per_point
        y = self.box.bottom + (points.y.to_numpy() - south) / self.metres_per_point
        return np.column_stack([x, y])


def centre_of(extent: Extent) -> tuple[float, float]:
    """Give longitude and latitude of the middle of an extent."""
    return (extent.west + extent.east) / 2, (extent.south + extent.north) / 2


def projected_bounds(extent: Extent) -> tuple[CRS, Bounds]:
    """Give the local projection of an extent and its bounds there, in metres."""
    crs = equal_area_at(*centre_of(extent))
    outline = shapely.segmentize(shapely.box(extent.west, extent.south, extent.east, extent.north), _STEP_DEG)
    west, south, east, north = gpd.GeoSeries([outline], crs=LONLAT).to_crs(crs).total_bounds.tolist()
    return crs, (west, south, east, north)


def aspect_of(extent: Extent) -> float:
    """Give width by height of an extent as it lies on the map."""
    west, south, east, north = projected_bounds(extent)[1]
    return max(east - west, _LEAST_SPAN_M) / max(north - south, _LEAST_SPAN_M)


def fit_extent(extent: Extent, aspect: float) -> Frame:
    """Give the smallest frame of that aspect (width by height) around an extent, with the same centre."""
    crs, bounds = projected_bounds(extent)
    return Frame(crs, expand(bounds, aspect))


def expand(bounds: Bounds, aspect: float) -> Bounds:
    """
    Widen or heighten bounds about their centre until width by height is `aspect`.

    Examples
    --------
    >>> expand((0.0, 0.0, 10_000.0, 10_000.0), 2.0)
    (-5000.0, 0.0, 15000.0, 10000.0)
    """
    west, south, east, north = bounds
    width, height = max(east - west, _LEAST_SPAN_M), max(north - south, _LEAST_SPAN_M)
    half_width, half_height = max(width, height * aspect) / 2, max(height, width / aspect) / 2
    x, y = (west + east) / 2, (south + north) / 2
    return (x - half_width, y - half_height, x + half_width, y + half_height)
