"""The bundle installs and runs on a machine that has never had a network."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from geoanalysis.bundle import build_bundle

pytestmark = pytest.mark.proof

ALONE = ["unshare", "--net", "--map-root-user", "sh", "-euc"]
FIRST_DAY = """
ip link set lo up
test -z "$(ip route)"
./install
.venv/bin/python -m geoanalysis corridor Istanbul Vienna --out corridor.geojson
.venv/bin/python -m geoanalysis run > app.log &
trap "kill $!; wait $!" EXIT
until grep -q http app.log; do kill -0 $!; sleep 0.2; done
HOME="$VISITOR_HOME" "$VISITOR" -c "$VISIT" "$(grep -o 'http[^ ]*' app.log)"
"""
VISIT = """
import shutil, sys
from playwright.sync_api import sync_playwright
flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(error.message))
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.goto(sys.argv[1])
    page.locator(".leaflet-container canvas").first.wait_for(timeout=60_000)
    print("faults:", faults)
    browser.close()
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    with tarfile.open(build_bundle(folder)) as archive:
        archive.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


@pytest.fixture
def alone() -> list[str]:
    """Give the start of a command that runs another in a network namespace without routes."""
    if shutil.which("ip") is None:
        pytest.skip("the program ip is not here (Debian: iproute2)")
    try:
        subprocess.run([*ALONE, "ip link set lo up"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("network namespaces are not permitted here")
    return ALONE


def test_the_first_day_without_a_network(unpacked: Path, alone: list[str]) -> None:
    environment = {
        "HOME": str(unpacked),
        "PATH": os.environ["PATH"],
        "PYTHON": sys.executable,
        "VISITOR": sys.executable,
        "VISITOR_HOME": str(Path.home()),
        "VISIT": VISIT,
    }
    day = subprocess.run(
        [*alone, FIRST_DAY],
        cwd=unpacked,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert day.returncode == 0, day.stdout + day.stderr
    assert "faults: []" in day.stdout
    assert (unpacked / "corridor.geojson").stat().st_size > 0
