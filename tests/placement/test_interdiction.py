"""Fixed plans against every plan there is, and against published instances."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import oracle, plans, problems, snip

from geoanalysis.placement import InterdictionProblem, PlanConstraints, evaluate, interdict


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 5))
def test_one_level_against_every_plan(problem: InterdictionProblem, budget: int) -> None:
    best = min(oracle(problem, plan) for plan in plans(problem, budget))
    plan = interdict(problem, budget)
    assert plan.status == "optimal"
    assert plan.evasion == pytest.approx(best, abs=2e-8)
    assert plan.bound == pytest.approx(best, abs=2e-8)
    assert len(plan.chosen) <= budget
    assert oracle(problem, dict.fromkeys(plan.chosen.tolist(), 1)) == pytest.approx(plan.evasion, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(problems(levels=3, checkable=5), st.integers(0, 12))
def test_three_levels_against_every_plan(problem: InterdictionProblem, budget: int) -> None:
    best = min(oracle(problem, plan) for plan in plans(problem, budget))
    plan = interdict(problem, budget)
    assert plan.status == "optimal"
    assert plan.evasion == pytest.approx(best, abs=2e-8)
    levels = dict(zip(plan.chosen.tolist(), plan.level.tolist(), strict=True))
    assert oracle(problem, levels) == pytest.approx(plan.evasion, abs=1e-12)
    assert sum(problem.officers[level - 1] for level in levels.values()) <= budget


@settings(max_examples=40, deadline=None)
@given(problems(checkable=7), st.data())
def test_constraints_against_every_plan(problem: InterdictionProblem, data: st.DataObject) -> None:
    arcs = np.flatnonzero(problem.checkable).tolist()
    required, forbidden = arcs[:1], arcs[1:2]
    quota, covered = arcs[:4], arcs[3:]
    costs = np.random.default_rng(data.draw(st.integers(0, 999))).integers(1, 4, len(problem.tail))
    constraints = PlanConstraints(
        required=required,
        forbidden=forbidden,
        quotas={"A": (quota, 2)},
        cover={"B": (covered, 1)},
        costs=costs.tolist(),
    )
    kept = [
        plan
        for plan in plans(problem, 8, costs)
        if all(plan[arc] for arc in required)
        and not any(plan[arc] for arc in forbidden)
        and sum(plan[arc] for arc in quota) <= 2
        and sum(plan[arc] for arc in covered) >= 1
    ]
    best = min(oracle(problem, plan) for plan in kept)
    found = interdict(problem, 8, constraints=constraints)
    assert found.evasion == pytest.approx(best, abs=2e-8)
    assert dict.fromkeys(arcs, 0) | dict.fromkeys(found.chosen.tolist(), 1) in kept


@settings(max_examples=25, deadline=None)
@given(problems(checkable=10))
def test_more_budget_never_helps_smugglers(problem: InterdictionProblem) -> None:
    evasions = [interdict(problem, budget).evasion for budget in range(5)]
    assert all(more <= fewer + 1e-8 for fewer, more in itertools.pairwise(evasions))


@settings(max_examples=25, deadline=None)
@given(problems(checkable=6))
def test_both_directions_of_a_crossing_are_manned_together(problem: InterdictionProblem) -> None:
    arcs = np.flatnonzero(problem.checkable)
    site = np.full(len(problem.tail), -1)
    site[arcs] = np.arange(len(arcs)) // 2  # two arcs each
    joined = InterdictionProblem(
        problem.tail,
        problem.head,
        problem.evade,
        problem.evade_checked,
        problem.checkable,
        problem.origin,
        problem.destination,
        problem.weight,
        site=site,
    )
    best = min(
        oracle(problem, {int(arc): 1 for arc in arcs if site[arc] in (one, other)})
        for one in set(site[arcs])
        for other in set(site[arcs])
    )
    plan = interdict(joined, 2)
    assert plan.evasion == pytest.approx(best, abs=2e-8)
    assert plan.evasion == pytest.approx(evaluate(joined, plan.chosen).rerouted, abs=1e-12)


def test_shortest_path_interdiction_as_published() -> None:
    """Jayaswal and Sinha: lengths 2, 1, 8, 4, 6, longer by 3, 4, 5, 1, 3; two arcs make the best way 16."""
    length = np.array([3, 1, 8, 4, 6])
    longer = np.array([3, 4, 5, 1, 3])
    plan = interdict(_of_lengths([1, 2, 3, 2, 4], [2, 3, 5, 4, 5], length, longer, 1, 5), 2)
    assert -100 * np.log(plan.evasion) == pytest.approx(16, abs=1e-5)


@pytest.mark.parametrize(
    ("start", "end", "budget", "minutes"), [(1, 20, 1, 24), (1, 20, 2, 28), (13, 2, 1, 22), (13, 2, 2, 26)]
)
def test_interdiction_of_sioux_falls(
    shared_data: Path, start: int, end: int, budget: int, minutes: int
) -> None:
    text = (shared_data / "cases" / "network" / "tntp" / "SiouxFalls_SiouxFalls_net.tntp").read_text()
    rows = [line.split() for line in text.split("<END OF METADATA>")[1].splitlines() if line.startswith("\t")]
    rows = [row for row in rows if row]
    tail, head, time = np.array([[float(row[0]), float(row[1]), float(row[4])] for row in rows]).T
    plan = interdict(_of_lengths(tail, head, time, time, start, end), budget)
    assert -100 * np.log(plan.evasion) == pytest.approx(minutes, abs=1e-4)


def _of_lengths(
    tail: object, head: object, length: object, longer: object, start: int, end: int
) -> InterdictionProblem:
    lengths = np.asarray(length, dtype="float64")
    return InterdictionProblem(
        np.asarray(tail),
        np.asarray(head),
        np.exp(-lengths / 100),
        np.exp(-(lengths + np.asarray(longer)) / 100),
        np.ones(len(lengths), dtype=bool),
        np.array([start]),
        np.array([end]),
        np.array([1.0]),
    )


def test_stochastic_interdiction_as_published(shared_data: Path) -> None:
    """Pan, Charlton and Morton (2003), instance 0, budget 30: 0.3131350534728022."""
    plan = interdict(snip(shared_data, 0, 1), 30)
    assert plan.status == "optimal"
    assert plan.evasion == pytest.approx(0.3131350534728022, abs=1e-9)


def test_every_budget_of_the_stochastic_instances(shared_data: Path) -> None:
    expected = json.loads((shared_data / "cases" / "network" / "expected.json").read_text())["snip"]
    proven = [case for case in expected if case["status"] == "Optimal"]
    assert len(proven) >= 12
    for case in proven:
        plan = interdict(snip(shared_data, case["inst"], case["snipno"]), case["budget"])
        assert plan.evasion == pytest.approx(case["obj"], abs=1e-6), case
        assert plan.bound == pytest.approx(case["obj"], abs=1e-6), case


@settings(max_examples=25, deadline=None)
@given(problems(levels=2, checkable=5), st.sampled_from([1e-3, 1e4]))
def test_weights_may_add_up_to_anything(problem: InterdictionProblem, total: float) -> None:
    heavy = replace(problem, weight=problem.weight * total, officers=np.array(problem.officers))
    plan, heavier = interdict(problem, 4), interdict(heavy, 4)
    assert heavier.status == "optimal"
    assert heavier.evasion == pytest.approx(plan.evasion * total, rel=1e-5, abs=1e-7)
