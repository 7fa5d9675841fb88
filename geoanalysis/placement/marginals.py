"""How often to man what, when smugglers know how often but not when: a lower bound, and a guarantee."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import coo_array, csr_array

from geoanalysis.placement.constraints import Rules, add_rules
from geoanalysis.placement.cuts import Cuts, add_cuts, way_cuts
from geoanalysis.placement.problem import Floats, InterdictionProblem
from geoanalysis.placement.programme import Programme
from geoanalysis.placement.way_pool import WayPool
from geoanalysis.placement.ways import Ways

_POLISHED: Final = 3
_REACH: Final = 0.08
_NEARLY: Final = 0.9
_ROUNDS: Final = 200
_ENOUGH: Final = 1e-6
_FLAT: Final = 5
_DEARER: Final = 1.6
"""Ways that avoid what is manned often even more than they must are found before they are needed."""


@dataclass(frozen=True, eq=False)
class Marginals:
    """
    How often each site is manned.

    Attributes
    ----------
    probability
        Of each site.
    lower_bound
        No roster of so many teams, however drawn, leaves smugglers less.
    guarantee
        With draws as in `drawing` smugglers get through at most so often on whatever way they choose.
    """

    probability: Floats
    lower_bound: float
    guarantee: float


def marginals(problem: InterdictionProblem, rules: Rules, teams: int) -> Marginals:
    """
    Find how often to man each site.

    A way over sites manned with probability c lets ``E prod (1 - d c)`` through, at most, and at least
    ``E (1 - sum d c)`` (union bound): rows of the latter kind, from the ways that smugglers take, make a
    linear programme whose value bounds every roster; the former values its solution.
    """
    size = problem.sites
    programme = _programme(problem, rules, teams)
    pool = WayPool.of(problem, Ways.best(problem.graph, problem.cost[0]))
    share = np.full(size, teams / max(size, 1)).clip(0, 1)
    best, guaranteed, bound, flat = share, np.inf, 0.0, 0
    theta = np.zeros(len(problem.weight))
    for _ in range(_ROUNDS):
        for cost in (
            _expected(problem, share),
            _linear(problem, share, 1.0),
            _linear(problem, share, _DEARER),
        ):
            pool = pool.with_more(WayPool.of(problem, Ways.best(problem.graph, cost)))
        added = _add_violated(programme, pool, share, theta)
        solved = programme.solve()
        flat = 0 if solved.value > bound + _ENOUGH else flat + 1
        bound = max(bound, solved.value)
        share, theta = solved.columns[:size].clip(0, 1), solved.columns[size:]
        for tried in (share, (share + best) / 2):
            value = guarantee(problem, tried)
            if value < guaranteed and rules.kept_by(tried[:, None])[0] and abs(tried.sum() - teams) < _ENOUGH:
                best, guaranteed = tried, value
        if not added or flat >= _FLAT:
            break
    best, guaranteed = _polished(problem, rules, teams, pool, best, guaranteed)
    return Marginals(best, min(bound, guaranteed), guaranteed)


def _polished(
    problem: InterdictionProblem, rules: Rules, teams: int, pool: WayPool, share: Floats, value: float
) -> tuple[Floats, float]:
    """Move the probabilities a little at a time to where the guarantee, made linear there, is less."""
    reach = _REACH
    for _ in range(_POLISHED):
        pool = pool.with_more(WayPool.of(problem, Ways.best(problem.graph, _expected(problem, share))))
        programme = _programme(problem, rules, teams)
        lower, upper = (share - reach).clip(0), np.minimum(share + reach, rules.allowed)
        programme.set_bounds(np.arange(problem.sites), lower, upper)
        cuts = _tangents(pool, share, len(problem.weight))
        add_cuts(programme, cuts, len(problem.weight))
        there = programme.solve().columns[: problem.sites].clip(0, 1)
        reached, tried = min(
            ((guarantee(problem, share + step * (there - share)), step) for step in (1.0, 0.5, 0.25)),
        )
        if reached < value:
            share, value = share + tried * (there - share), reached
        else:
            reach /= 4
    return share, value


def _tangents(pool: WayPool, share: Floats, scenarios: int) -> Cuts:
    """Give what nearly best ways let through, made linear around some probabilities."""
    manned = pool.decision >= 0
    found = np.where(manned, -np.expm1(-pool.drop), 0.0)
    past = 1 - found * np.where(manned, share[pool.decision], 0.0)
    chance = np.exp(-pool.length) * past.prod(axis=1)
    best = np.zeros(scenarios)
    np.maximum.at(best, pool.scenario, chance)
    near = np.flatnonzero(chance > _NEARLY * best[pool.scenario])
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(past[near] > 0, chance[near][:, None] * found[near] / past[near], 0.0)
    row, column = np.nonzero(manned[near])
    entries = (slope[row, column], (row, pool.decision[near][row, column]))
    matrix = csr_array(coo_array(entries, shape=(len(near), len(share))))
    return Cuts(pool.scenario[near], chance[near] + matrix @ share, matrix)


def guarantee(problem: InterdictionProblem, probability: Floats) -> float:
    """Give what smugglers get through at most while sites are manned with some probability each."""
    graph = problem.graph
    lengths = graph.trees(_expected(problem, probability))[graph.end_of, graph.origin]
    return float(problem.weight @ np.exp(-lengths))


def _programme(problem: InterdictionProblem, rules: Rules, teams: int) -> Programme:
    size, scenarios = problem.sites, len(problem.weight)
    cost = np.concatenate([np.zeros(size), problem.weight])
    upper = np.concatenate([rules.allowed.astype("float64"), np.ones(scenarios)])
    programme = Programme.of(cost, np.zeros(size + scenarios), upper)
    add_rules(programme, rules, 1)
    all_teams = csr_array(np.concatenate([np.ones(size), np.zeros(scenarios)])[None, :])
    programme.add_rows(all_teams, np.array([float(teams)]), np.array([float(teams)]))
    return programme


def _add_violated(programme: Programme, pool: WayPool, share: Floats, theta: Floats) -> int:
    cuts = way_cuts(pool.versions(share, 1), share)
    above = cuts.bound(share) - theta[cuts.scenario]
    cuts = cuts.rows(np.flatnonzero(above > _ENOUGH))
    add_cuts(programme, cuts, len(theta))
    return len(cuts.scenario)


def _expected(problem: InterdictionProblem, probability: Floats) -> Floats:
    """Give the length of each arc by the chance to get past it at all times together."""
    manned = problem.at_arcs(probability)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(problem.survival[0] * (1 - manned) + problem.survival[1] * manned))


def _linear(problem: InterdictionProblem, probability: Floats, price: float) -> Floats:
    manned = problem.at_arcs(probability)
    detected = 1 - problem.survival[1] / problem.survival[0]
    return np.asarray(problem.cost[0] + price * detected * manned)
