"""Tables for spreadsheets: read back by openpyxl and as raw XML; nothing in them runs."""

import csv
import re
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO, StringIO

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from shapely import Point, box

from geoanalysis.briefing.formats import workbook
from geoanalysis.briefing.formats.workbook import briefing_csv_zip, briefing_xlsx
from geoanalysis.domain.errors import StoreError
from geoanalysis.domain.marking import EXERCISE_NOTICE, handling_marking
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.scene import Scene

MARKING = handling_marking(Handling.H2)
SAID = [
    ("Action", "Joint action A & B"),
    ("Handling", MARKING),
    ("Notice", EXERCISE_NOTICE),
    ("Kosovo", "* This designation"),
    ("Method", "=1+1"),
]
PAYLOADS = [
    '=HYPERLINK("http://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",  # noqa: RUF001
    "＋1",  # noqa: RUF001
    "'=1+1",
    "#REF!",
    "_x003D_1+1",
    '<script>alert("&")</script>',
]


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def sheet_of(table: pd.DataFrame, title: str = "t") -> Worksheet:
    return openpyxl.load_workbook(BytesIO(briefing_xlsx({title: table}, SAID)))[title]


def column(sheet: Worksheet, letter: str = "A") -> list[object]:
    return [cell.value for cell in sheet[letter][2:]]


def test_the_first_sheet_tells_what_must_be_known() -> None:
    book = openpyxl.load_workbook(BytesIO(briefing_xlsx({"t": pd.DataFrame({"a": [1]})}, SAID)))
    about = book["About"]
    assert book.sheetnames == ["About", "t"]
    rows = [[cell.value for cell in row] for row in about.iter_rows()]
    assert rows[0] == ["Handling", MARKING]
    assert rows[1:] == [[name, value.replace("=1", "'=1")] for name, value in SAID if name != "Handling"]
    assert [about.cell(row, 2).font.bold for row in (1, 2)] == [True, False]
    assert about["B4"].alignment.wrap_text


def test_no_text_runs() -> None:
    table = pd.DataFrame({"=1+1": PAYLOADS, "number": [-1.5] * len(PAYLOADS)})
    content = briefing_xlsx(
        {"=1+1": table, "u": table.iloc[:0]}, [*SAID, *[("=x", text) for text in PAYLOADS]]
    )
    for name, xml in parts(content).items():
        assert not re.search("<(\\w+:)?f[ />]", xml), name
        assert "<script" not in xml
        assert 't="e"' not in xml
        assert 't="str"' not in xml
    sheet = openpyxl.load_workbook(BytesIO(content))["=1+1"]
    cells = [*sheet["A"]]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[1].value == "'=1+1"
    found = [cell.value for cell in cells[2:]]
    # openpyxl leaves the escape of an underscore in inline text; a spreadsheet takes it away
    inert = [text if text[0] in "#_<" else "'" + text for text in PAYLOADS]
    assert found == [text.replace("\r", "\n").replace("_x003D_", "_x005F_x003D_") for text in inert]
    assert column(sheet, "B") == [-1.5] * len(PAYLOADS)


def test_control_characters_are_shown() -> None:
    sheet = sheet_of(pd.DataFrame({"a\x07": ["a\x07b", "a\0b", "a\ud800b", "a\uffffb"]}, dtype="object"))
    assert sheet["A2"].value == "a\ufffd"
    assert column(sheet) == ["a\ufffdb"] * 4


def test_long_text_is_cut_and_says_so() -> None:
    text = str(sheet_of(pd.DataFrame({"a": ["y" * 40_000]}))["A3"].value)
    assert len(text) == 32_767
    assert text.endswith("have all of it)")


