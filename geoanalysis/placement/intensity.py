"""Officers spread in any numbers: more of them at a place find more, by a curve that flattens."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import coo_array, csr_array

from geoanalysis.domain.errors import InputError
from geoanalysis.placement.cuts import Cuts, add_cuts
from geoanalysis.placement.problem import Floats, InterdictionProblem
from geoanalysis.placement.programme import Programme
from geoanalysis.placement.ways import Ways

_ROUNDS: Final = 500


@dataclass(frozen=True, eq=False)
class IntensityPlan:
    """
    Officers at each arc that can be manned.

    Attributes
    ----------
    officers
        At each arc, shape (arcs,), any numbers; arcs of a site have the same.
    evasion
        Weighted chance of getting through once smugglers have re-routed.
    bound
        No spread of so many officers has less.
    """

    officers: Floats
    evasion: float
    bound: float

    @property
    def gap(self) -> float:
        """How far the plan may be from the best, as a share of its evasion."""
        return max(self.evasion - self.bound, 0.0) / self.evasion if self.evasion else 0.0


def spread_officers(
    problem: InterdictionProblem,
    rate: Floats,
    officers: float,
    *,
    most: Floats | float | None = None,
    gap: float = 1e-5,
) -> IntensityPlan:
    """
    Spread officers over places so that the best ways left are worst for smugglers.

    With x officers a load gets past an arc with ``evade * exp(-rate * x)`` (Koopman's law of search). The
    logarithm of a way's chance is linear in x, so evasion is convex, and tangents at the ways that smugglers
    take enclose it.

    Parameters
    ----------
    problem
        The network and the scenarios; what its levels say of manned arcs is not used.
    rate
        Of detection, per officer, at each arc, shape (arcs,).
    officers
        How many there are in total; not all need be of use.
    most
        At each arc at most so many; no limit if not given.
    gap
        Stop when the evasion is proven to be within this share of the least.

    Raises
    ------
    InputError
        If a number is negative, or shapes do not fit.

    Examples
    --------
    Two ways alike share the officers:

    >>> problem = InterdictionProblem(
    ...     tail=[0, 0], head=[1, 1], evade=[1, 1], evade_checked=[0, 0], checkable=[True, True],
    ...     origin=[0], destination=[1], weight=[1],
    ... )
    >>> plan = spread_officers(problem, np.array([1.0, 1.0]), 2)
    >>> plan.officers.round(3).tolist(), round(plan.evasion, 4)
    ([1.0, 1.0], 0.3679)
    """
    rates, limits = _checked(problem, rate, officers, most)
    size, scenarios = problem.sites, len(problem.weight)
    cost = np.concatenate([np.zeros(size), problem.weight])
    programme = Programme.of(cost, np.zeros(len(cost)), np.concatenate([limits, np.ones(scenarios)]))
    total = csr_array(np.concatenate([np.ones(size), np.zeros(scenarios)])[None, :])
    programme.add_rows(total, np.array([-np.inf]), np.array([float(officers)]))
    best = np.minimum(limits, officers / max(size, 1))
    asked, value, bound = [best], np.inf, 0.0
    for _ in range(_ROUNDS):
        for at in asked:
            cuts, reached = _tangents(problem, rates, at)
            add_cuts(programme, cuts, scenarios)
            if reached < value:
                best, value = at, reached
        solved = programme.solve()
        bound = max(bound, solved.value)
        if value - bound <= gap * value:
            break
        there = solved.columns[:size].clip(0, limits)
        asked = [there, (there + best) / 2]
    return IntensityPlan(problem.at_arcs(best), value, min(bound, value))


def _checked(
    problem: InterdictionProblem, rate: Floats, officers: float, most: Floats | float | None
) -> tuple[Floats, Floats]:
    """Give the rate at each arc and the limit of each site."""
    rates = np.broadcast_to(np.asarray(rate, "float64"), problem.tail.shape)
    given = np.broadcast_to(np.asarray(officers if most is None else most, "float64"), problem.tail.shape)
    for name, values in (("rate", rates), ("most", given), ("officers", np.atleast_1d(officers))):
        if not (np.isfinite(values) & (np.asarray(values) >= 0)).all():
            raise InputError(f"{name} must be finite numbers, not negative")
    limits = np.full(problem.sites, np.inf)
    arcs = problem.places.arc
    np.minimum.at(limits, problem.places.site, given[arcs])
    return np.where(problem.arc_site >= 0, rates, 0.0), limits


def _tangents(problem: InterdictionProblem, rates: Floats, at: Floats) -> tuple[Cuts, float]:
    """Give the tangent of each scenario's evasion where so many officers stand, and the evasion there."""
    ways = Ways.best(problem.graph, problem.cost[0] + rates * problem.at_arcs(at))
    chance = np.exp(-ways.length)
    manned = problem.arc_site[ways.arc] >= 0
    row, site = ways.scenario[manned], problem.arc_site[ways.arc[manned]]
    slope = chance[row] * rates[ways.arc[manned]]
    matrix = csr_array(coo_array((slope, (row, site)), shape=(len(chance), problem.sites)))
    constant = chance + matrix @ at
    return Cuts(np.arange(len(chance)), constant, matrix), float(problem.weight @ chance)
