import numpy as np
import pytest
from scipy.stats import binomtest

from geoanalysis.hotspots.rates import hit_rate, wilson_interval


def test_published_interval_of_four_in_six_hundred() -> None:
    low, high = wilson_interval(4, 600)
    assert low == pytest.approx(0.002595501251515, rel=1e-12)  # R 4.2.2, prop.test without correction
    assert high == pytest.approx(0.01701471041534, rel=1e-12)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
@pytest.mark.parametrize(("hits", "checked"), [(0, 1), (1, 1), (0, 40), (3, 17), (410, 410), (21, 410)])
def test_interval_agrees_with_scipy(hits: int, checked: int, level: float) -> None:
    peer = binomtest(hits, checked).proportion_ci(level, method="wilson")
    assert wilson_interval(hits, checked, level=level) == pytest.approx((peer.low, peer.high), abs=1e-14)


def test_no_checks_have_no_rate() -> None:
    rate = hit_rate([0, 2], [0, 8])
    low, high = wilson_interval([0, 2], [0, 8])
    np.testing.assert_array_equal(rate, [np.nan, 0.25])
    assert np.isnan(low[0])
    assert np.isnan(high[0])
    assert low[1] < 0.25 < high[1]
