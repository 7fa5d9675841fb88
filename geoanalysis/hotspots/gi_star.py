"""Getis-Ord Gi*: where high values lie together. On counts it shows activity, not risk."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from geoanalysis.hotspots.rates import Floats

MIN_PLACES = 30
"""Below this many places the normal approximation of z says nothing."""


def gi_star(values: ArrayLike, weights: csr_array, *, min_places: int = MIN_PLACES) -> Floats:
    """
    Give the standard score of the local sum of values around each place, itself included.

    Parameters
    ----------
    values
        One number per place.
    weights
        Places x places, each row holding the weight of the place itself too. Any weights do: the variance
        is that of general weights, so row-standardised ones give the same score as binary ones.
    min_places
        With fewer places every score is NaN.

    Returns
    -------
    ndarray
        z per place; NaN where it is not defined: too few places, all values equal, or a row of weights that
        weighs every place alike.

    Notes
    -----
    z_i = (Σ_j w_ij x_j - x̄ W_i) / (s √((n Σ_j w_ij² - W_i²) / (n - 1))), with W_i = Σ_j w_ij and
    s² = Σ x_j²/n - x̄².

    References
    ----------
    Ord and Getis 1995, doi:10.1111/j.1538-4632.1995.tb00912.x.
    """
    values = np.asarray(values, float)
    n = values.size
    if n < max(min_places, 2) or np.ptp(values) == 0:
        return np.full(n, np.nan)
    sums = weights.sum(axis=1)
    squares = weights.multiply(weights).sum(axis=1)
    spread = (n * squares - sums**2) / (n - 1)
    excess = weights @ values - values.mean() * sums
    deviation = values.std() * np.sqrt(np.maximum(spread, 0))
    z: Floats = np.divide(excess, deviation, out=np.full(n, np.nan), where=deviation > 0)
    return z
