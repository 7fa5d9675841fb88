from datetime import date

import geopandas as gpd
import pytest

from geoanalysis.domain.crs import LONLAT
from geoanalysis.maps.scene import REGION, Extent, Layer, Scene
from geoanalysis.symbology import CROSSING, CROSSING_CLOSED, PICKED

FEATURES = gpd.GeoDataFrame(
    {"id": ["a", "b", "c"], "label": ["A", "B", "C"], "style": ["open", "open", "closed"]},
    geometry=gpd.points_from_xy([20.0, 21.0, 22.0], [45.0, 45.0, 45.0]),
    crs=LONLAT,
)
LAYER = Layer(
    "crossings", "Crossings", FEATURES, {"picked": PICKED, "open": CROSSING, "closed": CROSSING_CLOSED}
)
SCENE = Scene("Title", "Subtitle", date(2022, 10, 26), (LAYER,))


def test_the_legend_lists_only_what_is_there_with_its_count() -> None:
    assert [(entry.words, entry.count) for entry in LAYER.legend] == [
        ("border crossing point", 2),
        ("crossing, closed", 1),
    ]


def test_an_extent_widens_by_kilometres_on_every_side() -> None:
    # 111.13 km to a degree of latitude and 78.85 km to one of longitude at 45 degrees north (WGS 84)
    wider = Extent(20, 45, 20, 45).widened(10)
    assert wider.north - 45 == pytest.approx(10 / 111.13, rel=1e-3)
    assert wider.east - 20 == pytest.approx(10 / 78.85, rel=1e-3)


def test_a_place_is_found_in_its_layer_and_framed() -> None:
    frame = SCENE.surroundings("b", within_km=40)
    assert frame is not None
    assert frame.west < 21 < frame.east
    assert frame.south < 45 < frame.north
    assert SCENE.surroundings("nowhere") is None
    assert SCENE.extent == REGION
