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

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binom

from geoanalysis.hotspots.rates import Floats

MIN_EXPECTED = 1.0
"""With fewer expected hits a place is not tested: it has too little information."""

_BLOCK = 1 << 20
"""Numbers held at once while strata are convolved."""


@dataclass(frozen=True)
class Excess:
    """
    Outcome of `excess_test`, one value per place.

    `p_value` is NaN where there was too little information: fewer than `MIN_EXPECTED` hits expected, or all
    checks of the action made at this place, so that there is no other to compare it with.
    """

    expected: Floats
    p_value: Floats


def excess_test(
    hits: ArrayLike,
    checked: ArrayLike,
    total_hits: ArrayLike,
    total_checked: ArrayLike,
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
    """
    hits, checked = np.asarray(hits, float), np.asarray(checked, float)
    totals, exposure = np.asarray(total_hits, float), np.asarray(total_checked, float)
    shares = np.divide(checked, exposure, out=np.zeros_like(checked), where=exposure > 0)
    expected = shares @ totals
    informative = ((shares * (1 - shares)) @ totals > 0) & (expected >= MIN_EXPECTED)
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
        tail[alone] = binom.sf(hits[alone] - 1, total, shares[alone, stratum])
    order = np.flatnonzero(mixed)[np.argsort(hits[mixed], kind="stable")]
    for rows in _blocks(order, hits):
        tail[rows] = _convolved_tail(hits[rows].astype(int), totals, shares[rows])
    return tail


def _blocks(order: np.ndarray, hits: Floats) -> list[np.ndarray]:
    """Cut rows sorted by hits so that a block of them, as wide as its most hits, fits in memory."""
    if order.size == 0:
        return []
    width = int(hits[order[-1]]) + 1
    return np.array_split(order, max(1, order.size * width // _BLOCK))


def _convolved_tail(hits: np.ndarray, totals: Floats, shares: Floats) -> Floats:
    """
    Add strata one by one: P(A + B >= j) = P(B >= j) + Σ_{b<j} P(B = b) P(A >= j - b).

    Columns are j = 1, 2 ... up to the most hits of a row.
    """
    width = max(int(hits.max(initial=0)), 1)
    below = np.arange(width)
    tail = np.zeros((len(hits), width))
    for stratum in np.flatnonzero(totals > 0):
        share = shares[:, [stratum]]
        exactly = binom.pmf(below, totals[stratum], share)
        tail_before, tail = tail, binom.sf(below, totals[stratum], share)
        for b in below:
            tail[:, b:] += exactly[:, [b]] * tail_before[:, : width - b]
    return np.where(hits > 0, tail[np.arange(len(hits)), np.maximum(hits, 1) - 1], 1.0)
