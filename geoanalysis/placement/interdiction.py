"""Fixed plans against smugglers who see them and re-route: good at once, and proven by cuts."""

import time
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from geoanalysis.domain.errors import InputError
from geoanalysis.placement.constraints import PlanConstraints, Rules, add_rules, cheapest, refuse_clashes
from geoanalysis.placement.cuts import Losses, add_cuts, step_cuts, way_cuts
from geoanalysis.placement.problem import Floats, InterdictionProblem, Ints
from geoanalysis.placement.programme import Programme, Status
from geoanalysis.placement.search import Search, decisions_of, levels_of
from geoanalysis.placement.way_pool import WayPool
from geoanalysis.placement.ways import Ways

_PRICES: Final = (0.05, 0.15, 0.4, 1.0, 3.0, 30.0)
"""What smugglers pay to avoid a site manned to some part, as -log of a chance: each finds other ways."""
_PROVEN: Final = 1e-8
_VIOLATED: Final = 1e-7
_EXACTLY: Final = 1e-10
_HARDLY: Final = 1e-6
_ROUNDS: Final = 9
_PROGRESS: Final = 0.02
"""The relaxation is left when so many rounds have closed less than this share of the gap."""


@dataclass(frozen=True, eq=False)
class FixedPlan:
    """
    Which sites to man, all the time.

    Attributes
    ----------
    chosen
        The first arc of each site manned, ascending.
    level
        Its intensity level, counted from 1.
    evasion
        Weighted chance of getting through on the best way, once smugglers have re-routed.
    bound
        No plan within budget and constraints has less.
    status
        "optimal", "within gap" or "time limit".
    seconds
        What it took.
    """

    chosen: Ints
    level: Ints
    evasion: float
    bound: float
    status: Status
    seconds: float

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, as a share of its evasion."""
        return max(self.evasion - self.bound, 0.0) / self.evasion if self.evasion else 0.0


def interdict(
    problem: InterdictionProblem,
    budget: float,
    *,
    constraints: PlanConstraints | None = None,
    gap: float = 0.0,
    time_limit_s: float | None = None,
) -> FixedPlan:
    """
    Choose what to man against smugglers who see it and take the best way left.

    Minimises ``sum weight * max over ways of prod evade`` (stochastic network interdiction; Pan, Charlton and
    Morton 2003). A relaxation over decisions alone is tightened by inequalities from the ways that smugglers
    would take (`cuts`), then branched over by HiGHS; every plan is valued by its real best ways.

    Parameters
    ----------
    problem
        The network, what manning does, and the scenarios.
    budget
        Of sites, officers where there are levels, or cost where `constraints` has some.
    constraints
        What else the plan must keep to.
    gap
        Stop when the plan is proven to be within this share of the best. 0 asks for the best, to 1e-8 of
        all weights.
    time_limit_s
        Stop after about so many seconds with the best plan found, and what has been proven.

    Returns
    -------
    FixedPlan
        With `status` "optimal" only where that is proven.

    Raises
    ------
    ClashError
        If no plan keeps to all constraints.
    InputError
        If the budget, the gap or a constraint cannot be.

    Examples
    --------
    Two ways lead from 0 to 1, the second a little worse. One team takes the first:

    >>> problem = InterdictionProblem(
    ...     tail=[0, 0], head=[1, 1], evade=[0.9, 0.8], evade_checked=[0.3, 0.3], checkable=[True, True],
    ...     origin=[0], destination=[1], weight=[1.0],
    ... )
    >>> plan = interdict(problem, 1)
    >>> plan.chosen.tolist(), round(plan.evasion, 6), plan.status
    ([0], 0.8, 'optimal')
    """
    if not 0 <= gap < 1:
        raise InputError(f"the gap is a share from 0 to below 1, not {gap}")
    began = time.monotonic()
    ends = began + (np.inf if time_limit_s is None else time_limit_s)
    rules = Rules.of(problem.places, budget, constraints)
    refuse_clashes(rules, problem.levels)
    proof = _Proof.start(problem, rules, gap, ends)
    proof.relax()
    proof.improve()
    proof.branch()
    return proof.plan(time.monotonic() - began)


@dataclass(eq=False)
class _Proof:
    """The search for plans, and the programme whose value is their bound."""

    search: Search
    programme: Programme
    losses: Losses
    gap: float
    ends: float
    decided: Floats
    evasion: Floats
    bound: float
    least: Ints

    @classmethod
    def start(cls, problem: InterdictionProblem, rules: Rules, gap: float, ends: float) -> Self:
        highest = np.where(rules.allowed, problem.levels, 0)
        losses = Losses.of(problem, highest)
        size = problem.sites * problem.levels
        lower = np.concatenate([np.zeros(size), losses.least])
        upper = np.ones(size + len(losses.least))
        programme = Programme.of(np.concatenate([np.zeros(size), problem.weight]), lower, upper)
        add_rules(programme, rules, problem.levels)
        bound = float(problem.weight @ losses.least)
        search = Search.start(problem, rules)
        least = levels_of(cheapest(rules, problem.levels), problem.levels)
        search.answer(least)
        return cls(search, programme, losses, gap, ends, np.zeros(size), losses.least.copy(), bound, least)

    @property
    def problem(self) -> InterdictionProblem:
        return self.search.problem

    @property
    def proven(self) -> bool:
        """Tell whether the best plan is near enough to the bound."""
        value = self.search.value
        return bool(np.isfinite(value)) and value - self.bound <= max(self.gap * value, self.exactly)

    @property
    def exactly(self) -> float:
        """How near the bound a plan is the best one, for weights that add up to any number."""
        return _PROVEN * max(float(self.problem.weight.sum()), 1.0)

    def relax(self) -> None:
        """Tighten the relaxation until no more inequality is violated by much."""
        bounds = [self.bound]
        while not self.proven and time.monotonic() < self.ends:
            if not self._tighten(_VIOLATED):
                return
            solved = self.programme.solve()
            self._take(solved.columns)
            self.bound = max(self.bound, solved.value)
            self.search.answer(self._rounded())
            bounds.append(self.bound)
            open_ = self.search.value - self.bound
            if len(bounds) > _ROUNDS and self.bound - bounds[-_ROUNDS] < _PROGRESS * open_:
                return

    def improve(self) -> None:
        """Look for better plans around those found."""
        if not self.proven:
            for _ in self.search.greedy_steps(self.least):
                pass
            self.search.swapped(self.search.best, self.ends)

    def branch(self) -> None:
        """Branch over the decisions, and tighten where the plan that looks best is not so good."""
        whole = np.arange(len(self.decided))
        while not self.proven and (left_s := self.ends - time.monotonic()) > 0:
            start = self._columns(self.search.best)
            solved = self.programme.solve_integer(whole, start=start, gap=self.gap / 2, time_limit_s=left_s)
            self.bound = max(self.bound, solved.bound)
            if not len(solved.columns):
                return
            self._take(solved.columns)
            self.search.answer(levels_of(self.decided, self.problem.levels))
            if not self._tighten(_EXACTLY) and solved.status == "optimal":
                return

    def plan(self, seconds: float) -> FixedPlan:
        """Give the best plan with what is proven of it."""
        best, first = self.search.best, self.problem.first_arc
        sites = np.flatnonzero(best)
        order = np.argsort(first[sites])
        exact = self.search.value - self.bound <= self.exactly
        status: Status = "optimal" if exact else "within gap" if self.proven else "time limit"
        bound = min(self.bound, self.search.value)
        return FixedPlan(first[sites][order], best[sites][order], self.search.value, bound, status, seconds)

    def _take(self, columns: Floats) -> None:
        size = len(self.decided)
        self.decided, self.evasion = columns[:size].clip(0, 1), columns[size:]

    def _columns(self, level: Ints) -> Floats:
        looks = np.exp(-Ways.best(self.problem.graph, self.problem.arc_cost(level)).length)
        return np.concatenate([decisions_of(level, self.problem.levels), looks])

    def _tighten(self, least: float) -> int:
        """Add of every scenario the inequality that is violated most; give their number."""
        self._ask()
        versions = self.search.pool.versions(self.decided, self.problem.levels)
        families = [
            step_cuts(versions, self.losses, len(self.decided)),
            way_cuts(versions, self.decided, self.losses.least),
        ]
        above = np.full((len(families), len(self.evasion)), -np.inf)
        for family, cuts in zip(above, families, strict=True):
            family[cuts.scenario] = cuts.bound(self.decided) - self.evasion[cuts.scenario]
        violated = above.max(axis=0) * np.minimum(self.problem.weight * len(self.evasion), 1) > least
        chosen = np.where(violated, above.argmax(axis=0), -1)
        for number, cuts in enumerate(families):
            which = np.flatnonzero(chosen[cuts.scenario] == number)
            add_cuts(self.programme, cuts.rows(which), len(self.evasion))
        return int(violated.sum())

    def _ask(self) -> None:
        """Ask smugglers for their ways around what is decided to some part, at several prices."""
        problem = self.problem
        open_ = decisions_padded(self.decided, problem)
        for price in _PRICES:
            cost = (problem.cost + price * open_).min(axis=0)
            pool = WayPool.of(problem, Ways.best(problem.graph, cost))
            self.search.pool = self.search.pool.with_more(pool)

    def _rounded(self) -> Ints:
        """Take the decisions that are taken most, as far as the rules allow."""
        rules, taken = self.search.rules, np.zeros(len(self.decided))
        spent = np.zeros(len(rules.upper))
        columns = rules.matrix.toarray()
        levels = self.problem.levels
        for decision in np.argsort(-self.decided, kind="stable"):
            if self.decided[decision] <= _HARDLY:
                break
            if decision % levels and not taken[decision - 1]:
                continue
            after = spent + columns[:, decision]
            if (after <= rules.upper + 1e-9).all():
                taken[decision], spent = 1.0, after
        return levels_of(taken, levels)


def decisions_padded(decided: Floats, problem: InterdictionProblem) -> Floats:
    """Give per level and arc what would stop a smuggler who takes the arc as manned at that level."""
    stops = np.zeros((problem.levels + 1, len(problem.tail)))
    manned = problem.arc_site >= 0
    by_site = decided.reshape(-1, problem.levels)
    for level in range(problem.levels):
        stops[level, manned] = by_site[problem.arc_site[manned], level]
    return stops
