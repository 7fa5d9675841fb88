"""Setting a folder up: once, again for nothing, and never with the wrong Python."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geoanalysis.install import wheel_platform

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that needs no packages, and whose browser assets are one file."""
    package = tmp_path / "geoanalysis"
    (package / "maps").mkdir(parents=True)
    shutil.copy(ROOT / "geoanalysis" / "__init__.py", package)
    shutil.copy(ROOT / "geoanalysis" / "install.py", package)
    (package / "maps" / "browser_assets.py").write_text("open('assets.txt', 'a').close()\n", "utf-8")
    (tmp_path / "requirements.txt").write_text("# nothing\n", "utf-8")
    return tmp_path


def install(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "geoanalysis.install", *more],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_second_call_installs_only_what_has_changed(folder: Path) -> None:
    first = install(folder)
    assert first.returncode == 0, first.stderr
    assert "Installing requirements.txt" in first.stdout
    assert (folder / ".venv" / "pyvenv.cfg").exists()
    assert (folder / "assets.txt").exists()
    (folder / "more.txt").write_text("# nothing more\n", "utf-8")
    assert install(folder).stdout == ""
    assert install(folder, "more.txt").stdout.count("Installing") == 1
    (folder / "requirements.txt").write_text("# something else\n", "utf-8")
    assert install(folder, "more.txt").stdout.startswith("Installing requirements.txt")


def test_wheels_of_another_platform_are_refused(folder: Path) -> None:
    (folder / "wheels").mkdir()
    (folder / "wheels" / "made-for.txt").write_text("python3.99-amiga\n", "utf-8")
    refused = install(folder)
    assert refused.returncode == 1
    assert "python3.99-amiga" in refused.stderr
    assert wheel_platform() in refused.stderr
    assert not (folder / ".venv").exists()


def test_a_step_that_fails_is_named(folder: Path) -> None:
    (folder / "wheels").mkdir()
    (folder / "requirements.txt").write_text("no-such-package==1.0\n", "utf-8")
    failed = install(folder)
    assert failed.returncode == 1
    assert "this step failed" in failed.stderr
    assert "requirements.txt" in failed.stderr
    assert not (folder / ".venv" / "installed-requirements.txt").exists()
