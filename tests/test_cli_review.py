"""The review from the command line."""

from pathlib import Path

import pandas as pd
from typer.testing import CliRunner

from geoanalysis import exercise, reference, store
from geoanalysis.cli import app

EXERCISE = str(reference.data_folder() / "actions" / "exercise_2022")


def test_a_review_is_a_folder_of_tables(tmp_path: Path) -> None:
    earlier, out = tmp_path / "earlier", tmp_path / "review"
    store.save_operation(exercise.generate(7).operation, earlier)
    asked = [
        "review",
        "--operation",
        EXERCISE,
        "--out",
        str(out),
        "--before",
        str(earlier),
        "--replicates",
        "99",
    ]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    tables = {path.stem: pd.read_csv(path) for path in out.glob("*.csv")}
    sheet = tables["result_sheet"].set_index(["group", "measure"])
    assert sheet.loc[("Checked", "Persons"), ["value", "published", "difference"]].tolist() == [
        74_924,
        74_924,
        0,
    ]
    assert tables["clusters"]["p_value"][0] == 0.01
    assert tables["hit_rates_by_country"]["checked"].sum() == 74_924
    assert tables["hot_spots"]["hotspot"].sum() >= 3
    assert {"changes_by_crossing", "changes_by_section", "changes_by_country"} <= set(tables)
    assert all((table["notice"] == "EXERCISE - simulated").all() for table in tables.values())


def test_equal_seeds_give_equal_files(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        asked = ["review", "--operation", EXERCISE, "--out", str(tmp_path / folder), "--replicates", "19"]
        assert CliRunner().invoke(app, asked).exit_code == 0
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 12
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
