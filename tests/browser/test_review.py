"""Review: what map, tables and filters say of the same records, in a real Chromium."""

from collections.abc import Callable
from pathlib import Path

import app_page as user
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
OpenPage = Callable[[str], Page]

BREGANA = (45.8497, 15.6925)
"""A hot-spot crossing of the bundled exercise."""


def seizures_on_the_map(page: Page) -> int:
    shown = user.legend(page).items()
    return sum(number for entry, number in shown if entry.startswith("Seizures, by crime area"))


def seizures_in_the_totals(page: Page) -> int:
    page.get_by_role("tab", name="Totals").click()
    rows = user.table(page, "Crime area")
    return sum(int(row[1]) for row in rows)


@pytest.mark.parametrize(
    "filters", ["", "crime_areas=drugs~firearms", "countries=BG~TR", "ends=2022-10-27T12:00:00%2B00:00"]
)
def test_map_and_totals_count_the_same_seizures(open_page: OpenPage, filters: str) -> None:
    page = open_page(f"review?{filters}")
    user.wait_for_map(page)
    assert seizures_in_the_totals(page) == seizures_on_the_map(page) > 0
    if not filters:
        assert seizures_on_the_map(page) > 300
        user.screenshot(page, "review_totals")


def test_a_crime_area_leaves_only_its_seizures(open_page: OpenPage) -> None:
    page = open_page("review?crime_areas=firearms&layers=seizures")
    user.wait_for_map(page)
    assert list(user.legend(page)) == ["Seizures, by crime area | firearms"]


def test_a_click_on_a_place_marks_its_row(open_page: OpenPage) -> None:
    page = open_page("review?layers=borders~hotspots")
    user.wait_for_map(page)
    user.click_map(page, *BREGANA)
    page.wait_for_function("location.search.includes('place=hr-si-bregana')")
    expect(user.marked_row(page, "Bregana")).to_be_attached()
    user.screenshot(page, "review_place_clicked")


def test_a_row_flies_to_its_place_and_can_be_unmarked(open_page: OpenPage) -> None:
    page = open_page("review?layers=borders~hotspots")
    user.wait_for_map(page)
    assert user.table(page, "Expected hits")[0][0].startswith("Bregana")
    user.click_row(page, 0)
    page.wait_for_function("location.search.includes('extent=')")
    west, south, east, north = user.extent(page)
    assert (south + north) / 2 == pytest.approx(BREGANA[0], abs=0.1)
    assert (west + east) / 2 == pytest.approx(BREGANA[1], abs=0.1)
    user.settle(page)
    user.click_row(page, 0)
    page.wait_for_function("!location.search.includes('place=')")
    expect(user.marked_row(page, "Bregana")).not_to_be_attached()


def test_what_was_published_stands_beside_what_is_recorded(open_page: OpenPage) -> None:
    page = open_page("review?layers=borders")
    user.wait_for_map(page)
    page.get_by_role("tab", name="Published").click()
    figures = {row[0]: row[1:4] for row in user.table(page, "Recorded here")}
    assert figures["persons_checked"] == ["74924", "74924", "0"]
    user.screenshot(page, "review_published")


