"""The corridor command: what it writes, and what it says."""

from pathlib import Path

import pyogrio
import pytest
from typer.testing import CliRunner, Result

from geoanalysis.cli import app
from geoanalysis.domain.errors import GeoanalysisError


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["corridor", *map(str, arguments)])


def test_a_geopackage_has_all_that_was_found_and_how(tmp_path: Path) -> None:
    out = tmp_path / "corridor.gpkg"
    done = run("Istanbul", "Vienna", "--out", out)
    assert done.exit_code == 0
    assert "Gradina – Kalotina" in done.stdout
    layers = {name: pyogrio.read_dataframe(out, layer=name) for name, _ in pyogrio.list_layers(out)}
    assert set(layers) == {"bands", "roads", "ways", "crossings", "within_tolerance", "about"}
    assert layers["ways"]["share"].sum() == pytest.approx(1)
    first = layers["ways"].loc[0, "crossings"].split(" > ")
    assert layers["crossings"].set_index("crossing_id").loc[first, "share"].min() > 0
    assert "OpenStreetMap contributors" in layers["about"].loc[0, "source"]
    assert "schematic network" in layers["about"].loc[0, "made_by"]


def test_several_ends_by_weight_and_a_closed_crossing(tmp_path: Path) -> None:
    out = tmp_path / "corridor.gpkg"
    ends = ("Sofia; border BG-TR * 3", "Vienna; Munich; 20.46,44.81")
    assert run(*ends, "--close", "Gradina – Kalotina; Lesovo", "--out", out).exit_code == 0
    ways = pyogrio.read_dataframe(out, layer="ways", read_geometry=False)
    by_origin = ways.drop_duplicates(["origin", "destination"]).groupby("origin")["trip_share"].sum()
    assert by_origin.to_dict() == pytest.approx({"Sofia": 0.25, "border BG-TR": 0.75})
    assert not ways["crossings"].str.contains("kalotina|lesovo").any()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Istanbul", "Atlantis"], "no place is called 'Atlantis'"),
        (["18.0,35.5", "Vienna"], "km from the nearest road"),
        (["Istanbul", "Istanbul"], "at the same place"),
        (["Istanbul", "Vienna", "--close", "Horgos"], "is not one crossing"),
        (["Istanbul", "Vienna", "--stretch", "0.5"], "stretch of at least 1"),
        (["area 23 42 24 43", "Vienna"], "area"),
    ],
)
def test_what_cannot_be_found_is_said_and_nothing_written(
    arguments: list[str], words: str, tmp_path: Path
) -> None:
    done = run(*arguments, "--out", tmp_path / "corridor.geojson")
    assert isinstance(done.exception, GeoanalysisError)
    assert words in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind_is_refused_before_the_search(tmp_path: Path) -> None:
    done = run("Atlantis", "Vienna", "--out", tmp_path / "corridor.csv")
    assert "is written as .geojson or .gpkg" in str(done.exception)
