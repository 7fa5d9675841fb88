"""
The tables of a briefing for spreadsheets: one XLSX workbook, or a zip of CSV files.

No cell is ever a formula: text that a spreadsheet would run is defused and written as text. The same tables
give the same bytes, so that two files can be told apart by their hashes.
"""

import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from geoanalysis.briefing.formats.texts import distinct, xml_text
from geoanalysis.domain.errors import StoreError
from geoanalysis.domain.formulas import defuse
from geoanalysis.domain.marking import EXERCISE_NOTICE, handling_marking
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.store import flat_table, table_csv

_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
_HEADER_ROW: Final = 2
_LONGEST_SHEET_NAME: Final = 31
_LONGEST_TEXT: Final = 32_767
_CUT: Final = " … (cut here; the CSV and the GeoPackage have all of it)"
_LONGEST_IN_MARGIN: Final = 220
_EXACT_DIGITS: Final = 15
_MOST_DECIMALS: Final = 6
_FIRST_YEAR: Final = 1901
_WIDTHS: Final = (8, 60)
_COLUMNS_BESIDE: Final = 20
"""Empty ones, as wide as the narrowest, into which a marking may run that is wider than its table."""
_BOLD_WIDENS: Final = 1.1
_ROWS_FOR_WIDTH: Final = 500
_ABOUT_WIDTHS: Final = (26, 110)
_A4: Final = 9
_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
_MOMENTS: Final = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")
_BOLD: Final = Font(bold=True)
_GREY: Final = PatternFill("solid", start_color="FFE8ECEF")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_DAY: Final = "yyyy-mm-dd"
_MINUTE: Final = "yyyy-mm-dd hh:mm"
_SECOND: Final = "yyyy-mm-dd hh:mm:ss"


def briefing_xlsx(tables: Mapping[str, pd.DataFrame], said: Sequence[tuple[str, str]]) -> bytes:
    """
    Give tables as the content of an XLSX workbook, one sheet each, after a sheet that tells about them.

    Times are UTC without a zone, as a spreadsheet has none, and their headings say so; positions become the
    columns `lon` and `lat`; whole numbers too long for a spreadsheet are text.

    Parameters
    ----------
    tables
        By the names of their sheets, which are changed where a spreadsheet does not allow them.
    said
        Names and values of what must be known: the handling marking, which also stands above each table and
        on each printed page, age of the data, sources. Without one of our markings the first value is it.

    Raises
    ------
    StoreError
        If a table has more rows or columns than a sheet holds.
    """
    flat = {name: flat_table(table) for name, table in tables.items()}
    for name, table in flat.items():
        _require_room(name, table)
    book = Workbook(write_only=True)
    book.properties.creator = "geoanalysis"
    _fill_about(book, said)
    for title, table in zip(_sheet_names(flat), flat.values(), strict=True):
        _fill_sheet(book.create_sheet(title), table, said)
    content = BytesIO()
    book.save(content)
    return _without_times(content.getvalue())


def briefing_csv_zip(tables: Mapping[str, pd.DataFrame], said: Sequence[tuple[str, str]]) -> bytes:
    """
    Give tables as CSV files in a zip, and what must be known of them as ``about.csv``.

    Raises
    ------
    StoreError
        If a text holds a NUL character.
    """
    about = pd.DataFrame(list(said), columns=["name", "value"], dtype="str")
    stems = [re.sub(r"[^\w -]+", "_", name).strip("_ ") or "table" for name in tables]
    names = ["about", *distinct(stems, taken=["about"], longest=100)]
    files = [about, *tables.values()]
    return _zipped((f"{name}.csv", table_csv(file)) for name, file in zip(names, files, strict=True))


def _require_room(name: str, table: pd.DataFrame) -> None:
    most = _MOST_ROWS - _HEADER_ROW
    if len(table) > most:
        raise StoreError(
            f"the table {name} has {len(table):,} rows, a sheet holds {most:,}: choose CSV or GeoPackage "
            "instead, or fewer rows"
        )
    if len(table.columns) > _MOST_COLUMNS:
        raise StoreError(
            f"the table {name} has {len(table.columns):,} columns, a sheet holds {_MOST_COLUMNS:,}: choose "
            "CSV or fewer columns"
        )


