"""What a user does on a page of the app, in words."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from playwright.sync_api import Locator, Page, expect

PATIENCE_MS = 20_000
SCREENSHOTS = Path(__file__).parent / "screenshots"


def wait_for_map(page: Page) -> None:
    page.wait_for_selector(".bm-legend-line", timeout=60_000)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the app has answered and the map has come to rest."""
    page.wait_for_timeout(700)
    page.wait_for_selector("[data-testid=stStatusWidget]", state="detached", timeout=PATIENCE_MS)


def legend(page: Page) -> dict[str, int]:
    """Give what the legend lists with its counts (0 where it has none), under its headings."""
    groups = page.locator(".bm-legend > div").all()
    lines = [
        (group.locator(".bm-legend-title").inner_text(), line)
        for group in groups
        for line in group.locator(".bm-legend-line").all()
    ]
    return {
        f"{title} | {line.locator('span').first.inner_text()}": int(
            line.locator(".bm-legend-count").inner_text().replace(",", "") or 0
        )
        for title, line in lines
    }


def count(page: Page, words: str) -> int:
    """Give the count of one kind of thing in the legend, 0 if it is not listed."""
    return sum(number for entry, number in legend(page).items() if entry.endswith(f"| {words}"))


def expect_count(page: Page, words: str, number: int) -> None:
    """Wait until the legend counts so many of one kind of thing: a busy machine draws the map late."""
    patience_ms = PATIENCE_MS
    while count(page, words) != number and patience_ms > 0:
        page.wait_for_timeout(100)
        patience_ms -= 100
    assert count(page, words) == number


def at(page: Page, lat: float, lon: float) -> tuple[float, float]:
    """Give where a position lies on the screen."""
    x, y = page.evaluate(
        """([lat, lon]) => {
            const host = document.querySelector('.border-map');
            const spot = host.borderMap.latLngToContainerPoint([lat, lon]);
            const frame = host.getBoundingClientRect();
            return [frame.x + spot.x, frame.y + spot.y];
        }""",
        [lat, lon],
    )
    return x, y


def click_map(page: Page, lat: float, lon: float) -> None:
    page.locator(".border-map").scroll_into_view_if_needed()
    page.mouse.click(*at(page, lat, lon))


def extent(page: Page) -> list[float]:
    """Give west, south, east and north of what the map shows."""
    return page.evaluate(
        """() => {
            const seen = document.querySelector('.border-map').borderMap.getBounds();
            return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
        }"""
    )


def metric(page: Page, label: str) -> str:
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue").inner_text()


def expect_metric(page: Page, label: str, value: str) -> None:
    shown = page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")
    expect(shown).to_have_text(value, timeout=PATIENCE_MS)


def go_to(page: Page, name: str) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(f"^{name}$")).click()


def screenshot(page: Page, name: str) -> None:
    """Leave a picture of the page to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def table(page: Page, heading: str) -> list[list[str]]:
    """Give the rows of the shown table that has a column of that heading."""
    found = page.locator("canvas table").filter(has=page.locator("th", has_text=re.compile(f"^{heading}$")))
    expect(found.first).to_be_attached(timeout=PATIENCE_MS)
    return found.first.evaluate(
        "grid => [...grid.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent))"
    )


def marked_row(page: Page, words: str) -> Locator:
    """Give the row with those words, if it is marked in its table."""
    return page.locator("canvas tr[aria-selected=true]").filter(has_text=words)


def click_row(page: Page, number: int, *, x: int = 15) -> None:
    """Click a row of the first table, counted from 0, at its box or `x` pixels from the left."""
    grid = page.get_by_test_id("stDataFrame").first
    grid.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    frame = grid.bounding_box()
    assert frame is not None
    page.mouse.click(frame["x"] + x, frame["y"] + 52 + 35 * number)
    page.wait_for_timeout(500)


def wait_for_preview(page: Page) -> None:
    """Wait until the Brief page shows the page that will be printed."""
    page.get_by_role("img", name="Preview").wait_for(timeout=60_000)
    settle(page)


def printed(svg: Path) -> list[str]:
    """Give all texts of a printed page."""
    root = ET.fromstring(svg.read_text("utf-8"))  # noqa: S314 - our own file
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def save(page: Page, button: str, path: Path) -> Path:
    """Press a download button and keep the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    download.value.save_as(path)
    return path
