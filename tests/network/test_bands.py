"""Corridors as areas."""

import geopandas as gpd
import pytest
import shapely
from pyproj import Geod

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.errors import InputError
from geoanalysis.network import bands

GEOD = Geod(ellps="WGS84")
WEST, EAST = (
    shapely.LineString([(23.0, 42.6), (24.0, 42.6)]),
    shapely.LineString([(24.0, 42.6), (25.0, 42.6)]),
)


def roads(*shares: float) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"share": shares}, geometry=[WEST, EAST][: len(shares)], crs=LONLAT)


@pytest.mark.parametrize("buffer_km", [5.0, 20.0])
def test_a_band_is_as_wide_as_it_says(buffer_km: float) -> None:
    (area,) = bands(roads(0.3), buffer_km=buffer_km).geometry
    _, south, _, north = area.intersection(shapely.LineString([(23.5, 40), (23.5, 45)])).bounds
    assert GEOD.inv(23.5, south, 23.5, north)[2] / 2000 == pytest.approx(buffer_km, rel=0.02)


def test_classes_do_not_overlap_and_the_higher_one_is_on_top() -> None:
    found = bands(roads(0.3, 0.7))
    assert found[["share_from", "share_to"]].to_numpy().tolist() == [[0.25, 0.5], [0.5, 1.0]]
    low, high = found.geometry
    assert low.intersection(high).area == pytest.approx(0, abs=1e-6 * low.area)
    assert high.contains(shapely.Point(24.05, 42.6))
    assert high.contains(shapely.Point(23.99, 42.6))
    assert low.contains(shapely.Point(23.5, 42.6))


@pytest.mark.parametrize(("share", "classes"), [(0.0099, []), (0.01, [0.01]), (0.1, [0.1]), (1.0, [0.5])])
def test_the_lowest_share_of_a_class_is_in_it(share: float, classes: list[float]) -> None:
    assert bands(roads(share))["share_from"].tolist() == classes


@pytest.mark.parametrize("buffer_km", [0.0, -5.0, float("nan"), float("inf")])
def test_impossible_widths_are_refused(buffer_km: float) -> None:
    with pytest.raises(InputError, match="more than 0"):
        bands(roads(0.3), buffer_km=buffer_km)
