"""The funnel: how far the hit rate of a place with so many checks may lie from that of all by chance."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import bdtr, pdtr

from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import checked_values

LEVELS: Final = (0.95, 0.998)
"""About two and three standard deviations: to be looked at, and out of control."""


def funnel_limits(checked: ArrayLike, rate: float, *, levels: tuple[float, ...] = LEVELS) -> pd.DataFrame:
    """
    Give exact control limits of a hit rate.

    Parameters
    ----------
    checked
        Numbers of checks, whole and positive.
    rate
        The hit rate of all, 0 to 1.
    levels
        Shares of places that lie within the limits if nothing but chance tells them apart.

    Returns
    -------
    DataFrame
        ``checked``, and for each level ``low_95`` and ``high_95``, ``low_99.8`` and ``high_99.8``. The limits
        are binomial quantiles, interpolated so that they run smoothly.

    References
    ----------
    Spiegelhalter 2005, doi:10.1002/sim.1970, appendix A.1.1.
    """
    n = np.atleast_1d(checked_values(checked, what="numbers of checks"))
    columns = {"checked": n}
    for level in levels:
        tail = (1 - level) / 2
        columns[f"low_{level * 100:g}"] = _quantile(tail, n, rate) / n
        columns[f"high_{level * 100:g}"] = _quantile(1 - tail, n, rate) / n
    return pd.DataFrame(columns)


def ratio_limits(expected: ArrayLike, *, levels: tuple[float, ...] = LEVELS) -> pd.DataFrame:
    """
    Give exact control limits of hits over expected hits, where places differ in how they select.

    Parameters
    ----------
    expected
        Expected hits, positive.
    levels
        As in `funnel_limits`.

    Returns
    -------
    DataFrame
        ``expected`` and columns as in `funnel_limits`; the limits are Poisson quantiles, interpolated.
    """
    e = np.atleast_1d(checked_values(expected, what="expected hits"))
    columns = {"expected": e}
    most = e + 12 * np.sqrt(e) + 30
    for level in levels:
        for side, p in (("low", (1 - level) / 2), ("high", (1 + level) / 2)):
            columns[f"{side}_{level * 100:g}"] = _least(lambda r: pdtr(r, e), p, np.ceil(most)) / e
    return pd.DataFrame(columns)


def _quantile(p: float, n: Floats, rate: float) -> Floats:
    return _least(lambda r: bdtr(r, n.astype(int), rate), p, n)


def _least(at_most: Callable[[Floats], Floats], p: float, n: Floats) -> Floats:
    """Give the interpolated quantile: r - a, r the least with P(X <= r) >= p, a the part of r beyond p."""
    low, high = np.full(n.shape, -1.0), n.copy()
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        reached = at_most(np.maximum(middle, 0)) >= p
        high, low = np.where(reached, middle, high), np.where(reached, low, middle)
    at = at_most(high)
    below = np.where(high > 0, at_most(np.maximum(high - 1, 0)), 0)
    part = np.divide(at - p, at - below, out=np.zeros(n.shape), where=at > below)
    return np.asarray(np.clip(high - part, 0, n))
