"""Moran's I and Lee's L: whether like values lie together, on the whole and around each place."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.sparse import csr_array, sparray, spmatrix

from geoanalysis.domain.errors import SchemaError
from geoanalysis.hotspots.empirical_bayes import hits_among_checks
from geoanalysis.hotspots.local_g import p_of_z, require_same_length
from geoanalysis.hotspots.permutations import permutation_p
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import checked_values, checked_weights, row_sums, without_self

_FEWEST: Final = 3
"""With fewer places a variance is not defined."""


@dataclass(frozen=True, slots=True)
class Autocorrelation:
    """Moran's `i` with its expectation and standard score if places were exchanged; `p_value` two-sided."""

    i: float
    expected: float
    z: float
    p_value: float


def local_moran(
    values: ArrayLike,
    weights: sparray | spmatrix,
    *,
    other: ArrayLike | None = None,
    permutations: int = 0,
    seed: int = 0,
) -> pd.DataFrame:
    """
    Tell around each place whether its neighbours are like it; with `other`, in a second variable.

    Parameters
    ----------
    values
        One number per place.
    weights
        Places x places; weights of places for themselves do not count.
    other
        The variable looked at in the neighbours: is it high around places with high `values`?
    permutations
        Draws of the conditional permutation; none by default.
    seed
        Of the draws.

    Returns
    -------
    DataFrame
        One row per place: ``i``; ``z`` and two-sided ``p_value`` of the normal approximation, given the value
        of the place itself; ``quadrant``: ``high-high``, ``high-low`` (high among low), ``low-high``,
        ``low-low``; with permutations ``p_sim``, two-sided. NaN where all values are equal or a place has no
        neighbours.

    Raises
    ------
    SchemaError
        If a value is missing, or values and weights do not fit together.

    Notes
    -----
    I_i = a_i Σ_j w_ij b_j / (s_a s_b), a and b deviations from the mean of `values` and `other` (or of
    `values` again), s² = Σ a²/n; with `other`, s² = Σ a²/(n - 1). Given place i,
    E = -a_i b_i W_i / ((n - 1) s_a s_b) and
    V = (a_i / s_a s_b)² n/(n - 2) (Σ_j w_ij² - W_i²/(n - 1)) (Σ b²/n - b_i²/(n - 1)).

    References
    ----------
    Anselin 1995, doi:10.1111/j.1538-4632.1995.tb00338.x. Sokal, Oden and Thomson 1998,
    doi:10.1111/j.1538-4632.1998.tb00406.x.
    """
    x = checked_values(values)
    y = x if other is None else checked_values(other, what="values of the other variable")
    require_same_length(x, y)
    rows = without_self(checked_weights(weights, x.size))
    n, a, b = x.size, x - x.mean(), y - y.mean()
    lag, sums = rows @ b, row_sums(rows)
    scale = np.sqrt((a @ a) * (b @ b)) / (n if other is None else max(n - 1, 1))
    defined = (np.ptp(x) > 0) & (np.ptp(y) > 0) & (np.diff(rows.indptr) > 0)
    i = np.divide(a * lag, scale, out=np.full(n, np.nan), where=defined)
    z = _score(a, b, scale * i, sums, row_sums(rows, 2))
    table = pd.DataFrame({"i": i, "z": z, "p_value": p_of_z(z, "two-sided"), "quadrant": _quadrants(a, lag)})
    if permutations:
        p = permutation_p(b, rows, permutations=permutations, seed=seed, alternative="two-sided")
        table["p_sim"] = np.where(defined, p, np.nan)
    return table


def moran(
    values: ArrayLike, weights: sparray | spmatrix, *, other: ArrayLike | None = None
) -> Autocorrelation:
    """
    Tell whether like values lie together on the whole; with `other`, in a second variable.

    Parameters
    ----------
    values, other
        One number per place.
    weights
        Places x places.

    Returns
    -------
    Autocorrelation
        NaN where all values are equal or nobody has neighbours.

    Notes
    -----
    I = n/S0 Σ_ij w_ij a_i b_j / √(Σa² Σb²), E = -1/(n - 1),
    V = (n² S1 - n S2 + 3 S0²) / (S0² (n² - 1)) - E² (normality), with S0 the sum of weights,
    S1 = ½ Σ (w_ij + w_ji)² and S2 = Σ_i (W_i. + W_.i)². For two variables the score is not given.

    References
    ----------
    Cliff and Ord 1981, *Spatial Processes*, chapter 1.
    """
    x = checked_values(values)
    y = x if other is None else checked_values(other, what="values of the other variable")
    require_same_length(x, y)
    rows = checked_weights(weights, x.size)
    n, a, b, s0 = x.size, x - x.mean(), y - y.mean(), rows.sum()
    if n < _FEWEST or not s0 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return Autocorrelation(np.nan, np.nan, np.nan, np.nan)
    i = float(n / s0 * (a @ (rows @ b)) / np.sqrt((a @ a) * (b @ b)))
    if other is not None:
        return Autocorrelation(i, np.nan, np.nan, np.nan)
    s1, s2 = _link_sums(rows)
    expected = -1 / (n - 1)
    variance = (n**2 * s1 - n * s2 + 3 * s0**2) / (s0**2 * (n**2 - 1)) - expected**2
    z = (i - expected) / np.sqrt(variance)
    return Autocorrelation(i, expected, float(z), float(p_of_z(np.array(z), "two-sided")))


