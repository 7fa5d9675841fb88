"""What the README, --help and NOTICE say is so."""

import json
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import osmium
import pytest
import typer
from osmium.osm.mutable import Node, Way

from geoanalysis.cli import app
from geoanalysis.network import build_from_osm, save_network

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(?:sh|console|bat)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
COMMANDS = [line.removeprefix("$ ").strip() for block in BLOCKS for line in block.splitlines()]
SUBCOMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
SERVES_UNTIL_STOPPED = "python -m geoanalysis run"


def examples() -> list[str]:
    """Give every command line that the README or a --help shows as an example."""
    helped = [
        found for command in SUBCOMMANDS.values() for found in re.findall(r"Example: (.+)", command.epilog)
    ]
    shown = [line for line in (*COMMANDS, *helped) if line.startswith("python -m geoanalysis ")]
    return sorted({line for line in shown if not line.startswith(SERVES_UNTIL_STOPPED)})


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Give a folder that looks like the repository, with an extract; what is written falls there."""
    for part in ("data", "geoanalysis"):
        (tmp_path / part).symlink_to(ROOT / part, target_is_directory=True)
    with osmium.SimpleWriter(str(tmp_path / "bulgaria.osm.pbf")) as writer:
        for number, place in enumerate([(23.0, 42.6), (23.1, 42.6)], start=1):
            writer.add_node(Node(id=number, location=place))
        writer.add_way(Way(id=1, nodes=[1, 2], tags={"highway": "primary"}))
    save_network(build_from_osm([tmp_path / "bulgaria.osm.pbf"]), tmp_path / "built.gpkg")
    return tmp_path


@pytest.mark.parametrize("line", examples())
def test_each_example_works_as_typed(line: str, desk: Path) -> None:
    _, *arguments = shlex.split(line)
    before = set(desk.iterdir())
    done = subprocess.run(
        [sys.executable, *arguments], cwd=desk, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert {path.name for path in set(desk.iterdir()) - before} == set(outputs(arguments))


def outputs(arguments: list[str]) -> list[str]:
    return [value for option, value in pairwise(arguments) if option in {"--out", "--report"}]


def test_every_command_shows_an_example() -> None:
    assert {"corridor", "hotspots", "snapshot", "check", "exercise", "run"} <= set(SUBCOMMANDS)
    shown = {name for name, command in SUBCOMMANDS.items() if f"geoanalysis {name} " in str(command.epilog)}
    assert shown == set(SUBCOMMANDS)


def test_the_readme_shows_the_two_commands_and_the_same_without_make() -> None:
    assert {"make run", "make test"} <= set(COMMANDS)
    assert any(line.endswith("-m geoanalysis run") and "\\" in line for line in COMMANDS)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))))
def test_the_make_targets_named_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("module", sorted(set(re.findall(r"-m (geoanalysis\.[\w.]+)", README))))
def test_the_modules_named_exist(module: str) -> None:
    assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README))))
def test_the_files_linked_exist(target: str) -> None:
    assert (ROOT / target).exists()


def test_the_notice_names_every_package_installed() -> None:
    locked = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    named = set(re.findall(r"[\w.@/-]+", (ROOT / "NOTICE").read_text("utf-8")))
    assets = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert len(locked) > 50
    assert {*locked, *assets} - named == set()
