from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from geoanalysis.hotspots.exposure_test import excess_test, upper_tail
from geoanalysis.hotspots.fdr import q_values


def exact_tail(hits: int, totals: list[int], shares: list[Fraction]) -> Fraction:
    """Enumerate the sum of binomials in rational numbers."""
    masses = [Fraction(1)]
    for total, share in zip(totals, shares, strict=True):
        one = [comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(total + 1)]
        summed = [Fraction(0)] * (len(masses) + total)
        for i, mass in enumerate(masses):
            for k, probability in enumerate(one):
                summed[i + k] += mass * probability
        masses = summed
    return sum(masses[hits:], Fraction(0))


@given(st.integers(0, 60), st.integers(1, 60), st.floats(0.001, 0.999))
def test_one_stratum_is_the_binomial_test(hits: int, total: int, share: float) -> None:
    hits = min(hits, total)
    tail = upper_tail(np.array([hits]), np.array([total]), np.array([[share]]))
    assert tail[0] == pytest.approx(binomtest(hits, total, share, alternative="greater").pvalue, rel=1e-9)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 12), *[st.fractions(0, 1, max_denominator=50)] * 3), min_size=1, max_size=6
    ),
    st.tuples(*[st.integers(0, 12)] * 3),
)
def test_strata_are_convolved_exactly(
    places: list[tuple[int, Fraction, Fraction, Fraction]], totals: tuple[int, int, int]
) -> None:
    hits = np.array([min(hits, sum(totals)) for hits, *_ in places])
    shares = np.array([[float(share) for share in shares] for _, *shares in places])
    expected = [
        float(exact_tail(int(count), list(totals), list(shares)))
        for count, (_, *shares) in zip(hits, places, strict=True)
    ]
    assert upper_tail(hits, np.array(totals), shares) == pytest.approx(expected, rel=1e-9, abs=1e-300)


def test_tiny_probabilities_keep_their_digits() -> None:
    shares = [Fraction(1, 100), Fraction(1, 50)]
    truth = exact_tail(45, [30, 40], shares)
    tail = upper_tail(np.array([45.0]), np.array([30, 40]), np.array([[0.01, 0.02]]))
    assert truth < Fraction(1, 10**50)
    assert tail[0] == pytest.approx(float(truth), rel=1e-10)


def test_two_places_are_compared_as_by_the_poisson_test_of_r() -> None:
    # poisson.test(c(11, 21), c(800, 3011)) of R 4.2.2: two-sided p 0.07966863303333
    tails = upper_tail(np.arange(34.0), np.array([32]), np.full((34, 1), 800 / 3811))
    masses = -np.diff(tails)
    assert masses[masses <= masses[11] * (1 + 1e-9)].sum() == pytest.approx(0.07966863303333, rel=1e-9)


def test_expected_hits_by_hand() -> None:
    # 100 of 400 random checks with 8 hits in all, 50 of 100 targeted with 10: 8/4 + 10/2
    test = excess_test([9, 9], [[100, 50], [300, 50]], [8, 10], [400, 100])
    np.testing.assert_allclose(test.expected, [7, 11])
    assert test.p_value[0] == pytest.approx(
        float(exact_tail(9, [8, 10], [Fraction(1, 4), Fraction(1, 2)])), rel=1e-12
    )


def test_places_without_information_are_not_tested() -> None:
    checked = [[4], [96], [0]]
    few = excess_test([2, 8, 0], checked, [10], [100])
    np.testing.assert_array_equal(np.isnan(few.p_value), [True, False, True])
    np.testing.assert_allclose(few.expected, [0.4, 9.6, 0])
    alone = excess_test([10], [[100]], [10], [100])
    assert np.isnan(alone.p_value[0])
    nothing = excess_test([0, 0], [[50], [50]], [0], [100])
    assert np.isnan(nothing.p_value).all()


def test_a_whole_stratum_at_one_place_tells_nothing_of_it() -> None:
    # all targeted checks were made at the first place: only the random ones are compared
    test = excess_test([22, 8], [[50, 10], [50, 0]], [10, 20], [100, 10])
    assert test.expected[0] == pytest.approx(5 + 20)
    assert test.p_value[0] == pytest.approx(binomtest(2, 10, 0.5, alternative="greater").pvalue, rel=1e-12)


def test_unequal_checks_raise_no_alarm_but_pooled_selections_do() -> None:
    """Uniform rates per selection: false alarms after correction in at most 5 % of actions (case 20)."""
    random, places, actions = np.random.default_rng(20), 300, 300
    stratified = pooled = 0
    for _ in range(actions):
        checked = np.exp(random.normal(np.log(150), 1, (places, 2))).round() + 5
        checked[:30] *= 6
        checked[:30, 1] *= 4
        hits = random.binomial(checked.astype(int), [0.01, 0.05])
        apart = excess_test(hits.sum(1), checked, hits.sum(0), checked.sum(0))
        together = excess_test(hits.sum(1), checked.sum(1)[:, None], [hits.sum()], [checked.sum()])
        stratified += bool(np.nanmin(q_values(apart.p_value)) <= 0.05)
        pooled += bool(np.nanmin(q_values(together.p_value)) <= 0.05)
    assert stratified <= 0.05 * actions
    assert pooled >= 0.95 * actions
