"""A save that is killed or runs out of disk leaves the old operation or the new one, never less."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from geoanalysis.domain.operation import Operation
from geoanalysis.store import load_operation, save_operation

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX matter")


def outcomes(path: Path, trials: int) -> list[str]:
    command = [sys.executable, str(Path(__file__).with_name("crash_trials.py")), str(path), str(trials), "1"]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    return run.stdout.splitlines()


@posix
@pytest.mark.parametrize("name", ["kept", "kept.gpkg"])
@pytest.mark.parametrize("trials", [6, pytest.param(50, marks=pytest.mark.proof)])
def test_killed_at_any_moment(tmp_path: Path, name: str, trials: int) -> None:
    found = outcomes(tmp_path / name, trials)
    assert len(found) == trials
    assert set(found) <= {"old", "new"}


def test_killed_between_the_two_renames_the_old_folder_is_read(operation: Operation, tmp_path: Path) -> None:
    place = tmp_path / "kept"
    save_operation(operation, place)
    place.rename(tmp_path / ".kept.previous")
    assert load_operation(place).name == operation.name
    save_operation(replace(operation, name="next"), place)
    assert load_operation(place).name == "next"
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept"]


def test_killed_after_the_renames_the_new_folder_is_read(operation: Operation, tmp_path: Path) -> None:
    place = tmp_path / "kept"
    save_operation(operation, tmp_path / ".kept.previous")
    save_operation(replace(operation, name="new"), tmp_path / "elsewhere")
    (tmp_path / "elsewhere").rename(place)
    assert load_operation(place).name == "new"
    save_operation(replace(operation, name="next"), place)
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept"]


def test_drafts_of_killed_saves_are_never_read_and_swept_later(operation: Operation, tmp_path: Path) -> None:
    stale, fresh = tmp_path / ".kept.saving-stale", tmp_path / ".kept.saving-fresh"
    save_operation(operation, tmp_path / "kept")
    for draft in (stale, fresh):
        draft.mkdir()
        (draft / "kept").write_text("half")
    os.utime(stale, (time.time() - 7200,) * 2)
    save_operation(operation, tmp_path / "kept")
    assert not stale.exists()
    assert fresh.exists()
    assert load_operation(tmp_path / "kept").name == operation.name


@posix
@pytest.mark.parametrize("name", ["kept", "kept.gpkg"])
def test_a_full_disk_leaves_the_old_operation(operation: Operation, tmp_path: Path, name: str) -> None:
    save_operation(operation, tmp_path / name)
    script = (
        "import resource, signal, sys; from geoanalysis.store import load_operation, save_operation\n"
        "operation = load_operation(sys.argv[1])\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))\n"
        "save_operation(operation, sys.argv[1])"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / name)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert "StoreError: cannot write" in run.stderr
    assert load_operation(tmp_path / name).name == operation.name
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
