"""Near repeats: whether events close in space are also close in time, more often than by chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.distance import pdist, squareform

from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import checked_positions, checked_values

_FEWEST = 2
_ENDLESS = 1e300
Edges: TypeAlias = float | Sequence[float]


@dataclass(frozen=True, slots=True)
class NearRepeats:
    """
    Pairs of events by distance (rows) and delay (columns).

    `expected` is what the table's margins give, the mean over all exchanges of times; `ratios` is observed /
    expected, NaN where nothing is expected. `p_values` are one-sided: as many pairs or more.
    """

    distances: tuple[str, ...]
    delays: tuple[str, ...]
    observed: NDArray[np.int64]
    expected: Floats
    ratios: Floats
    p_values: Floats
    permutations: int
    seed: int


def knox(
    xy: ArrayLike,
    time: ArrayLike,
    *,
    distances: Edges,
    delays: Edges,
    metric: Literal["euclidean", "manhattan"] | ArrayLike = "euclidean",
    permutations: int = 999,
    seed: int = 0,
) -> NearRepeats:
    """
    Count pairs of events by how far apart they are in space and in time, and compare with chance.

    Parameters
    ----------
    xy
        Positions, events x 2, in a metric CRS.
    time
        When, in any unit, or moments (delays are then in days). It is not changed.
    distances, delays
        Edges of the bands, rising: a band holds its lower edge and not its upper one, and is labelled so. A
        band before the first edge is added unless that is 0, and one beyond the last. A single number means
        "at most so much" and beyond, as in Knox's own test.
    metric
        How distances are measured, or the distances themselves, events x events, as along roads.
    permutations
        Exchanges of the times among the events.
    seed
        Of the exchanges.

    Returns
    -------
    NearRepeats
        Tables of distance bands x delay bands.

    Raises
    ------
    InsufficientDataError
        With fewer than two events.
    SchemaError
        If a position or a time is missing, or edges do not rise.

    References
    ----------
    Knox 1964, doi:10.2307/2985220. Townsley, Homel and Chaseling 2003, doi:10.1093/bjc/43.3.615.
    """
    moments = _numbers(time)
    if moments.size < _FEWEST:
        raise InsufficientDataError("near repeats need two events at least")
    space, names = _bands(_pair_distances(xy, metric, moments.size), distances, what="distances")
    delay, delay_names = _bands(pdist(moments[:, None]), delays, what="delays")
    shape = len(names), len(delay_names)
    observed = _table(space, delay, shape)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / space.size
    as_many = _as_many(observed, space, squareform(delay), permutations, np.random.default_rng(seed))
    ratios = np.divide(observed, expected, out=np.full(shape, np.nan), where=expected > 0)
    p_values = (1 + as_many) / (1 + permutations)
    return NearRepeats(names, delay_names, observed, expected, ratios, p_values, permutations, seed)


def _as_many(
    observed: NDArray[np.int64],
    space: NDArray[np.intp],
    delay: NDArray[np.intp],
    permutations: int,
    random: np.random.Generator,
) -> NDArray[np.int64]:
    """
    Count the exchanges with as many pairs; only pairs that are no further than the last edge are looked at.

    How many pairs there are at each delay does not change, so the last row follows from the others.
    """
    near = np.flatnonzero(space < observed.shape[0] - 1)
    one, other = (index[near] for index in np.triu_indices(len(delay), 1))
    of_delay = observed.sum(axis=0)
    reached = np.zeros(observed.shape, np.int64)
    for _ in range(permutations):
        order = random.permutation(len(delay))
        table = _table(space[near], delay[order[one], order[other]], observed.shape)
        table[-1] = of_delay - table[:-1].sum(axis=0)
        reached += table >= observed
    return reached


def _table(space: NDArray[np.intp], delay: NDArray[np.intp], shape: tuple[int, int]) -> NDArray[np.int64]:
    return (
        np.bincount(space * shape[1] + delay, minlength=shape[0] * shape[1]).reshape(shape).astype(np.int64)
    )


def _numbers(time: ArrayLike) -> Floats:
    moments = pd.Series(np.asarray(time)) if not isinstance(time, pd.Series) else time
    if pd.api.types.is_datetime64_any_dtype(moments):
        utc = pd.to_datetime(moments, utc=True)
        since = (utc - utc.min()).dt.total_seconds() / 86_400
        return checked_values(since, what="times")
    return checked_values(moments, what="times")


def _pair_distances(xy: ArrayLike, metric: object, n: int) -> Floats:
    if not isinstance(metric, str):
        table = np.asarray(metric, float)
        if table.shape != (n, n):
            raise SchemaError(f"distances are {table.shape}, but there are {n} events")
        return np.asarray(table[np.triu_indices(n, 1)])
    points = checked_positions(xy)
    if len(points) != n:
        raise SchemaError(f"positions are {points.shape}, but there are {n} times")
    return np.asarray(pdist(points, "cityblock" if metric == "manhattan" else metric))


def _bands(values: Floats, edges: Edges, *, what: str) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    """Give the band of each value, and what the bands are called."""
    bounds = np.atleast_1d(np.asarray(edges, float))
    if (np.diff(bounds) <= 0).any() or (bounds < 0).any() or not bounds.size:
        raise SchemaError(f"edges of {what} have to rise from 0 or more: {list(bounds)}")
    if bounds.size == 1:
        return (values > bounds[0]).astype(np.intp), (f"at most {bounds[0]:g}", f"over {bounds[0]:g}")
    inner = bounds[bounds < _ENDLESS]
    inner = inner[1:] if inner.size and inner[0] == 0 else inner
    if not inner.size:
        return np.zeros(values.shape, np.intp), ("0 and over",)
    lower = [0.0, *inner]
    named = [f"{low:g} to under {high:g}" for low, high in zip(lower, inner, strict=False)]
    return np.searchsorted(inner, values, "right"), (*named, f"{inner[-1]:g} and over")
