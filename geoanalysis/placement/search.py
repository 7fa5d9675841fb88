"""Good plans at once: the greedy step and swaps, on the ways known so far, checked by re-routing."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array

from geoanalysis.placement.constraints import Rules
from geoanalysis.placement.problem import Bools, Floats, InterdictionProblem, Ints
from geoanalysis.placement.way_pool import HALF, WayPool
from geoanalysis.placement.ways import Ways

_CERTAIN: Final = 700.0
"""A length that nobody gets past, short enough to be added up."""
_AT_ONCE: Final = 512
_BETTER: Final = 1e-10


@dataclass(eq=False)
class Search:
    """
    Looks for plans and remembers the ways that smugglers answered with.

    What the pool of ways says of a plan is a lower bound of its evasion; the plan that looks best is asked
    for its real best ways, and these go into the pool, until the best looks as good as it is.

    Attributes
    ----------
    best, value
        The best plan found, as a level per site, and its evasion.
    """

    problem: InterdictionProblem
    rules: Rules
    pool: WayPool
    best: Ints
    value: float = np.inf

    @classmethod
    def start(cls, problem: InterdictionProblem, rules: Rules) -> "Search":
        """Start from the ways that are best while nothing is manned."""
        nothing = np.zeros(problem.sites, dtype="int64")
        return cls(problem, rules, WayPool.of(problem, Ways.best(problem.graph, problem.cost[0])), nothing)

    def answer(self, level: Ints) -> float:
        """Let smugglers answer a plan: give its evasion, and remember the ways and the plan if it is best."""
        ways = Ways.best(self.problem.graph, self.problem.arc_cost(level))
        self.pool = self.pool.with_more(WayPool.of(self.problem, ways))
        value = float(self.problem.weight @ np.exp(-ways.length))
        decided = decisions_of(level, self.problem.levels)[:, None]
        if value < self.value - _BETTER and self.rules.kept_by(decided)[0]:
            self.best, self.value = level.copy(), value
        return value

    def greedy_steps(self, level: Ints) -> Iterator[Ints]:
        """Add to a plan what takes most evasion per cost, one step at a time, while the rules allow."""
        value = self.answer(level)
        while len(plans := self._more(level)):
            spent = np.maximum(self._cost(plans) - self._cost(level[None, :]), _BETTER)
            chosen, reached = self._best_of(plans, spent, value)
            if value - reached <= _BETTER:
                return
            level, value = plans[chosen], reached
            yield level

    def swapped(self, level: Ints, ends: float, at_most: int = 100) -> Ints:
        """Exchange one checkpoint for another, or shift a level, while it helps and time is left."""
        value = self.answer(level)
        for _ in range(at_most):
            plans = self._exchanged(level)
            if not len(plans) or time.monotonic() > ends:
                return level
            chosen, reached = self._best_of(plans, np.ones(len(plans)), value)
            if value - reached <= _BETTER:
                return level
            level, value = plans[chosen], reached
        return level

    def _best_of(self, plans: Ints, spent: Floats, value: float) -> tuple[int, float]:
        """Give the place of the plan that takes most per cost, and its evasion after re-routing."""
        known = np.full(len(plans), np.nan)
        looks = self.looks(plans)
        while True:
            values = np.where(np.isnan(known), looks, known)
            chosen = int(np.argmax((value - values) / spent))
            if not np.isnan(known[chosen]):
                return chosen, float(known[chosen])
            before = len(self.pool.scenario)
            known[chosen] = self.answer(plans[chosen])
            if len(self.pool.scenario) > before:
                looks = np.maximum(looks, self.looks(plans))

    def looks(self, plans: Ints) -> Floats:
        """Give what the known ways say of plans: evasion is at least that."""
        problem, pool = self.problem, self.pool
        size = problem.sites * problem.levels
        row, column = np.nonzero(pool.decision >= 0)
        drop = np.minimum(pool.drop[row, column], _CERTAIN)
        matrix = csr_array((drop, (row, pool.decision[row, column])), shape=(len(pool.length), size))
        starts = np.searchsorted(pool.scenario, np.arange(len(problem.weight)))
        values = np.empty(len(plans))
        for first in range(0, len(plans), _AT_ONCE):
            decided = decisions_of(plans[first : first + _AT_ONCE], problem.levels)
            length = matrix @ decided.T + pool.length[:, None]
            shortest = np.minimum.reduceat(length, starts, axis=0)
            values[first : first + _AT_ONCE] = problem.weight @ np.exp(-shortest)
        return values

    def _more(self, level: Ints) -> Ints:
        """Give the plans with one more site, or a higher level, on the ways that smugglers take now."""
        ways = Ways.best(self.problem.graph, self.problem.arc_cost(level))
        met = np.flatnonzero(ways.passes(self.problem) & self.rules.allowed)
        steps = [(site, to) for site in met for to in range(level[site] + 1, self.problem.levels + 1)]
        return self._kept(np.array([_with(level, {site: to}) for site, to in steps], dtype="int64"))

    def _exchanged(self, level: Ints) -> Ints:
        ways = Ways.best(self.problem.graph, self.problem.arc_cost(level))
        inward = np.flatnonzero(self._useful(ways) & self.rules.allowed)
        return self._kept(np.array(list(self._exchanges(level, inward)), dtype="int64"))

    def _useful(self, ways: Ways) -> Bools:
        """Tell which sites lie on ways that are known: others cannot help."""
        found = self.pool.decision[self.pool.decision >= 0] // self.problem.levels
        return np.bincount(found, minlength=self.problem.sites).astype(bool) | ways.passes(self.problem)

    def _exchanges(self, level: Ints, inward: Ints) -> Iterator[Ints]:
        for out in np.flatnonzero(level):
            for lower in range(level[out]):
                for site in inward[inward != out]:
                    for higher in range(level[site] + 1, self.problem.levels + 1):
                        yield _with(level, {out: lower, site: higher})

    def _kept(self, plans: Ints) -> Ints:
        if not len(plans):
            return plans
        return plans[self.rules.kept_by(decisions_of(plans, self.problem.levels).T)]

    def _cost(self, plans: Ints) -> Floats:
        budget = self.rules.matrix[[0]].toarray()[0]
        return np.asarray(decisions_of(plans, self.problem.levels) @ budget)


def decisions_of(plans: Ints, levels: int) -> Floats:
    """Give plans (a level per site in the last axis) as 0 or 1 per decision."""
    made = plans[..., None] > np.arange(levels)
    return made.reshape(*plans.shape[:-1], -1).astype("float64")


def levels_of(decided: Floats, levels: int) -> Ints:
    """Give the level of each site where decisions are taken by more than half."""
    return np.asarray((decided.reshape(-1, levels) > HALF).sum(axis=1))


def _with(level: Ints, changes: Mapping[Any, int]) -> Ints:
    changed = level.copy()
    for site, to in changes.items():
        changed[site] = to
    return changed
