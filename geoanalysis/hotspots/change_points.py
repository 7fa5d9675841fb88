"""When a rate changed: one change after the other, each with the days that it may as well have been."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import xlogy

from geoanalysis.domain.errors import SchemaError
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import checked_values

LEVEL: Final = 0.05
_DROP: Final = 1.920729
"""Half the 95 % quantile of chi-square with one degree of freedom."""
_FEWEST_PERIODS: Final = 4
_FEWEST: Final = 2
"""Cases, and periods with exposure, without which nothing can change."""


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """
    From period `first` on the rate was another.

    `low` and `high` are the first and last period for which the likelihood is within 1.92 of the best (95 %
    by chi-square); rates are cases per exposure between the changes before and after; `p_value` is that of
    the largest likelihood ratio among all periods, by Monte Carlo.
    """

    first: int
    low: int
    high: int
    rate_before: float
    rate_after: float
    p_value: float


def change_points(
    cases: ArrayLike,
    exposure: ArrayLike | None = None,
    *,
    level: float = LEVEL,
    replicates: int = 999,
    seed: int = 0,
) -> tuple[ChangePoint, ...]:
    """
    Find the periods at which the rate of cases changed.

    Parameters
    ----------
    cases
        Whole numbers per period, in order.
    exposure
        Checks per period, or None where every period counts the same. Periods without exposure carry no
        information.
    level
        A stretch is split while its best change has a p-value of at most this.
    replicates
        Draws of the same cases over the same exposure without a change.
    seed
        Of the draws.

    Returns
    -------
    tuple of ChangePoint
        In order of time.

    Raises
    ------
    SchemaError
        If counts are missing or negative, of two lengths, or there are cases without exposure.

    Notes
    -----
    Binary segmentation by the Poisson likelihood ratio: cases a of A expected before and b of B after give
    a ln(a/A) + b ln(b/B).

    References
    ----------
    Worsley 1983, doi:10.1093/biomet/70.2.455. Vostrikova 1981 (binary segmentation).
    """
    counts = checked_values(cases, what="case counts")
    base = np.ones(counts.shape) if exposure is None else checked_values(exposure, what="exposures")
    if counts.shape != base.shape or (counts < 0).any() or (base < 0).any() or (counts[base == 0] > 0).any():
        raise SchemaError(
            "give a case count and an exposure from 0 up per period, and no cases without exposure"
        )
    random = np.random.default_rng(seed)
    found = sorted(_split(counts, base, 0, len(counts), level, replicates, random))
    bounds = pairwise([0, *(first for first, *_ in found), len(counts)])
    rates = [counts[a:b].sum() / base[a:b].sum() if base[a:b].sum() else np.nan for a, b in bounds]
    return tuple(
        ChangePoint(first, low, high, float(before), float(after), p)
        for (first, low, high, p), before, after in zip(found, rates[:-1], rates[1:], strict=True)
    )


def _split(
    cases: Floats,
    exposure: Floats,
    start: int,
    end: int,
    level: float,
    replicates: int,
    random: np.random.Generator,
) -> list[tuple[int, int, int, float]]:
    """Split a stretch at its best change while that is clear, then the parts before and after."""
    c, e = cases[start:end], exposure[start:end]
    if end - start < _FEWEST_PERIODS or min(c.sum(), np.count_nonzero(e)) < _FEWEST:
        return []
    ratios = _ratios(c[None, :], e)[0]
    drawn = random.multinomial(int(c.sum()), e / e.sum(), size=replicates)
    p = (1 + int((_ratios(drawn, e).max(axis=1) >= ratios.max() * (1 - 1e-12)).sum())) / (1 + replicates)
    if p > level:
        return []
    at = int(ratios.argmax())
    alike = np.flatnonzero(ratios >= ratios[at] - _DROP)
    first = start + at + 1
    here = first, start + int(alike[0]) + 1, start + int(alike[-1]) + 1, p
    before = _split(cases, exposure, start, first, level, replicates, random)
    after = _split(cases, exposure, first, end, level, replicates, random)
    return [*before, here, *after]


def _ratios(cases: NDArray[np.float64] | NDArray[np.int64], exposure: Floats) -> Floats:
    """Give the likelihood ratio of a change after each period but the last: rows x (periods - 1)."""
    total, share = cases.sum(axis=1, keepdims=True), np.cumsum(exposure)[:-1] / exposure.sum()
    before = np.cumsum(cases, axis=1)[:, :-1]
    inside = (share > 0) & (share < 1)
    safe = np.where(inside, share, 0.5)
    ratio = xlogy(before, before / np.maximum(total * safe, 1e-300)) + xlogy(
        total - before, (total - before) / np.maximum(total * (1 - safe), 1e-300)
    )
    return np.where(inside, ratio, 0)
