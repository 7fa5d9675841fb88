"""What smugglers do: of every scenario the way with the best chance, given what is manned."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from geoanalysis.placement.problem import Backwards, Bools, Floats, InterdictionProblem, Ints


@dataclass(frozen=True, eq=False)
class Ways:
    """
    One way per scenario.

    Attributes
    ----------
    length
        Of each scenario, -log of the chance to get through; infinite where there is no way.
    scenario, arc
        The steps of all ways, in the order walked within each scenario.
    """

    length: Floats
    scenario: Ints
    arc: Ints

    @classmethod
    def best(cls, graph: Backwards, cost: Floats) -> Self:
        """Find the shortest way of every scenario for a length per arc."""
        lengths, following = graph.trees(cost, predecessors=True)
        arc_of_pair = graph.quickest(cost)
        length = lengths[graph.end_of, graph.origin]
        walking = np.flatnonzero(np.isfinite(length))
        here = graph.origin[walking]
        scenario, arc = [walking[:0]], [arc_of_pair[:0]]
        while len(walking):
            there = following[graph.end_of[walking], here].astype("int64")
            arc.append(arc_of_pair[np.searchsorted(graph.keys, there * graph.count + here)])
            scenario.append(walking)
            onward = there != graph.destination[walking]
            walking, here = walking[onward], there[onward]
        steps = np.concatenate(scenario)
        order = np.argsort(steps, kind="stable")
        return cls(length, steps[order], np.concatenate(arc)[order])

    def total(self, values: Floats) -> Floats:
        """Add up a value per arc along each way."""
        return np.bincount(self.scenario, values[self.arc], minlength=len(self.length)).astype("float64")

    def of(self, scenario: int) -> Ints:
        """Give the arcs of one way, in order."""
        first, last = np.searchsorted(self.scenario, [scenario, scenario + 1])
        return self.arc[first:last]

    def passes(self, problem: InterdictionProblem) -> Bools:
        """Tell which sites lie on any of the ways, shape (sites,)."""
        met = problem.arc_site[self.arc]
        return np.bincount(met[met >= 0], minlength=problem.sites) > 0


def chance(problem: InterdictionProblem, level: Ints) -> Floats:
    """Give the best chance to get through of each scenario while the sites are manned at some levels."""
    graph = problem.graph
    return np.asarray(np.exp(-graph.trees(problem.arc_cost(level))[graph.end_of, graph.origin]))


def evasion(problem: InterdictionProblem, level: Ints) -> float:
    """Give the weighted chance of getting through once smugglers have re-routed."""
    return float(problem.weight @ chance(problem, level))
