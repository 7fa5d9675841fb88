"""Hit rates with their uncertainty."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, gammaincinv, ndtri

Floats: TypeAlias = NDArray[np.float64]

LEVEL = 0.95
"""Confidence level of every interval unless another is asked for."""


def hit_rate(hits: ArrayLike, checked: ArrayLike) -> Floats:
    """Give hits per check; NaN where nothing was checked."""
    hits, checked = np.asarray(hits, float), np.asarray(checked, float)
    rate: Floats = np.divide(hits, checked, out=np.full(checked.shape, np.nan), where=checked > 0)
    return rate


def rates_of_selections(hits: Floats, checked: Floats) -> Floats:
    """Give the hit rate of each selection, 0 where it has no checks: none is then expected of it."""
    return np.nan_to_num(hit_rate(hits, checked))


def wilson_interval(hits: ArrayLike, checked: ArrayLike, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """
    Give the score interval of a hit rate, the default interval of the project.

    It stays within 0 and 1, has a width also for no hits at all, and covers its nominal level on average
    where the exact (Clopper-Pearson) interval covers more than it says.

    Parameters
    ----------
    hits, checked
        Counts, of one shape.
    level
        Confidence level, two-sided.

    Returns
    -------
    tuple
        Lower and upper ends; NaN where nothing was checked.

    Notes
    -----
    With n checks, rate r and normal quantile z:
    (r + z²/2n ± z √(r(1 - r)/n + z²/4n²)) / (1 + z²/n).

    References
    ----------
    Wilson 1927, doi:10.1080/01621459.1927.10502953. Brown, Cai and DasGupta 2001, doi:10.1214/ss/1009213286.

    Examples
    --------
    >>> low, high = wilson_interval(4, 600)
    >>> f"{low:.6f}-{high:.6f}"
    '0.002596-0.017015'
    """
    rate = hit_rate(hits, checked)
    z2_per_check = ndtri((1 + level) / 2) ** 2 / np.where(np.isnan(rate), np.nan, checked)
    centre = rate + z2_per_check / 2
    half_width = np.sqrt(z2_per_check * (rate * (1 - rate) + z2_per_check / 4))
    scale = 1 + z2_per_check
    low, high = (centre - half_width) / scale, (centre + half_width) / scale
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def exact_interval(hits: ArrayLike, checked: ArrayLike, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """
    Give the exact interval of a hit rate: it covers at least its level, more where hits are few.

    Parameters
    ----------
    hits, checked
        Counts, of one shape; hits are at most `checked`.
    level
        Confidence level, two-sided.

    Returns
    -------
    tuple
        Lower and upper ends; NaN where nothing was checked.

    Notes
    -----
    With t = (1 - level) / 2: the t quantile of Beta(hits, checked - hits + 1) and the 1 - t quantile of
    Beta(hits + 1, checked - hits); 0 for no hits, 1 for nothing but hits.

    References
    ----------
    Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404.

    Examples
    --------
    >>> low, high = exact_interval(4, 600)
    >>> f"{low:.6f}-{high:.6f}"
    '0.001819-0.016981'
    """
    hits, checked = np.asarray(hits, float), np.asarray(checked, float)
    known, misses, tail = checked > 0, checked - hits, (1 - level) / 2
    low = betaincinv(np.maximum(hits, 1), misses + 1, tail)
    high = betaincinv(hits + 1, np.maximum(misses, 1), 1 - tail)
    low, high = np.where(hits > 0, low, 0.0), np.where(misses > 0, high, 1.0)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def poisson_interval(counts: ArrayLike, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """
    Give the exact interval of Poisson counts.

    References
    ----------
    Garwood 1936, doi:10.1093/biomet/28.3-4.437.
    """
    c, tail = np.asarray(counts, float), (1 - level) / 2
    low = np.where(c > 0, gammaincinv(np.maximum(c, 1), tail), 0.0)
    return low, gammaincinv(c + 1, 1 - tail)
