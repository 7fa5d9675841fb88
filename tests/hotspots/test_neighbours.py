import geopandas as gpd
import numpy as np
import pytest

from geoanalysis.domain.crs import GEOD, LONLAT, METRIC
from geoanalysis.domain.errors import CRSError
from geoanalysis.hotspots.neighbours import distance_band


def test_neighbours_are_those_within_the_band(crossings: gpd.GeoDataFrame) -> None:
    near = distance_band(crossings, band_km=60).toarray()
    lon, lat = crossings.geometry.x.to_numpy(), crossings.geometry.y.to_numpy()
    here, there = np.meshgrid(np.arange(80), np.arange(80), indexing="ij")
    _, _, metres = GEOD.inv(lon[here], lat[here], lon[there], lat[there])
    clear = abs(metres - 60_000) > 600  # the projection is off by less than 1 %
    np.testing.assert_array_equal(near[clear] == 1, metres[clear] <= 60_000)
    assert np.diag(near).tolist() == [1.0] * 80
    assert near[0].sum() == 3  # itself, 51 km east, 56 km north


def test_distance_is_measured_in_km_not_degrees() -> None:
    # 0.5 degrees of longitude are 41 km at 42 degrees north and 28 km at 60
    for lat, neighbours in ((42, 1), (60, 2)):
        pair = gpd.GeoDataFrame(geometry=gpd.points_from_xy([20, 20.5], [lat, lat]), crs=LONLAT)
        assert distance_band(pair, band_km=35).toarray()[0].sum() == neighbours


def test_other_crs_are_refused(crossings: gpd.GeoDataFrame) -> None:
    with pytest.raises(CRSError, match="the points"):
        distance_band(crossings.to_crs(METRIC), band_km=50)


def test_no_points_have_no_neighbours(crossings: gpd.GeoDataFrame) -> None:
    assert distance_band(crossings.iloc[:0], band_km=50).shape == (0, 0)
