"""
Pack everything into one archive for a machine without a network: `python -m geoanalysis.bundle`.

The archive holds the code, the data, the browser assets that are installed here, and a wheel of every locked
requirement, for this version of Python, system and processor.
"""

import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from geoanalysis import __version__
from geoanalysis.install import MADE_FOR, ROOT, WHEELS, wheel_platform
from geoanalysis.maps.browser_assets import require_assets

_PARTS: Final = (
    ".streamlit",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "NOTICE",
    "README.md",
    "app.py",
    "data",
    "docs",
    "geoanalysis",
    "install",
    "requirements.txt",
)


def build_bundle(folder: Path) -> Path:
    """
    Write the archive into `folder` and give its path.

    Raises
    ------
    MissingAssetsError
        If the browser assets are not installed here.
    subprocess.CalledProcessError
        If a wheel cannot be had; pip has said which.
    """
    require_assets()
    name = f"geoanalysis-{__version__}-{wheel_platform()}"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as scratch:
        wheels, unfinished = Path(scratch, WHEELS.name), Path(scratch, name)
        _collect_wheels(wheels)
        with tarfile.open(unfinished, "w:gz", compresslevel=1) as tar:
            tar.add(wheels, f"{name}/{WHEELS.name}")
            for part in _PARTS:
                tar.add(ROOT / part, f"{name}/{part}", filter=_without_bytecode)
        return unfinished.replace(folder / f"{name}.tar.gz")


def _collect_wheels(folder: Path) -> None:
    what = ["--only-binary", ":all:", "--requirement", str(ROOT / "requirements.txt"), "--dest", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "download", "-qq", *what], check=True)
    (folder / MADE_FOR.name).write_text(f"{wheel_platform()}\n", "utf-8")


def _without_bytecode(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if "__pycache__" in member.name else member


if __name__ == "__main__":
    print(build_bundle(ROOT / "dist"))
