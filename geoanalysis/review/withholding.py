"""Which counts of a table must be withheld so that no small one can be told or computed, and how."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geoanalysis.domain.small_counts import NOT_TOLD, fewer_than, is_small


def withheld(counts: pd.Series, least: int, *, also: pd.Series | None = None) -> pd.Series:
    """
    Choose the counts to withhold: small ones, and others so that no total gives them away.

    Where the total of all counts is told, the total less what is told is the sum of what is withheld. As long
    as that sum fixes the counts, the next smallest one is withheld too. Where nothing is left to withhold
    the total itself must not be told (`gives_away`).

    Parameters
    ----------
    counts
        Parts of a total.
    least
        Counts above zero and below this are small.
    also
        Which ones to withhold whatever they are.

    Returns
    -------
    Series
        Of truth values, with the index of `counts`.
    """
    numbers = counts.astype("Float64").to_numpy(float, na_value=np.nan)
    chosen = is_small(counts, least)
    if also is not None:
        chosen = chosen | (also.to_numpy(bool) & (numbers > 0))
    told = np.flatnonzero(~chosen & (numbers > 0))
    for place in told[np.argsort(numbers[told], kind="stable")]:
        if not gives_away(numbers[chosen], least):
            break
        chosen[place] = True
    return pd.Series(chosen, index=counts.index)


def gives_away(hidden: NDArray[np.float64], least: int) -> bool:
    """
    Say whether the sum of withheld counts, each above zero, fixes what they are.

    It does for one count, where all are one, and where all are just below `least`.

    Examples
    --------
    >>> [gives_away(np.array(hidden), 5) for hidden in ([], [3], [1, 1], [4, 4], [1, 2], [2, 7])]
    [False, True, True, True, False, False]
    """
    number, total = len(hidden), float(hidden.sum())
    all_largest = bool((hidden < least).all()) and total == number * (least - 1)
    return number == 1 or (number > 0 and (total == number or all_largest))


def hide(
    table: pd.DataFrame,
    masks: Mapping[str, pd.Series],
    computed: Mapping[str, tuple[str, ...]],
    least: int,
    *,
    within: pd.Series | None = None,
) -> pd.DataFrame:
    """
    Give a table without what is withheld, and say in ``not_told`` of each row how that is to be called.

    Parameters
    ----------
    table
        Any table.
    masks
        Which rows of a column are withheld.
    computed
        Columns that go with a column, because it could be computed from them.
    least
        The threshold; kept as ``attrs["suppressed_below"]``.
    within
        What the rows are parts of. Where a count that is not small is withheld among others, all of them are
        called the same, since otherwise one could tell the small one from it.

    Returns
    -------
    DataFrame
        The copy; ``not_told`` is empty where all is told, and else "fewer than ..." or `NOT_TOLD`. Whole
        numbers become Int64.
    """
    rows, words = table.copy(), _words(table, masks, least, within)
    for column, mask in masks.items():
        rows[column] = _without(rows[column], mask)
        for name in computed.get(column, ()):
            rows[name] = _without(rows[name], mask)
    rows["not_told"] = words
    rows.attrs = {**table.attrs, "suppressed_below": least}
    return rows


def _words(
    table: pd.DataFrame, masks: Mapping[str, pd.Series], least: int, within: pd.Series | None
) -> list[str]:
    group = np.zeros(len(table)) if within is None else within.to_numpy()
    some, unclear = np.zeros(len(table), bool), np.zeros(len(table), bool)
    for column, mask in masks.items():
        beside = pd.Series(mask.to_numpy(bool) & ~is_small(table[column], least))
        some |= mask.to_numpy(bool)
        unclear |= mask.to_numpy(bool) & beside.groupby(group).transform("any").to_numpy(bool)
    return [str(word) for word in np.select([unclear, some], [NOT_TOLD, fewer_than(least)], "")]


def _without(values: pd.Series, mask: pd.Series) -> pd.Series:
    whole = pd.api.types.is_integer_dtype(values)
    return (values.astype("Int64") if whole else values).mask(mask)
