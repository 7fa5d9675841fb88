"""Plans as tables: what they achieve, who gets through worst, and how much rests on the assumptions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from geoanalysis.placement.checkpoints import CheckModel, CheckpointProblem
from geoanalysis.placement.evaluation import Evaluation, evaluate
from geoanalysis.placement.interdiction import interdict
from geoanalysis.placement.marginals import guarantee
from geoanalysis.placement.priorities import priority_list
from geoanalysis.placement.problem import Floats
from geoanalysis.placement.roster import roster

DETECTION_TIMES: Final = (0.5, 0.75, 1.0, 1.25)
"""The range of detection over which plans are tried, times what is assumed."""
RISKS_PER_H: Final = (0.0, 0.01, 0.03, 0.06)
"""The range of risk on the road over which plans are tried."""
_QUICK_S: Final = 2.0
_GAP: Final = 0.02


def worst_pairs(made: CheckpointProblem, found: Evaluation, most: int = 10) -> pd.DataFrame:
    """
    Give the pairs that contribute most to the evasion after re-routing, with the ways they take.

    Returns
    -------
    DataFrame
        ``origin``, ``destination``, ``weight``, chances ``unchecked``, ``planned``, ``rerouted``, the places
        on the way before and after (``before``, ``after``, tuples of ids), and ``hours`` of the latter.
    """
    hours = made.time_min(found.after) / 60
    rows = [
        {
            "origin": made.pairs[pair][0],
            "destination": made.pairs[pair][1],
            "weight": found.weight[pair],
            "unchecked": found.unchecked_chance[pair],
            "planned": found.planned_chance[pair],
            "rerouted": found.rerouted_chance[pair],
            "before": made.places_on(found.before, pair),
            "after": made.places_on(found.after, pair),
            "hours": hours[pair],
        }
        for pair in found.worst[:most]
    ]
    return pd.DataFrame(rows)


def evasion_by_teams(
    made: CheckpointProblem, teams: Iterable[int], *, level: int, picks: Sequence[str] = ()
) -> pd.DataFrame:
    """
    Give the evasion against the number of teams: fixed, drawn at random, and as picked, with bounds.

    Picks are manned in the order that takes most evasion first.

    Returns
    -------
    DataFrame
        One row per number of ``teams``: ``fixed`` and ``fixed_bound``, ``roster`` (its guarantee) and
        ``roster_bound``, and ``picks``, missing where there are fewer.
    """
    problem = made.problem.at_level(level)
    picked = made.arcs(picks)
    only = (
        np.isin(problem.arc_site, problem.arc_site[picked])
        if len(picked)
        else np.zeros(len(problem.tail), bool)
    )
    ordered = replace(problem, checkable=only, site=problem.site)
    order = priority_list(ordered, len(picked), prices=False).steps["arc"].tolist() if len(picked) else []
    order += [arc for arc in picked.tolist() if arc not in order]
    rows = []
    for number in teams:
        if number > problem.sites:
            break
        plan = interdict(problem, number, gap=_GAP, time_limit_s=_QUICK_S)
        drawn = roster(problem, number, shifts=0)
        as_picked = evaluate(problem, order[:number]).rerouted if number <= len(order) else np.nan
        rows.append((number, plan.evasion, plan.bound, drawn.guarantee, drawn.lower_bound, as_picked))
    columns = ["teams", "fixed", "fixed_bound", "roster", "roster_bound", "picks"]
    return pd.DataFrame(rows, columns=columns)


def sensitivity(
    make: Callable[[CheckModel], CheckpointProblem],
    model: CheckModel,
    *,
    level: int,
    picks: Sequence[str],
    probability: dict[str, float],
) -> pd.DataFrame:
    """
    Value plans made under one set of assumptions under others.

    Parameters
    ----------
    make
        Gives the problem for a model.
    model
        What is assumed; detection is varied by `DETECTION_TIMES`, risk over `RISKS_PER_H`.
    level
        Intensity level of all checkpoints.
    picks
        Places of a fixed plan.
    probability
        How often each place is manned in a roster.

    Returns
    -------
    DataFrame
        ``detection`` of the level, ``risk_per_h``, evasions ``unchecked``, ``picks`` and ``roster``.
    """
    rows = []
    for times in DETECTION_TIMES:
        for risk in RISKS_PER_H:
            detection = tuple(min(max(one * times, model.unmanned_detection), 1.0) for one in model.detection)
            made = make(replace(model, detection=detection, risk_per_h=risk))
            problem = made.problem.at_level(level)
            found = evaluate(problem, made.arcs(picks))
            drawn = guarantee(problem, shares(made, probability))
            rows.append((detection[level - 1], risk, found.unchecked, found.rerouted, drawn))
    return pd.DataFrame(rows, columns=["detection", "risk_per_h", "unchecked", "picks", "roster"])


def shares(made: CheckpointProblem, probability: dict[str, float]) -> Floats:
    """Give how often each site is manned, from how often each place is."""
    return np.array([probability.get(place, 0.0) for place in made.place_ids])
