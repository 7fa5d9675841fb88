"""The question of every solver: who may be manned, and who gets past whom on which way."""

import itertools
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Self, TypeAlias, cast

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geoanalysis.domain.errors import InputError

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

_NAMED: Final = 5


@dataclass(frozen=True, eq=False)
class InterdictionProblem:
    """
    A network on which smugglers take the way with the best chance to get past every check.

    Attributes
    ----------
    tail, head
        Nodes of each arc, shape (arcs,); any whole numbers. Parallel arcs are allowed.
    evade
        Probability of getting past each arc while it is not manned, in (0, 1].
    evade_checked
        The same while it is manned, in [0, `evade`]: shape (arcs,), or (levels, arcs) with one row per
        intensity level, none above the row before.
    checkable
        Which arcs can be manned.
    origin, destination, weight
        Of each scenario: where a load comes from, where it goes, and how much it counts (not negative).
    officers
        That each level needs, rising; one for the only level if not given.
    site
        Arcs of the same number are manned together, such as both directions of a crossing; -1 for those that
        cannot be. Each checkable arc on its own if not given.

    Raises
    ------
    InputError
        If shapes do not fit, a value is out of its range, or no way leads to the destination of a scenario.
    """

    tail: Ints
    head: Ints
    evade: Floats
    evade_checked: Floats
    checkable: Bools
    origin: Ints
    destination: Ints
    weight: Floats
    officers: tuple[int, ...] = ()
    site: Ints | None = None

    def __post_init__(self) -> None:
        """Bring the arrays to one form, and refuse what cannot be."""
        forms: dict[str, Any] = {"evade": float, "checkable": bool, "weight": float}
        for name in ("tail", "head", "evade", "checkable", "origin", "destination", "weight"):
            object.__setattr__(self, name, _array(name, getattr(self, name), forms.get(name, int)))
        checked = np.atleast_2d(_array("evade_checked", self.evade_checked, float, dimensions=(1, 2)))
        object.__setattr__(self, "evade_checked", checked)
        officers = tuple(self.officers) or (1,) * (len(checked) == 1)
        object.__setattr__(self, "officers", officers)
        _refuse_impossible(self)
        object.__setattr__(self, "site", _sites(self))
        _refuse_unreachable(self)

    @cached_property
    def graph(self) -> "Backwards":
        """The arcs turned round, to search from destinations."""
        return Backwards.of(self)

    @property
    def levels(self) -> int:
        """How many intensity levels there are."""
        return len(self.evade_checked)

    @cached_property
    def sites(self) -> int:
        """How many sites can be manned."""
        return int(self.arc_site.max(initial=-1)) + 1

    @property
    def arc_site(self) -> Ints:
        """The site of each arc, -1 where it cannot be manned."""
        return cast("Ints", self.site)

    @cached_property
    def first_arc(self) -> Ints:
        """The first arc of each site, by which it is named in plans."""
        arcs = np.flatnonzero(self.arc_site >= 0)
        return arcs[np.unique(self.arc_site[arcs], return_index=True)[1]]

    @cached_property
    def survival(self) -> Floats:
        """The probability of getting past each arc at each level, 0 being not manned: (levels + 1, arcs)."""
        checked = np.where(self.arc_site >= 0, self.evade_checked, self.evade)
        return np.vstack([self.evade, checked])

    @cached_property
    def cost(self) -> Floats:
        """The same as lengths, -log: (levels + 1, arcs), infinite where nobody gets past."""
        with np.errstate(divide="ignore"):
            return -np.log(self.survival)

    @cached_property
    def places(self) -> "Places":
        """What can be manned, as constraints see it."""
        arcs = np.flatnonzero(self.arc_site >= 0)
        return Places(arcs, self.arc_site[arcs], self.officers, len(self.tail))

    def at_level(self, level: int) -> "InterdictionProblem":
        """
        Give the problem in which sites are manned at this level or not at all.

        Raises
        ------
        InputError
            If there is no such level.
        """
        if not 1 <= level <= self.levels:
            raise InputError(f"levels are counted from 1 to {self.levels}, not {level}")
        return replace(self, evade_checked=self.evade_checked[level - 1], officers=())

    def at_arcs(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give at each arc the value of its site, 0 where it cannot be manned."""
        if not self.sites:
            return np.zeros(len(self.tail), dtype=values.dtype)
        return np.where(self.arc_site >= 0, values[self.arc_site], 0)

    def arc_cost(self, level: Ints) -> Floats:
        """Give the length of each arc while the sites are manned at some level each (0 is not)."""
        at_arc = self.at_arcs(level)
        return cast("Floats", np.take_along_axis(self.cost, at_arc[None, :], axis=0)[0])


@dataclass(frozen=True, eq=False)
class Places:
    """
    What can be manned: `arc`, ascending, and the `site` of each; `known` is how many arcs there are.

    The arcs of a problem, or the candidates of a capture.
    """

    arc: Ints
    site: Ints
    officers: tuple[int, ...]
    known: int

    @property
    def sites(self) -> int:
        """How many sites there are."""
        return int(self.site.max(initial=-1)) + 1

    @property
    def levels(self) -> int:
        """How many intensity levels there are."""
        return len(self.officers)

    def sites_of(self, arcs: Any) -> Ints:
        """
        Give the sites of arcs, in their order.

        Raises
        ------
        InputError
            If one is no arc, or cannot be manned.
        """
        given = np.asarray(arcs, dtype="int64").ravel()
        outside = given[(given < 0) | (given >= self.known)]
        if len(outside):
            raise InputError(f"there is no arc {outside[0]}: arcs are counted from 0 to {self.known - 1}")
        place = np.searchsorted(self.arc, given).clip(max=max(len(self.arc) - 1, 0))
        fixed = given[self.arc[place] != given] if len(self.arc) else given
        if len(fixed):
            raise InputError(f"arc {fixed[0]} cannot be manned: it is not checkable")
        return cast("Ints", self.site[place])


@dataclass(frozen=True, eq=False)
class Backwards:
    """
    The arcs of a problem turned round: row `head`, column `tail`, parallel arcs together.

    `order` sorts the arcs by (head, tail); `starts` is where each pair of nodes begins in that order.
    """

    count: int
    order: Ints
    starts: Ints
    keys: Ints
    indices: npt.NDArray[np.int32]
    indptr: npt.NDArray[np.int32]
    ends: Ints
    end_of: Ints
    origin: Ints
    destination: Ints

    @classmethod
    def of(cls, problem: InterdictionProblem) -> Self:
        """Give the nodes numbers from 0 and sort the arcs."""
        labels = (problem.tail, problem.head, problem.origin, problem.destination)
        names, numbered = np.unique(np.concatenate(labels), return_inverse=True)
        tail, head, origin, destination = np.split(numbered, np.cumsum([len(part) for part in labels])[:-1])
        count = len(names)
        keys = head * count + tail
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
        keys = keys[order][starts]
        ends, end_of = np.unique(destination, return_inverse=True)
        indptr = np.searchsorted(keys // count, np.arange(count + 1)).astype("int32")
        indices = (keys % count).astype("int32")
        return cls(count, order, starts, keys, indices, indptr, ends, end_of, origin, destination)

    @cached_property
    def arcs_from(self) -> tuple[Ints, Ints, Ints]:
        """The arcs by the node they start from: where each node's begin, the arcs, and their heads."""
        pair = np.repeat(np.arange(len(self.starts)), np.diff(self.starts, append=len(self.order)))
        head, tail = np.divmod(self.keys[pair], self.count)
        by_tail = np.argsort(tail, kind="stable")
        starts = np.searchsorted(tail[by_tail], np.arange(self.count + 1))
        return starts, self.order[by_tail], head[by_tail]

    @property
    def has_parallel(self) -> bool:
        """Tell whether some arcs lead between the same two nodes."""
        return len(self.starts) < len(self.order)

    def trees(self, cost: Floats, *, predecessors: bool = False) -> Any:
        """Give the least length from every node (columns) to every destination (rows), `ends` in order."""
        lengths = cost[self.order]
        if self.has_parallel:
            lengths = np.minimum.reduceat(lengths, self.starts)
        matrix = csr_array((lengths, self.indices, self.indptr), shape=(self.count, self.count))
        return dijkstra(matrix, indices=self.ends, return_predecessors=predecessors)

    def quickest(self, cost: Floats) -> Ints:
        """Give the shortest arc of each pair of nodes."""
        if not self.has_parallel:
            return self.order
        pair = np.repeat(np.arange(len(self.starts)), np.diff(self.starts, append=len(self.order)))
        return self.order[np.lexsort((cost[self.order], pair))[self.starts]]


def _array(name: str, values: Any, form: type, dimensions: tuple[int, ...] = (1,)) -> npt.NDArray[Any]:
    given = np.asarray(values)
    if given.ndim not in dimensions:
        raise InputError(f"{name} has {given.ndim} dimensions, not {dimensions[-1]}")
    try:
        array = given.astype({int: "int64", float: "float64", bool: "bool"}[form])
    except (TypeError, ValueError) as reason:
        raise InputError(f"{name} does not hold numbers: {reason}") from reason
    if form is int and len(given) and not np.array_equal(array, given):
        raise InputError(f"{name} must hold whole numbers, not {given[array != given][0]}")
    return array


def _refuse_impossible(problem: InterdictionProblem) -> None:
    arcs = len(problem.tail)
    for names, count, of in (
        (("head", "evade", "checkable"), arcs, "arcs"),
        (("destination", "weight"), len(problem.origin), "scenarios"),
    ):
        for name in names:
            if len(getattr(problem, name)) != count:
                raise InputError(f"{name} has {len(getattr(problem, name))} values for {count} {of}")
    if problem.evade_checked.shape[1] != arcs:
        raise InputError(f"evade_checked has {problem.evade_checked.shape[1]} values for {arcs} arcs")
    if not len(problem.origin):
        raise InputError("there is no scenario: give at least one origin, destination and weight")
    _refuse_values("evade", problem.evade, "in (0, 1]", (problem.evade > 0) & (problem.evade <= 1))
    _refuse_levels(problem)
    fine = (problem.weight >= 0) & np.isfinite(problem.weight)
    _refuse_values("weight", problem.weight, "a finite number, not negative", fine, of="scenario")
    staying = problem.origin == problem.destination
    if staying.any():
        raise InputError(f"scenario {np.flatnonzero(staying)[0]} begins where it ends")


def _refuse_levels(problem: InterdictionProblem) -> None:
    above = problem.evade
    for level, checked in enumerate(problem.evade_checked, 1):
        bound = "evade" if level == 1 else f"that of level {level - 1}"
        fine = (checked >= 0) & (checked <= above)
        _refuse_values(f"evade_checked of level {level}", checked, f"in [0, {bound}]", fine)
        above = checked
    officers = problem.officers
    if len(officers) != problem.levels:
        raise InputError(f"officers has {len(officers)} values for {problem.levels} levels")
    if officers[0] < 0 or any(more <= fewer for fewer, more in itertools.pairwise(officers)):
        raise InputError(f"officers must rise from level to level, not {officers}")


def _refuse_values(name: str, values: Floats, wanted: str, fine: Bools, of: str = "arc") -> None:
    if not fine.all():
        where = np.flatnonzero(~fine)
        more = f" and {len(where) - 1} more" if len(where) > 1 else ""
        raise InputError(f"{name} must be {wanted}: it is {values[where[0]]} at {of} {where[0]}{more}")


def _sites(problem: InterdictionProblem) -> Ints:
    """Give the sites numbers from 0 in the order of their first arcs."""
    if problem.site is None:
        return np.where(problem.checkable, np.cumsum(problem.checkable) - 1, -1)
    given = _array("site", problem.site, int)
    if len(given) != len(problem.tail):
        raise InputError(f"site has {len(given)} values for {len(problem.tail)} arcs")
    manned = problem.checkable & (given >= 0)
    sites = np.full(len(given), -1)
    _, first, inverse = np.unique(given[manned], return_index=True, return_inverse=True)
    sites[manned] = np.argsort(np.argsort(first))[inverse]
    return sites


def _refuse_unreachable(problem: InterdictionProblem) -> None:
    graph = problem.graph
    length = graph.trees(problem.cost[0])[graph.end_of, graph.origin]
    lost = np.flatnonzero(~np.isfinite(length))
    if len(lost):
        named = [f"{one} ({problem.origin[one]} to {problem.destination[one]})" for one in lost[:_NAMED]]
        more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        raise InputError(
            f"no way leads to the destination of scenario {', '.join(named)}{more}: leave them out and say so"
        )
