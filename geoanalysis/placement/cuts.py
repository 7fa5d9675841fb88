"""
Inequalities that hold for every plan, found where a fractional plan promises too much.

For one scenario, let ways have chances v1 > v2 > ... > vn and be stopped by sets of decisions A1 ... An.
The best way that nothing stops gives ``evasion >= sum (v_i - v_(i+1)) (1 - x(A_i))`` with ``v_(n+1) = 0``:
the first way that is open alone makes the sum at most its chance (a mixing or *step* inequality, as of Pan
and Morton 2008). Versions of ways (see `way_pool`) take a manned site as a smaller chance instead of a stop.

No site takes more from the evasion than what the best way through it loses, nor more than what leads below
the evasion while everything is manned. Coefficients that add up to more over the levels of a site are cut
down to it: by induction over the sites manned the inequality stays valid, and it becomes stronger.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack
from scipy.sparse.csgraph import dijkstra

from geoanalysis.placement.problem import Floats, InterdictionProblem, Ints
from geoanalysis.placement.programme import Programme
from geoanalysis.placement.way_pool import Versions
from geoanalysis.placement.ways import chance

_NOTHING: Final = 1e-12
_OPEN: Final = 1 + 1e-9


@dataclass(frozen=True, eq=False)
class Losses:
    """
    The most that sites can take from the evasion of each scenario.

    Attributes
    ----------
    least
        Evasion of each scenario while everything is manned at the highest level.
    through
        Best chance of each scenario through each site while nothing is manned, shape (scenarios, sites).
    kept
        What is left of a chance, at least, while a site is manned at each level, shape (sites, levels).
    """

    least: Floats
    through: Floats
    kept: Floats

    @classmethod
    def of(cls, problem: InterdictionProblem, highest: Ints) -> Self:
        """Look at every site of a problem; `highest` is the level each can have."""
        return cls(chance(problem, highest), _through(problem), _kept(problem))

    def most(self, scenario: Ints, site: Ints, top: Floats) -> Floats:
        """Give the most that sites take at each level where the evasion is at most `top`, (sites, levels)."""
        least, kept = self.least[scenario][:, None], self.kept[site]
        of_top, of_through = (
            highest[:, None] - np.maximum(highest[:, None] * kept, least)
            for highest in (top, self.through[scenario, site])
        )
        return np.maximum(np.minimum(of_top, of_through), 0.0)


@dataclass(frozen=True, eq=False)
class Cuts:
    """
    Inequalities ``evasion of scenario >= constant - matrix @ decided``, one a row.

    `matrix` has shape (rows, decisions).
    """

    scenario: Ints
    constant: Floats
    matrix: csr_array

    def bound(self, decided: Floats) -> Floats:
        """Give what each says where decisions are taken to some part."""
        return np.asarray(self.constant - self.matrix @ decided)

    def rows(self, which: Ints) -> "Cuts":
        """Give some of them."""
        return Cuts(self.scenario[which], self.constant[which], self.matrix[which])


def add_cuts(programme: Programme, cuts: Cuts, scenarios: int) -> None:
    """Demand inequalities of a programme: its columns are decisions, then the evasion of each scenario."""
    rows = len(cuts.scenario)
    if rows:
        evasion = csr_array((np.ones(rows), (np.arange(rows), cuts.scenario)), shape=(rows, scenarios))
        matrix = csr_array(hstack([cuts.matrix, evasion], format="csr"))
        programme.add_rows(matrix, cuts.constant, np.full(rows, np.inf))


def step_cuts(versions: Versions, losses: Losses, decisions: int) -> Cuts:
    """Give the strongest step inequality of each scenario at the place for which the versions were made."""
    way, taken = _steps(versions)
    scenario = versions.pool.scenario[way]
    height = versions.chance[way, taken]
    first, last = np.diff(scenario, prepend=-1) != 0, np.diff(scenario, append=-1) != 0
    fall = np.where(last, height, -np.diff(height, append=0.0))
    step, column = np.nonzero(versions.stoppers(way, taken))
    decision = versions.pool.decision[way[step], column]
    row = (np.cumsum(first) - 1)[step]
    scenario, top = scenario[first], height[first]

    sites = decisions // versions.levels
    pairs, pair = np.unique(row * sites + decision // versions.levels, return_inverse=True)
    row, site = np.divmod(pairs, sites)
    lost = np.zeros((len(pairs), versions.levels))
    np.add.at(lost, (pair, decision % versions.levels), fall[step])
    lost = np.minimum(lost.cumsum(axis=1), losses.most(scenario[row], site, top[row]))
    return Cuts(scenario, top, _matrix(np.diff(lost, axis=1, prepend=0.0), row, site, (len(top), decisions)))


def way_cuts(versions: Versions, decided: Floats, least: Floats | None = None) -> Cuts:
    """
    Give the strongest inequality of each scenario that looks at one way only.

    Without `least`, evasion of each scenario that no plan goes below, it holds for the mean over any random
    plans too, for smugglers who cannot see which of them is on.
    """
    pool = versions.pool
    best, taken_at = np.full(len(pool.scenario), -np.inf), np.zeros(len(pool.scenario), dtype="int64")
    everyone = np.arange(len(pool.scenario))
    load = np.where(pool.decision >= 0, decided[pool.decision], 0.0) if decided.size else pool.drop * 0
    for taken in range(versions.chance.shape[1]):
        lost = _lost(versions, everyone, np.full(len(everyone), taken), least)
        bound = versions.chance[:, taken] - (lost * load).sum(axis=1)
        better = bound > best + _NOTHING
        best[better], taken_at[better] = bound[better], taken
    order = np.lexsort((-best, pool.scenario))
    way = order[np.diff(pool.scenario[order], prepend=-1) != 0]
    lost = _lost(versions, way, taken_at[way], least)
    row, column = np.nonzero(lost)
    entries = (lost[row, column], (row, pool.decision[way[row], column]))
    matrix = csr_array(coo_array(entries, shape=(len(way), len(decided))))
    return Cuts(pool.scenario[way], versions.chance[way, taken_at[way]], matrix)


def _steps(versions: Versions) -> tuple[Ints, Ints]:
    """Give, by scenario from the best chance down, the versions that less stops than any better one."""
    way, taken = np.nonzero((versions.load <= _OPEN) & (versions.chance > 0))
    chance_, load = versions.chance[way, taken], versions.load[way, taken]
    scenario = versions.pool.scenario[way]
    order = np.lexsort((load, -chance_, scenario))
    below = load[order] - 2.0 * scenario[order]  # loads are at most 1: each scenario starts anew
    least_before = np.append(np.inf, np.minimum.accumulate(below)[:-1])
    kept = order[below < least_before - _NOTHING]
    return way[kept], taken[kept]


def _lost(versions: Versions, way: Ints, taken: Ints, least: Floats | None) -> Floats:
    """Give what each decision takes from a way alone, shape (ways, widest)."""
    pool = versions.pool
    top = versions.chance[way, taken][:, None, None]
    further = np.where(versions.open_to(way, taken), pool.drop[way], 0.0)
    by_site = further.reshape(len(way), -1, versions.levels)
    lost = -top * np.expm1(-by_site.cumsum(axis=2))
    if least is not None:
        lost = np.minimum(lost, np.maximum(top - least[pool.scenario[way]][:, None, None], 0.0))
    return np.asarray(np.diff(lost, axis=2, prepend=0.0).reshape(further.shape))


def _matrix(values: Floats, row: Ints, site: Ints, shape: tuple[int, int]) -> csr_array:
    """Give values by (row, site) and level as a matrix over decisions."""
    pair, level = np.nonzero(values > _NOTHING)
    column = site[pair] * values.shape[1] + level
    return csr_array(coo_array((values[pair, level], (row[pair], column)), shape=shape))


def _through(problem: InterdictionProblem) -> Floats:
    graph = problem.graph
    arcs = np.flatnonzero(problem.arc_site >= 0)
    place = np.empty(len(problem.tail), dtype="int64")
    place[graph.order] = np.repeat(
        np.arange(len(graph.starts)), np.diff(graph.starts, append=len(graph.order))
    )
    tail, head = graph.keys[place[arcs]] % graph.count, graph.keys[place[arcs]] // graph.count
    onward = graph.trees(problem.cost[0])[:, head][graph.end_of]
    starts, start_of = np.unique(graph.origin, return_inverse=True)
    towards = _forward(problem, starts)[:, tail][start_of]
    through = np.zeros((len(graph.origin), problem.sites))
    there = np.exp(-towards - problem.cost[0, arcs] - onward)
    np.maximum.at(through.T, problem.arc_site[arcs], there.T)
    return through


def _forward(problem: InterdictionProblem, starts: Ints) -> Floats:
    """Give the least length from some nodes to every node while nothing is manned."""
    graph = problem.graph
    lengths = np.minimum.reduceat(problem.cost[0][graph.order], graph.starts)
    shape = (graph.count, graph.count)
    backwards = csr_array((lengths, graph.indices, graph.indptr), shape=shape)
    return np.asarray(dijkstra(backwards.T.tocsr(), indices=starts))


def _kept(problem: InterdictionProblem) -> Floats:
    """Give the least share of a chance that is left past all arcs of a site, shape (sites, levels)."""
    arcs = np.flatnonzero(problem.arc_site >= 0)
    shares = problem.survival[1:, arcs] / problem.survival[0, arcs]
    ends = np.sort(np.column_stack([problem.tail[arcs], problem.head[arcs]]), axis=1)
    sides = np.column_stack([problem.arc_site[arcs], ends])
    passages, passage = np.unique(sides, axis=0, return_inverse=True)  # a way uses one of parallel arcs
    least = np.ones((len(passages), problem.levels))
    np.minimum.at(least, passage, shares.T)
    kept = np.ones((problem.sites, problem.levels))
    np.multiply.at(kept, passages[:, 0], least)
    return kept
