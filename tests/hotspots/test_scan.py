import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.hotspots import bernoulli_scan, poisson_scan
from geoanalysis.hotspots.scan_model import ScanModel
from geoanalysis.hotspots.scan_replicates import reaching
from geoanalysis.hotspots.scan_windows import Windows, windows_of

EARTH_KM = 6367.0


@pytest.fixture(scope="module")
def satscan(shared_data: Path) -> Path:
    return shared_data / "cases/hotspots/satscan"


@pytest.fixture(scope="module")
def expected(satscan: Path) -> dict:
    return json.loads((satscan / "expected.json").read_text("utf-8"))


def test_humberside_leukaemia(satscan: Path, expected: dict) -> None:
    cases, controls, places = (np.loadtxt(satscan / f"NHumberside.{end}") for end in ("cas", "ctl", "geo"))
    found = bernoulli_scan(cases[:, 1], cases[:, 1] + controls[:, 1], places[:, 1:], seed=1)
    named = {frozenset(places[list(cluster.members), 0].astype(int)): cluster for cluster in found}
    for published in expected["n_humberside"]["clusters"]:
        cluster = named[frozenset(published["ids"])]
        assert cluster.log_likelihood_ratio == pytest.approx(published["llr"], abs=5e-7)
        assert (cluster.cases, round(cluster.expected, 2)) == (published["cases"], published["expected"])
        # published after 139 replicates, where a run of ties with the first cluster may fall on either side
        assert 0.3 < cluster.p_value < 0.95
    assert found[0].relative_risk == pytest.approx(3.43, abs=0.005)


@pytest.mark.parametrize(
    ("ties", "ratio", "members", "cases"), [("split", 20.305158, 47, 104), ("shell", 19.068735, 55, 116)]
)
def test_hexagons(satscan: Path, ties: str, ratio: float, members: int, cases: int) -> None:
    """D8: the reference program splits places at one distance by the rounding of coordinates."""
    xy, population = np.loadtxt(satscan / "hex3k.geo")[:, 1:], np.loadtxt(satscan / "hex3k.pop")[:, 2]
    records = pd.read_csv(satscan / "hex3k.cas", sep=r"\s+", header=None)
    counts = np.bincount(records[0], records[1], len(xy))
    first = poisson_scan(counts, population, xy, replicates=0, ties=ties)[0]
    assert first.log_likelihood_ratio == pytest.approx(ratio, abs=5e-7)
    assert (len(first.members), first.cases, first.p_value) == (members, cases, None)


def test_new_mexico_brain_cancer_in_space_and_time(satscan: Path, expected: dict) -> None:
    counties, years, cases, base = new_mexico(satscan)
    far = great_circle_km(np.array([counties[name] for name in counties], float))
    found = poisson_scan(cases, base, None, distances=far, times=years, seed=2)
    published = expected["new_mexico"]["clusters"]
    for cluster, given_ in zip(found, published, strict=False):
        assert {list(counties)[i] for i in cluster.members} == set(given_["ids"])
        assert (cluster.starts, cluster.ends, cluster.cases) == (
            given_["start"],
            given_["end"],
            given_["cases"],
        )
        assert cluster.log_likelihood_ratio == pytest.approx(given_["llr"], abs=1e-2)
        assert cluster.expected == pytest.approx(given_["expected"], abs=0.02)
    assert found[0].relative_risk == pytest.approx(1.42, abs=0.005)
    assert found[0].p_value == pytest.approx(0.014, abs=0.012)
    assert found[1].p_value == pytest.approx(0.692, abs=0.06)


