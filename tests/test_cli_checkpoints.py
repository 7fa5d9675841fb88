"""Checkpoints from the command line."""

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from geoanalysis.cli import app


@pytest.mark.parametrize("more", [[], ["--fixed", "--seconds", "3"]])
def test_a_plan_is_written_with_what_was_assumed(tmp_path: Path, more: list[str]) -> None:
    out = tmp_path / "plan.csv"
    done = CliRunner().invoke(
        app, ["checkpoints", "Istanbul", "Vienna", "--teams", "2", "--shifts", "5", "--out", str(out), *more]
    )
    assert done.exit_code == 0, done.output
    table = pd.read_csv(out)
    assert len(table) == (2 if more else 10)
    assert "after re-routing" in table["made_by"][0]
    assert "assumed, not calibrated" in table["made_by"][0]
    if not more:
        assert (table.groupby("shift")["place_id"].nunique() == 2).all()
