"""What a plan achieves: as planned, where routes stay, and after smugglers have re-routed."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geoanalysis.domain.errors import InputError
from geoanalysis.placement.problem import Floats, InterdictionProblem, Ints
from geoanalysis.placement.ways import Ways


@dataclass(frozen=True, eq=False)
class Evaluation:
    """
    Chances of getting through, per scenario and weighted.

    Attributes
    ----------
    unchecked_chance, planned_chance, rerouted_chance
        Of each scenario: while nothing is manned; with the plan on the ways taken before; on the best ways
        with the plan.
    before, after
        Those ways.
    weight
        Of each scenario.
    """

    unchecked_chance: Floats
    planned_chance: Floats
    rerouted_chance: Floats
    before: Ways
    after: Ways
    weight: Floats

    @property
    def unchecked(self) -> float:
        """Evasion while nothing is manned."""
        return float(self.weight @ self.unchecked_chance)

    @property
    def planned(self) -> float:
        """Evasion if routes stayed as they are: never to be shown without `rerouted`."""
        return float(self.weight @ self.planned_chance)

    @property
    def rerouted(self) -> float:
        """Evasion once smugglers have gone round the checkpoints."""
        return float(self.weight @ self.rerouted_chance)

    @property
    def worst(self) -> Ints:
        """Scenarios by what they contribute to the evasion after re-routing, the most first."""
        return np.argsort(-self.weight * self.rerouted_chance, kind="stable")


def evaluate(
    problem: InterdictionProblem, chosen: npt.ArrayLike, *, level: npt.ArrayLike | None = None
) -> Evaluation:
    """
    Value any plan: as planned, and after the best response of every scenario.

    Parameters
    ----------
    problem
        The network, what manning does, and the scenarios.
    chosen
        Arcs that are manned; with one arc of a site all its arcs are.
    level
        Intensity level of each, counted from 1; the highest if not given.

    Raises
    ------
    InputError
        If an arc cannot be manned, or there is no such level.
    """
    levels = levels_at(problem, chosen, level)
    cost = problem.arc_cost(levels)
    before = Ways.best(problem.graph, problem.cost[0])
    after = Ways.best(problem.graph, cost)
    return Evaluation(
        unchecked_chance=np.exp(-before.length),
        planned_chance=np.exp(-before.total(cost)),
        rerouted_chance=np.exp(-after.length),
        before=before,
        after=after,
        weight=problem.weight,
    )


def levels_at(problem: InterdictionProblem, chosen: Any, level: Any = None) -> Ints:
    """Give the level of every site for arcs that are manned, see `evaluate`."""
    sites = problem.places.sites_of(chosen)
    levels = np.zeros(problem.sites, dtype="int64")
    given = np.full(len(sites), problem.levels) if level is None else np.asarray(level, dtype="int64").ravel()
    if len(given) != len(sites):
        raise InputError(f"level has {len(given)} values for {len(sites)} arcs chosen")
    if len(given) and not (given.min() >= 1 and given.max() <= problem.levels):
        raise InputError(f"levels are counted from 1 to {problem.levels}, not {given}")
    np.maximum.at(levels, sites, given)
    return levels


def additions(
    problem: InterdictionProblem, chosen: npt.ArrayLike, level: npt.ArrayLike | None = None
) -> Floats:
    """
    Tell what every single checkpoint of a plan adds: the evasion without it, less that with it.

    Returns
    -------
    array
        One value per arc in `chosen`; 0 where smugglers go round the plan anyway.
    """
    levels = levels_at(problem, chosen, level)
    graph, weight = problem.graph, problem.weight

    def reached(of: Ints) -> float:
        lengths = graph.trees(problem.arc_cost(of))[graph.end_of, graph.origin]
        return float(weight @ np.exp(-lengths))

    with_all = reached(levels)
    more = []
    for site in problem.places.sites_of(chosen):
        without = levels.copy()
        without[site] = 0
        more.append(reached(without) - with_all)
    return np.array(more)
