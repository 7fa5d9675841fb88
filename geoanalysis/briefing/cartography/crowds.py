"""
Many things at one place: one symbol for each kind with its number, arranged so that none hides another.

Seizures are recorded at crossings, so dozens share one position. Drawn as they are, the last would hide all
others.
"""

from collections.abc import Sequence
from math import asin, cos, log10, pi, sin
from typing import Final

import numpy as np
from scipy.spatial import KDTree

from geoanalysis.briefing.cartography.frame import Floats
from geoanalysis.briefing.typesetting.boxes import Box

_GAP_PT: Final = 0.6
_SAME_PT: Final = 0.5
_ROUNDS: Final = 200
_TOLERANCE_PT: Final = 0.05


def same_place(xy: Floats, *, reach: float, keep: Floats) -> list[int]:
    """
    Tell for each position which place it belongs to.

    A place is a real position: first those at one of the positions `keep`, then the others, each time the one
    with the most things on it. What lies within `reach` of a place belongs to it, so that no chain of
    neighbours grows into one place.

    Returns
    -------
    list of int
        For each row of `xy`, the row of its place.
    """
    _, first, inverse, counts = np.unique(
        np.round(xy, 1), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    tree = KDTree(xy[first])
    is_kept = np.zeros(len(first), dtype=bool)
    is_kept[[spot for near in tree.query_ball_point(keep, _SAME_PT) for spot in near]] = True
    place_of = np.full(len(first), -1)
    for spot in np.lexsort((first, -counts, ~is_kept)):
        if place_of[spot] < 0:
            near = np.array(tree.query_ball_point(xy[first[spot]], reach))
            place_of[near[place_of[near] < 0]] = first[spot]
    return [int(place) for place in place_of[inverse.ravel()]]


def grown(radius: float, count: int) -> float:
    """Give the radius of a symbol that stands for `count` things: half as large again for 3, twice for 10."""
    return radius * (1 + log10(count))


def ring(radii: Sequence[float], *, hole: float) -> tuple[list[tuple[float, float]], float]:
    """
    Arrange discs in a ring, touching but not overlapping, around a hole of radius `hole`.

    A single disc stands in the middle unless there is a hole to keep free.

    Returns
    -------
    offsets, radius
        The centre of each disc from the centre of the ring, and the radius of the circle around them all.
    """
    if len(radii) == 1 and hole == 0:
        return [(0.0, 0.0)], radii[0]
    spacings = _spacings(radii)
    distance = max(_ring_radius(spacings), hole + max(radii) if hole else 0.0)
    steps = _steps(spacings, distance)
    slack = (2 * pi - sum(steps)) / len(radii)
    turns = [pi / 2 - sum(steps[:k]) - k * slack for k in range(len(radii))]
    return [(distance * cos(turn), distance * sin(turn)) for turn in turns], distance + max(radii)


def separate(centres: Floats, radii: Floats, box: Box, *, pinned: Sequence[bool]) -> Floats:
    """Push overlapping discs apart within a box; pinned ones stay put."""
    free = 1.0 - np.array(pinned, dtype=float)
    least = np.minimum(np.array([box.left, box.bottom]) + radii[:, None], box.centre)
    most = np.maximum(np.array([box.right, box.top]) - radii[:, None], box.centre)
    moved = np.where(free[:, None] > 0, np.clip(centres, least, most), centres)
    reach = 2 * float(radii.max(initial=0.0)) + _GAP_PT
    for _ in range(_ROUNDS):
        pairs = KDTree(moved).query_pairs(reach, output_type="ndarray")
        one, two = pairs[free[pairs].any(axis=1)].T
        apart = moved[two] - moved[one]
        distance = np.hypot(*apart.T)
        lacking = np.maximum(radii[one] + radii[two] + _GAP_PT - distance, 0)
        if lacking.max(initial=0.0) < _TOLERANCE_PT:
            break
        push = apart * (lacking / np.maximum(distance, _TOLERANCE_PT) / (free[one] + free[two]))[:, None]
        np.add.at(moved, one, -push * free[one, None])
        np.add.at(moved, two, push * free[two, None])
        moved = np.where(free[:, None] > 0, np.clip(moved, least, most), moved)
    return moved


def _spacings(radii: Sequence[float]) -> list[float]:
    """Give how far the centres of each disc and the next on the ring must be apart."""
    following = [*radii[1:], radii[0]]
    return (
        [one + two + _GAP_PT for one, two in zip(radii, following, strict=True)] if len(radii) > 1 else [0.0]
    )


def _ring_radius(spacings: Sequence[float]) -> float:
    """Give the smallest radius at which neighbours on the ring do not overlap, by bisection."""
    low, high = max(spacings) / 2, sum(spacings)
    if sum(_steps(spacings, low)) <= 2 * pi:
        return low
    while high - low > _TOLERANCE_PT:
        middle = (low + high) / 2
        low, high = (middle, high) if sum(_steps(spacings, middle)) > 2 * pi else (low, middle)
    return high


def _steps(spacings: Sequence[float], distance: float) -> list[float]:
    """Give the angle from each disc to the next on a ring of that radius."""
    return [2 * asin(min(1.0, spacing / (2 * distance))) if spacing else 0.0 for spacing in spacings]
