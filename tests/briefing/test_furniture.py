"""Scale bar, north arrow, locator and notices tell the truth."""

from dataclasses import astuple
from math import radians

import geopandas as gpd
import numpy as np
import pytest
from drawing import raster
from matplotlib.colors import to_rgb
from matplotlib.patches import Polygon
from matplotlib_scalebar.scalebar import ScaleBar

from geoanalysis.briefing.cartography.frame import MapView, fit_extent
from geoanalysis.briefing.cartography.furniture import (
    Furniture,
    arrange,
    draw_furniture,
    needs_locator,
    scale_km,
)
from geoanalysis.briefing.typesetting.boxes import Box, overlaps
from geoanalysis.briefing.typesetting.sheet import Sheet
from geoanalysis.domain.crs import GEOD
from geoanalysis.domain.marking import EXERCISE_NOTICE, SCHEMATIC_NETWORK_NOTICE
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import REGION, Extent
from geoanalysis.symbology import INK, LIGHT

BOX = Box(20, 20, 620, 420)
SMALL = Extent(22.0, 42.0, 26.0, 44.0)


def view_of(extent: Extent) -> MapView:
    return MapView(fit_extent(extent, BOX.width / BOX.height), BOX)


def drawn(extent: Extent, basemap: Basemap) -> tuple[Sheet, MapView, Furniture]:
    sheet, view = Sheet((640, 440), dpi=144, theme=LIGHT), view_of(extent)
    furniture = arrange(view, (), [], sheet.type, located=True)
    draw_furniture(sheet, furniture, view, basemap)
    return sheet, view, furniture


@pytest.mark.parametrize("extent", [REGION, SMALL, Extent(26.30, 41.70, 26.36, 41.73)])
def test_the_scale_bar_is_as_long_as_it_says(extent: Extent, basemap: Basemap) -> None:
    sheet, view, furniture = drawn(extent, basemap)
    pixels = raster(sheet)[::-1]
    (bar,) = sheet.figure.findobj(ScaleBar)
    value, unit = bar.info.scale_text.split(" ")
    metres = float(value) * {"km": 1000, "m": 1}[unit]
    left, bottom, right, top = (round(side * 2) for side in astuple(furniture.scale))
    is_ink = np.isclose(pixels[bottom:top, left:right], to_rgb(INK), atol=0.02).all(axis=-1)
    length_pt = is_ink.sum(axis=1).max() / 2
    assert length_pt * view.metres_per_point == pytest.approx(metres, rel=0.02)


def test_the_scale_bar_is_round_and_fits() -> None:
    view = view_of(REGION)
    assert scale_km(view) in {100, 200, 500}
    assert (
        scale_km(view) * 1000 / view.metres_per_point
        <= 130
        < 2.5 * scale_km(view) * 1000 / view.metres_per_point
    )


def test_the_arrow_points_to_true_north_where_it_stands(basemap: Basemap) -> None:
    sheet, view, furniture = drawn(REGION, basemap)
    arrow = next(patch for patch in sheet.axes.patches if isinstance(patch, Polygon))
    tip, _, notch = arrow.get_xy()[:3]
    foot = (notch + (notch - tip) * 0.5)[None]
    ground = np.array(view.frame.bounds_m[:2]) + (foot - [BOX.left, BOX.bottom]) * view.metres_per_point
    here = gpd.GeoSeries(gpd.points_from_xy(*ground.T), crs=view.frame.crs).to_crs(4326).iloc[0]
    lon, lat, _ = GEOD.fwd(here.x, here.y, 0, 1000)
    there = view.to_page(gpd.GeoSeries(gpd.points_from_xy([lon], [lat]), crs=4326))
    ahead = (there - foot)[0]
    assert tip[1] > notch[1]
    assert np.arctan2(*(tip - notch)) == pytest.approx(np.arctan2(*ahead), abs=radians(0.3))
    assert np.arctan2(*(tip - notch)) < radians(-5)
    assert furniture.north.contains(Box(*tip, *tip))


def test_the_arrow_is_upright_in_the_middle_of_the_frame(basemap: Basemap) -> None:
    sheet, view = Sheet((640, 440), dpi=72, theme=LIGHT), view_of(SMALL)
    furniture = arrange(view, (), [], sheet.type, located=False)
    middle = Box(BOX.centre[0] - 12, 300, BOX.centre[0] + 12, 340)
    draw_furniture(sheet, type(furniture)((), middle, furniture.scale, None), view, basemap)
    arrow = next(patch for patch in sheet.axes.patches if isinstance(patch, Polygon))
    tip, _, notch = arrow.get_xy()[:3]
    assert tip[0] == pytest.approx(notch[0], abs=0.02)


def test_the_locator_is_left_out_where_it_would_show_no_more(basemap: Basemap) -> None:
    assert needs_locator(fit_extent(SMALL, 1.5), basemap.countries)
    assert not needs_locator(fit_extent(Extent(10, 33.5, 46, 51.5), 1.5), basemap.countries)


def test_locator_and_scale_go_where_they_hide_fewer_symbols() -> None:
    view, setter = view_of(SMALL), Sheet((640, 440), dpi=72, theme=LIGHT).type
    free = arrange(view, (), [], setter, located=True)
    assert free.locator is not None
    crowded = arrange(view, (), [free.locator], setter, located=True)
    assert crowded.locator is not None
    assert overlaps([crowded.locator], [free.locator])[0] == 0
    assert overlaps([crowded.locator], [crowded.scale])[0] == 0


def test_notices_are_large_and_stand_apart() -> None:
    view, setter = view_of(SMALL), Sheet((640, 440), dpi=72, theme=LIGHT).type
    furniture = arrange(
        view, (EXERCISE_NOTICE, SCHEMATIC_NETWORK_NOTICE, "long " * 60), [], setter, located=True
    )
    assert furniture.notices[0].style.size >= 12
    assert len(furniture.notices[2].lines) > 1
    boxes = furniture.boxes
    for number, box in enumerate(boxes):
        assert BOX.contains(box)
        assert not overlaps([box], boxes[:number] + boxes[number + 1 :]).any()
