"""What a problem refuses, and what it takes."""

import numpy as np
import pytest

from geoanalysis.domain.errors import InputError
from geoanalysis.placement import InterdictionProblem, PlanConstraints, evaluate, interdict

FINE = {
    "tail": [0, 1],
    "head": [1, 2],
    "evade": [0.9, 0.8],
    "evade_checked": [0.5, 0.5],
    "checkable": [True, False],
    "origin": [0],
    "destination": [2],
    "weight": [1.0],
}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"head": [1]}, "head has 1 values for 2 arcs"),
        ({"evade": [0.0, 0.8]}, r"evade must be in \(0, 1\]: it is 0.0 at arc 0"),
        ({"evade": [0.9, np.nan]}, "nan at arc 1"),
        ({"evade_checked": [0.95, 0.5]}, r"evade_checked of level 1 must be in \[0, evade\]"),
        ({"evade_checked": [[0.5, 0.5], [0.6, 0.5]], "officers": (1, 2)}, "that of level 1"),
        ({"evade_checked": [[0.5, 0.5], [0.4, 0.5]]}, "officers has 0 values for 2 levels"),
        ({"evade_checked": [[0.5, 0.5], [0.4, 0.5]], "officers": (2, 2)}, "officers must rise"),
        ({"tail": [0.5, 1]}, "tail must hold whole numbers, not 0.5"),
        ({"weight": [-1.0]}, "weight must be a finite number, not negative"),
        ({"weight": [1.0, 2.0]}, "weight has 2 values for 1 scenarios"),
        ({"origin": [2]}, "scenario 0 begins where it ends"),
        ({"origin": [2], "destination": [0]}, r"destination of scenario 0 \(2 to 0\)"),
        ({"origin": [], "destination": [], "weight": []}, "there is no scenario"),
        ({"evade": [["a"], ["b"]]}, "evade has 2 dimensions"),
        ({"site": [0]}, "site has 1 values for 2 arcs"),
    ],
)
def test_what_is_wrong_is_named(changed: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        InterdictionProblem(**{**FINE, **changed})


def test_parallel_arcs_are_two_ways() -> None:
    problem = InterdictionProblem(
        [7, 7], [900, 900], [0.9, 0.8], [0.1, 0.8], [True, False], [7], [900], [2.0]
    )
    found = evaluate(problem, [0])
    assert found.unchecked == pytest.approx(2 * 0.9)
    assert found.planned == pytest.approx(2 * 0.1)
    assert found.rerouted == pytest.approx(2 * 0.8)
    assert found.before.of(0).tolist() == [0]
    assert found.after.of(0).tolist() == [1]


def test_arcs_that_cannot_be_manned_are_refused() -> None:
    problem = InterdictionProblem(**FINE)
    with pytest.raises(InputError, match="arc 1 cannot be manned"):
        evaluate(problem, [1])
    with pytest.raises(InputError, match="there is no arc 5"):
        interdict(problem, 1, constraints=PlanConstraints(required=[5]))
    with pytest.raises(InputError, match="budget must not be negative"):
        interdict(problem, -1)
    with pytest.raises(InputError, match="gap is a share"):
        interdict(problem, 1, gap=2)


def test_nothing_to_man_is_an_answer() -> None:
    problem = InterdictionProblem(**{**FINE, "checkable": [False, False]})
    plan = interdict(problem, 3)
    assert plan.chosen.tolist() == []
    assert plan.evasion == pytest.approx(0.72)
    assert plan.status == "optimal"
