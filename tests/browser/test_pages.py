"""Every page in a real Chromium, as its user would use it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import app_page as user
import pytest
from playwright.sync_api import Browser, Page, expect

from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.reference import load_crossings
from geoanalysis.reference.selection import select_crossings, within

pytestmark = pytest.mark.browser
OpenPage = Callable[[str], Page]

KALOTINA = (42.9975, 22.8334)
KAPITAN_ANDREEVO = (41.7173, 26.3531)
"""Where two crossings lie, by OpenStreetMap."""
QUIET_PLAN = "?layers=borders~crossings"
EXERCISE = "EXERCISE - simulated"


def test_plan_shows_crossings_check_intensity_and_seizures_on_one_map(open_page: OpenPage) -> None:
    page = open_page("")
    user.wait_for_map(page)
    assert user.count(page, "border crossing point") > 200
    assert user.count(page, "drugs") > 0
    assert user.count(page, "unknown") > 0
    assert any("share of traffic checked, %" in entry for entry in user.legend(page))
    assert any(entry.startswith("Expected share of Istanbul to Vienna | ") for entry in user.legend(page))
    expect(page.get_by_text(EXERCISE)).to_be_visible()
    expect(page.get_by_text("schematic network", exact=True)).to_be_visible()
    user.screenshot(page, "plan")


def test_review_shows_crossings_check_intensity_and_seizures_on_one_map(open_page: OpenPage) -> None:
    page = open_page("review?layers=borders~crossings~intensity~hotspots~seizures")
    user.wait_for_map(page)
    assert user.count(page, "border crossing point") > 200
    assert user.count(page, "drugs") > 0
    assert user.count(page, "unknown") > 0
    assert user.count(page, "hot-spot crossing") > 0
    expect(page.get_by_text(EXERCISE).first).to_be_visible()
    user.screenshot(page, "review")


def test_a_click_takes_a_crossing_into_the_plan_and_out_again(open_page: OpenPage) -> None:
    page = open_page(QUIET_PLAN)
    user.wait_for_map(page)
    user.click_map(page, *KALOTINA)
    user.expect_metric(page, "Checkpoints", "1")
    user.settle(page)
    assert user.count(page, "checkpoint of the plan") == 1
    user.screenshot(page, "plan_one_picked")
    user.click_map(page, *KALOTINA)
    user.expect_metric(page, "Checkpoints", "0")
    user.settle(page)
    assert user.count(page, "checkpoint of the plan") == 0


def test_a_drawn_area_takes_all_crossings_inside(open_page: OpenPage) -> None:
    page = open_page(QUIET_PLAN)
    user.wait_for_map(page)
    corners = [(46.0, 19.0), (46.0, 21.5), (44.5, 21.5), (44.5, 19.0)]
    page.locator(".leaflet-draw-draw-polygon").click()
    for corner in [*corners, corners[0]]:
        user.click_map(page, *corner)
        page.wait_for_timeout(350)
    ring = [[lon, lat] for lat, lon in [*corners, corners[0]]]
    roads = select_crossings(load_crossings(date(2022, 10, 26)), modes=["road"])
    inside = within(roads, {"type": "Polygon", "coordinates": [ring]})
    assert len(inside) > 5
    user.expect_metric(page, "Checkpoints", str(len(inside)))
    user.screenshot(page, "plan_area_drawn")


def test_a_plan_downloads_and_uploads_again_unchanged(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(QUIET_PLAN)
    user.wait_for_map(page)
    for place in (KALOTINA, KAPITAN_ANDREEVO):
        user.click_map(page, *place)
        user.settle(page)
    user.expect_metric(page, "Checkpoints", "2")
    saved = {}
    for button, suffix in (("Save as CSV", "csv"), ("Save as GeoPackage", "gpkg")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button, exact=True).click()
        saved[suffix] = tmp_path / f"plan.{suffix}"
        download.value.save_as(saved[suffix])
    for suffix, path in saved.items():
        fresh = open_page(QUIET_PLAN)
        user.wait_for_map(fresh)
        fresh.locator("input[type=file]").set_input_files(path)
        user.expect_metric(fresh, "Checkpoints", "2")
        user.settle(fresh)
        with fresh.expect_download() as download:
            fresh.get_by_role("button", name="Save as CSV", exact=True).click()
        again = tmp_path / f"again_{suffix}.csv"
        download.value.save_as(again)
        assert again.read_bytes() == saved["csv"].read_bytes()


def test_the_day_decides_what_is_external(open_page: OpenPage) -> None:
    in_2022 = open_page(QUIET_PLAN)
    user.wait_for_map(in_2022)
    checked_2022 = user.count(in_2022, "internal border with checks")
    in_2026 = open_page(f"{QUIET_PLAN}&on=2026-01-15")
    user.wait_for_map(in_2026)
    assert (checked_2022, user.count(in_2026, "internal border with checks")) == (5, 0)


def test_a_place_at_sea_is_refused_with_its_distance(open_page: OpenPage) -> None:
    page = open_page("?layers=borders~corridor&origins=18.0,35.5")
    page.wait_for_selector(".bm-legend-line", timeout=60_000)
    expect(page.get_by_text("km from the nearest road")).to_be_visible()
    user.screenshot(page, "plan_place_at_sea")


def test_a_link_opens_the_same_view_again(open_page: OpenPage, chromium: Browser) -> None:
    page = open_page(QUIET_PLAN)
    user.wait_for_map(page)
    user.click_map(page, *KALOTINA)
    user.expect_metric(page, "Checkpoints", "1")
    page.evaluate(
        "void document.querySelector('.border-map').borderMap.setView([42.9, 22.9], 8, {animate: false})"
    )
    page.wait_for_function("location.search.includes('extent=')")
    user.settle(page)
    link, seen = page.url, user.extent(page)
    assert "kalotina" not in link
    stranger = chromium.new_context(viewport={"width": 1600, "height": 1000}).new_page()
    stranger.goto(link)
    user.wait_for_map(stranger)
    west, south, east, north = user.extent(stranger)
    assert west <= seen[0] + 0.05
    assert east >= seen[2] - 0.05
    assert abs((south + north) - (seen[1] + seen[3])) < 0.2
    expect(stranger.get_by_text("which is not open here")).to_be_visible()
    assert user.count(stranger, "drugs") == 0
    stranger.context.close()


def test_the_time_slider_changes_map_and_totals_alike(open_page: OpenPage) -> None:
    page = open_page("review")
    user.wait_for_map(page)
    before = user.count(page, "drugs")
    page.get_by_role("slider").last.focus()
    for _ in range(60):
        page.keyboard.press("ArrowLeft")
    user.settle(page)
    page.wait_for_function(
        f"[...document.querySelectorAll('.bm-legend-line')].every(line => !line.innerText.includes('drugs')"
        f" || !line.innerText.endsWith('{before}'))"
    )
    assert 0 < user.count(page, "drugs") < before
    assert "ends=2022-10-27" in page.url
    user.screenshot(page, "review_half_the_time")


def test_a_place_clicked_marks_its_row_and_a_row_chosen_flies_there(open_page: OpenPage) -> None:
    page = open_page("review")
    user.wait_for_map(page)
    first_row = page.get_by_test_id("stDataFrameResizable").first
    first_row.scroll_into_view_if_needed()
    frame = first_row.bounding_box()
    assert frame is not None
    start = user.extent(page)
    page.mouse.click(frame["x"] + 15, frame["y"] + 52)
    page.wait_for_function("location.search.includes('place=')")
    page.wait_for_timeout(1500)
    seen = user.extent(page)
    assert seen[2] - seen[0] < (start[2] - start[0]) / 3
    user.screenshot(page, "review_row_chosen")


def test_brief_prints_the_view_it_comes_from(open_page: OpenPage, chromium: Browser, tmp_path: Path) -> None:
    page = open_page("review?crime_areas=drugs~firearms")
    user.wait_for_map(page)
    shown = user.legend(page)
    user.go_to(page, "Brief")
    user.wait_for_preview(page)
    printed = user.printed(user.save(page, "SVG", tmp_path / "page.svg"))
    seized = {
        entry.split(" | ")[1]: number for entry, number in shown.items() if entry.startswith("Seizures")
    }
    assert len(seized) == 2
    for words, number in seized.items():  # all of them lie in the frame, not so all borders
        assert printed[printed.index(words) + 1] == str(number)
    user.screenshot(page, "brief")
    assert user.save(page, "PNG", tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
    user.save(page, "HTML", tmp_path / "page.html")
    assert_opens_offline(chromium, tmp_path / "page.html", shown)


def assert_opens_offline(chromium: Browser, path: Path, shown: dict[str, int]) -> None:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector(".bm-legend-line")
    assert user.legend(page) == shown
    expect(page.get_by_text(EXERCISE).first).to_be_visible()
    user.screenshot(page, "offline_html")
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert said == []
    context.close()


def test_a_file_with_faults_is_reported_row_by_row_and_adds_only_what_holds(
    open_page: OpenPage, tmp_path: Path
) -> None:
    good = {column.name: column.example for column in SEIZURES.columns} | {"seizure_id": "NEW-1"}
    rows = [
        good,
        good | {"seizure_id": "NEW-2", "lon": "41.7173", "lat": "26.3531", "crossing_id": ""},
        good | {"seizure_id": "NEW-3", "quantity": "-5"},
    ]
    path = tmp_path / "seizures.csv"
    path.write_text(
        "\n".join(",".join(row.values()) for row in [{n: n for n in SEIZURES.names}, *rows]), "utf-8"
    )
    page = open_page("data")
    expect(page.get_by_text(EXERCISE).first).to_be_visible(timeout=60_000)
    before = int(user.metric(page, "Seizures"))
    page.locator("input[type=file]").last.set_input_files(path)
    expect(page.get_by_text("1 of 3 rows can be added, 2 are refused")).to_be_visible(
        timeout=user.PATIENCE_MS
    )
    user.screenshot(page, "data_report")
    page.get_by_role("button", name="Add the 1 accepted rows").click()
    user.expect_metric(page, "Seizures", str(before + 1))
    expect(page.get_by_text("The 1 accepted rows are in")).to_be_visible()
    expect(page.get_by_role("button", name="Add the 1 accepted rows")).to_be_hidden()


def test_a_file_over_the_limit_is_refused_with_the_limit_and_the_way_round_it(
    open_page: OpenPage, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"x" * 60_000_000)
    page = open_page("data")
    page.locator("input[type=file]").last.wait_for(state="attached", timeout=60_000)
    page.locator("input[type=file]").last.set_input_files(path)
    expect(page.get_by_text("must be 50.0MB or smaller")).to_be_visible(timeout=user.PATIENCE_MS)
    expect(page.get_by_text("split it by day or country")).to_be_visible()
    user.screenshot(page, "data_too_large")
