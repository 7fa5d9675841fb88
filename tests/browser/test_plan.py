"""Plan and its table, files and links in a real Chromium."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import app_page as user
import pytest
from playwright.sync_api import Browser, Page, expect

from geoanalysis.domain.operation import Deployment, Plan
from geoanalysis.reference import load_borders, load_crossings
from geoanalysis.reference.selection import select_crossings
from geoanalysis.store import plan_to_csv

pytestmark = pytest.mark.browser
OpenPage = Callable[[str], Page]

KALOTINA = (42.9975, 22.8334)
KAPITAN_ANDREEVO = (41.7173, 26.3531)
QUIET_PLAN = "?layers=borders~crossings"
OFFICERS_X = 283
"""Where the column of officers begins, in pixels: after the box of the row and the name."""


def test_a_click_goes_to_the_symbol_under_it_and_not_to_its_neighbour(open_page: OpenPage) -> None:
    page = open_page(QUIET_PLAN)
    user.wait_for_map(page)
    user.click_map(page, *KAPITAN_ANDREEVO)
    user.expect_metric(page, "Checkpoints", "1")
    assert user.table(page, "Checkpoint")[0][0].startswith("Kapitan Andreevo – ")


def test_rows_edited_and_deleted_in_the_table_change_the_map(open_page: OpenPage) -> None:
    page = open_page(QUIET_PLAN)
    user.wait_for_map(page)
    for picked, place in enumerate((KALOTINA, KAPITAN_ANDREEVO), start=1):
        user.click_map(page, *place)
        user.expect_metric(page, "Checkpoints", str(picked))
        user.settle(page)
    user.click_row(page, 1, x=OFFICERS_X)
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    page.keyboard.type("7", delay=100)
    page.keyboard.press("Enter")
    user.expect_metric(page, "Officers", "7")
    user.settle(page)
    user.click_row(page, 0)
    page.keyboard.press("Delete")
    user.expect_metric(page, "Checkpoints", "1")
    user.expect_metric(page, "Officers", "7")
    user.settle(page)
    assert user.count(page, "checkpoint of the plan") == 1
    name, officers, *_ = user.table(page, "Checkpoint")[0]
    assert (name.split(" – ")[0], officers) == ("Kapitan Andreevo", "7")
    page.get_by_role("button", name="Undo").click()
    user.expect_metric(page, "Checkpoints", "2")
    user.screenshot(page, "plan_rows_edited")


@pytest.mark.parametrize("on", [date(2022, 10, 26), date(2026, 1, 15)])
def test_the_legend_counts_the_borders_of_the_day(open_page: OpenPage, on: date) -> None:
    page = open_page(f"{QUIET_PLAN}&on={on}")
    user.wait_for_map(page)
    types = load_borders(on)["border_type"]
    assert user.count(page, "external border") == (types == "external").sum()
    assert user.count(page, "Schengen-internal border") == (types == "schengen_internal").sum()
    assert user.count(page, "internal border with checks") == (types == "internal_checked").sum()


def test_a_link_carries_filters_and_layers(open_page: OpenPage) -> None:
    page = open_page("?layers=crossings&modes=rail&countries=RS")
    user.wait_for_map(page)
    expected = select_crossings(load_crossings(date(2022, 10, 26)), modes=["rail"], countries=["RS"])
    shown = user.legend(page)
    assert sum(shown.values()) == len(expected) > 3
    assert {entry.split(" | ")[0] for entry in shown} == {"Crossings (size: persons a year)"}
    assert "modes=rail&countries=RS" in page.url


def test_a_link_names_the_plan_file_and_is_content_once_it_is_open(
    open_page: OpenPage, chromium: Browser, tmp_path: Path
) -> None:
    page = open_page(QUIET_PLAN)
    user.wait_for_map(page)
    user.click_map(page, *KALOTINA)
    user.expect_metric(page, "Checkpoints", "1")
    page.wait_for_function("location.search.includes('plan=')")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    name = download.value.suggested_filename
    download.value.save_as(tmp_path / name)
    stranger = chromium.new_context(viewport={"width": 1600, "height": 1000}).new_page()
    stranger.goto(page.url)
    user.wait_for_map(stranger)
    warning = stranger.get_by_text("which is not open here")
    expect(warning).to_be_visible()
    wanted = warning.inner_text().split("This link shows plan ")[1].split(",")[0]
    assert wanted in name
    user.screenshot(stranger, "plan_link_without_its_plan")
    stranger.locator("input[type=file]").set_input_files(tmp_path / name)
    user.expect_metric(stranger, "Checkpoints", "1")
    expect(warning).to_be_hidden()
    user.settle(stranger)
    user.click_map(stranger, *KALOTINA)
    user.expect_metric(stranger, "Checkpoints", "0")
    expect(warning).to_be_hidden()
    stranger.context.close()


def test_an_opened_plan_shows_its_name_and_day_in_the_widgets(open_page: OpenPage, tmp_path: Path) -> None:
    plan = Plan("plan-1", "January", date(2026, 1, 15), (Deployment("post", "Post", 26.6, 41.97, 4),))
    file = tmp_path / "plan.csv"
    file.write_bytes(plan_to_csv(plan))
    page = open_page(QUIET_PLAN)
    user.wait_for_map(page)
    page.locator("input[type=file]").first.set_input_files(file)
    user.expect_metric(page, "Checkpoints", "1")
    user.settle(page)
    shown = page.get_by_test_id("stDateInput").get_by_role("spinbutton").all_inner_texts()
    assert [int(part) for part in shown] == [2026, 1, 15]
    assert page.get_by_role("textbox", name="Plan", exact=True).input_value() == "January"
    assert user.count(page, "internal border with checks") == 0
