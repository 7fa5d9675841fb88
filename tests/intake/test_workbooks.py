"""Excel workbooks: types of cells, which sheet is read, archives that are no workbook or far too large."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from geoanalysis import intake
from geoanalysis.domain.errors import UnreadableFileError

HEADER = ["country", "date", "crime_area", "measure", "value", "unit", "handling"]
GOOD = ["BG", date(2022, 10, 26), "drugs", "arrests", 4, "count", "H1"]


def content(workbook: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def workbook_of(*rows: list[Any], title: str = "Sheet") -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    return workbook


def read(workbook: openpyxl.Workbook) -> tuple[Any, intake.IntakeReport]:
    return intake.read_results(intake.Upload("r.xlsx", content(workbook)))


def test_cells_are_read_by_their_type(
    xlsx_bytes: Callable[..., bytes], clean_row: Callable[..., dict[str, Any]], crossings: Any
) -> None:
    moment = datetime(2022, 10, 26, 8, 30)  # noqa: DTZ001 - Excel has no zones
    rows = [
        clean_row(
            "seizures", occurred_utc=moment, item=1, quantity=5.78, lon=26.3531, lat=41.7173, seizure_id=17
        )
    ]
    records, report = intake.read_seizures(intake.Upload("s.xlsx", xlsx_bytes(rows)), crossings=crossings)
    assert report.findings["rule"].tolist() == ["time-no-offset"]
    assert records["occurred_utc"].dt.strftime("%Y-%m-%d %H:%M").tolist() == ["2022-10-26 08:30"]
    assert records[["seizure_id", "quantity"]].values.tolist() == [["17", 5.78]]


def test_days_serials_and_text_are_told_apart() -> None:
    serial = [*GOOD[:1], 44860, *GOOD[2:3], "officers", *GOOD[4:]]
    text = [*GOOD[:1], "2022-10-26", *GOOD[2:3], "victims", *GOOD[4:]]
    records, report = read(workbook_of(HEADER, GOOD, serial, text))
    assert records["date"].dt.strftime("%Y-%m-%d").tolist() == ["2022-10-26"] * 3
    assert report.findings[["row", "rule"]].values.tolist() == [[3, "time-excel"]]


def test_rows_are_numbered_as_in_the_sheet() -> None:
    workbook = workbook_of(HEADER, GOOD)
    for column, cell in enumerate([*GOOD[:3], "officers", -4, *GOOD[5:]], start=1):
        workbook.active.cell(row=9, column=column, value=cell)
    assert read(workbook)[1].findings["row"].tolist() == [9]


def test_the_sheet_of_the_kind_is_read() -> None:
    workbook = workbook_of(["nothing"], title="Intro")
    sheet = workbook.create_sheet("Results")
    for row in (HEADER, GOOD):
        sheet.append(row)
    records, report = read(workbook)
    assert len(records) == 1
    assert report.findings[["rule", "severity"]].values.tolist() == [["table-sheets", "note"]]
    assert report.findings["message"].item() == "only the sheet Results was read; not read: Intro"


def test_hidden_sheets_are_not_read() -> None:
    workbook = workbook_of(["nothing"], title="old")
    workbook.active.sheet_state = "hidden"
    sheet = workbook.create_sheet("data")
    for row in (HEADER, GOOD):
        sheet.append(row)
    records, report = read(workbook)
    assert len(records) == 1
    assert report.findings.empty


def test_merged_cells_are_doubted() -> None:
    workbook = workbook_of(HEADER, GOOD, [None, *GOOD[1:3], "officers", *GOOD[4:]])
    workbook.active.merge_cells("A2:A3")
    records, report = read(workbook)
    assert report.findings[["row", "rule", "severity"]].values.tolist() == [
        [1, "table-merged", "doubted"],
        [3, "value-missing", "refused"],
    ]
    assert len(records) == 1


def test_formulas_are_noted() -> None:
    _, report = read(workbook_of(HEADER, GOOD, [*GOOD[:3], "officers", "=2+2", *GOOD[5:]]))
    assert report.findings[["row", "rule"]].values.tolist() == [[1, "table-formulas"], [3, "value-missing"]]


def zipped(**members: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (zipped(doc=b"x"), "a ZIP archive but no Excel workbook"),
        (zipped(**{"xl/workbook.xml": b"<x/>"}), "open it in Excel or LibreOffice"),
        (zipped(**{"xl/workbook.xml": b" " * 60_000_000}), "unpacks to 60 MB"),
        (content(workbook_of(HEADER, GOOD))[:-100], "damaged or no Excel workbook"),
        (b"PK\x03\x04", "damaged or no Excel workbook"),
        (content(workbook_of()), "holds no cells"),
        (content(workbook_of([f"c{n}" for n in range(300)])), "more than 200 columns"),
    ],
    ids=["zip", "shell", "bomb", "cut", "stub", "blank", "wide"],
)
def test_what_is_no_workbook_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        intake.read_results(intake.Upload("r.xlsx", data))
    assert says in str(refusal.value)


def test_entities_are_not_expanded() -> None:
    """A billion laughs in the workbook itself."""
    laughs = (
        b'<!DOCTYPE w [<!ENTITY a "ha">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 40) for n in range(8))
        + b"]><workbook>&i;</workbook>"
    )
    good = content(workbook_of(HEADER, GOOD))
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(good)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, laughs if name == "xl/workbook.xml" else old.read(name))
    with pytest.raises(UnreadableFileError, match="damaged"):
        intake.read_results(intake.Upload("r.xlsx", stream.getvalue()))
