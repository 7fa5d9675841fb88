"""Brief: the same view as the page it comes from, as files and by its link."""

import re
from collections.abc import Callable
from pathlib import Path

import app_page as user
import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
OpenPage = Callable[[str], Page]

NEAR_NIS = "extent=20.5,42.5,23.5,44.0"
MANY_PAGES = "brief?page=review&contents=summary~map~places~timeline~results~atlas"


def reference(page: Page) -> str:
    """Give the reference of the briefing shown."""
    return page.get_by_text(re.compile(r"^Ref\. \w+ · page")).inner_text().split(" ")[1]


@pytest.mark.parametrize(
    ("origin", "path"), [("plan", "?layers=borders~crossings~intensity~seizures"), ("review", "review?")]
)
def test_brief_prints_the_view_of_its_page(
    open_page: OpenPage, chromium: Browser, tmp_path: Path, origin: str, path: str
) -> None:
    page = open_page(f"{path}&{NEAR_NIS}")
    user.wait_for_map(page)
    seen = user.extent(page)
    shown = {entry.split(" | ")[1] for entry in user.legend(page)}
    user.go_to(page, "Brief")
    user.wait_for_preview(page)
    assert f"page={origin}" in page.url
    user.screenshot(page, f"brief_of_{origin}")
    words = user.printed(user.save(page, "SVG", tmp_path / "page.svg"))
    assert "EXERCISE - simulated" in words
    assert any(re.search(r"centred on 43°1[28]. N 22° E", line) for line in words)
    assert len(shown.intersection(words)) >= 4
    assert any(reference(page) in line for line in words)
    saved = user.save(page, "HTML", tmp_path / "page.html")
    offline = chromium.new_context(offline=True, viewport={"width": 1600, "height": 1000}).new_page()
    asked, errors = [], []
    offline.on("request", lambda request: asked.append(request.url))
    offline.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    offline.on("pageerror", lambda error: errors.append(str(error)))
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
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []
    offline.context.close()


def test_the_link_of_brief_opens_the_same_page_again(open_page: OpenPage, chromium: Browser) -> None:
    page = open_page("?layers=borders~crossings&modes=rail")
    user.wait_for_map(page)
    user.go_to(page, "Brief")
    user.wait_for_preview(page)
    stranger = chromium.new_context().new_page()
    stranger.goto(page.url)
    user.wait_for_preview(stranger)
    assert reference(stranger) == reference(page)
    stranger.context.close()


def test_a_long_briefing_shows_progress_and_can_be_cancelled(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(MANY_PAGES)
    user.wait_for_preview(page)
    page.get_by_role("button", name="Make PDF").click()
    count = int(page.get_by_text(re.compile(r"^Page of \d+$")).inner_text().split(" ")[-1])
    expect(page.get_by_text(re.compile(rf"PDF: page \d+ of {count}"))).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0, timeout=30_000)
    page.get_by_role("button", name="Make PDF").click()
    page.get_by_role("button", name="PDF", exact=True).wait_for(timeout=60_000)
    made = pypdfium2.PdfDocument(user.save(page, "PDF", tmp_path / "briefing.pdf"))
    assert len(made) == count > 6
    assert f"Page {count} of {count}" in made[count - 1].get_textpage().get_text_bounded()
