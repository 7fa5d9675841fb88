import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from cases import band, case, contiguity, row_standardised
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array, diags_array, random_array

from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.hotspots import local_g, q_values
from geoanalysis.hotspots.permutations import _looked_up, _one_by_one, draw_distinct
from geoanalysis.hotspots.weights import without_self

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
"""Column 8 of row 8, row n - 136 of the table by Ord and Getis."""
SIX = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], float)
SIX_VALUES = [2, 3, 3.2, 5, 8, 7]


@pytest.fixture(scope="module")
def pixels() -> tuple[np.ndarray, np.ndarray]:
    row, column = np.divmod(np.arange(256), 16)
    return np.column_stack([column, row]) * 30.0, np.array(REMOTE_SENSING.split(), float)


@pytest.mark.parametrize(
    ("distance", "gi", "gi_star"),
    [(30, 1.221979, 1.450780), (60, 1.748098, 1.900559), (90, 1.986135, 2.096939), (120, 1.893374, 1.981907)],
)
def test_getis_and_ord_remote_sensing_example(
    pixels: tuple[np.ndarray, np.ndarray], distance: float, gi: float, gi_star: float
) -> None:
    points, values = pixels
    weights = band(points, distance)
    assert local_g(values, weights)["z"][SITE] == pytest.approx(gi_star, abs=5e-7)
    assert local_g(values, weights, star=False)["z"][SITE] == pytest.approx(gi, abs=5e-7)


@pytest.mark.parametrize("distance", [30, 60, 90, 120])
def test_all_sites_agree_with_spdep(shared_data: Path, distance: int) -> None:
    expected = json.loads((shared_data / "cases/hotspots/getisord_localG.json").read_text("utf-8"))
    table = np.array([(site["x"], site["y"], site["val"]) for site in expected["xyz"]], float)
    weights = band(table[:, :2], distance)
    np.testing.assert_allclose(local_g(table[:, 2], weights)["z"], expected[f"Gstar{distance}"], atol=1e-8)
    if f"G{distance}" in expected:
        gi = local_g(table[:, 2], weights, star=False)["z"]
        np.testing.assert_allclose(gi, expected[f"G{distance}"], atol=1e-8)


def test_scores_do_not_depend_on_the_scale_of_rows(pixels: tuple[np.ndarray, np.ndarray]) -> None:
    """D1: a peer's z of row-standardised weights, its default, is too small by half and more."""
    points, values = pixels
    binary = band(points, 60)
    standardised = row_standardised(binary)
    for star in (True, False):
        z = local_g(values, binary, star=star)["z"]
        np.testing.assert_allclose(local_g(values, standardised, star=star)["z"], z, atol=1e-12)
    assert (local_g(values, standardised)["z"].abs() > 1.96).sum() == 155


def test_six_points_of_a_peers_documentation() -> None:
    weights = band(SIX, 15)
    assert local_g(SIX_VALUES, weights)["z"][0] == pytest.approx(-1.39727626, abs=5e-9)
    assert local_g(SIX_VALUES, weights, star=False)["z"][0] == pytest.approx(-1.0136729, abs=5e-8)


def test_a_place_without_a_weight_for_itself_counts_as_its_neighbours_do() -> None:
    with_self = band(SIX, 15)
    np.testing.assert_allclose(
        local_g(SIX_VALUES, without_self(with_self))["z"], local_g(SIX_VALUES, with_self)["z"]
    )


def test_infant_deaths_agree_with_spdep() -> None:
    deaths = case("nc_sids_eb")
    weights = contiguity(deaths["neighbours"])
    rate = np.array(deaths["SID74"]) / np.array(deaths["BIR74"])
    of_rates = local_g(rate, weights)
    np.testing.assert_allclose(of_rates["z"], deaths["Gstar_rawrate"], atol=1e-8)
    np.testing.assert_allclose(local_g(deaths["SID74"], weights)["z"], deaths["Gstar_counts"], atol=1e-8)
    corrected = q_values(of_rates["p_value"])
    np.testing.assert_allclose(corrected, deaths["BH_p_Gstar_rawrate"], atol=1e-8)
    assert (of_rates["z"].abs() > 1.96).sum() == 12
    assert (corrected <= 0.05).sum() == 2
    names = np.array(deaths["name"])
    assert set(names[np.argsort(-of_rates["z"])[:3]]) == {"Northampton", "Bertie", "Richmond"}


