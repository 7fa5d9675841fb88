"""What teams can do from shift to shift: opening hours, travel and rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from geoanalysis.domain.errors import InputError
from geoanalysis.placement.constraints import ClashError, PlanConstraints, Rules
from geoanalysis.placement.drawing import draw
from geoanalysis.placement.problem import Bools, Floats, InterdictionProblem, Ints

_TRIES: Final = 400
_NEVER: Final = 1e9


@dataclass(frozen=True, eq=False)
class Duty:
    """
    Limits that bind one shift to another.

    Attributes
    ----------
    crews
        Teams that take turns; as many as stand in a shift if not given. With quotas there is one per place of
        a quota, which stays at the places of that quota, and this is not used.
    rest_shifts
        How many shifts a crew is off after one on duty.
    travel_min
        Minutes between sites, in the order of their first arcs, shape (sites, sites).
    most_travel_min
        How far a crew may be sent from where it stood last.
    open_in
        Which sites can be manned in each shift, shape (shifts, sites); all if not given.
    """

    crews: int | None = None
    rest_shifts: int = 0
    travel_min: Floats | None = None
    most_travel_min: float = np.inf
    open_in: Bools | None = None


@dataclass(frozen=True, eq=False)
class Shifts:
    """
    Rosters drawn one after another.

    Attributes
    ----------
    site, crew
        Of each post, shape (shifts, teams); in a shift sites ascend.
    as_planned
        Whether every shift was the first one drawn with the planned probabilities: then these hold.
    """

    site: Ints
    crew: Ints
    as_planned: bool


@dataclass(frozen=True, eq=False)
class _Standing:
    """Of each crew: where it may stand, where it stood last (-1 nowhere), and whether it is rested."""

    home: Bools
    last: Ints
    rested: Bools
    open_: Bools


def draw_shifts(
    problem: InterdictionProblem,
    probability: Floats,
    shifts: int,
    rules: Rules,
    constraints: PlanConstraints | None,
    duty: Duty,
    rng: np.random.Generator,
) -> Shifts:
    """
    Draw rosters that crews can man.

    A shift that they cannot man is drawn again; where no draw will do, crews stay where they were.

    Raises
    ------
    ClashError
        If a shift cannot be manned at all; the message says which.
    """
    teams = round(probability.sum())
    groups = nested_groups(problem, constraints)
    home = _homes(problem, constraints, duty, teams)
    _refuse_misfits(problem, duty, shifts)
    last = np.full(len(home), -1)
    free_from = np.zeros(len(home), dtype="int64")
    sites, crews, as_planned = [], [], True
    for shift in range(shifts):
        open_ = (
            np.ones(problem.sites, bool) if duty.open_in is None else np.asarray(duty.open_in[shift], bool)
        )
        likely = _only_open(probability, open_, teams, shift)
        standing = _Standing(home, last, free_from <= shift, open_)
        site, crew, tries = _manned(likely, groups, rules, duty, standing, shift, rng)
        as_planned &= tries == 1 and likely is probability
        last[crew], free_from[crew] = site, shift + 1 + duty.rest_shifts
        sites.append(site)
        crews.append(crew)
    shape = (shifts, teams)
    return Shifts(np.array(sites, int).reshape(shape), np.array(crews, int).reshape(shape), as_planned)


def nested_groups(problem: InterdictionProblem, constraints: PlanConstraints | None) -> list[Ints]:
    """Give the groups of quotas and cover as sites, small ones first: draws keep to those that are nested."""
    if constraints is None:
        return []
    groups = [*constraints.quotas.values(), *constraints.cover.values()]
    return sorted((np.unique(problem.places.sites_of(arcs)) for arcs, _ in groups), key=len)


def _homes(
    problem: InterdictionProblem, constraints: PlanConstraints | None, duty: Duty, teams: int
) -> Bools:
    """Give where each crew may stand, shape (crews, sites)."""
    quotas = constraints.quotas if constraints is not None else {}
    home: list[Bools] = []
    bound = np.zeros(problem.sites, dtype=bool)
    for arcs, number in quotas.values():
        at_home = np.zeros(problem.sites, dtype=bool)
        at_home[problem.places.sites_of(arcs)] = True
        home += [at_home] * int(number)
        bound |= at_home
    if not bound.all():
        home += [~bound] * (teams if duty.crews is None else duty.crews)
    return np.array(home, dtype=bool).reshape(-1, problem.sites)


def _refuse_misfits(problem: InterdictionProblem, duty: Duty, shifts: int) -> None:
    wanted = {"travel_min": (problem.sites, problem.sites), "open_in": (shifts, problem.sites)}
    for name, shape in wanted.items():
        given = getattr(duty, name)
        if given is not None and np.shape(given) != shape:
            raise InputError(f"{name} has shape {np.shape(given)}, not {shape}")
    if duty.rest_shifts < 0 or (duty.crews is not None and duty.crews < 0):
        raise InputError("crews and shifts of rest are counted from 0")


def _only_open(probability: Floats, open_: Bools, teams: int, shift: int) -> Floats:
    """Give the probabilities with those of shut places shared among the open ones."""
    if open_.all() or not probability[~open_].any():
        return probability
    if open_.sum() < teams:
        raise ClashError(
            f"shift {shift + 1}: {open_.sum()} places are open for {teams} teams: take fewer teams"
        )
    low, high = 0.0, 1.0
    base = np.where(open_, np.maximum(probability, 1e-6), 0.0)
    while np.minimum(base * high, 1.0).sum() < teams:
        low, high = high, 2 * high
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if np.minimum(base * middle, 1.0).sum() < teams else (low, middle)
    return np.minimum(base * high, 1.0)


def _manned(
    likely: Floats,
    groups: Sequence[Ints],
    rules: Rules,
    duty: Duty,
    standing: _Standing,
    shift: int,
    rng: np.random.Generator,
) -> tuple[Ints, Ints, int]:
    """Give the sites of a shift, the crew at each, and how many draws it took."""
    staying = standing.last[standing.last >= 0]
    for tries in range(1, _TRIES + 2):
        drawn = draw(likely, groups, rng)
        if tries > _TRIES:
            drawn = np.isin(np.arange(len(likely)), staying) & standing.open_
        if not rules.kept_by(drawn[:, None].astype("float64"))[0]:
            continue
        site = np.flatnonzero(drawn)
        crew = _crews(site, duty, standing)
        if crew is not None:
            return site, crew, tries
    raise ClashError(
        f"shift {shift + 1}: no roster drawn can be manned: {standing.rested.sum()} of "
        f"{len(standing.home)} crews are rested for {round(likely.sum())} posts, each at most "
        f"{duty.most_travel_min:g} min from where it stood. Allow more crews, less rest or longer travel, or "
        "man fewer places."
    )


def _crews(site: Ints, duty: Duty, standing: _Standing) -> Ints | None:
    """Give the crew at each site with the least travel, or None where they do not suffice."""
    home, last = standing.home, standing.last
    minutes = np.zeros((len(site), len(home)))
    if duty.travel_min is not None:
        moved = last >= 0
        minutes[:, moved] = duty.travel_min[np.ix_(last[moved], site)].T
    fine = home[:, site].T & standing.rested & (minutes <= duty.most_travel_min)
    if len(home) < len(site):
        return None
    post, crew = linear_sum_assignment(np.where(fine, np.minimum(minutes, _NEVER), _NEVER * len(site) + 1))
    return np.asarray(crew) if fine[post, crew].all() else None