def new_mexico(folder: Path) -> tuple[dict, list[int], np.ndarray, np.ndarray]:
    """Give counties, years, cases and the cases expected from ages and sexes, population between censuses."""
    lines = [line.split() for line in (folder / "nm.geo").read_text("utf-8").splitlines()]
    counties = {name: (float(lat), float(lon)) for name, lat, lon in lines}
    order, years = {name: i for i, name in enumerate(counties)}, list(range(1973, 1992))
    cases, stratified = np.zeros((32, 19)), np.zeros((32, 19, 18, 2))
    for line in (folder / "nm.cas").read_text("utf-8").splitlines():
        name, count, year, age, sex = line.split()
        cases[order[name], int(year) - 1973] += int(count)
        stratified[order[name], int(year) - 1973, int(age) - 1, int(sex) - 1] += int(count)
    census = np.zeros((32, 3, 18, 2))
    for line in (folder / "nm.pop").read_text("utf-8").splitlines():
        name, year, people, age, sex = line.split()
        at = {73: 0, 82: 1, 91: 2}[int(year)]
        census[order[name], at, int(age) - 1, int(sex) - 1] = int(people)
    people = np.apply_along_axis(lambda known: np.interp(years, [1973, 1982, 1991], known), 1, census)
    rates = stratified.sum(axis=(0, 1)) / people.sum(axis=(0, 1))
    return counties, years, cases, (people * rates).sum(axis=(2, 3))


def great_circle_km(lat_lon: np.ndarray) -> np.ndarray:
    lat, lon = np.radians(lat_lon).T
    unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    return EARTH_KM * 2 * np.arcsin(np.clip(cdist(unit, unit) / 2, 0, 1))


def test_north_east_usa(shared_data: Path) -> None:
    table = pd.read_csv(shared_data / "cases/hotspots/neast.csv")
    assert (table["cases"].sum(), table["population"].sum()) == (58_943, 29_535_210)
    found = poisson_scan(table["cases"], table["population"], table[["x", "y"]], replicates=0)
    ratios = [cluster.log_likelihood_ratio for cluster in found[:3]]
    assert ratios == pytest.approx([45.130727, 42.749279, 34.408567], abs=5e-7)


def by_all_windows(model: ScanModel, windows: Windows, cases: np.ndarray) -> float:
    """Give the largest ratio the slow way."""
    best = 0.0
    starts, ends = windows.stretches()
    for zones in windows.zones:
        for end in zones.ends:
            members = zones.members[:end]
            for start, stop in zip(starts, ends, strict=True):
                c = cases[members, start:stop].sum()
                e = windows.expected[members, start:stop].sum()
                if c > e > 0 and c >= 2:
                    best = max(best, float(model.log_likelihood_ratio(c, e)))
    return best


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    places=st.integers(2, 14),
    periods=st.integers(1, 9),
    cases=st.sampled_from([3, 20, 300, 5000, 40_000]),
    spread=st.sampled_from([0.0, 1.0, 3.0]),
)
def test_replicates_reach_what_they_reach_over_all_windows(
    seed: int, places: int, periods: int, cases: int, spread: float
) -> None:
    random = np.random.default_rng(seed)
    exposure = np.exp(random.normal(0, spread, (places, periods)))
    xy = random.integers(0, 4, (places, 2)).astype(float)
    windows = windows_of(
        cdist(xy, xy), exposure * cases / exposure.sum(), max_share=0.6, max_duration=0.7, ties="shell"
    )
    drawn = random.multinomial(cases, exposure.ravel() / exposure.sum(), size=6).reshape(6, places, periods)
    model = ScanModel(float(cases))
    slow = np.array([by_all_windows(model, windows, one) for one in drawn])
    asked = np.concatenate([slow * factor for factor in (0.5, 0.999999, 1.000001)] + [[1e-6, 30.0]])
    counted = (slow[:, None] >= asked).sum(axis=0)
    np.testing.assert_array_equal(reaching(model, windows, drawn, asked), counted)


def test_bernoulli_replicates_reach_what_they_reach_over_all_windows() -> None:
    random = np.random.default_rng(4)
    population = random.integers(2, 30, 25)
    total = int(population.sum() * 0.3)
    xy = random.random((25, 2))
    windows = windows_of(
        cdist(xy, xy),
        population[:, None] * total / population.sum(),
        max_share=0.5,
        max_duration=1,
        ties="shell",
    )
    drawn = random.multivariate_hypergeometric(population, total, size=30, method="marginals")[:, :, None]
    model = ScanModel(float(total), float(population.sum()))
    slow = np.array([by_all_windows(model, windows, one) for one in drawn])
    asked = slow * np.tile([0.999999, 1.000001], 15)
    counted = (slow[:, None] >= asked).sum(axis=0)
    np.testing.assert_array_equal(reaching(model, windows, drawn, asked), counted)


