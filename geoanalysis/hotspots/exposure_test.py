"""
The exact test of hits given checks: it tells whether a place exceeds what its checks explain.

Counts rise where more is checked. So the question asked here is: given how many hits the whole action had,
and given the share of its checks that was made here, how likely are so many hits here or more if every check
had the same chance of a hit? Checks of different selection (random, targeted) have different chances, so each
selection is a *stratum* of its own: shares are taken and hits are handed out within strata, never across.

    X = Σ_s X_s,  X_s ~ Binomial(C_s, E_is / E_s) independently
    expected_i = Σ_s C_s E_is / E_s,  p_i = P(X >= c_i)

with C_s hits and E_s checks of stratum s in the whole action, E_is checks and c_i hits (all strata) at place
i. Given the C_s this is exact for rare (Poisson) hits, whatever the hit rates of the strata, and on the safe
side where hits are common among checks. With one stratum it is the plain one-sided binomial test.

References: Przyborowski and Wilenski 1940, doi:10.1093/biomet/31.3-4.313 (conditioning on the total);
Kulldorff and Nagarwalla 1995, doi:10.1002/sim.4780140809 (checks in the role of the population).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrc, betaln, xlog1py, xlogy

from geoanalysis.hotspots.rates import Floats

MIN_EXPECTED = 1.0
"""With fewer expected hits a place is not tested: it has too little information."""

_BLOCK = 1 << 20
"""Numbers held at once while strata are convolved."""


@dataclass(frozen=True)
class Excess:
    """
    Outcome of `excess_test`, one value per place.

    `p_value` is NaN where there was too little information: fewer than `least_expected` hits expected, or all
    checks of the action made at this place, so that there is no other to compare it with.
    """

    expected: Floats
    p_value: Floats


def excess_test(
    hits: ArrayLike,
    checked: ArrayLike,
    total_hits: ArrayLike,
    total_checked: ArrayLike,
    *,
    least_expected: float = MIN_EXPECTED,
) -> Excess:
    """
    Test for each place whether it has more hits than its checks explain.

    Parameters
    ----------
    hits
        Hits per place, all strata together.
    checked
        Checks, places x strata.
    total_hits, total_checked
        Hits and checks per stratum of the whole action, the places included.
    least_expected
        Places that expect fewer hits are not tested.
    """
    hits, checked = np.asarray(hits, float), np.asarray(checked, float)
    totals, exposure = np.asarray(total_hits, float), np.asarray(total_checked, float)
    shares = np.divide(checked, exposure, out=np.zeros_like(checked), where=exposure > 0)
    expected = shares @ totals
    informative = ((shares * (1 - shares)) @ totals > 0) & (expected >= least_expected)
    p_value = np.full(hits.shape, np.nan)
    p_value[informative] = upper_tail(hits[informative], totals, shares[informative])
    return Excess(expected, p_value)


def upper_tail(hits: Floats, totals: Floats, shares: Floats) -> Floats:
    """
    Give P(X >= hits) for each row, X the sum over strata of Binomial(totals_s, shares_s).

    Only positive terms are added, so that small values keep their digits.

    Parameters
    ----------
    hits
        One count per row.
    totals
        Trials per stratum, the same for all rows.
    shares
        Probabilities, rows x strata.
    """
    active = (shares > 0) & (totals > 0)
    mixed = active.sum(axis=1) > 1
    tail = np.where(hits > 0, 0.0, 1.0)
    for stratum, total in enumerate(totals):
        alone = active[:, stratum] & ~mixed
        tail[alone] = _more_than(hits[alone] - 1, total, shares[alone, stratum])
    for rows in _blocks(np.flatnonzero(mixed), hits):
        tail[rows] = _convolved_tail(hits[rows].astype(int), totals, shares[rows])
    return tail


def _blocks(rows: NDArray[np.intp], hits: Floats) -> Iterator[NDArray[np.intp]]:
    """Group rows of similar hits, a block of them as wide as its most hits, no larger than memory allows."""
    _, power_of_two = np.frexp(hits[rows])
    for power in np.unique(power_of_two):
        alike = rows[power_of_two == power]
        yield from np.array_split(alike, 1 + (alike.size << int(power)) // _BLOCK)


def _convolved_tail(hits: NDArray[np.intp], totals: Floats, shares: Floats) -> Floats:
    """
    Add strata one by one: P(A + B >= j) = P(B >= j) + Σ_{b<j} P(B = b) P(A >= j - b).

    Columns are j = 1, 2 ... up to the most hits of a row. The last stratum is added at j = hits only, the
    smallest ones in between.
    """
    *between, first, last = np.argsort(totals)[-np.count_nonzero(totals) :]
    below = np.arange(max(hits.max(initial=0), 1))
    tail = _more_than(below, totals[first], shares[:, [first]])
    for stratum in between:
        tail = _add_stratum(tail, totals[stratum], shares[:, [stratum]])
    left = hits[:, None] - 1 - below
    rest = np.where(left >= 0, np.take_along_axis(tail, np.maximum(left, 0), axis=1), 0)
    summed = (_exactly(below, totals[last], shares[:, [last]]) * rest).sum(axis=1)
    return np.where(hits > 0, summed + _more_than(hits - 1, totals[last], shares[:, last]), 1.0)


def _add_stratum(tail: Floats, total: float, share: Floats) -> Floats:
    below = np.arange(tail.shape[1])
    exactly = _exactly(below, total, share)
    summed: Floats = _more_than(below, total, share)
    for b in below[: int(total) + 1]:
        summed[:, b:] += exactly[:, [b]] * tail[:, : below.size - b]
    return summed


def _more_than(k: Floats | NDArray[np.intp], n: Floats | float, p: Floats | float) -> Floats:
    """Give P(X > k), X binomial; scipy.special, as loading scipy.stats takes half a second."""
    k = np.asarray(k, float)
    return np.asarray(
        np.where(k < 0, 1.0, np.where(k >= n, 0.0, bdtrc(np.clip(k, 0, n), np.asarray(n, int), p)))
    )


def _exactly(k: Floats | NDArray[np.intp], n: Floats | float, p: Floats | float) -> Floats:
    """Give P(X = k), X binomial."""
    inside = (k >= 0) & (k <= n)
    some = np.clip(np.asarray(k, float), 0, n)
    rest = np.asarray(n, float) - some
    log = (
        xlogy(some, p) + xlog1py(rest, -np.asarray(p)) - betaln(some + 1, rest + 1) - np.log(rest + some + 1)
    )
    return np.asarray(np.where(inside, np.exp(log), 0.0))
