"""Trends, emerging hot spots, change points."""

import numpy as np
import pytest
from cases import case

from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.hotspots import category_of, change_points, emerging, mann_kendall

COAL = """
4 5 4 0 1 4 3 4 0 6 3 3 4 0 2 6 3 3 5 4 5 3 1 4 4 1 5 5 3 4 2 5 2 2 3 4 2 1 3 2 2 1 1 1 1 3 0 0 1 0
1 1 0 0 3 1 0 3 2 2 0 1 1 1 0 1 0 1 0 0 0 2 1 0 0 0 1 1 0 2 3 3 1 1 2 1 1 1 1 2 4 2 0 0 0 1 4 0 0 0
1 0 0 0 0 0 1 0 0 1 0 1
"""
"""Disasters in British coal mines, 1851 to 1962: Jarrett 1979, doi:10.1093/biomet/66.1.191."""


def test_flow_of_the_nile() -> None:
    nile = case("mann_kendall_nile")
    trend = mann_kendall(nile["x"])
    assert (trend.s, trend.slope) == (-1387, -2.6)
    assert trend.variance == pytest.approx(112_728.3, abs=0.05)
    assert trend.z == pytest.approx(-4.128067, abs=5e-7)
    assert trend.p_value == pytest.approx(nile["p"], rel=1e-9)


def test_no_trend_where_nothing_changes() -> None:
    assert mann_kendall([3, 3, 3, 3]).p_value == 1
    assert mann_kendall([3, 4]).z == 0


@pytest.mark.parametrize("truth", case("ehsa_truth")["cases"], ids=lambda truth: truth["expect"])
def test_what_places_have_been(truth: dict) -> None:
    """D7: a peer calls a place sporadic that is not hot in the end."""
    assert category_of(truth["sig"], truth["trend"]) == truth["expect"]


def test_a_cold_spot_intensifies_as_its_scores_fall() -> None:
    assert category_of([-1] * 10, -1) == "intensifying cold spot"
    assert category_of([-1] * 9 + [0], 0) == "historical cold spot"


def test_places_over_time() -> None:
    rising = np.linspace(2, 6, 10)
    table = emerging([rising, np.zeros(10)], [(rising > 1.96).astype(int), np.zeros(10, int)])
    assert table["category"].tolist() == ["intensifying hot spot", "no pattern detected"]
    assert table["slope"][0] == pytest.approx(4 / 9)
    assert table["hot"].tolist() == [10, 0]


def test_a_few_days_are_too_few() -> None:
    with pytest.raises(InsufficientDataError, match="a trend needs 8 periods; there are 4"):
        emerging(np.zeros((3, 4)), np.zeros((3, 4)))
    with pytest.raises(SchemaError, match="places x periods"):
        emerging(np.zeros((3, 9)), np.zeros((2, 9)))


def test_coal_mining_disasters() -> None:
    """
    Carlin, Gelfand and Smith 1992 (doi:10.2307/2347570): change after 1890, 3.1 before, 0.9 after.

    Green 1995 (doi:10.1093/biomet/82.4.711) finds a second one about 1947.
    """
    first, second = change_points(np.array(COAL.split(), float), seed=1)
    assert 1851 + first.first in {1891, 1892}
    assert 1886 <= 1851 + first.low <= 1890 <= 1851 + first.high <= 1895
    assert first.rate_before == pytest.approx(3.1, abs=0.05)
    assert 1851 + second.low <= 1947 <= 1851 + second.high


def test_more_checks_are_no_change() -> None:
    checked = np.array([100] * 10 + [1000] * 10, float)
    hits = np.random.default_rng(2).poisson(checked * 0.05)
    assert change_points(hits, checked) == ()
    assert change_points(hits)[0].first == 10


def test_false_changes_stay_at_their_level() -> None:
    random = np.random.default_rng(6)
    found = [len(change_points(random.poisson(2, 30), replicates=199, seed=seed)) > 0 for seed in range(200)]
    assert np.mean(found) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 200)


def test_periods_without_checks_tell_nothing() -> None:
    hits, checked = np.array([5, 5, 0, 0, 5, 5.0]), np.array([50, 50, 0, 0, 50, 50.0])
    assert change_points(hits, checked) == ()
    with pytest.raises(SchemaError, match="no cases without exposure"):
        change_points([1, 2, 3, 4], [1, 1, 1, 0])
