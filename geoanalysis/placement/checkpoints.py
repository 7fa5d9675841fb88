"""From crossings, minutes and assumptions to the problem that solvers take, and back to names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from geoanalysis.domain.errors import InputError, InsufficientDataError
from geoanalysis.network import CrossingGraph
from geoanalysis.placement.problem import Bools, Floats, InterdictionProblem, Ints
from geoanalysis.placement.ways import Ways

_HOUR_MIN: Final = 60.0


@dataclass(frozen=True)
class CheckModel:
    """
    What is assumed of checks and smugglers; nothing public calibrates it.

    Attributes
    ----------
    officers, detection
        Per intensity level: how many officers stand at a checkpoint, and the probability that they find a
        load that passes.
    unmanned_detection
        The same at a crossing that the plan does not man.
    risk_per_h
        Probability per hour on the road of being found anyway: what a detour costs.
    tolerance
        A load takes no road on which its way would be longer than the quickest by more than this share; no
        limit if None. Each road is judged by itself.
    """

    officers: tuple[int, ...] = (4, 10, 20)
    detection: tuple[float, ...] = (0.25, 0.5, 0.7)
    unmanned_detection: float = 0.02
    risk_per_h: float = 0.03
    tolerance: float | None = None

    def __post_init__(self) -> None:
        """Refuse what is no probability, and levels that do not rise."""
        chances = (self.unmanned_detection, *self.detection)
        if len(self.officers) != len(self.detection) or not self.detection:
            raise InputError("every intensity level needs officers and a detection probability")
        if not all(0 <= one <= 1 for one in (*chances, self.risk_per_h)) or self.risk_per_h == 1:
            raise InputError("detection and risk are probabilities from 0 to 1")
        if self.unmanned_detection == 1 or list(chances) != sorted(chances):
            raise InputError(
                "detection must not fall from level to level, nor be certain where nobody stands"
            )
        steps = np.diff((0, *self.officers))
        if not (steps > 0).all():
            raise InputError("officers must rise from level to level")
        if self.tolerance is not None and not 0 <= self.tolerance < np.inf:
            raise InputError("the detour tolerance is a share, not negative")

    @property
    def rate_per_officer(self) -> float:
        """Of detection at the lowest level: for the law ``1 - exp(-rate * officers)``."""
        return float(-np.log1p(-min(self.detection[0], 1 - 1e-12)) / self.officers[0])

    def level_of(self, officers: int) -> int:
        """Give the highest level that so many officers man; at least the lowest."""
        return max(int(np.searchsorted(self.officers, officers, side="right")), 1)

    def in_words(self) -> str:
        """Say all of it, for exports."""
        levels = ", ".join(
            f"{officers} officers find {detection:.0%}"
            for officers, detection in zip(self.officers, self.detection, strict=True)
        )
        longest = "no limit to detours" if self.tolerance is None else f"detours up to {self.tolerance:.0%}"
        return (
            f"assumed, not calibrated: {levels}; {self.unmanned_detection:.0%} where the plan mans nothing; "
            f"risk on the road {self.risk_per_h:.1%} per hour; {longest}; smugglers know the plan and take "
            "the best way left"
        )


@dataclass(frozen=True, eq=False)
class CheckpointProblem:
    """
    A problem whose sites are crossings and points on roads.

    Attributes
    ----------
    problem
        For the solvers.
    place_ids
        Crossing, or point on a road, of each site.
    pairs
        Names of origin and destination of each scenario.
    unreachable
        Pairs that no road joins: they are left out, and must be said.
    minutes
        Of each arc, of the problem.
    model
        What was assumed.
    content
        Names the network and the ends, see `CrossingGraph`.
    """

    problem: InterdictionProblem
    place_ids: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    unreachable: tuple[tuple[str, str], ...]
    minutes: Floats
    model: CheckModel
    content: str

    @cached_property
    def site_of(self) -> dict[str, int]:
        """The site of each place."""
        return {place: site for site, place in enumerate(self.place_ids)}

    def arcs(self, place_ids: Iterable[str]) -> Ints:
        """Give the arcs that stand for places; those that no load can pass are left out."""
        sites = [self.site_of[place] for place in place_ids if place in self.site_of]
        return np.asarray(self.problem.first_arc[np.array(sites, dtype="int64")])

    def places(self, arcs: Iterable[int]) -> tuple[str, ...]:
        """Give the places that arcs stand for."""
        return tuple(self.place_ids[self.problem.arc_site[arc]] for arc in arcs)

    def places_on(self, ways: Ways, scenario: int) -> tuple[str, ...]:
        """Give the places that a way passes, in order."""
        arcs = ways.of(scenario)
        return self.places(arcs[self.problem.arc_site[arcs] >= 0])

    def time_min(self, ways: Ways) -> Floats:
        """Give the minutes of every way."""
        return ways.total(self.minutes)


def checkpoint_problem(graph: CrossingGraph, weights: Floats, model: CheckModel) -> CheckpointProblem:
    """
    Make the problem of a crossing graph.

    A crossing becomes one arc, whichever of its roads is taken; getting past it has the chance that the model
    gives for what stands there, getting along a road ``exp(-risk_per_h * hours)``.

    Parameters
    ----------
    graph
        Crossings, origins and destinations.
    weights
        How much each pair counts, shape (origins, destinations); scaled to add up to 1.
    model
        What is assumed.

    Raises
    ------
    InsufficientDataError
        If no pair is joined, or none that counts.
    InputError
        If a weight is negative.
    """
    if np.shape(weights) != (len(graph.origins), len(graph.destinations)) or not (weights >= 0).all():
        raise InputError("every pair of origin and destination needs a weight that is not negative")
    places = tuple(dict.fromkeys(graph.crossing_ids))
    arcs = _Arcs.of(graph, places)
    origin, destination = (ends.ravel() for ends in np.indices(weights.shape))
    start = 2 * len(places) + origin
    end = 2 * len(places) + len(graph.origins) + destination
    onward_min = arcs.minutes_from(np.unique(start))[np.unique(start, return_inverse=True)[1]]
    quickest_min = onward_min[np.arange(len(start)), end]
    joined = np.isfinite(quickest_min) & (weights.ravel() > 0)
    names = [(graph.origins[o], graph.destinations[d]) for o, d in zip(origin, destination, strict=True)]
    lost = tuple(name for name, time in zip(names, quickest_min, strict=True) if not np.isfinite(time))
    if not joined.any():
        raise InsufficientDataError(
            "no road joins any origin with any destination: choose others, or open a crossing"
        )
    chosen = np.flatnonzero(joined)
    start, end, weight = start[chosen], end[chosen], weights.ravel()[chosen]
    if model.tolerance is not None:
        arcs, start, end = arcs.within(start, end, model.tolerance)
    problem = arcs.problem(start, end, weight / weight.sum(), model)
    return CheckpointProblem(
        problem=problem,
        place_ids=tuple(places[site] for site in arcs.site[problem.first_arc]),
        pairs=tuple(names[pair] for pair in chosen),
        unreachable=lost,
        minutes=arcs.minutes,
        model=model,
        content=graph.content,
    )


@dataclass(frozen=True, eq=False)
class _Arcs:
    """Arcs with minutes: of crossings from one side to the other, then of roads. `site` is -1 for roads."""

    tail: Ints
    head: Ints
    minutes: Floats
    site: Ints
    count: int

    @classmethod
    def of(cls, graph: CrossingGraph, places: Sequence[str]) -> "_Arcs":
        """Make one arc of each crossing, and one of the quickest road between each two."""
        sites = len(places)
        number = {place: site for site, place in enumerate(places)}
        of_node = np.array([number[one] for one in graph.crossing_ids], dtype="int64")
        count = 2 * sites + len(graph.origins) + len(graph.destinations)
        ends = np.arange(2 * sites, count)
        tail = np.concatenate([sites + of_node, ends])[graph.tail]
        head = np.concatenate([of_node, ends])[graph.head]
        other = tail - sites != head  # no road leads from a crossing back to it
        key, minutes = (tail * count + head)[other], graph.minutes[other]
        order = np.lexsort((minutes, key))
        quickest = order[np.diff(key[order], prepend=-1) != 0]
        delay_min = np.full(sites, np.inf)
        np.minimum.at(delay_min, of_node, graph.delay_min)
        return cls(
            tail=np.concatenate([np.arange(sites), key[quickest] // count]),
            head=np.concatenate([sites + np.arange(sites), key[quickest] % count]),
            minutes=np.concatenate([delay_min, minutes[quickest]]),
            site=np.concatenate([np.arange(sites), np.full(len(quickest), -1)]),
            count=count,
        )

    def minutes_from(self, nodes: Ints, *, backwards: bool = False) -> Floats:
        """Give the quickest minutes from (or to) some nodes, (nodes, all nodes)."""
        ends = (self.head, self.tail) if backwards else (self.tail, self.head)
        matrix = csr_array(coo_array((self.minutes, ends), shape=(self.count, self.count)))
        return np.asarray(dijkstra(matrix, indices=nodes))

    def within(self, start: Ints, end: Ints, tolerance: float) -> tuple["_Arcs", Ints, Ints]:
        """Give each pair a copy of the arcs on ways that are no longer than it tolerates."""
        starts, start_of = np.unique(start, return_inverse=True)
        ends, end_of = np.unique(end, return_inverse=True)
        onward, back = self.minutes_from(starts), self.minutes_from(ends, backwards=True)
        kept = []
        for pair in range(len(start)):
            there, left = onward[start_of[pair]], back[end_of[pair]]
            longest = there[end[pair]] * (1 + tolerance)
            kept.append(np.flatnonzero(there[self.tail] + self.minutes + left[self.head] <= longest + 1e-9))
        arc = np.concatenate(kept)
        offset = np.repeat(np.arange(len(start)), [len(one) for one in kept]) * self.count
        copies = _Arcs(
            self.tail[arc] + offset,
            self.head[arc] + offset,
            self.minutes[arc],
            self.site[arc],
            self.count * len(start),
        )
        shift = np.arange(len(start)) * self.count
        return copies, start + shift, end + shift

    def problem(self, start: Ints, end: Ints, weight: Floats, model: CheckModel) -> InterdictionProblem:
        """Give the problem with the chances that a model gives."""
        checkable: Bools = self.site >= 0
        unfound = np.exp(-model.risk_per_h * self.minutes / _HOUR_MIN)
        past = 1 - np.array([model.unmanned_detection, *model.detection])[:, None]
        chances = unfound * np.where(checkable, past, 1.0)
        return InterdictionProblem(
            self.tail,
            self.head,
            chances[0],
            chances[1:],
            checkable,
            start,
            end,
            weight,
            officers=model.officers,
            site=self.site,
        )
