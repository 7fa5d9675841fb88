"""The acceptance figures of the hot-spot analysis, over a hundred exercises."""

import runpy
from pathlib import Path

import pandas as pd
import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "exercise_score.py"
TOUR = 8


@pytest.fixture(scope="module")
def benchmark() -> dict:
    return runpy.run_path(str(BENCHMARK))


def check(figures: pd.DataFrame, benchmark: dict) -> None:
    print(figures.to_string())  # noqa: T201 - the figures are the point
    ours = figures.loc["crossing", benchmark["EXPOSURE_TEST"]]
    assert ours["sensitivity"] >= 0.6
    assert ours["over_checked"] <= 0.05
    by_count = figures.loc["crossing", benchmark["GI_STAR"]]
    assert by_count["sensitivity"] < ours["sensitivity"]
    assert by_count["false_spots"] > ours["false_spots"]


def test_a_few_exercises_are_solved(benchmark: dict) -> None:
    check(benchmark["report"](benchmark["score"](range(TOUR))), benchmark)


@pytest.mark.proof
def test_a_hundred_exercises_are_solved(benchmark: dict) -> None:
    check(benchmark["report"](benchmark["score"](range(100))), benchmark)
