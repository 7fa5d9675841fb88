"""Rosters against identities, games written out, and every roster there can be."""

import itertools
import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import problems

from geoanalysis.placement import (
    ClashError,
    Duty,
    InterdictionProblem,
    PlanConstraints,
    commitment,
    drawn_evasion,
    interdict,
    roster,
)
from geoanalysis.placement.drawing import draw, outcomes


def marginals_of(sites: int, teams: int, rng: np.random.Generator) -> np.ndarray:
    """Give random probabilities that add up to a number of teams."""
    while True:
        drawn = rng.random(sites)
        drawn *= teams / drawn.sum()
        if drawn.max() < 1:
            return drawn


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 7), st.data())
def test_draws_are_negatively_dependent(sites: int, data: st.DataObject) -> None:
    """Every subset, exactly: the mean of a product of chances is at most the product of the means."""
    teams = data.draw(st.integers(1, sites - 1))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    probability = marginals_of(sites, teams, rng)
    drawn = list(outcomes(probability))
    assert sum(share for _, share in drawn) == pytest.approx(1)
    assert all(one.sum() == teams for one, _ in drawn)
    assert sum(share * one for one, share in drawn) == pytest.approx(probability)
    detection = rng.random(sites)
    for size in range(2, sites + 1):
        for some in map(list, itertools.combinations(range(sites), size)):
            mean = sum(share * np.prod(1 - detection[some] * one[some]) for one, share in drawn)
            assert mean <= np.prod(1 - detection[some] * probability[some]) + 1e-12


def test_draws_come_as_often_as_enumerated() -> None:
    probability = np.array([0.3, 0.6, 0.5, 0.6])
    rng = np.random.default_rng(1)
    drawn = np.array([draw(probability, [], rng) for _ in range(20_000)])
    assert (drawn.sum(axis=1) == 2).all()
    assert drawn.mean(axis=0) == pytest.approx(probability, abs=4 * 0.5 / math.sqrt(20_000))


def test_groups_are_filled_up_or_down() -> None:
    probability = np.array([0.5, 0.7, 0.6, 0.2, 0.4, 0.6])
    groups = [np.array([0, 1]), np.array([0, 1, 2])]  # 1.2 and 1.8
    rng = np.random.default_rng(2)
    drawn = np.array([draw(probability, groups, rng) for _ in range(2_000)])
    assert (drawn.sum(axis=1) == 3).all()
    assert set(drawn[:, [0, 1]].sum(axis=1)) == {1, 2}
    assert set(drawn[:, [0, 1, 2]].sum(axis=1)) == {1, 2}


@settings(max_examples=50, deadline=None)
@given(st.integers(4, 9), st.integers(0, 2**32 - 1))
def test_one_inspector_is_worth_one_over_the_cut(nodes: int, seed: int) -> None:
    """Washburn and Wood (1995): detection is one over the least cut with capacities 1/p."""
    rng = np.random.default_rng(seed)
    ring = np.arange(nodes)
    tail = np.concatenate([ring, rng.integers(0, nodes, 3 * nodes)])
    head = np.concatenate([(ring + 1) % nodes, rng.integers(0, nodes, 3 * nodes)])
    found = rng.uniform(0.1, 1, len(tail))
    graph = nx.DiGraph()
    for one, other, chance in zip(tail, head, found, strict=True):
        if one != other:
            before = graph.get_edge_data(one, other, {"capacity": 0})["capacity"]
            graph.add_edge(one, other, capacity=before + 1 / chance)
    start, end = 0, nodes // 2
    value = 1 - 1 / nx.minimum_cut_value(graph, start, end)
    problem = InterdictionProblem(
        tail, head, np.ones(len(tail)), 1 - found, np.ones(len(tail), bool), [start], [end], [1.0]
    )
    drawn = roster(problem, 1, shifts=3)
    assert drawn.lower_bound == pytest.approx(value, abs=1e-6)
    assert drawn.guarantee >= value - 1e-9


def test_two_ways_alike_are_manned_half_of_the_time(two_ways: InterdictionProblem) -> None:
    drawn = roster(two_ways, 1, shifts=10, seed=3)
    assert drawn.probability == pytest.approx([0.5, 0.5], abs=1e-6)
    assert 1 - drawn.guarantee == pytest.approx(0.6 / 2)
    assert interdict(two_ways, 1).evasion == pytest.approx(1.0)


@settings(max_examples=40, deadline=None)
@given(problems(checkable=6), st.integers(0, 3))
def test_a_roster_is_between_its_bound_and_the_best_fixed_plan(
    problem: InterdictionProblem, teams: int
) -> None:
    drawn = roster(problem, teams, shifts=4)
    assert drawn.lower_bound <= drawn.guarantee + 1e-9
    assert drawn.lower_bound <= interdict(problem, teams).evasion + 1e-6
    assert drawn.probability[problem.checkable].sum() == pytest.approx(teams, abs=1e-5)
    assert drawn.schedule.shape == (4, teams)
    assert all(len(set(shift)) == teams and problem.checkable[shift].all() for shift in drawn.schedule)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 2))
def test_the_game_written_out_lies_between_bound_and_guarantee(seed: int, teams: int) -> None:
    """All rosters against all ways, solved as a zero-sum game by its table."""
    rng = np.random.default_rng(seed)
    tail, head = np.array([0, 0, 0, 1, 2, 1]), np.array([1, 2, 3, 3, 3, 2])
    evade, left = rng.uniform(0.5, 1, 6), rng.uniform(0, 1, 6)
    problem = InterdictionProblem(tail, head, evade, evade * left, np.ones(6, bool), [0], [3], [1.0])
    ways = [[2], [0, 3], [1, 4], [0, 5, 4]]
    rosters = list(itertools.combinations(range(6), teams))
    table = np.array(
        [
            [np.prod([evade[a] * (left[a] if a in manned else 1) for a in way]) for way in ways]
            for manned in rosters
        ]
    )
    value = -commitment(-table, table).value
    drawn = roster(problem, teams, shifts=1)
    assert drawn.lower_bound <= value + 1e-7
    assert drawn.guarantee >= value - 1e-7


