"""
Seconds until a page is there, and until a click on the map is answered, in a real Chromium.

Run `python -m benchmarks.page_speed` in the project folder. The app is started as the README says. A first
load counts from the start of the navigation until the legend of the map is drawn (on Brief and Data: until
what the page is for is shown): cold is the first visit after the start of the app, warm a new session. A
click counts until the number of checkpoints beside the map and the one in its legend have both changed. Pages
are as they open. Figures are of wall-clock time: what else the machine does is in them.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from geoanalysis.reference import load_crossings

ROOT = Path(__file__).parents[1]
LEGEND = ".bm-legend-line"
PAGES = {
    "plan": ("", LEGEND),
    "review": ("review", LEGEND),
    "brief": ("brief", "text=Legend of this page:"),
    "data": ("data", "text=Bundled with the tool"),
}
"""Where each page is, and what is shown when it is there."""
LOAD_LIMIT_S = 5.0
CLICK_LIMIT_S = 0.5
PICKED = (
    "bg-tr-kapitan-andreevo-kapikule",
    "rs-bg-gradina-kalotina",
    "rs-hu-horgos-1-roszke",
    "mk-gr-bogorodica-evzoni",
    "gr-al-krystallopigi-kapshtice",
)
ANSWERED = """(count) => {
    const metric = [...document.querySelectorAll('[data-testid=stMetric]')]
        .find((shown) => shown.innerText.includes('Checkpoints'));
    const line = [...document.querySelectorAll('.bm-legend-line')]
        .find((entry) => entry.innerText.includes('checkpoint of the plan'));
    return metric?.querySelector('[data-testid=stMetricValue]').innerText.trim() === count
        && line?.querySelector('.bm-legend-count').innerText === count;
}"""
POSITION = """([lat, lon]) => {
    const host = document.querySelector('.border-map');
    const spot = host.borderMap.latLngToContainerPoint([lat, lon]);
    const frame = host.getBoundingClientRect();
    return [frame.x + spot.x, frame.y + spot.y];
}"""


def main() -> None:
    """Print the figures beside their limits."""
    with _app() as address, _chromium() as browser:
        loads = {
            visit: [_load_s(browser, f"{address}/{path}", shown) for path, shown in PAGES.values()]
            for visit in ("cold", "warm")
        }
        clicks = _click_times(browser, address)
    print(f"{'page':8}{'cold s':>8}{'warm s':>8}{'limit s':>9}")
    for name, cold, warm in zip(PAGES, loads["cold"], loads["warm"], strict=True):
        print(f"{name:8}{cold:8.2f}{warm:8.2f}{LOAD_LIMIT_S:9.1f}")
    click = median(clicks)
    each = ", ".join(f"{seconds:.2f}" for seconds in clicks)
    print(f"click on a crossing: {click:.2f} s, median of {each}; limit {CLICK_LIMIT_S} s")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


@contextmanager
def _app() -> Iterator[str]:
    """Start the app, give the address that it prints, and stop it."""
    environment = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    command = [sys.executable, "-m", "geoanalysis", "run", "--port", "8800"]
    before = time.perf_counter()
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603 - ours
    try:
        assert server.stdout is not None
        printed = iter(server.stdout.readline, "")
        address = next(found[0] for line in printed if (found := re.search(r"http://[\d.]+:\d+", line)))
        print(f"start of the app: {time.perf_counter() - before:.1f} s")
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )


def _session(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 1600, "height": 1000}).new_page()


def _load_s(browser: Browser, url: str, shown: str) -> float:
    page = _session(browser)
    before = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator(shown).first.wait_for(timeout=60_000)
    seconds = time.perf_counter() - before
    page.context.close()
    return seconds


def _click_times(browser: Browser, address: str) -> list[float]:
    """Pick crossings far apart, one after another, and give how long each takes to be in the plan."""
    page = _session(browser)
    page.goto(address)
    page.locator(LEGEND).first.wait_for(timeout=60_000)
    crossings = load_crossings(date(2022, 10, 26)).set_index("crossing_id").geometry
    return [_click_s(page, crossings[place].y, crossings[place].x, n) for n, place in enumerate(PICKED, 1)]


def _click_s(page: Page, lat: float, lon: float, count: int) -> float:
    page.wait_for_timeout(1500)
    x, y = page.evaluate(POSITION, [lat, lon])
    before = time.perf_counter()
    page.mouse.click(x, y)
    page.wait_for_function(ANSWERED, arg=str(count), timeout=20_000)
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
