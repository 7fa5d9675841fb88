"""The running app, and a page of it that fails its test on any console error or request to another host."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
PROBES = re.compile(r"/(plan|checkpoints|review|brief|data)/_stcore/(health|host-config)$")
"""Streamlit asks for these below a page's address too, gets 404, and goes on: no fault of a page."""


@pytest.fixture(scope="session")
def app_address() -> Iterator[str]:
    """Start the app as the README says and give the address that it prints."""
    server = subprocess.Popen(
        [sys.executable, "-m", "geoanalysis", "run", "--port", "8700"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={key: value for key, value in os.environ.items() if key != "DISPLAY"},
    )
    assert server.stdout is not None
    printed = iter(server.stdout.readline, "")
    yield next(found[0] for line in printed if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=20)
    server.stdout.close()


@pytest.fixture
def open_page(chromium: Browser, app_address: str) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens a path of the app in a fresh session."""
    context = chromium.new_context(viewport={"width": 1600, "height": 1000}, accept_downloads=True)
    page = context.new_page()
    faults: list[str] = []
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: faults.extend(_strangers(request.url, app_address)))

    def opened(path: str = "") -> Page:
        page.goto(f"{app_address}/{path}")
        return page

    yield opened
    context.close()
    harmless = [url for url in refused if PROBES.search(url)]
    expected = ["Failed to load resource: the server responded with a status of 404 (Not Found)"] * len(
        harmless
    )
    assert sorted(faults) == expected
    assert sorted(refused) == sorted(harmless)


def _strangers(url: str, app_address: str) -> list[str]:
    at_home = url.startswith((app_address, app_address.replace("http", "ws"), "data:", "blob:"))
    return [] if at_home else [f"request to {url}"]