def test_nothing_is_said_where_it_is_not_defined() -> None:
    alone = csr_array(np.eye(40))
    assert local_g(np.full(40, 3), alone).isna().all(axis=None)
    assert len(local_g([], csr_array((0, 0)))) == 0
    everywhere = csr_array(np.ones((40, 40)))
    assert local_g(np.arange(40), everywhere)["z"].isna().all()
    assert local_g(np.arange(40), everywhere, star=False)["z"].isna().all()
    assert local_g(np.arange(40), alone, star=False)["z"].isna().all()
    z = local_g(np.arange(40), alone)["z"]
    np.testing.assert_allclose(z, (np.arange(40) - 19.5) / np.arange(40).std(), rtol=1e-12)


def test_an_island_has_no_p_value_and_no_error() -> None:
    weights = band(np.array([*SIX, (900, 900)]), 15)
    tested = local_g([*SIX_VALUES, 50], weights, permutations=99)
    assert np.isnan(tested["p_sim"][6])
    assert tested["p_sim"][:6].notna().all()


def test_real_seizures_on_a_50_km_grid_agree_with_spdep(shared_data: Path) -> None:
    table = pd.read_csv(shared_data / "cases/hotspots/ids_see_all_50km_gistar.csv")
    tested = local_g(table["n"], band(table[["ix", "iy"]].to_numpy(float), 1.5))
    np.testing.assert_allclose(tested["z"], table["gistar"], atol=1e-8)
    np.testing.assert_allclose(tested["p_value"], table["p2"], atol=1e-8)
    np.testing.assert_allclose(q_values(tested["p_value"]), table["bh"], atol=1e-8)


def test_p_values_approach_those_of_all_possible_draws() -> None:
    values, weights = np.array([3, 0, 1, 7, 2, 2, 5, 0], float), np.zeros((8, 8))
    weights[0, [3, 6]] = weights[1, [0, 2, 4]] = weights[2, [7]] = weights[5, [3, 4, 6]] = 1
    permutations = 40_000
    for alternative in ("greater", "less"):
        tested = local_g(
            values, csr_array(weights), star=False, permutations=permutations, seed=3, alternative=alternative
        )
        for place in (0, 1, 2, 5):
            observed = weights[place] @ values
            others = np.delete(values, place)
            sums = np.array([sum(some) for some in itertools.combinations(others, int(weights[place].sum()))])
            exact = (sums >= observed).mean() if alternative == "greater" else (sums <= observed).mean()
            assert tested["p_sim"][place] == pytest.approx(exact, abs=4 * np.sqrt(0.25 / permutations))


@given(seed=st.integers(0, 10_000), rate=st.sampled_from([0.1, 1.0, 5.0]))
def test_looking_sums_up_gives_what_summing_one_by_one_gives(seed: int, rate: float) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(8, 60))
    weights = without_self(
        csr_array(random_array((n, n), density=0.1, rng=random).astype(bool).astype(float))
    )
    neighbours = np.diff(weights.indptr)
    most = int(neighbours.max(initial=0))
    if most + 1 >= n:
        return
    values = random.poisson(rate, n).astype(float)
    drawn = draw_distinct(n, 50, most + 1, random)
    looked_up = _looked_up(values, weights, neighbours, drawn)
    np.testing.assert_array_equal(looked_up, _one_by_one(values, weights, drawn))


@pytest.mark.parametrize("rate", [3.0, 0.3, 0.05])
def test_noise_is_called_noise(rate: float) -> None:
    """
    D2 and D3: peers call up to 81 % of empty neighbourhoods significant, thousands of them after correction.

    Their lower tail counts sums below the observed one only, so among zeros p is always the smallest.
    """
    side = 55
    row, column = np.divmod(np.arange(side * side), side)
    weights = band(np.column_stack([column, row]).astype(float), 1.0)
    shares, survivors = [], []
    for seed in range(20):
        values = np.random.default_rng(seed).poisson(rate, side * side)
        for alternative in ("greater", "two-sided"):
            p = local_g(values, weights, permutations=9999, seed=seed, alternative=alternative)["p_sim"]
            shares.append((p <= 0.05).mean())
            survivors.append((q_values(p) <= 0.05).any())
    assert np.mean(shares) <= 0.052
    assert np.mean(survivors) <= 0.05


