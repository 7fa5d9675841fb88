"""The commands that build and check road networks."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import osmium
import pyogrio
import pytest
from osmium.osm.mutable import Node, Way
from typer.testing import CliRunner, Result

from geoanalysis.cli import app
from geoanalysis.domain.errors import GeoanalysisError
from geoanalysis.network import load_network


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["roads", *map(str, arguments)])


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """Give an extract of a road from Dimitrovgrad to Slivnitsa, over the border."""
    path = tmp_path / "border.osm.pbf"
    places = [(22.78, 43.013), (22.82, 43.000), (22.85, 42.994), (22.90, 42.98)]
    with osmium.SimpleWriter(str(path)) as writer:
        for number, place in enumerate(places, start=1):
            writer.add_node(Node(id=number, location=place))
        writer.add_way(Way(id=1, nodes=[1, 2, 3, 4], tags={"highway": "trunk", "ref": "E80"}))
    return path


def test_a_network_is_built_checked_and_told(extract: Path, tmp_path: Path) -> None:
    built = run("build", extract, "--out", tmp_path / "roads.gpkg", "--as-of", "2021-08-06")
    assert built.exit_code == 0
    assert "1 components; the main one has 100.0% of the length" in built.stdout
    network = load_network(tmp_path / "roads.gpkg")
    assert (network.name, f"{network.as_of:%B %Y}") == ("detailed road network", "August 2021")
    assert set(network.nodes["crossing_id"]) == {"", "rs-bg-gradina-kalotina"}
    checked = run("check", tmp_path / "roads.gpkg", "--out", tmp_path / "problems.geojson")
    assert checked.stdout.startswith(built.stdout.splitlines()[0])
    problems = pyogrio.read_dataframe(tmp_path / "problems.geojson")
    assert {"Kulata – Promachonas"}.isdisjoint(problems["name"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "none.osm.pbf", "--out", "roads.gpkg"], "no such file"),
        (["build", "border.osm.pbf", "--out", "roads.csv"], "a road network is a .gpkg file"),
        (["build", "border.osm.pbf", "--out", "nowhere/roads.gpkg"], "nowhere"),
        (["check", "border.osm.pbf"], "no GeoPackage"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    extract: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(extract.parent)
    done = run(*arguments)
    assert isinstance(done.exception, GeoanalysisError)
    assert words in str(done.exception)
    assert [path.name for path in extract.parent.iterdir()] == ["border.osm.pbf"]


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let programs started here be interrupted, as from a shell; a runner of many processes ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to a child there")
@pytest.mark.usefixtures("interruptible")
def test_a_build_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "many.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for number in range(1, 200_001):
            writer.add_node(Node(id=number, location=(20 + number / 1e5, 42)))
        for number in range(1, 199_990):
            writer.add_way(Way(id=number, nodes=range(number, number + 10), tags={"highway": "trunk"}))
    building = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "geoanalysis",
            "roads",
            "build",
            str(path),
            "--out",
            str(tmp_path / "roads.gpkg"),
        ],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert building.stderr is not None
    assert "reading" in building.stderr.readline()
    building.send_signal(signal.SIGINT)
    _, said = building.communicate(timeout=60)
    assert building.returncode not in (0, None)
    assert "Traceback" not in said
    assert [one.name for one in tmp_path.iterdir()] == ["many.osm.pbf"]
