"""Exact comparison of two rates."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, bdtrc, betaincinv

LEVEL: Final = 0.95
_TIE: Final = 1e-7
"""Relative slack within which two probabilities are alike, as R has it."""


def rate_ratio(
    hits: ArrayLike,
    exposure: ArrayLike,
    other_hits: ArrayLike,
    other_exposure: ArrayLike,
    *,
    level: float = LEVEL,
) -> pd.DataFrame:
    """
    Compare rates of two actions or times, row by row, exactly.

    Parameters
    ----------
    hits, exposure
        Counts, and what they are counted on (checks, officer-hours).
    other_hits, other_exposure
        Those that they are compared with.
    level
        Confidence level.

    Returns
    -------
    DataFrame
        ``ratio`` of the first rate to the second, ``low``, ``high`` and ``p_value`` (two-sided). NaN where
        nothing was checked on either side; infinite where only the other had no hits.

    Notes
    -----
    Given all hits n, those of the first are Binomial(n, E / (E + E')) if the rates are alike. The interval is
    Clopper and Pearson's of that share; p adds up what is no more likely than what was seen.

    References
    ----------
    Przyborowski and Wilenski 1940, doi:10.1093/biomet/31.3-4.313. As R's ``poisson.test``.

    Examples
    --------
    >>> rate_ratio([11], [800], [21], [3011]).round(4).values.tolist()
    [[1.9715, 0.8584, 4.2773, 0.0797]]
    """
    a, e, b, f = (np.atleast_1d(np.asarray(x, float)) for x in (hits, exposure, other_hits, other_exposure))
    known = (e > 0) & (f > 0) & (a + b > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(known, a / e / (b / f), np.nan)
        tail = (1 - level) / 2
        low = np.where(a > 0, betaincinv(np.maximum(a, 1), b + 1, tail), 0)
        high = np.where(b > 0, betaincinv(a + 1, np.maximum(b, 1), 1 - tail), 1)
        ends = [np.where(known, share / (1 - share) * f / e, np.nan) for share in (low, high)]
    p = [_p_value(*row) if told else np.nan for *row, told in zip(a, a + b, e, f, known, strict=True)]
    return pd.DataFrame({"ratio": ratio, "low": ends[0], "high": ends[1], "p_value": p})


def _p_value(hits: float, n: float, exposure: float, other: float) -> float:
    """Add up the probabilities of all divisions of n hits that are no more likely than this one."""
    share = exposure / (exposure + other)
    counts = np.arange(int(n) + 1)
    likely = _probabilities(counts, int(n), share)
    return float(min(1, likely[likely <= likely[int(hits)] * (1 + _TIE)].sum()))


def _probabilities(counts: NDArray[np.int64], n: int, share: float) -> NDArray[np.float64]:
    upper = np.concatenate([[1.0], bdtrc(counts[:-1], n, share)])
    lower = bdtr(counts, n, share)
    of_upper = upper - np.append(upper[1:], 0)
    of_lower = np.diff(lower, prepend=0)
    return np.asarray(np.where(counts > n * share, of_upper, of_lower))
