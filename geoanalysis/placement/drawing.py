"""
Rosters drawn at random so that every place keeps its probability and exactly so many teams stand.

Pivotal sampling (Deville and Tillé 1998; dependent rounding, Srinivasan 2001) settles two places at a time:
what one gains the other loses. The draws are negatively associated (Dubhashi, Jonasson and Ranjan 2007),
hence the chance to get past all places of a way is at most the product of the chances at each.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from geoanalysis.placement.problem import Bools, Floats, Ints
from geoanalysis.placement.way_pool import HALF

_SETTLED: Final = 1e-9


def draw(probability: Floats, groups: Sequence[Ints], rng: np.random.Generator) -> Bools:
    """
    Draw one roster.

    Parameters
    ----------
    probability
        That each place is manned.
    groups
        Places that are settled among themselves first, one group after another: of each nested or disjoint
        group as many are drawn as its probabilities add up to, rounded down or up.
    rng
        Where chance comes from.

    Returns
    -------
    array
        Which places are manned: as many as the probabilities add up to, if that is a whole number.
    """
    left = probability.astype("float64").copy()
    for members in (*groups, np.arange(len(left))):
        _settle(left, rng.permutation(members), rng)
    open_ = np.flatnonzero((left > _SETTLED) & (left < 1 - _SETTLED))
    left[open_] = rng.random(len(open_)) < left[open_]
    return left > HALF


def outcomes(probability: Floats) -> Iterator[tuple[Bools, float]]:
    """
    Give every roster that `draw` can give for places taken in their order, with its probability.

    Their number grows fast: for a dozen places at most.
    """
    open_ = np.flatnonzero((probability > _SETTLED) & (probability < 1 - _SETTLED))
    if len(open_) > 1:
        for share, settled in _pivots(probability, open_[0], open_[1]):
            if share > 0:
                yield from ((roster, share * rest) for roster, rest in outcomes(settled))
    elif len(open_):
        for value, share in ((1.0, probability[open_[0]]), (0.0, 1 - probability[open_[0]])):
            settled = probability.copy()
            settled[open_[0]] = value
            yield settled > HALF, float(share)
    else:
        yield probability > HALF, 1.0


def _settle(left: Floats, members: Ints, rng: np.random.Generator) -> None:
    """Settle places two at a time until at most one is open."""
    open_ = [place for place in members if _SETTLED < left[place] < 1 - _SETTLED]
    while len(open_) > 1:
        one, other = open_[-1], open_[-2]
        (share, first), (_, second) = _pivots(left, one, other)
        left[:] = first if rng.random() < share else second
        open_ = [*open_[:-2], *(place for place in (other, one) if _SETTLED < left[place] < 1 - _SETTLED)]


def _pivots(left: Floats, one: int, other: int) -> tuple[tuple[float, Floats], tuple[float, Floats]]:
    """Give the two ways to settle one of two places, each with its share."""
    both = left[one] + left[other]
    first, second = left.copy(), left.copy()
    if both < 1:
        first[one], first[other] = 0.0, both
        second[one], second[other] = both, 0.0
        return (float(left[other] / both), first), (float(left[one] / both), second)
    first[one], first[other] = 1.0, both - 1
    second[one], second[other] = both - 1, 1.0
    share = float((1 - left[other]) / (2 - both))
    return (share, first), (1 - share, second)