def test_each_sheet_has_marking_header_and_filter(crossings: gpd.GeoDataFrame) -> None:
    sheet = sheet_of(crossings)
    assert (sheet["A1"].value, sheet["A1"].font.bold) == (MARKING, True)
    beside = next(cell for cell in sheet[1][1:] if cell.value)
    assert (beside.value, beside.font.bold) == (EXERCISE_NOTICE, True)
    between = sum(sheet.column_dimensions[cell.column_letter].width for cell in sheet[1][: beside.column - 1])
    assert between > len(MARKING)
    shape = crossings.geometry.name
    assert [cell.value for cell in sheet[2]] == [
        *crossings.columns.drop(shape),
        *(name for name in ("lon", "lat") if name not in crossings),
    ]
    assert all(cell.font.bold for cell in sheet[2])
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == f"A2:{sheet.cell(2, sheet.max_column).column_letter}{len(crossings) + 2}"
    assert sheet.max_row == len(crossings) + 2


def test_each_printed_page_is_marked_and_numbered() -> None:
    said = [("Handling", "R & D" + " & x" * 100), ("Notice", f"{EXERCISE_NOTICE} &P")]
    xml = parts(briefing_xlsx({"t": pd.DataFrame({"a": [1]})}, said))["xl/worksheets/sheet2.xml"]
    (header,) = re.findall("<oddHeader>(.*)</oddHeader>", xml)
    (footer,) = re.findall("<oddFooter>(.*)</oddFooter>", xml)
    assert header.startswith("&amp;LR &amp;&amp; D &amp;&amp; x")
    assert header.endswith(f"&amp;R{EXERCISE_NOTICE} &amp;&amp;P")
    assert len(header.replace("&amp;", "&")) <= 255
    assert footer.endswith("&amp;RPage &amp;P of &amp;N")
    sheet = sheet_of(pd.DataFrame({"a": [1]}))
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$2:$2"


def test_values_are_numbers_times_and_gaps() -> None:
    east = timezone(timedelta(hours=2))
    table = pd.DataFrame(
        {
            "count": pd.array([1200, None], dtype="Int64"),
            "year": [2022, 2023],
            "rate": [0.041666, np.nan],
            "infinite": [np.inf, 1.5],
            "at": pd.to_datetime(["2022-10-26T08:30:00Z", None]),
            "at_utc": pd.to_datetime(["2022-10-26T08:30:15Z", None]),
            "day": pd.to_datetime(["2022-10-26", None]),
            "local": [datetime(2022, 10, 26, 10, 30, tzinfo=east), None],
            "old": [date(1815, 6, 18), date(2022, 10, 26)],
            "id": [12345678901234567890, 7],
            "yes": [True, None],
            "span": [timedelta(hours=1), None],
        }
    )
    sheet = sheet_of(table)
    cells = dict(zip([cell.value for cell in sheet[2]], sheet[3], strict=True))
    values = {name: cell.value for name, cell in cells.items()}
    assert values == {
        "count": 1200,
        "year": 2022,
        "rate": 0.041666,
        "infinite": "inf",
        "at (UTC)": datetime(2022, 10, 26, 8, 30),  # noqa: DTZ001
        "at_utc": datetime(2022, 10, 26, 8, 30, 15),  # noqa: DTZ001
        "day": datetime(2022, 10, 26),  # noqa: DTZ001
        "local (UTC)": datetime(2022, 10, 26, 8, 30),  # noqa: DTZ001
        "old": "1815-06-18",
        "id": "12345678901234567890",
        "yes": True,
        "span": "0 days 01:00:00",
    }
    assert [cell.value for cell in sheet[4]][:3] == [None, 2023, None]
    formats = {
        name: cells[name].number_format for name in ("count", "year", "rate", "at (UTC)", "at_utc", "day")
    }
    assert formats == {
        "count": "#,##0",
        "year": "0",
        "rate": "#,##0.000",
        "at (UTC)": "yyyy-mm-dd hh:mm",
        "at_utc": "yyyy-mm-dd hh:mm:ss",
        "day": "yyyy-mm-dd",
    }


