"""The windows that a scan looks at: places around each place, over stretches of periods."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from geoanalysis.hotspots.rates import Floats

Ties: TypeAlias = Literal["shell", "split"]
LEAST_CASES: Final = 2
"""A window with a single case is no cluster, in what was observed as in what is drawn."""
_EQUAL: Final = 1e-6
"""Relative difference below which two distances are the same, as those of rounded coordinates are."""


@dataclass(frozen=True, slots=True)
class Zones:
    """Growing circles around one place: `members` by distance; circle z holds the first `ends[z]` of them."""

    members: NDArray[np.intp]
    ends: NDArray[np.intp]


@dataclass(frozen=True)
class Windows:
    """
    Every circle (or part of the network) with every stretch of at most `longest` periods.

    `expected` cases are places x periods.
    """

    zones: tuple[Zones, ...]
    expected: Floats
    longest: int

    @property
    def places(self) -> int:
        """How many places there are."""
        return int(self.expected.shape[0])

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return int(self.expected.shape[1])

    def expected_until(self, zones: Zones) -> Floats:
        """Give the expected cases of each circle before each period: circles x (periods + 1)."""
        inside = np.cumsum(self.expected[zones.members], axis=0)[zones.ends - 1]
        return np.concatenate([np.zeros((len(inside), 1)), np.cumsum(inside, axis=1)], axis=1)

    def stretches(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Give the first period of each stretch, and the one after its last."""
        first, length = np.meshgrid(np.arange(self.periods), np.arange(1, self.longest + 1), indexing="ij")
        inside = (first + length <= self.periods).T
        return first.T[inside], (first + length).T[inside]


def windows_of(
    distances: Floats, expected: Floats, *, max_share: float, max_duration: float, ties: Ties
) -> Windows:
    """
    Lay circles around each place, no larger than a share of all expected cases.

    Parameters
    ----------
    distances
        Places x places, in any unit; infinite where there is no way.
    expected
        Expected cases, places x periods.
    max_share
        Largest share of the expected cases in a circle.
    max_duration
        Largest share of the periods in a stretch; one period at least.
    ties
        ``shell``: places at the same distance enter a circle together; ``split``: one by one, nearer
        number first.
    """
    periods = expected.shape[1]
    of_place = expected.sum(axis=1)
    zones = tuple(_zones(row, of_place, max_share * of_place.sum(), ties) for row in distances)
    return Windows(zones, expected, max(1, int(max_duration * periods + 1e-9)))


def _zones(distance: Floats, expected: Floats, most: float, ties: Ties) -> Zones:
    order = np.argsort(distance, kind="stable")
    order = order[np.isfinite(distance[order])]
    reach = distance[order]
    last_of_shell = np.ones(len(order), bool)
    if ties == "shell":
        last_of_shell[:-1] = np.diff(reach) > _EQUAL * reach[1:]
        order, last_of_shell = _by_number_within_shells(order, last_of_shell)
    small = np.cumsum(expected[order]) <= most * (1 + 1e-12)
    ends = np.flatnonzero(last_of_shell & small) + 1
    return Zones(order[: ends[-1] if ends.size else 0], ends)


def _by_number_within_shells(
    order: NDArray[np.intp], last_of_shell: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Make the order of places of one shell not depend on the rounding of their distances."""
    shell = np.concatenate([[0], np.cumsum(last_of_shell)[:-1]])
    return order[np.lexsort((order, shell))], last_of_shell
