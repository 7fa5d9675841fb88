"""Checkpoints in a real Chromium: picks, suggestion, and what both achieve."""

import itertools
from collections.abc import Callable
from datetime import date

import app_page as user
import pytest
from playwright.sync_api import Page, expect

from geoanalysis import network
from geoanalysis.reference import load_crossings, load_places

pytestmark = pytest.mark.browser
OpenPage = Callable[[str], Page]
ACTION = date(2022, 10, 26)


def test_a_suggestion_is_taken_over_and_valued(open_page: OpenPage) -> None:
    page = open_page("checkpoints?teams=3.0&kind=fixed")
    user.wait_for_map(page)
    user.expect_count(page, "suggested checkpoint (size: how often manned)", 3)
    expect(page.get_by_text("Click crossings on the map")).to_be_visible()
    page.get_by_role("button", name="Take over").click()
    user.settle(page)
    user.expect_count(page, "checkpoint of the plan", 3)
    picked, suggested = user.table(page, "Re-routed")
    assert picked[1:5] == suggested[1:5]  # places, unchecked, as planned, re-routed: the same now
    assert picked[3] != picked[4]


def test_constraints_that_clash_are_told(open_page: OpenPage) -> None:
    page = open_page("checkpoints?teams=1.0&cover=BG-TR 1~RS-HU 1")
    expect(page.get_by_text("no plan keeps to all constraints")).to_be_visible(timeout=60_000)


def test_a_roster_is_dated_and_keeps_to_rest(open_page: OpenPage) -> None:
    page = open_page("checkpoints?teams=2.0&crews=6.0&rest=1.0&shifts=4.0&shift_h=12.0")
    user.wait_for_map(page)
    page.get_by_role("tab", name="Suggestion").click()
    user.settle(page)
    rota = user.table(page, "starts")
    starts = [row[2] for row in rota]
    assert starts == ["2022-10-26 00:00", "2022-10-26 12:00", "2022-10-27 00:00", "2022-10-27 12:00"]
    manned = [{team for team, place in enumerate(row[3:]) if place not in {"", "None"}} for row in rota]
    assert all(len(teams) == 2 for teams in manned)
    assert all(not teams & after for teams, after in itertools.pairwise(manned))


def test_numbers_that_cannot_be_read_are_told(open_page: OpenPage) -> None:
    page = open_page("checkpoints?quotas=Bulgaria")
    expect(page.get_by_text("write a name and a whole number")).to_be_visible(timeout=60_000)


def test_a_point_on_a_road_is_picked_and_counts(open_page: OpenPage) -> None:
    page = open_page("?layers=borders~corridor")
    user.wait_for_map(page)
    user.click_map(page, *on_the_road())
    user.expect_metric(page, "Checkpoints", "1")
    page.get_by_role("link", name="Checkpoints").click()
    user.wait_for_map(page)
    picked, _ = user.table(page, "Re-routed")
    assert picked[1] == "1"
    assert user.table(page, "Adds")[0][0].startswith("Road")


def on_the_road() -> tuple[float, float]:
    """Give the middle of the longest road from Istanbul to Vienna in Serbia."""
    crossings, on = load_crossings(ACTION), network.Travel(ACTION)
    roads = network.with_borders(network.schematic_network(ACTION), crossings, on)
    ends = network.named_ends(["Istanbul", "Vienna"], load_places(), crossings)
    way = network.alternative_routes(roads, *ends, k=1).geometry.iloc[0].buffer(1e-6)
    inside = roads.edges[(roads.edges["country"] == "RS") & roads.edges.within(way)]
    longest = inside.loc[inside["length_km"].idxmax()].geometry
    middle = longest.interpolate(0.5, normalized=True)
    return middle.y, middle.x
