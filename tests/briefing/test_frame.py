"""The frame holds the extent, is true to scale, and has the page's aspect."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geoanalysis.briefing.cartography.frame import MapView, aspect_of, centre_of, expand, fit_extent
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.domain.crs import GEOD
from geoanalysis.maps.scene import REGION, Extent


@pytest.mark.parametrize(
    ("bounds", "aspect", "expected"),
    [
        ((0, 0, 10_000, 10_000), 2.0, (-5_000, 0, 15_000, 10_000)),
        ((0, 0, 30_000, 10_000), 1.5, (0, -5_000, 30_000, 15_000)),
        ((0, 0, 20_000, 10_000), 2.0, (0, 0, 20_000, 10_000)),
        ((5_000, 5_000, 5_000, 5_000), 1.0, (3_000, 3_000, 7_000, 7_000)),
    ],
)
def test_expanding_keeps_the_centre(bounds: tuple, aspect: float, expected: tuple) -> None:
    assert expand(bounds, aspect) == pytest.approx(expected)


@pytest.mark.parametrize("aspect", [0.7, 1.0, 1.6, 2.4])
@pytest.mark.parametrize("extent", [REGION, Extent(25.9, 41.4, 26.9, 42.0), Extent(5.0, 35.0, 40.0, 60.0)])
def test_all_of_the_extent_lies_in_the_frame(extent: Extent, aspect: float) -> None:
    frame = fit_extent(extent, aspect)
    edge = shapely.box(extent.west, extent.south, extent.east, extent.north).segmentize(0.05)
    west, south, east, north = gpd.GeoSeries([edge], crs=4326).to_crs(frame.crs).total_bounds
    slack_m = 20.0
    assert west >= frame.bounds_m[0] - slack_m
    assert south >= frame.bounds_m[1] - slack_m
    assert east <= frame.bounds_m[2] + slack_m
    assert north <= frame.bounds_m[3] + slack_m
    assert frame.width_m / frame.height_m == pytest.approx(aspect)


def test_one_side_of_the_frame_is_the_extent_itself() -> None:
    frame = fit_extent(REGION, 1.6)
    edge = shapely.box(REGION.west, REGION.south, REGION.east, REGION.north).segmentize(0.05)
    _, south, _, north = gpd.GeoSeries([edge], crs=4326).to_crs(frame.crs).total_bounds
    assert frame.height_m == pytest.approx(north - south, rel=1e-3)


def test_distances_on_the_page_are_those_on_the_ellipsoid() -> None:
    view = MapView(fit_extent(Extent(20.0, 41.0, 26.0, 45.0), 1.5), Box(10, 20, 610, 420))
    sofia, nis = (23.3219, 42.6977), (21.8958, 43.3209)
    places = gpd.GeoSeries(gpd.points_from_xy(*zip(sofia, nis, strict=True)), crs=4326)
    apart_pt = np.hypot(*np.diff(view.to_page(places), axis=0)[0])
    _, _, apart_m = GEOD.inv(*sofia, *nis)
    assert apart_pt * view.metres_per_point == pytest.approx(apart_m, rel=2e-3)


def test_the_middle_of_the_extent_is_the_middle_of_the_map() -> None:
    extent, box = Extent(20.0, 41.0, 26.0, 45.0), Box(10, 20, 610, 420)
    view = MapView(fit_extent(extent, 1.5), box)
    middle = view.to_page(gpd.GeoSeries(gpd.points_from_xy([23.0], [43.0]), crs=4326))[0]
    assert centre_of(extent) == (23.0, 43.0)
    assert middle[0] == pytest.approx(box.centre[0], abs=1e-6)
    assert middle[1] == pytest.approx(box.centre[1], abs=4)


def test_aspect_of_a_small_square_of_degrees_is_the_cosine_of_its_latitude() -> None:
    assert aspect_of(Extent(20.0, 59.5, 21.0, 60.5)) == pytest.approx(0.5, abs=0.02)


def test_the_lower_edge_runs_from_west_to_east() -> None:
    edge = fit_extent(REGION, 1.6).edge("bottom")
    assert (np.diff(edge[:, 0]) > 0).all()
    assert edge[:, 1].max() < REGION.south + 1
