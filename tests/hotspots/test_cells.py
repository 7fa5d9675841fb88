import geopandas as gpd
import h3
import numpy as np
import pytest

from geoanalysis.domain.crs import LONLAT, METRIC
from geoanalysis.hotspots.cells import cell_ids, cell_neighbours, cell_polygons


def test_index_of_the_h3_documentation() -> None:
    cells = cell_ids([-122.418307270836, np.nan], [37.7752702151959, 41.0], resolution=9)
    assert cells[0] == "8928308280fffff"
    assert cells.isna().tolist() == [False, True]


def test_missing_cells_are_no_neighbours() -> None:
    disk = h3.grid_disk(h3.latlng_to_cell(42.7, 23.3, 4), 1)
    near = cell_neighbours(disk).toarray()
    assert near[0].tolist() == [1.0] * 7
    assert near[1:].sum(axis=1).tolist() == [4.0] * 6  # itself, the middle and two of the ring
    np.testing.assert_array_equal(near, near.T)
    assert cell_neighbours(disk[1:]).toarray().sum() == 6 * 3


def test_a_pentagon_has_five_neighbours() -> None:
    disk = h3.grid_disk(h3.get_pentagons(4)[0], 1)
    assert sorted(cell_neighbours(disk).toarray().sum(axis=1)) == [4, 4, 4, 4, 4, 6]


def test_outlines_lie_where_the_cells_are() -> None:
    cells = cell_ids([23.3, 26.4], [42.7, 41.7])
    outlines = cell_polygons(cells)
    assert outlines.contains(gpd.GeoSeries.from_xy([23.3, 26.4], [42.7, 41.7], crs=LONLAT)).all()
    areas_km2 = outlines.to_crs(METRIC).area / 1e6
    assert areas_km2.to_list() == pytest.approx([h3.cell_area(cell) for cell in cells], rel=0.005)
