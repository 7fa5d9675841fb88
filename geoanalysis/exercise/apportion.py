"""Parts that add up to their total exactly."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]


def apportion(total: int, weights: ArrayLike, *, least: int = 1) -> Counts:
    """
    Divide a total into whole parts by weight, none below `least` (largest remainders, Hamilton's method).

    Raises
    ------
    ValueError
        If the total is too small to give every part its least.

    Examples
    --------
    >>> apportion(10, [1, 1, 4]).tolist()
    [2, 2, 6]
    """
    shares = np.asarray(weights, float)
    spare = total - least * shares.size
    if spare < 0:
        raise ValueError(f"{total} cannot be divided into {shares.size} parts of at least {least}")
    ideal = spare * shares / shares.sum()
    parts = np.floor(ideal).astype(np.int64)
    rest = spare - int(parts.sum())
    parts[np.argsort(parts - ideal, kind="stable")[:rest]] += 1
    counts: Counts = parts + least
    return counts


def skewed_parts(total: int, parts: int, spread: float, random: np.random.Generator) -> Counts:
    """Divide a total into parts of log-normal size; `spread` is the standard deviation of their logarithm."""
    return apportion(total, random.lognormal(0, spread, parts))
