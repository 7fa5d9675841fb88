"""From a view of the Checkpoints page to plans and their figures, kept between reruns by what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import streamlit as st

from geoanalysis import network, placement
from geoanalysis.domain.crs import metric
from geoanalysis.domain.errors import InputError
from geoanalysis.domain.operation import Deployment, Plan
from geoanalysis.pages import _data, _state
from geoanalysis.pages._views import PlaceView
from geoanalysis.placement import CheckModel, CheckpointProblem, Duty, PlanConstraints
from geoanalysis.placement.problem import Floats

KINDS: Final = {
    "roster": "Roster, drawn at random (recommended)",
    "fixed": "Fixed checkpoints",
    "officers": "Fixed, officers by level",
    "spread": "Officers spread freely",
    "capture": "Most intercepted if nobody re-routes",
}
_ASKED: Final = (
    *("network", "origins", "destinations", "kind", "teams", "level", "prove_s"),
    *("shifts", "shift_h", "crews", "rest", "travel_km", "seed"),
    *("required", "forbidden", "quotas", "cover", "costs", "travellers", "external"),
    *("detection_1", "detection_2", "detection_3", "officers_1", "officers_2", "officers_3"),
    *("unmanned", "risk", "tolerance"),
)
_GAP: Final = 0.02


@dataclass(frozen=True)
class Suggestion:
    """
    What the optimiser would man.

    `probability` is of each place in a shift, 1 where it is always manned; `officers` stand there then.
    `planned` is the evasion if routes stayed. `schedule` has a row per shift and post of a roster.
    """

    kind: str
    probability: dict[str, float]
    officers: Mapping[str, float]
    unchecked: float
    planned: float
    rerouted: float
    bound: float
    status: str
    schedule: pd.DataFrame | None = None


def question(view: PlaceView) -> PlaceView:
    """Give the view with nothing but what decides on plans."""
    asked = PlaceView(**{name: getattr(view, name) for name in _ASKED})
    return asked if asked.network in _data.road_networks() else replace(asked, network="")


def model_of(view: PlaceView) -> CheckModel:
    """Give what is assumed; refused with an `InputError` where it cannot be."""
    return CheckModel(
        officers=tuple(int(one) for one in (view.officers_1, view.officers_2, view.officers_3)),
        detection=tuple(one / 100 for one in (view.detection_1, view.detection_2, view.detection_3)),
        unmanned_detection=view.unmanned / 100,
        risk_per_h=view.risk / 100,
        tolerance=view.tolerance / 100 if view.tolerance else None,
    )


def made_of(view: PlaceView) -> CheckpointProblem:
    """Give the problem that a view asks about, with the points on roads of the open plan."""
    return made_under(view, model_of(view))


def made_under(view: PlaceView, model: CheckModel) -> CheckpointProblem:
    """Give the same under other assumptions."""
    plan = _state.plan()
    known = set(_data.crossings(plan.on)["crossing_id"])
    points = tuple((d.place_id, d.lon, d.lat) for d in plan.deployments if d.place_id not in known)
    return _made(question(view), plan.on, points, model)


@st.cache_resource(max_entries=32, show_spinner=False)
def _made(
    asked: PlaceView, on: date, points: tuple[tuple[str, float, float], ...], model: CheckModel
) -> CheckpointProblem:
    graph, weights = _graph(asked.network, on, points, asked.origins, asked.destinations)
    return placement.checkpoint_problem(graph, weights, model)


@st.cache_resource(max_entries=8, show_spinner="Joining the crossings ...")
def _graph(
    file_name: str,
    on: date,
    points: tuple[tuple[str, float, float], ...],
    origins: tuple[str, ...],
    destinations: tuple[str, ...],
) -> tuple[network.CrossingGraph, Floats]:
    crossings = _data.crossings(on)
    roads = network.with_borders(_data.road_network(on, file_name), crossings, network.Travel(on))
    roads = network.with_road_points(roads, {place: (lon, lat) for place, lon, lat in points})
    starts, ends = (network.named_ends(texts, _data.places(), crossings) for texts in (origins, destinations))
    weights = np.outer([one.weight for one in starts], [one.weight for one in ends])
    return network.CrossingGraph.build(roads, starts, ends), weights


def constraints_of(view: PlaceView, made: CheckpointProblem) -> PlanConstraints:
    """Give what a plan must keep to; texts such as ``BG 3`` say how many of a country or border section."""
    crossings = _data.crossings(_state.plan().on).set_index("crossing_id")
    sides = {
        place: (str(crossings.loc[place, "country_a"]), str(crossings.loc[place, "country_b"]))
        for place in made.place_ids
        if place in crossings.index
    }
    external = set(_data.borders(_state.plan().on).query("border_type == 'eu_external'")["pair"])
    inside = [p for p in sides if str(crossings.loc[p, "pair"]) not in external] if view.external else []
    forbidden = dict.fromkeys([*view.forbidden, *inside])
    costs = dict(map(_named_number, view.costs)) if view.kind != "roster" else {}
    per_day = crossings["persons_per_year"].astype("float64").fillna(0.0) / 365
    return PlanConstraints(
        costs=_per_arc(made, costs, 1.0) if costs else None,
        delays=_per_arc(made, per_day.to_dict(), 0.0),
        most_delay=view.travellers or np.inf,
        required=made.arcs(view.required).tolist(),
        forbidden=made.arcs(forbidden).tolist(),
        quotas={
            name: (made.arcs(p for p in sides if sides[p][0] == name).tolist(), number)
            for name, number in map(_named_number, view.quotas)
        },
        cover={
            name: (made.arcs(p for p in sides if crossings.loc[p, "pair"] == name).tolist(), number)
            for name, number in map(_named_number, view.cover)
        },
    )


def _named_number(text: str) -> tuple[str, int]:
    name, _, number = text.strip().rpartition(" ")
    if not name or not number.isdecimal():
        raise InputError(f"{text!r}: write a name and a whole number, such as BG-TR 1")
    return name if name.islower() else name.upper(), int(number)


def _per_arc(made: CheckpointProblem, of_place: Mapping[str, float], otherwise: float) -> list[float]:
    """Give a number per place as the solvers take it, per arc."""
    values = np.zeros(len(made.problem.tail))
    values[made.problem.first_arc] = [of_place.get(place, otherwise) for place in made.place_ids]
    return [float(value) for value in values]


def duty_of(view: PlaceView, made: CheckpointProblem) -> Duty:
    """Give what binds one shift of a roster to another; points on roads are open at all hours."""
    at = located().loc[list(made.place_ids)]
    hours = network.opening_hours(_data.crossings(_state.plan().on)).reindex(at.index)
    hours = hours.fillna({"opens_min": 0.0, "shuts_min": 24.0 * 60})
    begins = np.arange(int(view.shifts)) * view.shift_h * 60 % (24 * 60)
    lasts = np.minimum(begins + view.shift_h * 60, 24 * 60)
    opens, shuts = (hours[name].to_numpy("float64") for name in ("opens_min", "shuts_min"))
    metres = metric(at.geometry)
    x, y = metres.x.to_numpy(), metres.y.to_numpy()
    return Duty(
        crews=int(view.crews) or None,
        rest_shifts=int(view.rest),
        travel_min=np.hypot(x[:, None] - x, y[:, None] - y) / 1000,  # a kilometre a minute
        most_travel_min=view.travel_km or np.inf,
        open_in=(opens <= begins[:, None]) & (shuts >= lasts[:, None]),
    )


def suggestion(view: PlaceView) -> Suggestion:
    """Give what the optimiser would man; the same question is answered once."""
    made = made_of(view)
    duty = duty_of(view, made) if view.kind == "roster" else None
    return _suggestion(question(view), made.content, made, constraints_of(view, made), duty)


@st.cache_resource(max_entries=64, show_spinner="Looking for the best plan ...")
def _suggestion(
    asked: PlaceView,
    content: str,  # noqa: ARG001 - the cache key, with what is asked
    _made: CheckpointProblem,
    _constraints: PlanConstraints,
    _duty: Duty | None,
) -> Suggestion:
    if asked.kind == "roster":
        return _roster(asked, _made, _constraints, _duty)
    ways = {"spread": _spread, "capture": _capture}
    return ways.get(asked.kind, _fixed)(asked, _made, _constraints)


def _roster(
    asked: PlaceView, made: CheckpointProblem, constraints: PlanConstraints, duty: Duty | None
) -> Suggestion:
    level = int(asked.level)
    problem = made.problem.at_level(level)
    drawn = placement.roster(
        problem,
        int(asked.teams),
        shifts=int(asked.shifts),
        constraints=constraints,
        duty=duty,
        seed=int(asked.seed),
    )
    rows = [
        {"shift": number, "team": int(crew) + 1, "place_id": place}
        for number, (sites, crews) in enumerate(zip(drawn.schedule, drawn.crew, strict=True), 1)
        for place, crew in zip(made.places(sites), crews, strict=True)
    ]
    often = drawn.probability[problem.first_arc]
    manned = {p: float(one) for p, one in zip(made.place_ids, often, strict=True) if one > 0.001}  # noqa: PLR2004
    found = placement.evaluate(problem, [])
    planned = _expected_planned(problem, found.before, drawn.probability)
    return Suggestion(
        "roster",
        manned,
        dict.fromkeys(manned, made.model.officers[level - 1]),
        found.unchecked,
        planned,
        drawn.guarantee,
        drawn.lower_bound,
        "guaranteed" if drawn.as_planned else "for the rosters drawn",
        pd.DataFrame(rows, columns=["shift", "team", "place_id"]),
    )


def _expected_planned(problem: placement.InterdictionProblem, before: placement.Ways, often: Floats) -> float:
    passed = problem.survival[0] * (1 - often) + problem.survival[1] * often
    with np.errstate(divide="ignore"):
        return float(problem.weight @ np.exp(-before.total(-np.log(passed))))


def _fixed(asked: PlaceView, made: CheckpointProblem, constraints: PlanConstraints) -> Suggestion:
    single = asked.kind == "fixed"
    problem = made.problem.at_level(int(asked.level)) if single else made.problem
    budget = asked.teams if single else asked.teams * made.model.officers[int(asked.level) - 1]
    plan = placement.interdict(problem, budget, constraints=constraints, gap=_GAP, time_limit_s=asked.prove_s)
    found = placement.evaluate(problem, plan.chosen, level=plan.level)
    levels = np.full(len(plan.chosen), int(asked.level)) if single else plan.level
    places = made.places(plan.chosen)
    officers = {p: made.model.officers[level - 1] for p, level in zip(places, levels, strict=True)}
    return Suggestion(
        asked.kind,
        dict.fromkeys(places, 1.0),
        officers,
        found.unchecked,
        found.planned,
        found.rerouted,
        plan.bound,
        plan.status,
    )


def _spread(asked: PlaceView, made: CheckpointProblem, constraints: PlanConstraints) -> Suggestion:
    problem, model = made.problem, made.model
    budget = asked.teams * model.officers[int(asked.level) - 1]
    most = np.full(len(problem.tail), float(budget))
    most[list(constraints.forbidden)] = 0.0
    plan = placement.spread_officers(
        problem, np.full(len(problem.tail), model.rate_per_officer), budget, most=most, gap=1e-4
    )
    there = plan.officers[problem.first_arc]
    officers = {p: float(x) for p, x in zip(made.place_ids, there, strict=True) if x > 0.05}  # noqa: PLR2004
    before = placement.evaluate(problem, []).before
    planned = problem.weight @ np.exp(-before.total(problem.cost[0] + model.rate_per_officer * plan.officers))
    unchecked = float(problem.weight @ np.exp(-before.length))
    ones = dict.fromkeys(officers, 1.0)
    return Suggestion(
        "spread", ones, officers, unchecked, float(planned), plan.evasion, plan.bound, "within gap"
    )


def _capture(asked: PlaceView, made: CheckpointProblem, constraints: PlanConstraints) -> Suggestion:
    problem = made.problem.at_level(int(asked.level))
    before = placement.evaluate(problem, []).before
    paths = [
        problem.first_arc[problem.arc_site[arcs[problem.arc_site[arcs] >= 0]]].tolist()
        for arcs in (before.of(pair) for pair in range(len(problem.weight)))
    ]
    everywhere = [*paths, problem.first_arc.tolist()]
    plan = placement.capture(everywhere, [*problem.weight, 0.0], int(asked.teams), constraints=constraints)
    found = placement.evaluate(problem, plan.chosen)
    places = made.places(plan.chosen)
    officers = dict.fromkeys(places, made.model.officers[int(asked.level) - 1])
    return Suggestion(
        "capture",
        dict.fromkeys(places, 1.0),
        officers,
        found.unchecked,
        found.planned,
        found.rerouted,
        0.0,
        f"{plan.captured:.0%} of flow passes a checkpoint if nobody re-routes, {plan.status}",
    )


def picked(view: PlaceView, made: CheckpointProblem, plan: Plan) -> tuple[list[int], list[int]]:
    """Give arcs and levels of the checkpoints of a plan; without officers they have the level of the view."""
    arcs, levels = [], []
    for deployment in plan.deployments:
        for arc in made.arcs([deployment.place_id]).tolist():
            arcs.append(arc)
            stated = made.model.level_of(deployment.officers) if deployment.officers else int(view.level)
            levels.append(stated)
    return arcs, levels


def located() -> gpd.GeoDataFrame:
    """Give name and position of every place by id: crossings, and points on roads of the open plan."""
    crossings = _data.crossings(_state.plan().on)
    known = crossings.set_index("crossing_id")[["name", "geometry"]]
    points = [d for d in _state.plan().deployments if d.place_id not in known.index]
    if not points:
        return known
    fresh = gpd.GeoDataFrame(
        {"name": [d.name for d in points]},
        index=[d.place_id for d in points],
        geometry=gpd.points_from_xy([d.lon for d in points], [d.lat for d in points]),
        crs=known.crs,
    )
    return pd.concat([known, fresh])


def names() -> dict[str, str]:
    """Give the names of places by id."""
    return dict(located()["name"])


def suggested_places(view: PlaceView) -> gpd.GeoDataFrame:
    """Give the places of the suggestion with how often each is manned; none where there is no suggestion."""
    found = shown(view)
    probability = {} if found is None else found.probability
    rows = located().loc[list(probability)].rename_axis("place_id").reset_index()
    return rows.assign(probability=rows["place_id"].map(probability).astype("float64"))


def shown(view: PlaceView) -> Suggestion | None:
    """Give the suggestion, or None where the question has no answer; the page says why."""
    try:
        return suggestion(view)
    except ValueError:
        return None


def in_words(view: PlaceView) -> tuple[str, ...]:
    """Say how the suggestion was made, for exports."""
    found = shown(view)
    if found is None:
        return ()
    made = made_of(view)
    roads = _data.road_network(_state.plan().on, question(view).network)
    evasions = (
        f"{KINDS[found.kind]}: evasion {found.unchecked:.1%} unchecked, {found.planned:.1%} if routes "
        f"stayed, {found.rerouted:.1%} after re-routing (no such plan below {found.bound:.1%}; "
        f"{found.status})"
    )
    asked = (
        f"{view.teams:g} teams at level {view.level:g}, seed {view.seed:g}, HiGHS, {roads.name}; "
        f"{', '.join(view.origins)} to {', '.join(view.destinations)}"
    )
    return evasions, asked, made.model.in_words()


def taken_over(view: PlaceView, found: Suggestion) -> Plan:
    """Give the open plan with the checkpoints of a suggestion in place of its own, and what it assumes."""
    at = located()
    deployments = [
        Deployment(
            place,
            str(at.loc[place, "name"]),
            float(at.geometry[place].x),
            float(at.geometry[place].y),
            officers=max(round(found.officers[place]), 1),
            remarks="" if often >= 1 else f"roster: manned in {often:.0%} of shifts",
        )
        for place, often in sorted(found.probability.items(), key=lambda one: -one[1])
    ]
    return replace(_state.plan(), deployments=tuple(deployments), remarks=". ".join(in_words(view)))