def test_enough_permutations_for_a_correction_over_many_places() -> None:
    """D10: 999 draws cannot pass a correction over 3 000 places, 99 999 can."""
    side = 55
    row, column = np.divmod(np.arange(side * side), side)
    weights = band(np.column_stack([column, row]).astype(float), 1.0)
    values = np.random.default_rng(1).poisson(1.0, side * side).astype(float)
    values[[1500, 1501, 1555]] = 30
    few = local_g(values, weights, permutations=999, alternative="greater")["p_sim"]
    many = local_g(values, weights, permutations=99_999, alternative="greater")["p_sim"]
    assert (q_values(few) <= 0.05).sum() == 0
    assert 2 <= (q_values(many) <= 0.05).sum() <= 20


def test_the_same_seed_gives_the_same_bytes_and_inputs_stay() -> None:
    """Also D5 of a peer: what is passed in is shuffled in place there."""
    random = np.random.default_rng(0)
    values, weights = random.poisson(1, 300).astype(float), band(random.random((300, 2)), 0.1)
    before = values.copy(), weights.data.copy(), weights.indices.copy()
    one, two = (local_g(values, weights, permutations=999, seed=7) for _ in range(2))
    assert one.to_numpy().tobytes() == two.to_numpy().tobytes()
    for kept, now in zip(before, (values, weights.data, weights.indices), strict=True):
        np.testing.assert_array_equal(kept, now)


def test_weights_of_any_value_are_permuted_too() -> None:
    random = np.random.default_rng(5)
    binary = without_self(band(random.random((80, 2)), 0.2))
    values = random.normal(size=80)
    scaled = csr_array(diags_array(random.random(80) + 0.5) @ binary)
    uneven = binary.copy()
    uneven.data = random.random(uneven.nnz)
    alike = [local_g(values, w, permutations=499, seed=2)["p_sim"] for w in (binary, scaled)]
    pd.testing.assert_series_equal(*alike)
    tested = local_g(values, uneven, star=False, permutations=9999, seed=2)
    assert (tested["p_sim"] - tested["p_value"]).abs().max() < 0.1
    assert (tested["p_sim"] - tested["p_value"]).abs().mean() < 0.02


def test_bad_input_is_refused_in_words() -> None:
    weights = band(SIX, 15)
    with pytest.raises(
        SchemaError, match=r"1 of 6 values are missing or not finite \(the first is number 2\)"
    ):
        local_g([2, 3, np.nan, 5, 8, 7], weights)
    with pytest.raises(SchemaError, match="6 x 6, but there are 5 places"):
        local_g(SIX_VALUES[:5], weights)
    with pytest.raises(SchemaError, match="not finite"):
        local_g(SIX_VALUES, csr_array(np.full((6, 6), np.inf)))
    with pytest.raises(InsufficientDataError, match="no others to draw from"):
        local_g(SIX_VALUES, csr_array(np.ones((6, 6))), permutations=9)


@pytest.mark.parametrize(("n", "k"), [(400, 90), (12, 9), (5, 5), (3000, 8)])
def test_draws_are_even_at_each_place_of_a_row(n: int, k: int) -> None:
    """Also of wide neighbourhoods, where drawing until all differ would never end."""
    drawn = draw_distinct(n, 20_000, k, np.random.default_rng(1))
    assert (np.diff(np.sort(drawn, axis=1), axis=1) > 0).all()
    for column in (0, k // 2, k - 1):
        counts = np.bincount(drawn[:, column], minlength=n)
        expected = 20_000 / n
        chi_square = ((counts - expected) ** 2 / expected).sum()
        assert chi_square < n - 1 + 5 * np.sqrt(2 * (n - 1))
