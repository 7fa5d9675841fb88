"""Likelihood ratios of the scan statistic, and from how many cases on a window exceeds one."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import xlogy

from geoanalysis.hotspots.rates import Floats

_GRID: Final = 400
"""Expected counts at which a boundary is computed; in between it is interpolated, which errs downwards."""
_ROUNDING: Final = 1e-4
"""Relative slack for numbers of single precision."""
_HALVINGS: Final = 30


@dataclass(frozen=True, slots=True)
class ScanModel:
    """
    How unlikely `c` cases are in a window that expects `e` of the `cases` in all.

    Without `population` cases follow Poisson's law (any number per unit of exposure). With it each of the
    population is a case or not (Bernoulli), and exposures are numbers of them.

    Notes
    -----
    Poisson: LLR = c ln(c/e) + (C - c) ln((C - c)/(C - e)). Bernoulli, with N the population and
    f = e N/C that of the window, adds (f - c) ln((f - c)/(f - e)) and the same of the population outside.
    Both are convex in (e, c), so the least c with an LLR is a concave function of e.

    References
    ----------
    Kulldorff 1997, doi:10.1080/03610929708831995.
    """

    cases: float
    population: float | None = None

    def log_likelihood_ratio(self, c: ArrayLike, e: ArrayLike) -> Floats:
        """Give the log likelihood ratio, whether there are more cases than expected or fewer."""
        c, e = np.asarray(c, float), np.asarray(e, float)
        ratio = _term(c, e) + _term(self.cases - c, self.cases - e)
        if self.population is not None:
            inside, share = e * (self.population / self.cases), 1 - self.cases / self.population
            outside = self.population - inside
            ratio += _term(inside - c, inside * share)
            ratio += _term(outside - (self.cases - c), outside * share)
        return np.asarray(ratio)

    def may_exceed(self, c: NDArray[Any], e: NDArray[Any], ratio: Floats | float) -> NDArray[np.bool_]:
        """
        Tell where the ratio of more cases than expected may be as large; where not, it is not.

        It is at most (c - e)² C / (2 e (C - e)), twice that where c + e > C and for Bernoulli cases.
        """
        excess = np.maximum(c - e, 0).astype(e.dtype, copy=False)
        twice = self.population is not None or (c + e).max(initial=0) > self.cases
        scale = self.cases if twice else self.cases / 2
        if self.population is not None:
            scale /= 1 - self.cases / self.population
        needed = np.asarray(ratio * (1 - _ROUNDING) / scale, e.dtype) * (e * (self.cases - e))
        return np.asarray((excess * excess >= needed) & (excess > 0))

    def boundaries(self, least_expected: float, most_expected: float, ratios: Floats) -> "Boundaries":
        """Compute the least c with each of some ratios, between two expected counts."""
        e = np.geomspace(least_expected, most_expected, _GRID)
        e[0], e[-1] = least_expected, most_expected
        most = self.cases if self.population is None else e * (self.population / self.cases)
        low = np.tile(e, (len(ratios), 1))
        high = np.broadcast_to(np.minimum(self.cases, most), low.shape)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            reached = self.log_likelihood_ratio(middle, e) >= ratios[:, None]
            low, high = np.where(reached, low, middle), np.where(reached, middle, high)
        return Boundaries(ratios, e, low)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The least numbers of cases with log likelihood `ratios` (rising), over expected counts."""

    ratios: Floats
    expected: Floats
    least_cases: Floats

    def above(self, ratio: float) -> "Boundaries":
        """Give those of larger ratios only."""
        first = int(np.searchsorted(self.ratios, ratio, "right"))
        return Boundaries(self.ratios[first:], self.expected, self.least_cases[first:])

    def at(self, expected: Floats) -> Floats:
        """
        Interpolate, ratios x expected counts.

        What lies between the grid is too low by a little, never too high.
        """
        return np.stack([np.interp(expected, self.expected, row) for row in self.least_cases])


def _term(observed: Floats, expected: Floats) -> Floats:
    safe = np.where(observed > 0, np.maximum(expected, np.finfo(float).tiny), 1.0)
    return np.asarray(xlogy(np.maximum(observed, 0), np.maximum(observed, 0) / safe))
