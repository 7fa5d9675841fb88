import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array, diags_array
from scipy.spatial import cKDTree

from geoanalysis.hotspots.gi_star import gi_star
from geoanalysis.hotspots.neighbours import binary_weights

REMOTE_SENSING = """
40 41 42 43 49 54 47 44 42 44 43 46 52 56 56 61
40 42 41 40 43 49 46 42 42 43 43 49 59 62 53 62
43 42 40 42 42 42 41 42 42 43 42 53 66 61 51 62
44 41 39 42 44 43 42 42 42 43 43 49 56 53 53 61
42 43 44 43 42 41 42 44 43 43 44 47 58 59 55 61
52 59 61 56 41 40 43 44 46 48 50 52 68 69 60 61
62 62 86 85 55 59 64 72 75 70 70 62 66 61 55 57
65 62 68 72 102 94 90 83 74 81 96 69 52 50 51 54
62 59 55 61 99 97 93 80 65 87 107 80 59 60 67 66
62 55 56 56 80 90 99 88 64 91 112 94 76 91 100 85
63 57 58 58 77 92 82 71 59 90 105 92 79 98 110 83
59 58 60 64 88 99 82 81 71 80 89 89 89 102 104 75
55 54 53 61 82 102 88 93 96 94 110 114 109 103 92 68
55 55 56 60 91 95 86 98 115 105 110 107 101 89 85 68
62 63 64 59 85 88 95 106 110 99 89 82 79 84 97 79
55 56 54 58 65 75 82 77 74 74 69 61 62 71 73 63
"""
"""Getis and Ord 1996: 16 x 16 pixels of 30 m; the data set `getisord` of the R package spData (CC0)."""
SITE = 119
"""Column 8 of row 8."""


def band(points: np.ndarray, distance: float) -> csr_array:
    return binary_weights(cKDTree(points).query_pairs(distance, output_type="ndarray"), len(points))


@pytest.fixture(scope="module")
def pixels() -> tuple[np.ndarray, np.ndarray]:
    row, column = np.divmod(np.arange(256), 16)
    return np.column_stack([column, row]) * 30.0, np.array(REMOTE_SENSING.split(), float)


@pytest.mark.parametrize(("distance", "z"), [(30, 1.450780), (60, 1.900559), (90, 2.096939), (120, 1.981907)])
def test_getis_and_ord_remote_sensing_example(
    pixels: tuple[np.ndarray, np.ndarray], distance: float, z: float
) -> None:
    points, values = pixels
    assert gi_star(values, band(points, distance))[SITE] == pytest.approx(z, abs=5e-7)


@pytest.mark.parametrize("distance", [30, 60, 90, 120])
def test_all_sites_agree_with_spdep(shared_data: Path, distance: int) -> None:
    case = json.loads((shared_data / "cases/hotspots/getisord_localG.json").read_text("utf-8"))
    table = np.array([(site["x"], site["y"], site["val"]) for site in case["xyz"]], float)
    z = gi_star(table[:, 2], band(table[:, :2], distance))
    np.testing.assert_allclose(z, case[f"Gstar{distance}"], atol=1e-8)


def test_row_standardised_weights_give_the_same_scores(pixels: tuple[np.ndarray, np.ndarray]) -> None:
    points, values = pixels
    binary = band(points, 60)
    standardised = diags_array(1 / binary.sum(axis=1)) @ binary
    np.testing.assert_allclose(gi_star(values, csr_array(standardised)), gi_star(values, binary), atol=1e-12)


def test_six_points_of_the_esda_documentation() -> None:
    points = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], float)
    z = gi_star([2, 3, 3.2, 5, 8, 7], band(points, 15), min_places=2)
    assert z[0] == pytest.approx(-1.39727626, abs=5e-9)


def test_nothing_is_said_where_it_is_not_defined() -> None:
    alone = csr_array(np.eye(40))
    assert np.isnan(gi_star(np.arange(29), csr_array(np.eye(29)))).all()
    assert np.isnan(gi_star(np.full(40, 3), alone)).all()
    assert np.isnan(gi_star([], csr_array((0, 0)))).all()
    everywhere = csr_array(np.ones((40, 40)))
    assert np.isnan(gi_star(np.arange(40), everywhere)).all()
    z = gi_star(np.arange(40), alone)
    np.testing.assert_allclose(z, (np.arange(40) - 19.5) / np.arange(40).std(), rtol=1e-12)


def test_real_seizures_on_a_50_km_grid_agree_with_spdep(shared_data: Path) -> None:
    table = pd.read_csv(shared_data / "cases/hotspots/ids_see_all_50km_gistar.csv")
    z = gi_star(table["n"], band(table[["ix", "iy"]].to_numpy(float), 1.5))
    np.testing.assert_allclose(z, table["gistar"], atol=1e-8)
