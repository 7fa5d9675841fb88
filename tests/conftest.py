"""What every test may use."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]

settings.register_profile(
    "untimed", deadline=None
)  # tests run beside each other: how long one takes says nothing
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of large test instances, which is not part of the project; skip where it is absent."""
    folder = Path(os.environ.get("GEOANALYSIS_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip("instance not here")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give a headless Chromium: the system's, else Playwright's own."""
    system = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"],
        )
        yield browser
        browser.close()
