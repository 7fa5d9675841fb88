"""
Ways found so far, as what they say about plans.

A way that is known bounds the evasion of every plan from below: smugglers may take it. Its sites can each be
taken as manned at some level, whatever the plan: then the way has a smaller chance, but fewer sites can stop
it. Each such choice is a *version* of the way, with a chance and the set of decisions that stop it.

A decision is "man this site at least at this level"; decisions are numbered site by site, level by level.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from geoanalysis.placement.problem import Bools, Floats, InterdictionProblem, Ints
from geoanalysis.placement.ways import Ways

_TINY: Final = 1e-12
HALF: Final = 0.5
"""Values between 0 and 1 above it are taken as 1."""


@dataclass(frozen=True, eq=False)
class WayPool:
    """
    Ways by scenario.

    Attributes
    ----------
    scenario
        Of each way, ascending.
    length
        Of each way while nothing is manned.
    decision
        What may stop each way, shape (ways, widest): decisions of its sites, -1 beyond the last.
    drop
        By how much each of them lengthens the way when taken, shape (ways, widest).
    """

    scenario: Ints
    length: Floats
    decision: Ints
    drop: Floats

    @classmethod
    def of(cls, problem: InterdictionProblem, ways: Ways) -> Self:
        """Take up ways, whatever the lengths they were found with."""
        count, levels = len(ways.length), problem.levels
        met = problem.arc_site[ways.arc]
        manned = met >= 0
        key = ways.scenario[manned] * problem.sites + met[manned]
        pairs, inverse = np.unique(key, return_inverse=True)
        scenario, site = pairs // problem.sites, pairs % problem.sites
        with np.errstate(invalid="ignore"):
            steps = np.nan_to_num(np.diff(problem.cost, axis=0), nan=0.0, posinf=np.inf)
        slot = np.arange(len(pairs)) - np.searchsorted(scenario, scenario)
        widest = int(slot.max(initial=-1)) + 1
        decision = np.full((count, widest, levels), -1)
        drop = np.zeros((count, widest, levels))
        for level in range(levels):
            decision[scenario, slot, level] = site * levels + level
            lengthened = np.bincount(inverse, steps[level, ways.arc[manned]], minlength=len(pairs))
            drop[scenario, slot, level] = lengthened
        there = np.isfinite(ways.length)
        flat = (count, widest * levels)
        return cls(
            np.flatnonzero(there),
            ways.total(problem.cost[0])[there],
            decision.reshape(flat)[there],
            drop.reshape(flat)[there],
        )

    def with_more(self, other: Self) -> "WayPool":
        """Join two pools; of ways of a scenario over the same sites the best is kept."""
        width = max(self.decision.shape[1], other.decision.shape[1])
        parts = [(pool, width - pool.decision.shape[1]) for pool in (self, other)]
        decision = np.vstack(
            [np.pad(pool.decision, ((0, 0), (0, more)), constant_values=-1) for pool, more in parts]
        )
        drop = np.vstack([np.pad(pool.drop, ((0, 0), (0, more))) for pool, more in parts])
        scenario = np.concatenate([self.scenario, other.scenario])
        length = np.concatenate([self.length, other.length])
        drops = np.where(np.isfinite(drop), drop, -1.0).sum(axis=1)  # ways over the same sites by other arcs
        digest = _digest(decision)
        order = np.lexsort((length, np.round(drops, 9), digest, scenario))
        same = (np.diff(scenario[order]) == 0) & (np.diff(digest[order]) == 0)
        same &= np.diff(np.round(drops, 9)[order]) == 0
        kept = order[np.concatenate([[True], ~same])]
        return WayPool(scenario[kept], length[kept], decision[kept], drop[kept])

    def versions(self, decided: Floats, levels: int) -> "Versions":
        """
        Give the versions of each way that matter where decisions are taken to some part.

        Sites are taken as manned one level after another, those first that free the way of the most of what
        is decided per chance lost.
        """
        here = self._at(decided)
        nothing = np.zeros((len(here), 1))
        freed = here - _later(here, levels)
        worth = np.where(self.decision >= 0, freed / np.maximum(self.drop, _TINY), -1.0)
        worth = np.minimum.accumulate(worth.reshape(len(here), -1, levels), axis=2).reshape(worth.shape)
        order = np.argsort(-worth, axis=1, kind="stable")
        sorted_drop = np.take_along_axis(self.drop, order, axis=1)
        sorted_freed = np.take_along_axis(freed, order, axis=1)
        at_first = (
            here.reshape(len(here), -1, levels)[:, :, 0].sum(axis=1, keepdims=True) if here.size else nothing
        )
        length = self.length[:, None] + np.hstack([nothing, np.cumsum(sorted_drop, axis=1)])
        load = at_first - np.hstack([nothing, np.cumsum(sorted_freed, axis=1)])
        rank = np.empty_like(order)
        np.put_along_axis(rank, order, np.broadcast_to(np.arange(order.shape[1]), order.shape), axis=1)
        return Versions(self, np.exp(-length), np.maximum(load, 0.0), rank, levels)

    def _at(self, decided: Floats) -> Floats:
        return np.where(self.decision >= 0, decided[self.decision], 0.0) if decided.size else self.drop * 0


@dataclass(frozen=True, eq=False)
class Versions:
    """
    All ways of a pool, each with none, one, two ... of its decisions taken as made.

    Attributes
    ----------
    chance, load
        Of each version, shape (ways, 1 + widest): the chance to get through, and how much of what could stop
        it is decided.
    """

    pool: WayPool
    chance: Floats
    load: Floats
    rank: Ints
    levels: int

    def open_to(self, way: Ints, taken: Ints) -> Bools:
        """Tell which decisions some versions have not taken as made, shape (versions, widest)."""
        return (self.rank[way] >= taken[:, None]) & (self.pool.decision[way] >= 0)

    def stoppers(self, way: Ints, taken: Ints) -> Bools:
        """Tell which decisions stop some versions, the next level of each site, shape (versions, widest)."""
        made = np.ones((len(way), self.rank.shape[1] // self.levels, self.levels), dtype=bool)
        made[:, :, 1:] = (self.rank[way] < taken[:, None]).reshape(made.shape)[:, :, :-1]
        return self.open_to(way, taken) & made.reshape(len(way), -1)


def _later(here: Floats, levels: int) -> Floats:
    """Give for each decision how far the next level of the same site is decided."""
    by_site = here.reshape(len(here), -1, levels)
    after = np.zeros_like(by_site)
    after[:, :, :-1] = by_site[:, :, 1:]
    return after.reshape(here.shape)


def _digest(decision: Ints) -> Ints:
    """Hash rows of decisions to whole numbers; equal rows have equal ones."""
    bits = np.random.default_rng(0).integers(1, 2**62, size=decision.max(initial=0) + 2)
    return np.asarray(bits[decision].sum(axis=1, where=decision >= 0))