def _sheet_names(names: Iterable[str]) -> list[str]:
    plain = [re.sub(r"[\[\]:*?/\\\s]+", " ", xml_text(name)).strip("' ") or "Table" for name in names]
    return distinct(plain, taken=["About", "History"], longest=_LONGEST_SHEET_NAME, joint=" ")


def _marking(said: Sequence[tuple[str, str]]) -> str:
    ours = {handling_marking(code) for code in Handling}
    values = [value for _, value in said]
    return next((value for value in values if value in ours), values[0] if values else "")


def _notice(said: Sequence[tuple[str, str]]) -> str:
    return next((value for _, value in said if EXERCISE_NOTICE in value), "")


def _fill_about(book: Workbook, said: Sequence[tuple[str, str]]) -> None:
    sheet = book.create_sheet("About")
    for number, width in enumerate(_ABOUT_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    _set_up_print(sheet, said)
    marking = _marking(said)
    for number, pair in enumerate(sorted(said, key=lambda pair: pair[1] != marking)):
        cells = [_cell(sheet, text) for text in pair]
        for cell in cells:
            cell.alignment = _WRAPPED
            cell.font = Font(bold=number == 0)
        sheet.append(cells)


def _fill_sheet(sheet: WriteOnlyWorksheet, table: pd.DataFrame, said: Sequence[tuple[str, str]]) -> None:
    """Stream the table below the marking; what a sheet is like must be said before its first row."""
    columns = [_column(table.iloc[:, place]) for place in range(len(table.columns))]
    headings = [_heading(name, table.iloc[:, place]) for place, name in enumerate(table.columns)]
    formats = [_format(str(name), values) for name, values in zip(table.columns, columns, strict=True)]
    widths = [_width(heading, values) for heading, values in zip(headings, columns, strict=True)]
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    if widths:
        last = f"{get_column_letter(len(widths))}{_HEADER_ROW + len(table)}"
        sheet.auto_filter.ref = f"A{_HEADER_ROW}:{last}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    _set_up_print(sheet, said)
    sheet.append(_marked_row(sheet, widths, said))
    sheet.append([_cell(sheet, heading, font=_BOLD, fill=_GREY) for heading in headings])
    for row in zip(*columns, strict=True):
        sheet.append([_cell(sheet, value, kind) for value, kind in zip(row, formats, strict=True)])


def _marked_row(
    sheet: WriteOnlyWorksheet, widths: Sequence[float], said: Sequence[tuple[str, str]]
) -> list[Cell | None]:
    """Give the marking, and the notice in the first column that the marking does not run into."""
    marking, notice = _marking(said), _notice(said)
    ends = np.cumsum([*widths, *[_WIDTHS[0]] * _COLUMNS_BESIDE])
    needed = int(np.searchsorted(ends, len(marking) * _BOLD_WIDENS)) + 1
    cells: list[Cell | None] = [_cell(sheet, marking, font=_BOLD)]
    return [*cells, *[None] * (needed - 1), _cell(sheet, notice, font=_BOLD)] if notice else cells


def _set_up_print(sheet: WriteOnlyWorksheet, said: Sequence[tuple[str, str]]) -> None:
    """Print on A4 across, as wide as the page, with marking, notice and number on each page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    marking = _in_margin(_marking(said))
    sheet.oddHeader.left.text = marking
    sheet.oddHeader.right.text = _in_margin(_notice(said))
    sheet.oddFooter.left.text = marking
    sheet.oddFooter.right.text = "Page &P of &N"


def _in_margin(text: str) -> str:
    """Give text for the margin of a page, where an ampersand begins a code unless it is doubled."""
    plain = " ".join(xml_text(text).split())
    doubled = plain.replace("&", "&&")
    return doubled if len(doubled) <= _LONGEST_IN_MARGIN else doubled[:_LONGEST_IN_MARGIN].rstrip("&")


def _cell(sheet: WriteOnlyWorksheet, value: Any, kind: str = "General", **style: Any) -> Cell:
    """Give a cell that is never a formula and no error either, whatever its text looks like."""
    is_text = isinstance(value, str)
    cell = WriteOnlyCell(sheet, _text(value) if is_text else value)
    if is_text:
        cell.data_type = "s"
    elif kind != "General":
        cell.number_format = kind
    for name, setting in style.items():
        setattr(cell, name, setting)
    return cell


def _text(text: str) -> str:
    """Give text that a sheet holds: defused, and without what XML or Excel would take for something else."""
    lines = re.sub("\r\n?", "\n", xml_text(defuse(text)))  # XML would, with some of its writers
    escaped = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", lines)
    if len(escaped) <= _LONGEST_TEXT:
        return escaped
    return escaped[: _LONGEST_TEXT - len(_CUT)] + _CUT


def _heading(name: object, column: pd.Series) -> str:
    zoned = isinstance(column.dtype, pd.DatetimeTZDtype) and "utc" not in str(name).casefold()
    return f"{name} (UTC)" if zoned else str(name)


def _column(column: pd.Series) -> list[Any]:
    """Give the values as a spreadsheet has them; what is missing is None."""
    return [_value(value) for value in column.astype("object")]


def _value(value: Any) -> Any:
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, str | bool) or (pd.api.types.is_scalar(plain) and pd.isna(plain)):
        return plain if isinstance(plain, str | bool) else None
    if isinstance(plain, date):
        return _moment(plain)
    if isinstance(plain, int):
        return plain if len(str(abs(plain))) <= _EXACT_DIGITS else str(plain)
    return plain if isinstance(plain, float) and math.isfinite(plain) else str(plain)


def _moment(moment: date) -> date | str:
    """Give a day or time in UTC; before 1901, where spreadsheets differ in the number of a day, as text."""
    plain = _naive(pd.Timestamp(moment)) if isinstance(moment, datetime) else moment
    return plain if plain.year >= _FIRST_YEAR else plain.isoformat()


def _naive(moment: pd.Timestamp) -> datetime:
    utc = moment if moment.tz is None else moment.tz_convert("UTC").tz_localize(None)
    plain: datetime = utc.to_pydatetime(warn=False)
    return plain


def _format(name: str, values: Iterable[Any]) -> str:
    """Give the format of a column by what it holds."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, date) for value in known):
        return _time_format(known)
    numbers = [value for value in known if isinstance(value, int | float) and not isinstance(value, bool)]
    return _number_format(name, numbers) if numbers else "General"


def _time_format(times: Sequence[date]) -> str:
    clocked = [time for time in times if isinstance(time, datetime)]
    if all((time.hour, time.minute, time.second, time.microsecond) == (0, 0, 0, 0) for time in clocked):
        return _DAY
    return _SECOND if any(time.second or time.microsecond for time in clocked) else _MINUTE


def _number_format(name: str, numbers: Sequence[float]) -> str:
    """Give the decimals that the numbers have, but of the smallest no more than two digits."""
    if name in {"lon", "lat"}:
        return "0.000000"
    if all(number == int(number) for number in numbers):
        return "0" if "year" in name.casefold().split("_") else "#,##0"
    smallest = min(abs(number) for number in numbers if number)
    useful = min(max(1 - math.floor(math.log10(smallest)), 1), _MOST_DECIMALS)
    exact = (places for places in range(1, useful) if all(round(n, places) == n for n in numbers))
    return "#,##0." + "0" * next(exact, useful)


def _width(heading: str, values: Sequence[Any]) -> float:
    """Give the width of the longest line among the heading, with its filter button, and the first values."""
    narrowest, widest = _WIDTHS
    lines = [_longest_line(value) for value in values[:_ROWS_FOR_WIDTH]]
    return float(min(max([narrowest, len(heading) + 4, *lines]), widest))


def _longest_line(value: Any) -> int:
    if isinstance(value, datetime):
        return len(_MINUTE) + 2
    return max((len(line) for line in str(value).splitlines()), default=0) + 2


def _without_times(content: bytes) -> bytes:
    """Take the moments of writing out of a workbook."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts = [(name, book.read(name)) for name in book.namelist()]
    return _zipped(
        (name, _MOMENTS.sub(b"", part) if name == "docProps/core.xml" else part) for name, part in parts
    )


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Give files as a zip whose bytes depend on nothing but them."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files:
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on Windows, where Python says otherwise
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file)
    return content.getvalue()
