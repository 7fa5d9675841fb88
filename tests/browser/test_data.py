"""Data: templates that are accepted as they are, an operation that comes back, faults by row and column."""

from collections.abc import Callable
from pathlib import Path

import app_page as user
import pytest
from playwright.sync_api import Page, expect

from geoanalysis.reference import data_folder
from geoanalysis.store import load_operation

pytestmark = pytest.mark.browser
OpenPage = Callable[[str], Page]


def open_data(open_page: OpenPage) -> Page:
    page = open_page("data")
    expect(page.get_by_text("EXERCISE - simulated").first).to_be_visible(timeout=60_000)
    return page


@pytest.mark.parametrize(("kind", "new"), [("Seizures", 0), ("Check shifts", 1), ("Results", 1)])
def test_a_template_is_accepted_as_it_is(open_page: OpenPage, tmp_path: Path, kind: str, new: int) -> None:
    """The exercise has a seizure BG-0001, so the example of the template takes its place."""
    page = open_data(open_page)
    page.get_by_role("radio", name=kind).click()
    before = int(user.metric(page, kind))
    expect(page.get_by_text(f"{kind}: CSV, XLSX")).to_be_visible()
    path = user.save(page, "Template (XLSX)", tmp_path / "template.xlsx")
    page.locator("input[type=file]").last.set_input_files(path)
    page.get_by_role("button", name="accepted rows to").click(timeout=user.PATIENCE_MS)
    expect(page.get_by_text("accepted rows are in")).to_be_visible(timeout=user.PATIENCE_MS)
    assert int(user.metric(page, kind)) == before + new


def test_a_report_names_row_column_and_value(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_data(open_page)
    template = user.save(page, "Template (CSV)", tmp_path / "template.csv").read_text("utf-8-sig")
    header, example, *_ = template.splitlines()
    fields = example.split(",")
    fields[header.split(",").index("quantity")] = "many"
    path = tmp_path / "faults.csv"
    path.write_text("\n".join([header, example, ",".join(fields)]), "utf-8")
    page.locator("input[type=file]").last.set_input_files(path)
    findings = user.table(page, "column")
    assert any(row[:3] == ["3", "quantity", "many"] for row in findings)
    page.get_by_text("can be added").scroll_into_view_if_needed()
    user.screenshot(page, "data_report_rows")


def test_an_operation_downloads_and_opens_again(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_data(open_page)
    path = user.save(page, "Download the operation (GeoPackage)", tmp_path / "operation.gpkg")
    page = open_data(open_page)
    page.locator("input[type=file]").first.set_input_files(path)
    user.settle(page)
    shifts = load_operation(data_folder() / "actions" / "exercise_2022").check_shifts
    user.expect_metric(page, "Check shifts", str(len(shifts)))
    expect(page.get_by_text("was not changed")).to_be_hidden()
    user.screenshot(page, "data")
