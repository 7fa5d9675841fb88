"""Spread officers, priority lists, commitment games and clashes, against published values and by hand."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import oracle, plans, problems

from geoanalysis.domain.errors import InputError
from geoanalysis.placement import (
    ClashError,
    InterdictionProblem,
    PlanConstraints,
    commitment,
    interdict,
    priority_list,
    spread_officers,
)
from geoanalysis.placement.ways import Ways


def test_interdiction_effort_as_published(shared_data: Path) -> None:
    """Boyd and Vandenberghe, additional exercise on interdiction: 0.043 at best, 0.247 spread evenly."""
    case = json.loads((shared_data / "cases" / "network" / "expected.json").read_text())["boyd_interdiction"]
    edges, rate, most = np.array(case["edges"]), np.array(case["a"]), np.array(case["x_max"])
    ones = np.ones(len(edges))
    problem = InterdictionProblem(
        edges[:, 0], edges[:, 1], ones, ones * 0, ones.astype(bool), [1], [10], [1.0]
    )
    plan = spread_officers(problem, rate, case["B"], most=most, gap=1e-7)
    assert plan.evasion == pytest.approx(case["Pmax_opt"], abs=1e-7)
    assert plan.bound == pytest.approx(case["Pmax_opt"], abs=1e-7)
    assert (plan.officers <= most + 1e-9).all()
    assert plan.officers.sum() <= case["B"] + 1e-9
    evenly = Ways.best(problem.graph, rate * case["B"] / len(edges))
    assert np.exp(-evenly.length[0]) == pytest.approx(case["Pmax_uniform"], abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(problems(checkable=6), st.integers(0, 5), st.integers(0, 2**32 - 1))
def test_spread_officers_are_no_worse_than_others(
    problem: InterdictionProblem, officers: int, seed: int
) -> None:
    rate = np.full(len(problem.tail), 0.4)
    plan = spread_officers(problem, rate, officers, gap=1e-4)
    assert plan.bound <= plan.evasion + 1e-12
    assert plan.gap <= 1.1e-4
    rng = np.random.default_rng(seed)
    for _ in range(5):
        other = np.zeros(len(rate))
        other[problem.checkable] = rng.dirichlet(np.ones(problem.sites)) * officers
        ways = Ways.best(problem.graph, problem.cost[0] + rate * other)
        assert problem.weight @ np.exp(-ways.length) >= plan.bound - 1e-9


@pytest.mark.parametrize(
    ("leader", "follower", "value", "mix"),
    [
        ([[2, 4], [1, 3]], [[1, 0], [0, 2]], 11 / 3, (2 / 3, 1 / 3)),
        ([[2, 4], [1, 3]], [[1, 0], [0, 1]], 3.5, (0.5, 0.5)),
        ([[1, 3], [0, 2]], [[1, 0], [0, 1]], 2.5, (0.5, 0.5)),
    ],
)
def test_commitment_games(
    leader: list[list[float]], follower: list[list[float]], value: float, mix: tuple[float, float]
) -> None:
    game = commitment(leader, follower)
    assert game.value == pytest.approx(value)
    assert game.mix == pytest.approx(mix)


def test_games_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="equal shape"):
        commitment([[1, 2]], [[1], [2]])
    with pytest.raises(InputError, match="finite"):
        commitment([[np.nan]], [[1]])


@settings(max_examples=20, deadline=None)
@given(problems(checkable=6))
def test_priorities_are_nested_and_their_price_is_right(problem: InterdictionProblem) -> None:
    steps = priority_list(problem, 3).steps
    assert steps["arc"].is_unique
    for number in range(1, len(steps) + 1):
        so_far = dict.fromkeys(steps["arc"][:number], 1)
        row = steps.iloc[number - 1]
        assert row["evasion"] == pytest.approx(oracle(problem, so_far), abs=1e-9)
        best = min(oracle(problem, plan) for plan in plans(problem, number))
        assert row["bound"] - 1e-8 <= best <= row["alone"] + 1e-8
        assert row["price"] == pytest.approx(row["evasion"] - row["alone"])
    assert steps["evasion"].is_monotonic_decreasing


def side_by_side(count: int) -> InterdictionProblem:
    """Give so many ways from 0 to 1."""
    zeros = np.zeros(count, int)
    return InterdictionProblem(
        zeros, zeros + 1, np.ones(count), np.full(count, 0.5), zeros == 0, [0], [1], [1.0]
    )


def test_priorities_begin_with_what_is_demanded() -> None:
    rules = PlanConstraints(required=[3], cover={"section A": ([0, 1], 1)})
    steps = priority_list(side_by_side(5), 3, constraints=rules).steps
    assert {3} < set(steps["arc"][:2])
    assert set(steps["arc"][:2]) & {0, 1}


def test_clashing_constraints_are_named_with_what_would_do() -> None:
    problem = side_by_side(6)
    rules = PlanConstraints(
        cover={"BG-TR": ([0, 1, 2], 2), "GR-TR": ([3, 4], 1)}, quotas={"Bulgaria": ([0, 1, 2], 1)}
    )
    with pytest.raises(ClashError) as told:
        interdict(problem, 5, constraints=rules)
    assert "at least 2 of BG-TR; " in str(told.value) or "at least 2 of BG-TR." in str(told.value)
    assert "allow 1 checkpoints more in 'at most 1 of Bulgaria'" in str(told.value)
    assert "take 1 checkpoints less in 'at least 2 of BG-TR'" in str(told.value)
    assert "GR-TR" not in str(told.value)
    with pytest.raises(ClashError, match=r"allow 2 of the budget more in 'budget of 1'"):
        interdict(problem, 1, constraints=PlanConstraints(required=[0, 1, 2]))


def test_lawful_traffic_is_not_delayed_more_than_bearable() -> None:
    problem = InterdictionProblem([0, 0], [1, 1], [0.9, 0.5], [0.1, 0.1], [True, True], [0], [1], [1.0])
    rules = PlanConstraints(delays=[50, 3], most_delay=20)
    assert interdict(problem, 1, constraints=rules).chosen.tolist() in ([], [1])
    assert interdict(problem, 1).chosen.tolist() == [0]
