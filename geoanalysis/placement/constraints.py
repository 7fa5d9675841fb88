"""What a plan must keep to, as named rows over decisions; and which of them clash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

import numpy as np
from scipy.sparse import csr_array

from geoanalysis.domain.errors import GeoanalysisError, InputError
from geoanalysis.placement.problem import Bools, Floats, Ints, Places
from geoanalysis.placement.programme import Programme

_SLACK: Final = 1e-6

Group = tuple[Sequence[int], int]
"""Arcs, and how many of their sites may or must be manned."""


class ClashError(GeoanalysisError, ValueError):
    """No plan keeps to all constraints; the message says which clash and by how much."""


@dataclass(frozen=True, eq=False)
class PlanConstraints:
    """
    What planners demand of a plan, whichever solver makes it; places are given by their arcs.

    Attributes
    ----------
    required, forbidden
        Arcs whose sites must or must not be manned.
    quotas
        At most so many sites of a group are manned, by name, such as the teams of each country.
    cover
        At least so many sites of a group are manned, by name, such as those of an external border section.
    costs
        Of manning each arc, in units of the budget per officer; 1 if not given. Of arcs manned together the
        dearest counts.
    delays, most_delay
        What manning each arc costs lawful traffic, such as vehicle-hours a day, and how much of it in total
        is bearable.
    """

    required: Sequence[int] = ()
    forbidden: Sequence[int] = ()
    quotas: Mapping[str, Group] = field(default_factory=dict)
    cover: Mapping[str, Group] = field(default_factory=dict)
    costs: Sequence[float] | None = None
    delays: Sequence[float] | None = None
    most_delay: float = np.inf


@dataclass(frozen=True, eq=False)
class Rules:
    """
    Constraints as rows ``lower <= matrix @ decided <= upper`` over decisions, each with a name and unit.

    The first row is the budget. `allowed` tells which sites may be manned at all.
    """

    names: tuple[str, ...]
    units: tuple[str, ...]
    matrix: csr_array
    lower: Floats
    upper: Floats
    allowed: Bools

    @classmethod
    def of(cls, places: Places, budget: float, constraints: PlanConstraints | None) -> Self:
        """
        Write constraints down as rows.

        Raises
        ------
        InputError
            If an arc cannot be manned or a number cannot be.
        """
        asked = constraints or PlanConstraints()
        if not budget >= 0:
            raise InputError(f"the budget must not be negative or empty, not {budget}")
        rows = [_budget_row(places, budget, asked.costs)]
        forbidden = places.sites_of(asked.forbidden)
        rows += [_member_row(places, "required", arc, least=1) for arc in asked.required]
        rows += [_member_row(places, "forbidden", arc, most=0) for arc in asked.forbidden]
        for name, (arcs, most) in asked.quotas.items():
            rows.append(_group_row(places, f"at most {most} of {name}", arcs, most=_count(name, most)))
        for name, (arcs, least) in asked.cover.items():
            rows.append(_group_row(places, f"at least {least} of {name}", arcs, least=_count(name, least)))
        if np.isfinite(asked.most_delay):
            rows.append(_delay_row(places, asked))
        names, units, entries, lower, upper = zip(*rows, strict=True)
        allowed = np.ones(places.sites, dtype=bool)
        allowed[forbidden] = False
        bounds = np.array(lower, dtype="float64"), np.array(upper, dtype="float64")
        return cls(names, units, csr_array(np.vstack(entries)), *bounds, allowed)

    def kept_by(self, decided: Floats) -> Bools:
        """Tell which plans keep to all rows: decisions in columns, shape (decisions, plans)."""
        done = self.matrix @ decided
        fine = (done >= self.lower[:, None] - _SLACK) & (done <= self.upper[:, None] + _SLACK)
        return np.asarray(fine.all(axis=0))

    def exactly(self, teams: int) -> "Rules":
        """Demand that the whole budget is used: that so many teams stand."""
        lower = self.lower.copy()
        lower[0] = teams
        names = (f"{teams} teams", *self.names[1:])
        return replace(self, names=names, units=("teams", *self.units[1:]), lower=lower)

    def only(self, which: Ints) -> "Rules":
        """Give some of the rows."""
        names, units = (tuple(np.array(texts, dtype=object)[which]) for texts in (self.names, self.units))
        return Rules(names, units, self.matrix[which], self.lower[which], self.upper[which], self.allowed)


def add_rules(programme: Programme, rules: Rules, levels: int) -> None:
    """Demand the rules of a programme whose first columns are decisions, and levels that build on another."""
    further = programme.columns - rules.matrix.shape[1]
    programme.add_rows(_widened(rules.matrix, further), rules.lower, rules.upper)
    if levels > 1:
        site_level = np.arange(rules.matrix.shape[1]).reshape(-1, levels)
        lower, higher = site_level[:, :-1].ravel(), site_level[:, 1:].ravel()
        row = np.arange(len(lower))
        ones = np.ones(len(lower))
        entries = (np.concatenate([ones, -ones]), (np.tile(row, 2), np.concatenate([lower, higher])))
        matrix = csr_array(entries, shape=(len(row), programme.columns))
        programme.add_rows(matrix, np.zeros(len(row)), np.full(len(row), np.inf))


def refuse_clashes(rules: Rules, levels: int) -> None:
    """
    Make sure that some plan keeps to all rules.

    Raises
    ------
    ClashError
        If none does. The message names a smallest set of rules that clash, and by how much one of them would
        have to give way: for all rules to hold then, or where none is enough alone, for these.
    """
    if _least_excess(rules, levels, None) == 0:
        return
    clashing = np.arange(len(rules.names))
    for rule in range(len(rules.names)):
        without = clashing[clashing != rule]
        if _least_excess(rules.only(without), levels, None) != 0:
            clashing = without
    few = rules.only(clashing)
    enough = [_give_way(rules, int(rule), levels) for rule in clashing]
    ways = enough if any(enough) else [_give_way(few, rule, levels) for rule in range(len(few.names))]
    raise ClashError(
        f"no plan keeps to all constraints: these clash: {'; '.join(few.names)}. "
        f"Change one of them: {'; or '.join(filter(None, ways))}."
    )


def cheapest(rules: Rules, levels: int) -> Floats:
    """Give the decisions that the rules demand, at the least cost; none where they demand nothing."""
    budget = rules.matrix[[0]].toarray()[0]
    programme = Programme.of(
        budget, np.zeros(len(budget)), np.repeat(rules.allowed, levels).astype("float64")
    )
    add_rules(programme, rules, levels)
    return programme.solve_integer(np.arange(len(budget))).columns.round()


def _give_way(rules: Rules, rule: int, levels: int) -> str:
    excess = _least_excess(rules, levels, rule)
    if not np.isfinite(excess):
        return ""
    verb = "take" if np.isfinite(rules.lower[rule]) else "allow"
    less = "less" if verb == "take" else "more"
    return f"{verb} {excess:g} {rules.units[rule]} {less} in '{rules.names[rule]}'"


def _least_excess(rules: Rules, levels: int, giving: int | None) -> float:
    """Give by how much one rule must give way for a plan to exist; 0 or infinite if none may."""
    decisions = rules.matrix.shape[1]
    cost = np.append(np.zeros(decisions), 1.0)
    most = np.append(np.ones(decisions), 0.0 if giving is None else np.inf)
    programme = Programme.of(cost, np.zeros(decisions + 1), most)
    add_rules(programme, rules, levels)
    if giving is not None:
        sign = 1.0 if np.isfinite(rules.lower[giving]) else -1.0
        programme.change_entry(giving, decisions, sign)
    return programme.solve_integer(np.arange(decisions)).value


def _widened(matrix: csr_array, further: int) -> csr_array:
    return csr_array(
        (matrix.data, matrix.indices, matrix.indptr), (matrix.shape[0], matrix.shape[1] + further)
    )


def _budget_row(places: Places, budget: float, costs: Any) -> tuple[Any, ...]:
    officers = np.diff(places.officers, prepend=0)
    cost = (_per_site(places, "costs", costs, 1.0)[:, None] * officers).ravel()
    return f"budget of {budget:g}", "of the budget", cost, -np.inf, budget


def _delay_row(places: Places, asked: PlanConstraints) -> tuple[Any, ...]:
    entries = np.zeros((places.sites, places.levels))
    entries[:, 0] = _per_site(places, "delays", asked.delays, 0.0)
    name = f"delay of at most {asked.most_delay:g} to lawful traffic"
    return name, "of delay", entries.ravel(), -np.inf, asked.most_delay


def _per_site(places: Places, name: str, values: Any, otherwise: float) -> Floats:
    """Give a number per site: the largest of its arcs."""
    per_site = np.zeros(places.sites)
    if values is None:
        return per_site + otherwise
    if len(values) != places.known:
        raise InputError(f"{name} has {len(values)} values for {places.known} arcs")
    given = np.asarray(values, dtype="float64")[places.arc]
    if not (np.isfinite(given) & (given >= 0)).all():
        raise InputError(f"{name} must be finite numbers, not negative")
    np.maximum.at(per_site, places.site, given)
    return per_site


def _member_row(
    places: Places, what: str, arc: int, least: float = -np.inf, most: float = np.inf
) -> tuple[Any, ...]:
    return _group_row(places, f"{what} arc {arc}", [arc], least=least, most=most)


def _group_row(
    places: Places, name: str, arcs: Sequence[int], least: float = -np.inf, most: float = np.inf
) -> tuple[Any, ...]:
    entries = np.zeros((places.sites, places.levels))
    entries[places.sites_of(arcs), 0] = 1.0
    return name, "checkpoints", entries.ravel(), least, most


def _count(name: str, number: float) -> float:
    if not (np.isfinite(number) and number >= 0):
        raise InputError(f"{name}: how many must be a finite number, not negative, not {number}")
    return float(number)
