"""From real crossings to problems and back, and points on roads."""

from datetime import date

import numpy as np
import pytest

from geoanalysis import network
from geoanalysis.domain.errors import InputError, PlaceError
from geoanalysis.network import CrossingGraph, End, RoadNetwork
from geoanalysis.placement import (
    CheckModel,
    CheckpointProblem,
    checkpoint_problem,
    evaluate,
    evasion_by_teams,
    interdict,
    sensitivity,
    worst_pairs,
)
from geoanalysis.reference import load_crossings, load_places

ACTION = date(2022, 10, 26)


@pytest.fixture(scope="module")
def roads() -> RoadNetwork:
    return network.with_borders(
        network.schematic_network(ACTION), load_crossings(ACTION), network.Travel(ACTION)
    )


def ends(*names: str) -> tuple[End, ...]:
    return network.named_ends(list(names), load_places(), load_crossings(ACTION))


@pytest.fixture(scope="module")
def graph(roads: RoadNetwork) -> CrossingGraph:
    return CrossingGraph.build(roads, ends("Istanbul", "Durrës"), ends("Vienna", "Budapest"))


def made_with(graph: CrossingGraph, **assumed: object) -> CheckpointProblem:
    return checkpoint_problem(graph, np.ones((2, 2)), CheckModel(**assumed))


def test_without_checks_the_way_is_the_quickest(graph: CrossingGraph) -> None:
    """Nobody finds anything but on the road: the chance is exp(-risk * hours) of the quickest way."""
    made = made_with(graph, unmanned_detection=0.0, risk_per_h=0.05)
    found = evaluate(made.problem, [])
    quickest_h = graph.times_min().ravel() / 60
    assert made.time_min(found.before) / 60 == pytest.approx(quickest_h)
    assert found.unchecked_chance == pytest.approx(np.exp(-0.05 * quickest_h))
    assert made.pairs[0] == ("Istanbul", "Vienna")
    assert "rs-bg-gradina-kalotina" in made.places_on(found.before, 0)


def test_a_plan_on_the_ways_taken_promises_more_than_it_holds(graph: CrossingGraph) -> None:
    made = made_with(graph)
    taken = made.places_on(evaluate(made.problem, []).before, 0)
    found = evaluate(made.problem, made.arcs(taken))
    assert found.planned < found.rerouted < found.unchecked
    pairs = worst_pairs(made, found)
    assert pairs["rerouted"].mul(pairs["weight"]).is_monotonic_decreasing
    row = pairs[(pairs["origin"] == "Istanbul") & (pairs["destination"] == "Vienna")].iloc[0]
    assert row["before"] == taken
    assert row["after"] != taken


def test_no_detour_is_longer_than_tolerated_and_places_keep_their_names(graph: CrossingGraph) -> None:
    free, bound = made_with(graph), made_with(graph, tolerance=0.1)
    assert evaluate(bound.problem, []).unchecked == pytest.approx(evaluate(free.problem, []).unchecked)
    for place in ("rs-bg-gradina-kalotina", "rs-hu-horgos-1-roszke"):
        assert bound.places(bound.arcs([place])) == (place,)
    plans = [evaluate(made.problem, made.arcs(["rs-bg-gradina-kalotina"])) for made in (free, bound)]
    assert plans[1].rerouted <= plans[0].rerouted + 1e-12
    exact = made_with(graph, tolerance=0.0)  # nobody leaves the quickest way
    found = evaluate(exact.problem, exact.arcs(["rs-bg-gradina-kalotina"]))
    assert found.rerouted == pytest.approx(found.planned)


def test_scaling_minutes_to_hours_changes_nothing(graph: CrossingGraph) -> None:
    few = interdict(made_with(graph).problem.at_level(2), 3, gap=0.05, time_limit_s=20)
    assert few.evasion == pytest.approx(
        evaluate(made_with(graph).problem.at_level(2), few.chosen).rerouted, abs=1e-12
    )


def test_pairs_that_no_road_joins_are_named() -> None:
    apart = RoadNetwork.from_arrays([0, 2], [1, 3], [10.0, 10.0])
    starts = (End("A", node=0), End("B", node=2))
    graph = CrossingGraph.build(apart, starts, (End("Z", node=1),))
    made = checkpoint_problem(graph, np.ones((2, 1)), CheckModel())
    assert made.pairs == (("A", "Z"),)
    assert made.unreachable == (("B", "Z"),)


@pytest.mark.parametrize(
    ("assumed", "message"),
    [
        ({"detection": (0.5, 0.4, 0.6)}, "detection must not fall"),
        ({"detection": (0.5, 1.4, 1.6)}, "probabilities"),
        ({"officers": (4, 4, 5)}, "officers must rise"),
        ({"officers": (4,)}, "every intensity level"),
        ({"tolerance": -0.1}, "tolerance is a share"),
    ],
)
def test_impossible_assumptions_are_refused(assumed: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        CheckModel(**assumed)


def test_levels_follow_officers() -> None:
    assert [CheckModel().level_of(officers) for officers in (1, 4, 9, 10, 19, 20, 99)] == [
        1,
        1,
        1,
        2,
        2,
        3,
        3,
    ]


def test_tables_of_teams_and_assumptions(graph: CrossingGraph) -> None:
    made = made_with(graph)
    picks = ["rs-bg-gradina-kalotina", "rs-mk-presevo-tabanovce"]
    curve = evasion_by_teams(made, [1, 2, 3], level=2, picks=picks)
    assert (curve["roster_bound"] <= curve["roster"] + 1e-9).all()
    assert (curve["fixed_bound"] <= curve["fixed"] + 1e-9).all()
    found = evaluate(made.problem.at_level(2), made.arcs(picks))
    assert curve["picks"][1] == pytest.approx(found.rerouted)
    assert np.isnan(curve["picks"][2])
    table = sensitivity(
        lambda model: checkpoint_problem(graph, np.ones((2, 2)), model),
        CheckModel(),
        level=2,
        picks=picks,
        probability={},
    )
    assumed = table[(table["detection"] == 0.5) & (table["risk_per_h"] == 0.03)].iloc[0]
    assert assumed["picks"] == pytest.approx(found.rerouted)
    assert (table["roster"] == table["unchecked"]).all()


def test_a_point_on_a_road_stops_who_drives_past(roads: RoadNetwork) -> None:
    start, end = ends("Sofia"), ends("Plovdiv")
    plain = CrossingGraph.build(roads, start, end)
    way = network.alternative_routes(roads, start[0], end[0], k=1)
    line = way.geometry.iloc[0]
    middle = line.interpolate(0.5, normalized=True)
    cut = network.with_road_points(roads, {"point-1": (middle.x, middle.y)})
    graph = CrossingGraph.build(cut, start, end)
    assert graph.times_min() == pytest.approx(plain.times_min())
    made = checkpoint_problem(graph, np.ones((1, 1)), CheckModel(unmanned_detection=0.0))
    assert "point-1" in made.places_on(evaluate(made.problem, []).before, 0)
    assert "point-1" in made.place_ids
    with pytest.raises(PlaceError, match="no road is within 5 km"):
        network.with_road_points(roads, {"at sea": (18.0, 42.0)})