def test_p_values_are_uniform_when_nothing_stands_out() -> None:
    random = np.random.default_rng(8)
    xy, exposure = random.random((40, 2)), np.exp(random.normal(4, 1, 40))
    p = [
        poisson_scan(random.poisson(exposure * 0.05), exposure, xy, replicates=99, seed=seed)[0].p_value
        for seed in range(150)
    ]
    assert np.mean(np.array(p) <= 0.05) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 150)
    assert 0.4 < np.mean(p) < 0.6


def test_a_planted_cluster_is_found_along_roads_and_an_over_checked_place_is_not() -> None:
    random = np.random.default_rng(3)
    xy = np.column_stack([np.arange(60), np.zeros(60)]) * 10.0
    exposure = np.where(np.arange(60) < 10, 6000, 1000.0)
    hits = random.poisson(exposure * 0.02 * np.where((np.arange(60) > 40) & (np.arange(60) < 45), 3, 1))
    found = poisson_scan(hits, exposure, xy)
    assert {41, 42, 43, 44} <= set(found[0].members)
    assert found[0].p_value == 0.001
    assert all(cluster.p_value > 0.05 for cluster in found[1:])
    broken = cdist(xy, xy)
    broken[:43, 43:] = broken[43:, :43] = np.inf
    along = poisson_scan(hits, exposure, None, distances=broken)
    assert all(max(cluster.members) < 43 or min(cluster.members) >= 43 for cluster in along)


def test_rows_of_place_and_time_are_added_up() -> None:
    random = np.random.default_rng(1)
    table, exposure = random.poisson(2, (10, 6)), np.full((10, 6), 40.0)
    table[3, 2:4] += 15
    xy = random.random((10, 2))
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    order = dict(zip(sorted(days), range(6), strict=True))
    columns = [order[day] for day in days]
    grid = poisson_scan(table, exposure, xy, times=days, seed=5)
    place, period = np.divmod(np.arange(60), 6)
    rows = poisson_scan(
        table.ravel(), exposure.ravel(), xy[place], times=np.array(columns)[period], replicates=0
    )
    assert grid[0].members == (3,)
    assert (grid[0].starts, grid[0].ends) == ("Wed", "Thu")
    assert set(
        place[list(poisson_scan(table.ravel(), exposure.ravel(), xy[place], times=period)[0].members)]
    ) == {3}
    assert rows


def test_the_same_seed_gives_the_same_result_and_inputs_stay() -> None:
    random = np.random.default_rng(1)
    counts, exposure, xy = random.poisson(3, 30), np.full(30, 50.0), random.random((30, 2))
    before = counts.copy()
    assert poisson_scan(counts, exposure, xy, seed=4) == poisson_scan(counts, exposure, xy, seed=4)
    np.testing.assert_array_equal(counts, before)


def test_what_cannot_be_scanned_is_said() -> None:
    xy = np.random.default_rng(0).random((3, 2))
    assert poisson_scan([0, 0, 0], [5, 5, 5], xy) == []
    with pytest.raises(InsufficientDataError, match="there is only one"):
        poisson_scan([1], [5], xy[:1])
    with pytest.raises(SchemaError, match=r"4 cases have no exposure \(the first at place 2\)"):
        poisson_scan([1, 0, 4], [5, 5, 0], xy)
    with pytest.raises(SchemaError, match="exposures are numbers from 0 up"):
        poisson_scan([1, 0, 4], [5, -5, 1], xy)
    with pytest.raises(SchemaError, match="whole numbers"):
        poisson_scan([1.5, 0, 4], [5, 5, 5], xy)
    with pytest.raises(SchemaError, match="missing or not finite"):
        poisson_scan([1, 0, 4], [5, 5, 5], np.full((3, 2), np.nan))
    with pytest.raises(SchemaError, match="positions or distances"):
        poisson_scan([1, 0, 4], [5, 5, 5], None)
    with pytest.raises(SchemaError, match="2 times for 3 periods"):
        poisson_scan(np.ones((3, 3)), np.ones((3, 3)), xy, times=[1, 2])
    with pytest.raises(SchemaError, match="at most the population"):
        bernoulli_scan([3, 0, 1], [2, 5, 5], xy)
