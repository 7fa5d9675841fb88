"""Distances on the schematic network against a detailed one of the same source, three years older."""

import runpy
from pathlib import Path

import pandas as pd
import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "city_pairs.py"
MOST = 0.15
SPLIT_BY_THE_OLD_ROAD = "Split - Zagreb"
"""One speed for all roads prefers the shorter D1 over the mountains to the A1 motorway near the coast."""


@pytest.fixture(scope="module")
def differences(shared_data: Path) -> pd.Series:
    folder = shared_data / "read-only" / "roads-and-layers"
    if not (folder / "roads_edges.parquet").exists():
        pytest.skip("instance not here")
    table = runpy.run_path(str(BENCHMARK))["compare"](folder)
    print(table.to_string())  # noqa: T201 - the figures are the point
    return table["difference"]


def test_distances_are_those_of_the_detailed_network(differences: pd.Series) -> None:
    assert len(differences) == 28
    assert differences[differences.abs() > MOST].index.tolist() == [SPLIT_BY_THE_OLD_ROAD]
    assert differences.abs().median() < 0.03


def test_the_exception_is_shorter_never_longer(differences: pd.Series) -> None:
    assert -0.25 < differences[SPLIT_BY_THE_OLD_ROAD] < -MOST
