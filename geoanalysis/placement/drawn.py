"""What rosters really drawn are worth: smugglers know how often each stands, but not which is on."""

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Any, Final

import numpy as np

from geoanalysis.placement.problem import Bools, Floats, InterdictionProblem, Ints
from geoanalysis.placement.ways import Ways

_MOST_STEPS: Final = 2000
_SAME: Final = 1e-12


@dataclass(frozen=True, eq=False)
class DrawnEvasion:
    """The weighted evasion under rosters drawn: at least `lower`, by ways found, and at most `upper`."""

    lower: float
    upper: float


def drawn_evasion(problem: InterdictionProblem, rosters: Bools) -> DrawnEvasion:
    """
    Value rosters of which each stands equally often.

    Of every scenario the way with the largest mean chance is sought, best first: what a way begun can reach
    at most is the mean over rosters of what smugglers would reach who knew which one is on. Where that takes
    too many steps, the largest value still possible is the upper bound.

    Parameters
    ----------
    problem
        The network, what manning does, and the scenarios.
    rosters
        Which sites are manned, shape (rosters, sites); the same one may come more than once.
    """
    distinct, times = np.unique(rosters, axis=0, return_counts=True)
    share = times / times.sum()
    at_arc = distinct[:, problem.arc_site] & (problem.arc_site >= 0) if problem.sites else None
    survival = problem.survival[0] if at_arc is None else np.where(at_arc, *problem.survival[[1, 0]])
    survival = np.atleast_2d(survival)
    with np.errstate(divide="ignore"):
        onward = np.exp(-np.stack([problem.graph.trees(-np.log(one)) for one in survival]))
        expected = Ways.best(problem.graph, -np.log(share @ survival))
    searches = [
        _Search.of(problem, survival, onward, share, scenario, expected.of(scenario))
        for scenario in range(len(problem.weight))
    ]
    found = np.array([one.run() for one in searches])
    lower, upper = problem.weight @ found
    return DrawnEvasion(float(lower), float(upper))


@dataclass(eq=False)
class _Search:
    """Best-first search of one scenario's way with the largest mean chance."""

    survival: Floats
    onward: Floats
    share: Floats
    arcs_from: tuple[Ints, Ints, Ints]
    start: int
    end: int
    best: float
    seen: dict[int, list[Floats]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        problem: InterdictionProblem,
        survival: Floats,
        onward: Floats,
        share: Floats,
        scenario: int,
        known: Ints,
    ) -> "_Search":
        graph = problem.graph
        ends = onward[:, graph.end_of[scenario]]
        best = float(share @ survival[:, known].prod(axis=1)) if len(known) else 0.0
        start, end = int(graph.origin[scenario]), int(graph.destination[scenario])
        return cls(survival, ends, share, graph.arcs_from, start, end, best)

    def run(self) -> tuple[float, float]:
        """Give the largest mean chance found, and what no way is above."""
        order = count()
        first = np.ones(len(self.share))
        open_: list[tuple[float, int, int, Floats]] = []
        heappush(open_, (-self._most(first, np.array([self.start]))[0], next(order), self.start, first))
        for _ in range(_MOST_STEPS):
            if not open_ or -open_[0][0] <= self.best + _SAME:
                return self.best, self.best
            _, _, node, chance = heappop(open_)
            for most, head, reached in self._onwards(node, chance):
                heappush(open_, (-most, next(order), head, reached))
        return self.best, max(self.best, -open_[0][0]) if open_ else self.best

    def _onwards(self, node: int, chance: Floats) -> list[tuple[float, int, Floats]]:
        starts, arcs, heads = self.arcs_from
        here = slice(starts[node], starts[node + 1])
        reached = chance[:, None] * self.survival[:, arcs[here]]
        most = self._most(reached, heads[here])
        at_end = heads[here] == self.end
        self.best = max(self.best, float(most[at_end].max(initial=0.0)))
        further = np.flatnonzero((most > self.best + _SAME) & ~at_end)
        return [
            (float(most[one]), int(heads[here][one]), reached[:, one])
            for one in further
            if self._is_new(int(heads[here][one]), reached[:, one])
        ]

    def _most(self, reached: Floats, node: Any) -> Floats:
        chance = reached if reached.ndim > 1 else reached[:, None]
        return np.asarray(self.share @ (chance * self.onward[:, node]))

    def _is_new(self, node: int, reached: Floats) -> bool:
        """Tell whether no way seen at the node is as good under every roster; remember it if so."""
        others = self.seen.setdefault(node, [])
        if any((reached <= other + _SAME).all() for other in others):
            return False
        others.append(reached)
        return True