def test_positions_become_columns() -> None:
    frame = gpd.GeoDataFrame({"a": [1, 2]}, geometry=[Point(20.5, 44), box(20, 40, 22, 42)], crs=4326)
    sheet = sheet_of(frame)
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=3)] == [
        ["a", "lon", "lat"],
        [1, 20.5, 44],
        [2, 21, 41],
    ]
    assert sheet["B3"].number_format == "0.000000"


def test_sheet_names_are_what_a_spreadsheet_allows() -> None:
    wanted = ["about", "HISTORY", "a[b]:c*d?e/f\\g", "'quoted'", "", "x" * 40, "X" * 40, "<script>", "a\x07"]
    book = openpyxl.load_workbook(
        BytesIO(briefing_xlsx({name: pd.DataFrame({"a": [1]}) for name in wanted}, SAID))
    )
    assert book.sheetnames == [
        "About",
        "about 2",
        "HISTORY 2",
        "a b c d e f g",
        "quoted",
        "Table",
        "x" * 31,
        "X" * 29 + " 2",
        "<script>",
        "a\ufffd",
    ]


def test_a_table_without_rows_or_columns_is_a_sheet_still() -> None:
    sheet = sheet_of(pd.DataFrame())
    assert [cell.value for cell in sheet[1] if cell.value] == [MARKING, EXERCISE_NOTICE]
    assert column(sheet_of(pd.DataFrame({"a": []}))) == []


def test_a_table_that_does_not_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match=r"the table Checks has 1,048,576 rows.*choose CSV or GeoPackage"):
        briefing_xlsx({"Checks": pd.DataFrame({"a": np.zeros(1_048_576)})}, SAID)
    with pytest.raises(StoreError, match="16,385 columns"):
        briefing_xlsx({"Wide": pd.DataFrame(np.zeros((1, 16_385)))}, SAID)
    monkeypatch.setattr(workbook, "_MOST_ROWS", 5)
    assert sheet_of(pd.DataFrame({"a": [1, 2, 3]})).max_row == 5
    with pytest.raises(StoreError, match="4 rows"):
        briefing_xlsx({"t": pd.DataFrame({"a": [1, 2, 3, 4]})}, SAID)


def test_the_same_tables_give_the_same_bytes(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {layer.key: layer.features for layer in scene.layers}
    writers = (briefing_xlsx, briefing_csv_zip)
    first = [write(tables, SAID) for write in writers]
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert [write(tables, SAID) for write in writers] == first
    assert "<dcterms:" not in parts(first[0])["docProps/core.xml"]
    for content in first:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o644}


def test_csv_files_come_in_one_zip() -> None:
    table = pd.DataFrame({"name": PAYLOADS, "at": pd.to_datetime(["2022-10-26T08:30:00Z"] * len(PAYLOADS))})
    files = parts(briefing_csv_zip({"Hits": table, "../hits": table, "About": table, "?": table}, SAID))
    assert list(files) == ["about.csv", "Hits.csv", "hits_2.csv", "About_2.csv", "table.csv"]
    about = list(csv.reader(StringIO(files["about.csv"].removeprefix("\ufeff"), newline="")))
    assert about == [["name", "value"], *[[n, v.replace("=1", "'=1")] for n, v in SAID]]
    rows = list(csv.DictReader(StringIO(files["Hits.csv"].removeprefix("\ufeff"), newline="")))
    assert [row["name"] for row in rows] == [t if t[0] in "#_<" else "'" + t for t in PAYLOADS]
    assert rows[0]["at"] == "2022-10-26T08:30:00Z"
    with pytest.raises(StoreError, match="NUL"):
        briefing_csv_zip({"t": pd.DataFrame({"a": ["a\0b"]})}, SAID)


def test_a_marking_of_the_caller_stands_first() -> None:
    said = [("Handling", "for the exercise only"), ("Notice", "none")]
    book = openpyxl.load_workbook(
        BytesIO(briefing_xlsx({"t": pd.DataFrame({"a": [datetime.now(UTC)]})}, said))
    )
    assert [cell.value for cell in book["t"][1]] == ["for the exercise only"]
