"""Randomised rosters: for too few teams to be everywhere, smugglers may know how often, but not when."""

from dataclasses import dataclass

import numpy as np

from geoanalysis.domain.errors import InputError
from geoanalysis.placement.constraints import PlanConstraints, Rules, refuse_clashes
from geoanalysis.placement.drawn import drawn_evasion
from geoanalysis.placement.duty import Duty, Shifts, draw_shifts
from geoanalysis.placement.marginals import marginals
from geoanalysis.placement.problem import Floats, InterdictionProblem, Ints


@dataclass(frozen=True, eq=False)
class Roster:
    """
    Who stands where in which shift, drawn at random.

    Attributes
    ----------
    probability
        That each arc is manned in a shift, shape (arcs,); arcs of a site together.
    schedule
        The first arcs of the sites manned in each shift, ascending, shape (shifts, teams).
    lower_bound
        No roster of so many teams leaves smugglers less, however it is drawn.
    guarantee
        Evasion at most, whatever way smugglers choose who know how often each place is manned and how
        rosters are drawn, but not which one is on.
    as_planned
        Whether the schedule was drawn with the probabilities as they are. Where rest, travel or opening hours
        made that impossible, `guarantee` is for smugglers who know how often each roster of this very
        schedule stands.
    crew
        That stands at each place of the schedule, same shape.
    seed
        With which the schedule was drawn.
    """

    probability: Floats
    schedule: Ints
    lower_bound: float
    guarantee: float
    as_planned: bool
    crew: Ints
    seed: int

    @property
    def gap(self) -> float:
        """How far the guarantee may be from the best, as a share of it."""
        return max(self.guarantee - self.lower_bound, 0.0) / self.guarantee if self.guarantee else 0.0


def roster(
    problem: InterdictionProblem,
    teams: int,
    *,
    shifts: int,
    constraints: PlanConstraints | None = None,
    duty: Duty | None = None,
    level: int = 1,
    seed: int = 0,
) -> Roster:
    """
    Draw a schedule that smugglers cannot foresee.

    Every shift is drawn by itself from the same probabilities: exactly `teams` sites are manned, quotas hold
    in every shift, and every site comes as often as its probability says.

    Parameters
    ----------
    problem
        The network, what manning does, and the scenarios.
    teams
        That stand in every shift, each at one site.
    shifts
        How many to draw.
    constraints
        What every shift must keep to; costs are of fixed plans, and refused.
    duty
        What binds one shift to another. Shifts that crews cannot man are drawn again.
    level
        Intensity level at which sites are manned.
    seed
        For the draws: equal seeds give equal schedules.

    Raises
    ------
    ClashError
        If there are fewer sites than teams, no roster keeps to the constraints, or crews cannot man a shift.
    InputError
        If a number cannot be.

    Examples
    --------
    Two ways are alike, and one team is caught on neither if it always stands on the other:

    >>> problem = InterdictionProblem(
    ...     tail=[0, 0], head=[1, 1], evade=[1, 1], evade_checked=[0.4, 0.4], checkable=[True, True],
    ...     origin=[0], destination=[1], weight=[1],
    ... )
    >>> drawn = roster(problem, 1, shifts=4)
    >>> drawn.probability.round(3).tolist(), round(drawn.guarantee, 3)
    ([0.5, 0.5], 0.7)
    """
    _refuse_impossible(teams, shifts, constraints)
    problem = problem.at_level(level)
    rules = Rules.of(problem.places, teams, constraints).exactly(int(teams))
    refuse_clashes(rules, 1)
    found = marginals(problem, rules, int(teams))
    rng = np.random.default_rng(seed)
    drawn = draw_shifts(problem, found.probability, int(shifts), rules, constraints, duty or Duty(), rng)
    guarantee = found.guarantee if drawn.as_planned else _of_drawn(problem, drawn)
    return Roster(
        probability=problem.at_arcs(found.probability),
        schedule=problem.first_arc[drawn.site],
        lower_bound=found.lower_bound,
        guarantee=guarantee,
        as_planned=drawn.as_planned,
        crew=drawn.crew,
        seed=seed,
    )


def _refuse_impossible(teams: float, shifts: float, constraints: PlanConstraints | None) -> None:
    for name, number in (("teams", teams), ("shifts", shifts)):
        if not (number >= 0 and number == int(number)):
            raise InputError(f"{name} are counted from 0, not {number}")
    if constraints is not None and constraints.costs is not None:
        raise InputError("a roster counts teams: leave out the costs, or plan fixed checkpoints")


def _of_drawn(problem: InterdictionProblem, drawn: Shifts) -> float:
    manned = np.zeros((len(drawn.site), problem.sites), dtype=bool)
    np.put_along_axis(manned, drawn.site, values=True, axis=1)
    return drawn_evasion(problem, manned).upper
