"""Figures of a plan against networkx, and by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import oracle, problems

from geoanalysis.domain.errors import InputError
from geoanalysis.placement import InterdictionProblem, additions, evaluate


@settings(max_examples=60, deadline=None)
@given(problems(levels=2), st.data())
def test_against_networkx(problem: InterdictionProblem, data: st.DataObject) -> None:
    arcs = np.flatnonzero(problem.checkable).tolist()
    levels = {arc: data.draw(st.integers(0, 2)) for arc in arcs}
    manned = [arc for arc in arcs if levels[arc]]
    found = evaluate(problem, manned, level=[levels[arc] for arc in manned])
    assert found.unchecked == pytest.approx(oracle(problem, {}), abs=1e-12)
    assert found.rerouted == pytest.approx(oracle(problem, levels), abs=1e-12)
    assert found.planned <= found.rerouted + 1e-12 <= found.unchecked + 2e-12
    for scenario in range(len(problem.weight)):
        way = found.before.of(scenario)
        assert problem.tail[way[0]] == problem.origin[scenario]
        assert problem.head[way[-1]] == problem.destination[scenario]
        assert (problem.head[way[:-1]] == problem.tail[way[1:]]).all()
        assert np.prod(problem.evade[way]) == pytest.approx(found.unchecked_chance[scenario])
    assert sorted(found.worst) == list(range(len(problem.weight)))


def test_series_multiply_and_minutes_or_hours_are_alike() -> None:
    hours = np.array([1.0, 2.0])
    for risk, times in ((0.03, hours), (0.03 / 60, hours * 60)):
        evade = np.exp(-risk * times)
        problem = InterdictionProblem([0, 1], [1, 2], evade, evade * 0.5, [True, True], [0], [2], [1.0])
        assert evaluate(problem, [0, 1]).rerouted == pytest.approx(np.exp(-0.09) * 0.25)


def test_what_each_checkpoint_adds() -> None:
    """Ways of 0.9, 0.8 and 0.5, manned to 0.1: without the first 0.9 is left, without the second 0.8."""
    problem = InterdictionProblem(
        [0, 0, 0], [1, 1, 1], [0.9, 0.8, 0.5], [0.1, 0.1, 0.1], [True, True, True], [0], [1], [1.0]
    )
    assert additions(problem, [0, 1]) == pytest.approx([0.9 - 0.5, 0.8 - 0.5])
    assert additions(problem, [1]) == pytest.approx([0.0])  # the best way is free anyway


def test_levels_are_checked(two_ways: InterdictionProblem) -> None:
    with pytest.raises(InputError, match="levels are counted from 1 to 1"):
        evaluate(two_ways, [0], level=[2])
    with pytest.raises(InputError, match="level has 1 values for 2 arcs"):
        evaluate(two_ways, [0, 1], level=[1])
