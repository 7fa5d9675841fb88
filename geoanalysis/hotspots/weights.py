"""What every local statistic asks of its weights, which are sparse rows: who counts how much around whom."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, diags_array, sparray, spmatrix

from geoanalysis.domain.errors import SchemaError
from geoanalysis.hotspots.rates import Floats

_PAIR: Final = 2
_EQUAL: Final = 1e-12
"""Relative difference below which the weights of a row count as equal."""


def checked_weights(weights: sparray | spmatrix, n: int) -> csr_array:
    """
    Give the weights as sorted CSR rows without stored zeros; what was passed in stays as it is.

    Raises
    ------
    SchemaError
        If they are not n x n, or not all finite numbers.
    """
    rows = csr_array(weights, dtype=float)
    if rows.shape != (n, n):
        raise SchemaError(f"the weights are {rows.shape[0]} x {rows.shape[1]}, but there are {n} places")
    if not np.isfinite(rows.data).all():
        raise SchemaError("the weights hold numbers that are not finite")
    if rows.has_canonical_format and rows.data.all():
        return rows
    tidied = rows.copy()
    tidied.sum_duplicates()
    tidied.eliminate_zeros()
    return tidied


def checked_values(values: ArrayLike, *, what: str = "values") -> Floats:
    """
    Give the values as numbers.

    Raises
    ------
    SchemaError
        If one is missing or not finite: a place without a value has to be left out, it is no zero.
    """
    numbers: Floats = np.asarray(values, float)
    missing = ~np.isfinite(numbers)
    if missing.any():
        raise SchemaError(
            f"{int(missing.sum())} of {missing.size} {what} are missing or not finite (the first is number "
            f"{int(np.flatnonzero(missing)[0])}): leave these places out, also of the weights"
        )
    return numbers


def checked_counts(counts: ArrayLike, *, what: str) -> Floats:
    """
    Give counts as numbers.

    Raises
    ------
    SchemaError
        If one is missing, negative or no whole number.
    """
    numbers = checked_values(counts, what=what)
    if (numbers < 0).any() or (numbers != np.rint(numbers)).any():
        raise SchemaError(f"{what} are whole numbers from 0 up")
    return numbers


def checked_positions(xy: ArrayLike, *, what: str = "positions") -> Floats:
    """
    Give positions as rows of two numbers; a single pair is one row.

    Raises
    ------
    SchemaError
        If a coordinate is missing, or rows are no pairs.
    """
    points = checked_values(xy, what=f"coordinates of {what}")
    pairs = points.reshape(-1, 2) if points.size % 2 == 0 else points
    if pairs.ndim != _PAIR or (points.ndim > 1 and points.shape[-1] != _PAIR):
        raise SchemaError(f"{what} are pairs of coordinates, not {points.shape}")
    return pairs


def without_self(weights: csr_array) -> csr_array:
    """Take the weight of each place for itself away."""
    if not has_self(weights).any():
        return weights
    kept = weights.copy()
    kept.data[kept.indices == row_numbers(kept)] = 0
    kept.eliminate_zeros()
    return kept


def with_self(weights: csr_array) -> csr_array:
    """
    Let each place count in its own surroundings, as much as the heaviest of its neighbours.

    A place that has a weight for itself keeps it; one without neighbours gets 1.
    """
    lacking = ~has_self(weights)
    if not lacking.any():
        return weights
    heaviest = np.ones(weights.shape[0])
    filled = np.diff(weights.indptr) > 0
    heaviest[filled] = np.maximum.reduceat(weights.data, weights.indptr[:-1][filled])
    return csr_array(weights + diags_array(np.where(lacking, heaviest, 0)))


def row_sums(weights: csr_array, power: int = 1) -> Floats:
    """Add up a power of the weights of each row."""
    if is_binary(weights):
        return np.asarray(np.diff(weights.indptr), float)
    powers = csr_array((weights.data**power, weights.indices, weights.indptr), weights.shape)
    sums: Floats = powers @ np.ones(weights.shape[1])
    return sums


def is_binary(weights: csr_array) -> bool:
    """Tell whether all stored weights are 1."""
    data = weights.data
    return bool(data.size == 0 or (data.min() == 1 and data.max() == 1))


def has_self(weights: csr_array) -> NDArray[np.bool_]:
    """Tell which places have a weight for themselves."""
    return np.asarray(weights.diagonal() != 0)


def row_numbers(weights: csr_array) -> NDArray[np.intp]:
    """Give the row of each stored weight."""
    return np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))


def equal_within_rows(weights: csr_array) -> bool:
    """Tell whether all neighbours of a place weigh the same, as binary and row-standardised ones do."""
    if is_binary(weights):
        return True
    data, starts = weights.data, weights.indptr[:-1][np.diff(weights.indptr) > 0]
    low, high = np.minimum.reduceat(data, starts), np.maximum.reduceat(data, starts)
    return bool((high - low <= _EQUAL * np.abs(high)).all())
