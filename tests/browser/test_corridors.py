"""Corridors on the Plan page: what a click does, what the tables say, and what changes."""

from collections.abc import Callable
from pathlib import Path

import app_page as user
import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
OpenPage = Callable[[str], Page]

KALOTINA = (42.9975, 22.8334)
BY_KALOTINA = "extent=22,42.3,24,43.6"
CORRIDOR_ONLY = "?layers=borders~crossings~corridor~difference"


def does(page: Page, words: str) -> None:
    """Choose what a click on the map does."""
    page.get_by_test_id("stButtonGroup").get_by_text(words, exact=True).click()
    user.settle(page)


def chosen(page: Page, label: str) -> Locator:
    """Give what is chosen in a list of that label."""
    box = page.get_by_role("combobox", name=label, exact=True)
    return page.locator(".react-aria-ComboBox").filter(has=box).locator("[data-tag]")


def middle_of_a_road(page: Page) -> tuple[float, float]:
    """Give the middle of the longest stretch of road that can be clicked in the view, far from crossings."""
    lat, lon = page.evaluate(
        """() => {
            const map = document.querySelector('.border-map').borderMap;
            const seen = map.getBounds().pad(-0.2);
            const roads = [];
            map.eachLayer((item) => {
                if (item.clickKey !== 'roads') return;
                const [a, b] = item.getLatLngs().flat();
                const middle = L.latLng((a.lat + b.lat) / 2, (a.lng + b.lng) / 2);
                if (seen.contains(middle)) roads.push({ middle, km: a.distanceTo(b) });
            });
            const { middle } = roads.sort((a, b) => b.km - a.km)[0];
            return [middle.lat, middle.lng];
        }"""
    )
    return lat, lon


def test_a_crossing_closed_by_a_click_moves_the_traffic_and_opens_again(open_page: OpenPage) -> None:
    page = open_page(f"{CORRIDOR_ONLY}&{BY_KALOTINA}")
    user.wait_for_map(page)
    before = dict(row[:2] for row in user.table(page, "Crossings in order"))
    does(page, "Close")
    user.click_map(page, *KALOTINA)
    expect(chosen(page, "Closed")).to_have_text("Gradina – Kalotina", timeout=user.PATIENCE_MS)
    user.settle(page)
    user.expect_count(page, "closed, to see what happens", 1)
    user.settle(page)
    page.get_by_role("tab", name="What changes").click()
    rows = user.table(page, "Change")
    assert rows[0][0] != "Gradina – Kalotina"
    assert rows[-1][0] == "Gradina – Kalotina"
    assert float(rows[0][4].rstrip("%")) > 0 > float(rows[-1][4].rstrip("%"))
    assert "closed=rs-bg-gradina-kalotina" in page.url
    user.screenshot(page, "plan_crossing_closed")
    user.click_map(page, *KALOTINA)
    expect(chosen(page, "Closed")).to_have_count(0, timeout=user.PATIENCE_MS)
    user.settle(page)
    assert dict(row[:2] for row in user.table(page, "Crossings in order")) == before


def test_a_road_is_slowed_down_by_a_click(open_page: OpenPage) -> None:
    page = open_page(f"{CORRIDOR_ONLY}&{BY_KALOTINA}")
    user.wait_for_map(page)
    does(page, "Slow down")
    road = middle_of_a_road(page)
    user.click_map(page, *road)
    expect(chosen(page, "Slowed down")).to_contain_text("road ", timeout=user.PATIENCE_MS)
    page.get_by_role("tab", name="What changes").click(timeout=user.PATIENCE_MS)
    expect(page.get_by_text("trips take +")).to_be_visible()
    user.settle(page)
    assert user.count(page, "slowed down") == 1


def test_trips_begin_at_a_crossing_and_in_an_area(open_page: OpenPage) -> None:
    page = open_page(f"{CORRIDOR_ONLY}&{BY_KALOTINA}&origins=")
    user.wait_for_map(page)
    does(page, "From here")
    user.click_map(page, *KALOTINA)
    expect(chosen(page, "From")).to_have_text("Gradina – Kalotina", timeout=user.PATIENCE_MS)
    user.settle(page)
    page.locator(".leaflet-draw-draw-rectangle").click()
    for number, corner in enumerate([(42.5, 23.0), (42.8, 23.6)]):
        page.mouse.move(*user.at(page, *corner))
        page.mouse.down() if number == 0 else page.mouse.up()
    expect(chosen(page, "From").nth(1)).to_contain_text("area 23", timeout=user.PATIENCE_MS)
    user.settle(page)
    trips = {row[0] for row in user.table(page, "From and to")}
    assert trips == {"Gradina – Kalotina to Vienna", "area around 23.30, 42.65 to Vienna"}
    user.screenshot(page, "plan_from_a_crossing_and_an_area")


def test_a_row_marks_its_way_on_the_map(open_page: OpenPage) -> None:
    page = open_page(CORRIDOR_ONLY)
    user.wait_for_map(page)
    assert user.count(page, "alternative selected below") == 0
    user.click_row(page, 1)
    user.settle(page)
    assert user.count(page, "alternative selected below") == 1
    assert "route=1" in page.url
    user.screenshot(page, "plan_alternative_selected")


def test_the_checkpoints_of_the_plan_are_manned_with_one_switch(open_page: OpenPage) -> None:
    page = open_page(f"{CORRIDOR_ONLY}&{BY_KALOTINA}")
    user.wait_for_map(page)
    user.click_map(page, *KALOTINA)
    user.expect_metric(page, "Checkpoints", "1")
    page.get_by_text("The checkpoints of the plan are manned").click()
    expect(page.get_by_role("tab", name="What changes")).to_be_visible(timeout=user.PATIENCE_MS)
    user.settle(page)
    assert user.count(page, "manned, to see what happens") == 1


def test_a_name_that_nothing_has_is_said_and_the_others_are_found(open_page: OpenPage) -> None:
    page = open_page(f"{CORRIDOR_ONLY}&origins=Istanbul~Atlantis")
    user.wait_for_map(page)
    expect(page.get_by_text("no place is called 'Atlantis'")).to_be_visible()
    assert user.table(page, "Crossings in order")[0][6].startswith("Kapitan Andreevo")


def test_gaps_of_the_roads_are_shown_when_asked_for(open_page: OpenPage) -> None:
    page = open_page("?layers=borders~road_problems")
    user.wait_for_map(page)
    assert user.count(page, "no road at the crossing") > 0
    assert user.count(page, "loose end at a border") > 0


def test_what_is_supposed_goes_into_the_briefing(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(f"{CORRIDOR_ONLY}&closed=rs-bg-gradina-kalotina")
    user.wait_for_map(page)
    user.go_to(page, "Brief")
    user.wait_for_preview(page)
    legend = user.printed(user.save(page, "SVG", tmp_path / "page.svg"))
    assert "50% to 100%" in legend
    assert "gains 10 points of share or more" in " ".join(legend)
    assert "closed, to see what happens" in " ".join(legend)
    user.screenshot(page, "brief_crossing_closed")
