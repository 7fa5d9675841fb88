"""Whether values rise or fall over time, without assuming how."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import checked_values

_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Trend:
    """Mann and Kendall's `s`, its variance, score and two-sided p-value, and Sen's slope per period."""

    s: int
    variance: float
    z: float
    p_value: float
    slope: float


def mann_kendall(values: ArrayLike) -> Trend:
    """
    Test whether values rise or fall over equal periods.

    Parameters
    ----------
    values
        One number per period, in order.

    Returns
    -------
    Trend
        With fewer than three values, or all equal, z is 0 and p 1.

    Notes
    -----
    S = Σ_{i<j} sign(x_j - x_i); V = (n(n-1)(2n+5) - Σ_t t(t-1)(2t+5)) / 18 over groups of t ties;
    z = (S ∓ 1)/√V. The slope is the median of (x_j - x_i)/(j - i).

    References
    ----------
    Mann 1945, doi:10.2307/1907187. Sen 1968, doi:10.1080/01621459.1968.10480934.

    Examples
    --------
    >>> mann_kendall([1, 2, 4, 3, 5]).s
    8
    """
    x = checked_values(values)
    n = x.size
    if n < _FEWEST or np.ptp(x) == 0:
        return Trend(0, 0.0, 0.0, 1.0, 0.0)
    i, j = np.triu_indices(n, 1)
    steps = x[j] - x[i]
    s = int(np.sign(steps).sum())
    variance = kendall_variance(x)
    z = (s - np.sign(s)) / np.sqrt(variance)
    return Trend(s, variance, float(z), float(2 * ndtr(-abs(z))), float(np.median(steps / (j - i))))


def kendall_variance(x: Floats) -> float:
    """Give the variance of Mann and Kendall's S of values of which some tie."""
    n = x.size
    _, ties = np.unique(x, return_counts=True)
    return float((n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18)
