"""
Conditional permutation: how often neighbours drawn at random would give so large a local sum.

The value of the place itself stays, and its k neighbours are drawn without replacement from all others. Where
the neighbours of a place weigh the same, the drawn sums depend on k only. So one set of draws serves all
places with k neighbours: draw, sort the sums, look each place up. A draw that holds the place itself takes
one more drawn place instead, so the reference is exactly the conditional one. That needs
O(draws x k + places x log draws) steps where one draw after another needs O(draws x k x places).

A tie counts against the claim in both tails, so that among zeros nothing is called special.
"""

from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import equal_within_rows, has_self, without_self

Alternative: TypeAlias = Literal["greater", "less", "two-sided"]
Counts: TypeAlias = NDArray[np.int64]

_BLOCK: Final = 1 << 22
"""Numbers held at once while draws are summed place by place."""
_TIE: Final = 1e-9
"""Relative difference below which a drawn sum ties with the observed one, for weights of any value."""


def permutation_p(
    values: Floats, weights: csr_array, *, permutations: int, seed: int, alternative: Alternative
) -> Floats:
    """
    Give the p-value of the local sum of each place under conditional permutation.

    Parameters
    ----------
    values
        One number per place.
    weights
        Places x places; a weight of a place for itself is not drawn for and does not count.
    permutations
        Draws R; the smallest p-value is 1 / (R + 1).
    seed
        The same seed gives the same p-values.
    alternative
        Which sums speak against chance: large, small, or both.

    Returns
    -------
    ndarray
        p-values; NaN for a place without neighbours.

    Raises
    ------
    InsufficientDataError
        If a place has all others as neighbours, so that there is nothing to draw.
    """
    neighbours = np.diff(weights.indptr) - has_self(weights)
    most = int(neighbours.max(initial=0))
    if most + 1 >= len(values) and most:
        raise InsufficientDataError(
            f"a place has {most} neighbours among {len(values)} places: "
            "there are no others to draw from; take narrower neighbourhoods or no permutations"
        )
    drawn = draw_distinct(len(values), permutations, most + 1, np.random.default_rng(seed))
    if equal_within_rows(weights):
        above, below = _looked_up(values, weights, neighbours, drawn)
    else:
        above, below = _one_by_one(values, without_self(weights), drawn)
    upper, lower = (above + 1) / (permutations + 1), (below + 1) / (permutations + 1)
    p = {"greater": upper, "less": lower, "two-sided": np.minimum(1, 2 * np.minimum(upper, lower))}
    return np.where(neighbours > 0, p[alternative], np.nan)


def draw_distinct(n: int, draws: int, k: int, random: np.random.Generator) -> NDArray[np.intp]:
    """
    Draw k different numbers below n, many times: draws x k.

    Few among many are drawn until they differ. Else by Floyd's algorithm: the i-th draw is from the first
    n - k + i numbers, and where it is already there that last number is taken; the order is then mixed.
    """
    if k * k > n:
        return _by_floyd(n, draws, k, random)
    drawn = random.integers(0, n, (draws, k))
    while True:
        ordered = np.sort(drawn, axis=1)
        doubled = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
        if not doubled.size:
            return drawn
        drawn[doubled] = random.integers(0, n, (doubled.size, k))


def _by_floyd(n: int, draws: int, k: int, random: np.random.Generator) -> NDArray[np.intp]:
    drawn = np.empty((draws, k), np.intp)
    for i in range(k):
        last = n - k + i
        drawn[:, i] = random.integers(0, last + 1, draws)
        there = (drawn[:, :i] == drawn[:, [i]]).any(axis=1)
        drawn[there, i] = last
    return random.permuted(drawn, axis=1)


def _looked_up(
    values: Floats, weights: csr_array, neighbours: NDArray[np.intp], drawn: NDArray[np.intp]
) -> tuple[Counts, Counts]:
    ones = csr_array((np.ones(weights.nnz), weights.indices, weights.indptr), weights.shape)
    observed = ones @ values - np.where(has_self(weights), values, 0)
    sums = np.cumsum(values[drawn], axis=1)
    slack = _TIE * np.abs(values).max(initial=0) * max(drawn.shape[1], 1)
    above, below = np.zeros(len(values), np.int64), np.zeros(len(values), np.int64)
    for k in np.unique(neighbours[neighbours > 0]):
        alike = np.flatnonzero(neighbours == k)
        reference = np.sort(sums[:, k - 1])
        above[alike] = len(drawn) - np.searchsorted(reference, observed[alike] - slack, "left")
        below[alike] = np.searchsorted(reference, observed[alike] + slack, "right")
    _replace_own_draws(values, neighbours, drawn, sums, observed, slack, above, below)
    return above, below


def _replace_own_draws(
    values: Floats,
    neighbours: NDArray[np.intp],
    drawn: NDArray[np.intp],
    sums: Floats,
    observed: Floats,
    slack: float,
    above: Counts,
    below: Counts,
) -> None:
    """Where a place was drawn for itself, let the next drawn place stand in; `above`, `below` change."""
    draw, position = np.nonzero(np.arange(drawn.shape[1]) < neighbours[drawn])
    place = drawn[draw, position]
    k = neighbours[place]
    with_own = sums[draw, k - 1]
    without = with_own - values[place] + values[drawn[draw, k]]
    seen = observed[place]
    n = len(values)
    above += _count(place, without >= seen - slack, n) - _count(place, with_own >= seen - slack, n)
    below += _count(place, without <= seen + slack, n) - _count(place, with_own <= seen + slack, n)


def _count(place: NDArray[np.intp], holds: NDArray[np.bool_], n: int) -> Counts:
    return np.bincount(place[holds], minlength=n).astype(np.int64)


def _one_by_one(values: Floats, weights: csr_array, drawn: NDArray[np.intp]) -> tuple[Counts, Counts]:
    """Weights of any value: sum the draws of each place, places with as many neighbours together."""
    neighbours = np.diff(weights.indptr)
    observed = weights @ values
    slack = _TIE * np.abs(values).max(initial=0) * np.abs(weights.data).max(initial=0)
    above, below = np.zeros(len(values), np.int64), np.zeros(len(values), np.int64)
    for k in np.unique(neighbours[neighbours > 0]):
        alike = np.flatnonzero(neighbours == k)
        for places in np.array_split(alike, 1 + alike.size * len(drawn) * int(k) // _BLOCK):
            own = weights.data[weights.indptr[places][:, None] + np.arange(k)]
            sums = own @ values[drawn[:, :k]].T
            sums += _own_drawn(places, own, values, drawn, int(k))
            above[places] = (sums >= observed[places, None] - slack).sum(axis=1)
            below[places] = (sums <= observed[places, None] + slack).sum(axis=1)
    return above, below


def _own_drawn(
    places: NDArray[np.intp], own: Floats, values: Floats, drawn: NDArray[np.intp], k: int
) -> Floats:
    """Give what the sums change by where a place was drawn for itself and the next one stands in."""
    change = np.zeros((len(places), len(drawn)))
    row_of = np.full(len(values), -1)
    row_of[places] = np.arange(len(places))
    draw, position = np.nonzero(row_of[drawn[:, :k]] >= 0)
    place = drawn[draw, position]
    row = row_of[place]
    change[row, draw] = own[row, position] * (values[drawn[draw, k]] - values[place])
    return change