def test_a_point_of_the_funnel_is_the_place_on_the_map_and_in_the_table(open_page: OpenPage) -> None:
    page = open_page("review?layers=borders~hotspots")
    user.wait_for_map(page)
    page.locator("path[aria-label*='Bregana']").first.click()
    page.wait_for_function("location.search.includes('place=hr-si-bregana')")
    expect(user.marked_row(page, "Bregana")).to_be_attached()
    expect(page.get_by_text("Hits and expected hits at Bregana")).to_be_visible()
    user.screenshot(page, "review_funnel_clicked")
    page.get_by_role("button", name="Formula").first.click()
    expect(page.get_by_text("Przyborowski and Wilenski 1940").first).to_be_visible()
    expect(page.locator(".katex").first).to_be_visible()


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("Around places", "Around seizures of firearms, drugs are"),
        ("Clusters", "29 hits where 7.8 are expected"),
        ("Displacement", "Their hit rate became"),
    ],
)
def test_tabs_say_what_they_found(open_page: OpenPage, tab: str, words: str) -> None:
    page = open_page(f"review?layers=borders~clusters~density&tab={tab.replace(' ', '+')}")
    user.wait_for_map(page)
    expect(page.get_by_text(words).first).to_be_visible(timeout=user.PATIENCE_MS)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    user.expect_count(page, "cluster, p at most 5 %", 2)
    assert any("per 100 km of road: activity, not risk" in entry for entry in user.legend(page))
    user.screenshot(page, f"review_{tab.lower().replace(' ', '_')}")


def test_halves_of_an_action_are_compared(open_page: OpenPage) -> None:
    page = open_page("review?layers=borders&tab=Compare&starts=2022-10-28T00:00:00%2B00:00")
    user.wait_for_map(page)
    expect(page.get_by_text("351 hits in 17481 checks, then 406 in 19696")).to_be_visible()
    sections = {row[0] for row in user.table(page, "Rate, times")}
    assert len(sections) > 5


def test_the_result_sheet_is_one_click(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("review?layers=borders&tab=Published")
    user.wait_for_map(page)
    sheet = pd.read_csv(user.save(page, "Result sheet (CSV)", tmp_path / "sheet.csv"))
    row = sheet[sheet["measure"] == "Persons"].iloc[0]
    assert (row["value"], row["published"], row["difference"]) == (74_924, 74_924, 0)
    assert (sheet["notice"] == "EXERCISE - simulated").all()


def test_a_bar_of_the_timeline_is_the_time_looked_at(open_page: OpenPage) -> None:
    page = open_page("review?layers=borders~seizures")
    user.wait_for_map(page)
    whole = seizures_on_the_map(page)
    page.locator("path[aria-label*='27 Oct 08:00']").first.click()
    page.wait_for_function("location.search.includes('starts=2022-10-27T08')")
    user.settle(page)
    assert 0 < seizures_on_the_map(page) < whole / 4
    user.screenshot(page, "review_timeline_clicked")
    page.get_by_role("button", name="Whole action").click()
    page.wait_for_function("!location.search.includes('starts=2022-10-27T08')")
    user.settle(page)
    assert seizures_on_the_map(page) == whole
    page.locator("path[aria-label*='27 Oct 08:00']").first.click()
    page.wait_for_function("location.search.includes('starts=2022-10-27T08')")


def test_each_tab_opens_at_the_first_click(open_page: OpenPage) -> None:
    page = open_page("review?layers=borders")
    user.wait_for_map(page)
    for tab in ("Hexagons", "Hit rates", "Concentration", "Totals", "Crossings"):
        page.get_by_role("tab", name=tab, exact=True).click()
        expect(page.get_by_role("tab", name=tab, exact=True)).to_have_attribute("aria-selected", "true")
        user.settle(page)
        expect(page.get_by_role("tab", name=tab, exact=True)).to_have_attribute("aria-selected", "true")


def test_a_picture_of_a_selection_says_so_and_marks_the_place_chosen(open_page: OpenPage) -> None:
    page = open_page(
        "review?countries=AL&starts=2022-10-27T00:00:00%2B00:00&layers=borders&place=al-sea-durres"
    )
    user.wait_for_map(page)
    words = "27 Oct 00:00 to 30 Oct 00:00 UTC, shifts counted whole; reported by AL"
    expect(page.get_by_text(f"Only {words}.")).to_be_visible()
    user.expect_count(page, "place chosen", 1)
    user.go_to(page, "Brief")
    expect(page.get_by_role("img", name="Preview")).to_be_visible(timeout=user.PATIENCE_MS)
    user.settle(page)
    user.screenshot(page, "brief_of_a_selection")