def moran_of_rates(hits: ArrayLike, checked: ArrayLike, weights: sparray | spmatrix) -> Autocorrelation:
    """
    Tell whether like hit rates lie together, each weighed down by the noise of its few checks.

    Notes
    -----
    Moran's I of (r - b) / √v, with v = a + b/n and a, b, r, n as in `empirical_bayes`, a not cut at 0;
    where v would be negative, v = b/n.

    References
    ----------
    Assunção and Reis 1999, doi:10.1002/(SICI)1097-0258(19990830)18:16<2147::AID-SIM179>3.0.CO;2-I.
    """
    h, n = hits_among_checks(hits, checked)
    rate, b = h / n, h.sum() / n.sum()
    a = (n * (rate - b) ** 2).sum() / n.sum() - b / n.mean()
    v = a + b / n
    return moran((rate - b) / np.sqrt(np.where(v > 0, v, b / n)), weights)


def lees_l(values: ArrayLike, other: ArrayLike, weights: sparray | spmatrix) -> tuple[float, Floats]:
    """
    Tell how far two variables vary together once each is averaged over its surroundings.

    Returns
    -------
    tuple
        Lee's L, and its part at each place.

    Notes
    -----
    L_i = n ã_i b̃_i / √(Σa² Σb²) with ã the weighted sums of deviations around each place;
    L = Σ_i L_i / Σ_i W_i².

    References
    ----------
    Lee 2001, doi:10.1007/s101090100064.
    """
    x, y = checked_values(values), checked_values(other, what="values of the other variable")
    require_same_length(x, y)
    rows = checked_weights(weights, x.size)
    a, b = x - x.mean(), y - y.mean()
    size = np.sqrt((a @ a) * (b @ b))
    local: Floats = np.full(x.size, np.nan) if not size else x.size * (rows @ a) * (rows @ b) / size
    return float(local.sum() / (row_sums(rows) ** 2).sum()) if rows.nnz else np.nan, local


def _link_sums(rows: csr_array) -> tuple[float, float]:
    """Give Cliff and Ord's S1 and S2 of weights."""
    both = rows + rows.T
    return both.multiply(both).sum() / 2, ((rows.sum(axis=1) + rows.sum(axis=0)) ** 2).sum()


def _score(a: Floats, b: Floats, product: Floats, sums: Floats, squares: Floats) -> Floats:
    """Give the standard score of a_i Σ_j w_ij b_j, given place i."""
    n = a.size
    if n < _FEWEST:
        return np.full(n, np.nan)
    spread = np.maximum(squares - sums**2 / (n - 1), 0) * np.maximum((b @ b) / n - b**2 / (n - 1), 0)
    deviation = np.abs(a) * np.sqrt(n / (n - 2) * spread)
    excess = product + a * b * sums / (n - 1)
    return np.asarray(np.divide(excess, deviation, out=np.full(n, np.nan), where=deviation > 0))


def _quadrants(a: Floats, lag: Floats) -> list[str]:
    own, around = np.where(a > 0, "high", "low"), np.where(lag > 0, "high", "low")
    return [f"{one}-{other}" for one, other in zip(own, around, strict=True)]


def general_g(values: ArrayLike, weights: sparray | spmatrix) -> Autocorrelation:
    """
    Tell whether high values lie together on the whole (Getis and Ord's G); `i` is G.

    Parameters
    ----------
    values
        Numbers from 0 up, one per place.
    weights
        Places x places; weights of places for themselves do not count.

    Returns
    -------
    Autocorrelation
        With a positive score high values lie together, with a negative one low values.

    Raises
    ------
    SchemaError
        If a value is missing or negative, or values and weights do not fit together.

    Notes
    -----
    G = Σ_ij w_ij x_i x_j / Σ_{i≠j} x_i x_j, E = S0 / (n (n - 1)); its variance is that of exchanging the
    values among the places.

    References
    ----------
    Getis and Ord 1992, doi:10.1111/j.1538-4632.1992.tb00261.x.
    """
    x = checked_values(values)
    if (x < 0).any():
        raise SchemaError("G is for numbers from 0 up: some values are negative")
    rows = without_self(checked_weights(weights, x.size))
    n, s0 = x.size, rows.sum()
    if n <= _FEWEST or not s0 or np.ptp(x) == 0:
        return Autocorrelation(np.nan, np.nan, np.nan, np.nan)
    m1, m2, m3, m4 = ((x**power).sum() for power in (1, 2, 3, 4))
    g = float(x @ (rows @ x) / (m1**2 - m2))
    s1, s2 = _link_sums(rows)
    square = (
        ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2) * m2**2
        - ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2) * m4
        - (2 * n * s1 - (n + 3) * s2 + 6 * s0**2) * m1**2 * m2
        + (4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0**2) * m1 * m3
        + (s1 - s2 + s0**2) * m1**4
    ) / ((m1**2 - m2) ** 2 * n * (n - 1) * (n - 2) * (n - 3))
    expected = s0 / (n * (n - 1))
    z = (g - expected) / np.sqrt(square - expected**2)
    return Autocorrelation(g, float(expected), float(z), float(p_of_z(np.array(z), "two-sided")))
