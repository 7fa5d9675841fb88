"""Review: what map, tables and filters say of the same records, in a real Chromium."""

from collections.abc import Callable

import app_page as user
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
