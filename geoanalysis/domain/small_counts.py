"""Counts too small to be told: a number of one or two persons may say who they are."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

NARROW_SPACE = "\u202f"
NOT_TOLD = "some (not told)"
"""For a count withheld although it is not small, because a small one could be computed from it."""


def is_small(counts: ArrayLike | pd.Series, least: int) -> NDArray[np.bool_]:
    """
    Say which counts must not be told: those above zero and below `least`.

    Zero is told, and so is nothing at all (NA). A threshold of 0 or 1 lets all counts be told; one of 2 hides
    little, as what is not told is then 1.

    Examples
    --------
    >>> is_small([0, 1, 4, 5, float("nan")], 5).tolist()
    [False, True, True, False, False]
    """
    numbers = pd.Series(counts).astype("Float64").to_numpy(float, na_value=np.nan)
    return np.asarray((numbers > 0) & (numbers < least))


def fewer_than(least: int) -> str:
    """Give the words for a small count."""
    return f"fewer than {least}"


def told(count: float | None, least: int) -> str:
    """
    Give a count in words that may leave the room, thousands apart.

    What is missing is said to be small, so a table that holds counts withheld for another reason says so
    itself (``not_told``).

    Examples
    --------
    >>> told(0, 5), told(4, 5), told(None, 5), told(4, 0)
    ('0', 'fewer than 5', 'fewer than 5', '4')
    """
    if count is None or pd.isna(count):
        return fewer_than(least) if least > 1 else NOT_TOLD
    if is_small([count], least)[0]:
        return fewer_than(least)
    return f"{int(count):,}".replace(",", NARROW_SPACE)
