"""Hit rates that lean on the others where a place has few checks of its own."""

from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.sparse import csr_array, sparray, spmatrix

from geoanalysis.domain.errors import SchemaError
from geoanalysis.hotspots.rates import Floats, hit_rate
from geoanalysis.hotspots.weights import checked_values, checked_weights, with_self

COLUMNS: Final = ("rate", "smoothed", "mean", "variance")


def empirical_bayes(
    hits: ArrayLike,
    checked: ArrayLike,
    weights: sparray | spmatrix | None = None,
    *,
    deviations: Literal["own", "centre"] = "own",
) -> pd.DataFrame:
    """
    Smooth hit rates towards the mean of all places, or of those around.

    A place with many checks keeps its rate, one with few is drawn to the mean.

    Parameters
    ----------
    hits, checked
        Counts per place.
    weights
        Places x places: smooth towards the mean of the places with a weight, the place itself always among
        them. Only whether there is a weight matters. None smooths towards the mean of all.
    deviations
        How far local rates vary: around the local mean of each neighbour (``own``, as in R spdep, after
        Bailey and Gatrell), or around that of the place in the centre (``centre``, as in GeoDa).

    Returns
    -------
    DataFrame
        One row per place: ``rate`` (hits / checked), ``smoothed``, and the ``mean`` and ``variance`` of the
        prior. The variance is never below 0; where it is 0 the rates vary no more than chance makes them, and
        ``smoothed`` is the mean. A place without checks has no ``rate`` and takes the mean.

    Raises
    ------
    SchemaError
        If counts are missing, negative, of two lengths, or hits exceed checks.

    Notes
    -----
    With rates r, checks n, mean b = Σ hits / Σ n and mean checks n̄ of the places that take part:
    s² = Σ n (r - b)² / Σ n, a = max(0, s² - b / n̄), smoothed = b + (r - b) a / (a + b / n).

    References
    ----------
    Marshall 1991, doi:10.2307/2347593.

    Examples
    --------
    >>> empirical_bayes([0, 1, 40], [10, 2, 400])["smoothed"].round(3).tolist()
    [0.097, 0.102, 0.1]
    """
    hits, checked = hits_among_checks(hits, checked)
    around = None if weights is None else _membership(checked_weights(weights, hits.size))
    return smoothed_rates(hits, checked, around, deviations=deviations)


def smoothed_rates(
    hits: Floats, checked: Floats, around: csr_array | None = None, *, deviations: str = "own"
) -> pd.DataFrame:
    """
    Do what `empirical_bayes` does, for any exposure.

    With the hits that a place would have at the rates of its selections as exposure, what is smoothed is hits
    over expected hits, and places that select otherwise can be compared.
    """
    rate = np.nan_to_num(hit_rate(hits, checked))
    exposure = _sums(checked, around)
    mean = np.divide(_sums(hits, around), exposure, out=np.full(hits.shape, np.nan), where=exposure > 0)
    places = _sums((checked > 0).astype(float), around)
    spread = _spread(rate, checked, mean, around, deviations) / np.where(exposure > 0, exposure, np.nan)
    variance = np.maximum(spread - mean * places / np.where(exposure > 0, exposure, np.nan), 0)
    noise = np.divide(mean, checked, out=np.full(hits.shape, np.inf), where=checked > 0)
    trust = np.divide(variance, variance + noise, out=np.zeros(hits.shape), where=variance > 0)
    columns = hit_rate(hits, checked), mean + (rate - mean) * trust, mean, variance
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def hits_among_checks(hits: ArrayLike, checked: ArrayLike) -> tuple[Floats, Floats]:
    """
    Give hits and checks as numbers.

    Raises
    ------
    SchemaError
        If they are missing, negative, of two lengths, or hits exceed checks.
    """
    hits, checked = (
        checked_values(hits, what="counts of hits"),
        checked_values(checked, what="counts of checks"),
    )
    if hits.shape != checked.shape:
        raise SchemaError(f"{hits.size} counts of hits and {checked.size} of checks: give one each per place")
    if (hits < 0).any() or (checked < 0).any():
        raise SchemaError("counts of hits and checks cannot be negative")
    wrong = np.flatnonzero(hits > checked)
    if wrong.size:
        raise SchemaError(
            f"{wrong.size} places have more hits than checks (the first is number {wrong[0]}): correct the "
            "counts, a hit is a check with a positive result"
        )
    return hits, checked


def _membership(weights: csr_array) -> csr_array:
    members = with_self(weights)
    return csr_array((np.ones(members.nnz), members.indices, members.indptr), members.shape)


def _sums(values: Floats, around: csr_array | None) -> Floats:
    summed: Floats = np.full(values.shape, values.sum()) if around is None else around @ values
    return summed


def _spread(rate: Floats, checked: Floats, mean: Floats, around: csr_array | None, deviations: str) -> Floats:
    """Give Σ n (r - m)² of the places that take part."""
    if around is None or deviations == "own":
        return _sums(checked * np.nan_to_num(rate - mean) ** 2, around)
    squares = around @ (checked * rate**2) - 2 * mean * (around @ (checked * rate))
    return np.asarray(squares + mean**2 * (around @ checked))