def test_quotas_and_cover_hold_in_every_shift() -> None:
    rng = np.random.default_rng(4)
    count = 12
    problem = InterdictionProblem(
        np.zeros(count, int),
        np.ones(count, int),
        rng.uniform(0.8, 1, count),
        np.full(count, 0.3),
        np.ones(count, bool),
        [0],
        [1],
        [1.0],
    )
    rules = PlanConstraints(
        quotas={"A": (range(6), 2), "B": (range(6, 12), 3)}, cover={"ab": ([0, 1, 2], 1)}, forbidden=[11]
    )
    drawn = roster(problem, 4, shifts=60, constraints=rules, seed=5)
    for shift in drawn.schedule:
        assert len(set(shift)) == 4
        assert sum(arc < 6 for arc in shift) <= 2
        assert sum(arc < 3 for arc in shift) >= 1
        assert 11 not in shift
    assert drawn.as_planned
    homes = np.where(drawn.crew < 2, 0, 1)  # two crews of A come first
    assert (homes == (drawn.schedule >= 6)).all()


def test_equal_seeds_give_equal_schedules(two_ways: InterdictionProblem) -> None:
    schedules = [roster(two_ways, 1, shifts=30, seed=seed).schedule.tolist() for seed in (1, 1, 2)]
    assert schedules[0] == schedules[1] != schedules[2]


def test_empirical_frequencies_approach_the_probabilities(two_ways: InterdictionProblem) -> None:
    drawn = roster(two_ways, 1, shifts=4_000, seed=6)
    assert np.bincount(drawn.schedule.ravel(), minlength=2) / 4_000 == pytest.approx([0.5, 0.5], abs=0.032)


def line_of(places: int) -> tuple[InterdictionProblem, np.ndarray]:
    """Give ways side by side, ten minutes apart."""
    problem = InterdictionProblem(
        np.zeros(places, int),
        np.ones(places, int),
        np.ones(places),
        np.full(places, 0.4),
        np.ones(places, bool),
        [0],
        [1],
        [1.0],
    )
    where = np.arange(places)
    return problem, 10.0 * abs(where[:, None] - where)


def test_crews_rest_and_travel_no_further_than_allowed() -> None:
    problem, minutes = line_of(6)
    duty = Duty(crews=5, rest_shifts=1, travel_min=minutes, most_travel_min=20)
    drawn = roster(problem, 2, shifts=40, duty=duty, seed=7)
    last: dict[int, tuple[int, int]] = {}
    for number, (sites, crews) in enumerate(zip(drawn.schedule, drawn.crew, strict=True)):
        assert len(set(crews)) == 2
        for site, crew in zip(sites.tolist(), crews.tolist(), strict=True):
            if crew in last:
                assert number - last[crew][0] > 1
                assert minutes[site, last[crew][1]] <= 20
            last[crew] = (number, site)
    assert not drawn.as_planned
    manned = np.zeros((40, 6), bool)
    np.put_along_axis(manned, drawn.schedule, values=True, axis=1)
    assert drawn.guarantee == pytest.approx(drawn_evasion(problem, manned).upper)
    assert drawn.guarantee >= drawn.lower_bound - 1e-9


def test_shut_places_are_not_manned() -> None:
    problem, _ = line_of(4)
    open_in = np.array([[True, True, False, False], [False, False, True, True]] * 5)
    drawn = roster(problem, 1, shifts=10, duty=Duty(open_in=open_in))
    assert all(open_in[number][shift].all() for number, shift in enumerate(drawn.schedule))
    assert not drawn.as_planned


def test_a_shift_that_nobody_can_man_is_named() -> None:
    problem, _ = line_of(3)
    with pytest.raises(ClashError, match=r"shift 2.*0 of 1 crews are rested"):
        roster(problem, 1, shifts=3, duty=Duty(crews=1, rest_shifts=1))
    with pytest.raises(ClashError, match="shift 1: 0 places are open for 1 teams"):
        roster(problem, 1, shifts=1, duty=Duty(open_in=np.zeros((1, 3), bool)))
    with pytest.raises(ClashError, match="4 teams"):
        roster(problem, 4, shifts=1)


@settings(max_examples=40, deadline=None)
@given(problems(checkable=6), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_drawn_rosters_against_every_way(problem: InterdictionProblem, count: int, seed: int) -> None:
    rosters = np.random.default_rng(seed).random((count, problem.sites)) < 0.4
    graph = nx.MultiDiGraph()
    for arc, (one, other) in enumerate(zip(problem.tail, problem.head, strict=True)):
        graph.add_edge(int(one), int(other), key=arc)
    at_arc = rosters[:, problem.arc_site] & (problem.arc_site >= 0)
    chance = np.where(at_arc, problem.survival[1], problem.survival[0])
    worth = 0.0
    for start, end, weight in zip(problem.origin, problem.destination, problem.weight, strict=True):
        ways = nx.all_simple_edge_paths(graph, int(start), int(end))
        worth += weight * max(chance[:, [arc for *_, arc in way]].prod(axis=1).mean() for way in ways)
    found = drawn_evasion(problem, rosters)
    assert found.lower == pytest.approx(worth, abs=1e-9)
    assert found.upper == pytest.approx(worth, abs=1e-9)
