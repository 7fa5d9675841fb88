"""Correction for looking at many places at once."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from geoanalysis.hotspots.rates import Floats


def q_values(p_values: ArrayLike, *, method: Literal["bh", "by", "holm"] = "bh") -> Floats:
    """
    Correct p-values of one family for their number.

    Calling a hot spot whatever has q <= 0.05 keeps the expected share of false ones among those called at
    5 % or less. NaN (not tested) stays NaN and does not count towards the size of the family.

    Parameters
    ----------
    p_values
        Of the places tested together.
    method
        ``bh``: Benjamini and Hochberg, for tests that are independent or rise together, as those of
        overlapping neighbourhoods do; ``by``: Benjamini and Yekutieli, for any dependence; ``holm``: the
        chance of even one false hot spot is kept.

    References
    ----------
    Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x. Benjamini and Yekutieli 2001,
    doi:10.1214/aos/1013699998. Holm 1979, https://www.jstor.org/stable/4615733.

    Examples
    --------
    >>> q_values([0.01, float("nan"), 0.5]).tolist()
    [0.02, nan, 0.5]
    """
    p_values = np.asarray(p_values, float)
    tested = ~np.isnan(p_values)
    corrected = np.full(p_values.shape, np.nan)
    if tested.any():
        p = p_values[tested]
        corrected[tested] = _holm(p) if method == "holm" else _step_up(p, dependent=method == "by")
    return corrected


def _step_up(p: Floats, *, dependent: bool) -> Floats:
    """Give n p / rank, times 1 + 1/2 + ... + 1/n under any dependence, made to rise with p."""
    order, rank = np.argsort(p)[::-1], np.arange(p.size, 0, -1)
    factor = (1 / rank).sum() if dependent else 1.0
    corrected = np.empty_like(p)
    corrected[order] = np.minimum(np.minimum.accumulate(p[order] * (p.size * factor / rank)), 1)
    return corrected


def _holm(p: Floats) -> Floats:
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
    corrected = np.empty_like(p)
    corrected[order] = np.minimum(stepped, 1)
    return corrected
