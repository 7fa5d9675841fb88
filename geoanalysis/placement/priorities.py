"""Checkpoints in order, for a budget that is not known yet: whatever comes, the first so many are manned."""

import itertools
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from geoanalysis.placement.constraints import PlanConstraints, Rules, cheapest, refuse_clashes
from geoanalysis.placement.interdiction import interdict
from geoanalysis.placement.problem import InterdictionProblem, Ints
from geoanalysis.placement.search import Search, decisions_of, levels_of

_EACH_S: Final = 2.0
_GAP: Final = 0.02


@dataclass(frozen=True, eq=False)
class PriorityList:
    """
    A nested sequence of plans.

    Attributes
    ----------
    steps
        One row per step: ``arc`` (the first of the site), ``level`` it is raised to, ``spent`` of the budget
        so far, ``evasion`` after re-routing; with prices also ``alone`` (of a fixed plan made for this budget
        only), ``bound`` (no plan has less) and ``price`` (evasion less `alone`: what nesting costs).
    """

    steps: pd.DataFrame


def priority_list(
    problem: InterdictionProblem,
    budget: float,
    *,
    constraints: PlanConstraints | None = None,
    prices: bool = True,
    time_limit_s: float = _EACH_S,
) -> PriorityList:
    """
    Put checkpoints in an order of which every beginning is a good plan.

    Two sequences are tried: each step the site that takes most evasion per cost; and the same among the sites
    of a plan made for the whole budget. The one with the lower mean evasion over its steps is given.

    Parameters
    ----------
    problem
        The network, what manning does, and the scenarios.
    budget
        The most that may come.
    constraints
        What the plans must keep to; what is demanded of all comes first.
    prices
        Compare every beginning with a plan made for its budget alone.
    time_limit_s
        For each of these plans.

    Raises
    ------
    ClashError
        If no plan keeps to all constraints.
    """
    rules = Rules.of(problem.places, budget, constraints)
    refuse_clashes(rules, problem.levels)
    whole = interdict(problem, budget, constraints=constraints, gap=_GAP, time_limit_s=time_limit_s)
    planned = np.zeros(problem.sites, dtype=bool)
    planned[problem.places.sites_of(whole.chosen)] = True
    sequences = [
        _sequence(problem, rules),
        _sequence(problem, replace(rules, allowed=rules.allowed & planned)),
    ]
    steps = min(sequences, key=lambda one: (-one["spent"].max(), one["evasion"].mean()))
    if prices and len(steps):
        steps = _with_prices(problem, steps, constraints, time_limit_s)
    return PriorityList(steps)


def _sequence(problem: InterdictionProblem, rules: Rules) -> pd.DataFrame:
    """Give the steps of the greedy sequence, with what each has spent and reached."""
    search = Search.start(problem, rules)
    first = levels_of(cheapest(rules, problem.levels), problem.levels)
    plans = [np.zeros(problem.sites, dtype="int64"), *_one_by_one(first), *search.greedy_steps(first)]
    cost = rules.matrix[[0]].toarray()[0]
    rows = []
    for before, after in itertools.pairwise(plans):
        site = int(np.flatnonzero(after != before)[0])
        spent = float(decisions_of(after, problem.levels) @ cost)
        rows.append((int(problem.first_arc[site]), int(after[site]), spent, search.answer(after)))
    return pd.DataFrame(rows, columns=["arc", "level", "spent", "evasion"])


def _one_by_one(level: Ints) -> list[Ints]:
    sites = np.flatnonzero(level)
    plans = []
    for last in range(1, len(sites) + 1):
        plan = np.zeros_like(level)
        plan[sites[:last]] = level[sites[:last]]
        plans.append(plan)
    return plans


def _with_prices(
    problem: InterdictionProblem,
    steps: pd.DataFrame,
    constraints: PlanConstraints | None,
    time_limit_s: float,
) -> pd.DataFrame:
    free = None if constraints is None else replace(constraints, required=(), cover={})
    plans = [
        interdict(problem, spent, constraints=free, gap=_GAP, time_limit_s=time_limit_s)
        for spent in steps["spent"]
    ]
    alone = np.minimum([plan.evasion for plan in plans], steps["evasion"])
    return steps.assign(alone=alone, bound=[plan.bound for plan in plans], price=steps["evasion"] - alone)
