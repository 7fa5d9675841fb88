"""Getis-Ord Gi and Gi*: where high values lie together. On counts they show activity, not risk."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.sparse import csr_array, sparray, spmatrix
from scipy.special import ndtr

from geoanalysis.domain.errors import SchemaError
from geoanalysis.hotspots.permutations import Alternative, permutation_p
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import checked_values, checked_weights, row_sums, with_self, without_self

_FEWEST: Final = 2
MIN_PLACES: Final = 30
"""Below this many places the normal approximation of a local statistic says nothing."""


def local_g(
    values: ArrayLike,
    weights: sparray | spmatrix,
    *,
    star: bool = True,
    permutations: int = 0,
    seed: int = 0,
    alternative: Alternative = "two-sided",
) -> pd.DataFrame:
    """
    Score the local sum of values around each place.

    Parameters
    ----------
    values
        One number per place.
    weights
        Places x places, binary, row-standardised or any other: the variance is that of general weights, so
        scaling a row changes nothing.
    star
        Gi*: a place counts in its own surroundings. Its weight is the heaviest of its neighbours unless it
        has one of its own. Without, Gi: the place is left out of its surroundings, mean and variance.
    permutations
        Draws of the conditional permutation; none by default.
    seed
        Of the draws.
    alternative
        Both tails by default, as in other tools; "greater" asks for hot spots only.

    Returns
    -------
    DataFrame
        One row per place: ``z``; ``p_value``, of the normal approximation; ``p_sim`` with permutations, where
        ties count against the claim in either tail. NaN where it is not defined: all values are equal, a
        place has no neighbours, or it has all others as neighbours alike.

    Raises
    ------
    SchemaError
        If a value is missing, or values and weights do not fit together.
    InsufficientDataError
        If permutations are asked for and a place has all others as neighbours.

    Notes
    -----
    z_i = (Σ_j w_ij x_j - x̄ W_i) / (s √((n Σ_j w_ij² - W_i²) / (n - 1))), with W_i = Σ_j w_ij and
    s² = Σ x_j²/n - x̄². For Gi, x̄ and s² are those of the n - 1 other places, and n - 1 stands for n.

    References
    ----------
    Ord and Getis 1995, doi:10.1111/j.1538-4632.1995.tb00912.x.

    Examples
    --------
    >>> row = csr_array(np.eye(5, k=1) + np.eye(5, k=-1))
    >>> local_g([0, 0, 1, 5, 6], row)["z"].round(2).tolist()
    [-1.54, -1.67, -0.33, 1.31, 2.0]
    """
    x = checked_values(values)
    rows = checked_weights(weights, x.size)
    z = g_scores(x, with_self(rows)) if star else _without_the_place(x, without_self(rows))
    table = pd.DataFrame({"z": z, "p_value": p_of_z(z, alternative)})
    if permutations:
        p = permutation_p(x, rows, permutations=permutations, seed=seed, alternative=alternative)
        table["p_sim"] = np.where(np.isnan(z), np.nan, p)
    return table


def g_scores(values: Floats, weights: csr_array) -> Floats:
    """Give Gi* of each place with weights that hold the place itself; see `local_g` for the formula."""
    n = values.size
    if n < _FEWEST or np.ptp(values) == 0:
        return np.full(n, np.nan)
    sums, squares = row_sums(weights), row_sums(weights, 2)
    excess = weights @ values - values.mean() * sums
    return _scores(excess, np.full(n, values.std()), n, sums, squares)


def p_of_z(z: Floats, alternative: Alternative) -> Floats:
    """Turn standard scores into p-values of one tail or both."""
    if alternative == "two-sided":
        return np.asarray(2 * ndtr(-np.abs(z)))
    return np.asarray(ndtr(-z if alternative == "greater" else z))


def _without_the_place(values: Floats, weights: csr_array) -> Floats:
    """Give Gi: mean and spread are those of all other places."""
    n = values.size - 1
    if n < _FEWEST:
        return np.full(values.size, np.nan)
    means = (values.sum() - values) / n
    deviations = np.sqrt(np.maximum(((values**2).sum() - values**2) / n - means**2, 0))
    deviations[deviations <= 1e-12 * np.abs(values).max()] = 0
    sums, squares = row_sums(weights), row_sums(weights, 2)
    return _scores(weights @ values - means * sums, deviations, n, sums, squares)


def _scores(excess: Floats, deviation: Floats, n: int, sums: Floats, squares: Floats) -> Floats:
    spread = n * squares - sums**2
    spread[spread <= 1e-12 * n * squares] = 0
    scale = deviation * np.sqrt(spread / (n - 1))
    return np.asarray(np.divide(excess, scale, out=np.full(excess.shape, np.nan), where=scale > 0))


def require_same_length(one: Floats, other: Floats) -> None:
    """
    Refuse two variables of different places.

    Raises
    ------
    SchemaError
        If they differ in length.
    """
    if one.shape != other.shape:
        raise SchemaError(f"{one.size} values of one variable and {other.size} of the other: give one each")
