"""Brief: the same view as the page it comes from, on screen, as a file and by its link."""

from collections.abc import Callable
from pathlib import Path

import app_page as user
import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
OpenPage = Callable[[str], Page]

NEAR_NIS = "extent=20.5,42.5,23.5,44.0"


def printed_legend(page: Page) -> str:
    caption = page.get_by_text("Legend of this page:")
    expect(caption).to_be_visible(timeout=60_000)
    return caption.inner_text().removeprefix("Legend of this page: ")


@pytest.mark.parametrize(
    ("origin", "path"), [("plan", "?layers=borders~crossings~intensity~seizures"), ("review", "review?")]
)
def test_brief_keeps_extent_and_counts_of_its_page(
    open_page: OpenPage, chromium: Browser, tmp_path: Path, origin: str, path: str
) -> None:
    page = open_page(f"{path}&{NEAR_NIS}")
    user.wait_for_map(page)
    seen = user.extent(page)
    shown = [f"{entry.split(' | ')[1]} ({count})" for entry, count in user.legend(page).items()]
    user.go_to(page, "Brief")
    assert printed_legend(page) == " · ".join(shown)
    expect(page.get_by_text("EXERCISE - simulated").first).to_be_visible()
    assert f"page={origin}" in page.url
    page.get_by_role("img", name="Preview").wait_for()
    user.screenshot(page, f"brief_of_{origin}")
    saved = user.save(page, "Download one offline file (HTML)", tmp_path / "page.html")
    offline = chromium.new_context(offline=True, viewport={"width": 1600, "height": 1000}).new_page()
    offline.goto(saved.as_uri())
    offline.wait_for_selector(".bm-legend-line")
    west, south, east, north = offline.evaluate(
        """() => {
            const seen = Object.values(window).find((value) => value instanceof L.Map).getBounds();
            return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
        }"""
    )
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx(
        ((seen[0] + seen[2]) / 2, (seen[1] + seen[3]) / 2), abs=0.25
    )
    user.screenshot(offline, f"offline_html_of_{origin}")
    offline.context.close()


def test_the_link_of_brief_opens_the_same_page_again(open_page: OpenPage, chromium: Browser) -> None:
    page = open_page("?layers=borders~crossings&modes=rail")
    user.wait_for_map(page)
    user.go_to(page, "Brief")
    printed = printed_legend(page)
    stranger = chromium.new_context().new_page()
    stranger.goto(page.url)
    assert printed_legend(stranger) == printed
    stranger.context.close()
