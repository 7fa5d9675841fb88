import numpy as np
import pytest
from cases import band, case, contiguity, row_standardised
from scipy.sparse import csr_array

from geoanalysis.domain.errors import SchemaError
from geoanalysis.hotspots import general_g, lees_l, local_moran, moran, moran_of_rates


@pytest.fixture(scope="module")
def columbus() -> dict:
    return case("columbus")


@pytest.fixture(scope="module")
def around(columbus: dict) -> csr_array:
    return row_standardised(contiguity(columbus["neighbours"]))


def test_columbus_as_a_whole(columbus: dict, around: csr_array) -> None:
    crime, value = columbus["CRIME"], columbus["HOVAL"]
    assert moran(crime, around).i == pytest.approx(0.5001886, abs=5e-8)
    assert moran(crime, around, other=columbus["INC"]).i == pytest.approx(-0.4286322, abs=5e-8)
    assert lees_l(crime, value, around)[0] == pytest.approx(-0.236256, abs=5e-7)
    assert lees_l(value, value, around)[0] == pytest.approx(0.30136527, abs=5e-9)
    assert lees_l(crime, crime, around)[0] == pytest.approx(0.53512008, abs=5e-9)


def test_columbus_place_by_place(columbus: dict, around: csr_array) -> None:
    crime = columbus["CRIME"]
    local = local_moran(crime, around)
    np.testing.assert_allclose(local["i"], columbus["local_moran"], atol=1e-10)
    np.testing.assert_allclose(local["z"], columbus["local_moran_Z"], atol=1e-10)
    other = local_moran(crime, around, other=columbus["INC"])
    np.testing.assert_allclose(other["i"], columbus["local_moran_bv"], atol=1e-10)
    np.testing.assert_allclose(lees_l(crime, columbus["HOVAL"], around)[1], columbus["lee_local"], atol=1e-10)


def test_local_parts_add_up_to_the_whole(columbus: dict, around: csr_array) -> None:
    whole = moran(columbus["CRIME"], around).i
    assert local_moran(columbus["CRIME"], around)["i"].mean() == pytest.approx(whole, rel=1e-12)


def test_permutation_agrees_with_the_normal_approximation(columbus: dict, around: csr_array) -> None:
    local = local_moran(columbus["CRIME"], around, permutations=9999, seed=1)
    assert (local["p_sim"] - local["p_value"]).abs().max() < 0.05
    assert local["quadrant"][local["p_sim"] < 0.01].isin(["high-high", "low-low"]).all()


def test_rates_of_infant_deaths() -> None:
    deaths = case("nc_sids_eb")
    binary = contiguity(deaths["neighbours"])
    found = [
        moran_of_rates(deaths["SID74"], deaths["BIR74"], w).i for w in (binary, row_standardised(binary))
    ]
    assert found == pytest.approx([0.2429938, 0.2487462], abs=5e-8)
    raw = np.array(deaths["SID74"]) / np.array(deaths["BIR74"])
    assert moran(raw, row_standardised(binary)).i == pytest.approx(0.2309104, abs=5e-8)


def test_rates_of_infant_deaths_in_a_peers_tests() -> None:
    deaths = case("sids2")
    found = moran_of_rates(
        deaths["SID79"], deaths["BIR79"], row_standardised(contiguity(deaths["neighbours"]))
    )
    assert found.i == pytest.approx(0.16622343552567395, rel=1e-12)
    assert found.p_value / 2 == pytest.approx(0.0041915, abs=5e-8)


def test_general_g_of_six_points() -> None:
    points = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], float)
    found = general_g([2, 3, 3.2, 5, 8, 7], band(points, 15))
    assert found.i == pytest.approx(0.55709779, abs=5e-9)
    assert found.p_value / 2 == pytest.approx(0.172936, abs=5e-7)


def test_where_all_are_alike_nothing_is_said(around: csr_array) -> None:
    flat = local_moran(np.ones(49), around, permutations=9)
    assert flat[["i", "z", "p_value", "p_sim"]].isna().all(axis=None)
    assert np.isnan(moran(np.ones(49), around).i)


def test_islands_are_left_out() -> None:
    weights = csr_array(np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0]], float))
    assert local_moran([1, 2, 3, 9], weights)["i"].isna().tolist() == [False, False, True, False]


def test_two_variables_are_of_the_same_places(around: csr_array) -> None:
    with pytest.raises(SchemaError, match="49 values of one variable and 3 of the other"):
        local_moran(np.arange(49), around, other=[1, 2, 3])
