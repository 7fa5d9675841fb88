"""
Set up this folder: `python3 -m geoanalysis.install [REQUIREMENTS ...]`.

Makes `.venv` and fills it with what `requirements.txt` locks, and with the requirement files named besides;
then fetches the browser assets. What is there already is left alone, so a second call takes no time. In an
unpacked bundle everything comes from its `wheels` folder and no network is touched.

Only the standard library is used, since nothing else is there yet.
"""

import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
WHEELS: Final = ROOT / "wheels"
MADE_FOR: Final = WHEELS / "made-for.txt"
"""In a bundle: the platform that its wheels fit."""

_OLDEST_PYTHON: Final = (3, 11)
_VENV: Final = ROOT / ".venv"
_PYTHON: Final = _VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def main(more_requirements: list[str]) -> None:
    """Set the folder up, or end with one sentence that says what is in the way."""
    problem = _unfit()
    if problem:
        sys.exit(problem)
    try:
        if not _stamp(ROOT / "requirements.txt").exists():
            _run(Path(sys.executable), "-m", "venv", str(_VENV))
        for name in ["requirements.txt", *more_requirements]:
            _install(ROOT / name)
        _run(_PYTHON, "-m", "geoanalysis.maps.browser_assets")
    except subprocess.CalledProcessError as error:
        sys.exit(f"geoanalysis.install: this step failed, see above: {subprocess.list2cmdline(error.cmd)}")


def wheel_platform() -> str:
    """Name what decides whether a wheel fits: the Python version, the system and the processor."""
    return f"python{sys.version_info.major}.{sys.version_info.minor}-{sysconfig.get_platform()}"


def _unfit() -> str:
    """Say why this Python cannot be used; nothing if it can."""
    if sys.version_info < _OLDEST_PYTHON:
        return f"this is {wheel_platform()}, Python 3.11 or newer is needed: call one, for example python3.12"
    made_for = MADE_FOR.read_text("utf-8").strip() if MADE_FOR.exists() else wheel_platform()
    if made_for != wheel_platform():
        return f"this bundle is for {made_for}, this is {wheel_platform()}: call that Python, or bundle here"
    return ""


def _install(requirements: Path) -> None:
    """Install a requirements file, unless the same text was installed before."""
    done = _stamp(requirements)
    wanted = requirements.read_text("utf-8")
    if done.exists() and done.read_text("utf-8") == wanted:
        return
    source = ["--no-index", "--find-links", str(WHEELS)] if WHEELS.exists() else []
    print(f"Installing {requirements.relative_to(ROOT)} into {_VENV} ...", flush=True)
    _run(_PYTHON, "-m", "pip", "install", "-qq", *source, "--requirement", str(requirements))
    done.write_text(wanted, "utf-8")


def _stamp(requirements: Path) -> Path:
    """Give the file that keeps the text last installed."""
    return _VENV / "-".join(("installed", *requirements.relative_to(ROOT).parts))


def _run(program: Path, *arguments: str) -> None:
    subprocess.run([program, *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
