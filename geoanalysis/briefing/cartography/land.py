"""Land and sea, and geometries brought into the frame."""

from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path

from geoanalysis.briefing.cartography.frame import Floats, Frame, MapView
from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.membership import is_eu
from geoanalysis.maps.basemap import Basemap
from geoanalysis.symbology import EU_LAND, LAND, SEA, Theme

OFF_MAP: Final = "#e9ebec"
"""Where the basemap ends: neither land nor sea is claimed."""
COAST: Final = "#b4c1ca"
_COAST_PT: Final = 0.4
DETAIL_PT: Final = 0.2
"""What is finer than this on the page is not drawn."""
_SPILL: Final = 0.01
"""Share of its width by which a cut reaches over the frame, so that its edges are not seen."""


def cut(geometries: gpd.GeoSeries, frame: Frame) -> gpd.GeoSeries:
    """Project what lies near the frame and cut it just outside the frame; the rest is left out."""
    near_bounds = shapely.box(*frame.outline().to_crs(geometries.crs).total_bounds)
    near = geometries[geometries.intersects(near_bounds)].to_crs(frame.crs)
    bounds = shapely.box(*frame.bounds_m).buffer(_SPILL * frame.width_m).bounds
    inside = gpd.GeoSeries(shapely.clip_by_rect(near.array, *bounds), index=near.index, crs=frame.crs)
    return inside[~inside.is_empty]


def reach(countries: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Give the rectangle of degrees that the basemap covers; within it, what is no land is sea."""
    return gpd.GeoSeries([shapely.segmentize(shapely.box(*countries.total_bounds), 1.0)], crs=LONLAT)


def draw_land(axes: Axes, basemap: Basemap, view: MapView, on: date, theme: Theme) -> gpd.GeoDataFrame:
    """
    Draw sea, land and coasts; land of the EU as it was on that day is lighter.

    Returns
    -------
    GeoDataFrame
        The countries in the frame, projected and cut to it, with no more detail than can be seen.
    """
    countries, detail_m = basemap.countries, view.metres_per_point * DETAIL_PT
    axes.set_facecolor(theme.shade(OFF_MAP))
    fill_areas(axes, cut(reach(countries), view.frame), theme.shade(SEA), zorder=0)
    pieces = cut(countries.geometry, view.frame).simplify_coverage(detail_m)
    land = countries.loc[pieces.index].set_geometry(pieces)
    in_eu = np.array([is_eu(country, on) for country in land["country"]], dtype=bool)
    fill_areas(axes, land.geometry[~in_eu], theme.shade(LAND), zorder=1)
    fill_areas(axes, land.geometry[in_eu], theme.shade(EU_LAND), zorder=1)
    coasts = lines(cut(basemap.shores, view.frame).simplify(detail_m))
    shore = LineCollection(coasts, colors=theme.shade(COAST), linewidths=_COAST_PT, zorder=1)
    axes.add_collection(shore, autolim=False)
    return land


def fill_areas(
    axes: Axes, shapes: gpd.GeoSeries, fill: str, *, zorder: float, edge: str = "none", width: float = 0.3
) -> None:
    """Draw polygons in one colour."""
    collection = PathCollection(
        areas(shapes), facecolors=fill, edgecolors=edge, linewidths=width, zorder=zorder
    )
    axes.add_collection(collection, autolim=False)


def areas(shapes: gpd.GeoSeries) -> list[Path]:
    """Give each polygon, holes and all, as one path."""
    parts = shapely.get_parts(shapely.orient_polygons(shapes.array))
    return [
        Path.make_compound_path(
            *(Path(shapely.get_coordinates(r), closed=True) for r in shapely.get_rings(p))
        )
        for p in parts
        if p.geom_type == "Polygon"
    ]


def lines(shapes: gpd.GeoSeries) -> list[Floats]:
    """Give the corners of each line."""
    parts = shapely.get_parts(shapes.array)
    return [shapely.get_coordinates(part) for part in parts if part.geom_type in {"LineString", "LinearRing"}]
