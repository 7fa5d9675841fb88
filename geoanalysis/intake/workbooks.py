"""The rows of an Excel workbook, with guards against archives that unpack to far more than they are."""

import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final

import openpyxl
import pandas as pd

from geoanalysis.domain.errors import InputError, UnreadableFileError
from geoanalysis.domain.schemas import Schema
from geoanalysis.intake.folding import squeezed
from geoanalysis.intake.report import found_once, shown
from geoanalysis.intake.rules import Rule, Severity
from geoanalysis.intake.source import MAX_COLUMNS
from geoanalysis.intake.tables import RawTable, tabulate

HELP_SHEET: Final = "columns"
"""The sheet of a template that explains the columns; never read as data."""

_MAX_UNPACKED_BYTES: Final = 500_000_000
_MAX_RATIO: Final = 100
_SMALL_BYTES: Final = 50_000_000
_EXCEL_ROWS: Final = 1_048_576
_CHUNK_BYTES: Final = 1_000_000
_MARKS: Final[Mapping[Rule, tuple[bytes, ...]]] = MappingProxyType(
    {Rule.FORMULAS: (b"<f>", b"<f "), Rule.MERGED: (b"<mergeCell ",)}
)
_LONGEST_MARK: Final = 16


def read_xlsx(data: bytes, schema: Schema, *, name: str) -> RawTable:
    """
    Read the sheet that has the name of the schema, else the first that is visible.

    Raises
    ------
    UnreadableFileError
        If it is no workbook, is damaged, unpacks to too much, or is larger than the limits.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _require_harmless(archive, name)
            marks = _marks(archive)
        return _read(data, schema, marks, name)
    except InputError:
        raise
    except Exception as reason:  # a damaged workbook fails in any way
        raise UnreadableFileError(
            f"{name} is damaged or no Excel workbook ({type(reason).__name__}): open it in Excel or "
            "LibreOffice and save it again as .xlsx"
        ) from reason


def _require_harmless(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse by the sizes that the archive states: `zipfile` never unpacks more than they say."""
    if "xl/workbook.xml" not in archive.namelist():
        raise UnreadableFileError(f"{name} is a ZIP archive but no Excel workbook: unpack it first")
    unpacked = sum(member.file_size for member in archive.infolist())
    packed = max(1, sum(member.compress_size for member in archive.infolist()))
    if unpacked > _MAX_UNPACKED_BYTES or (unpacked > _SMALL_BYTES and unpacked > _MAX_RATIO * packed):
        raise UnreadableFileError(
            f"{name} unpacks to {unpacked / 1e6:.0f} MB, {unpacked / packed:.0f} times its size; it was not "
            "unpacked. Split it, or save it as CSV"
        )


def _marks(archive: zipfile.ZipFile) -> set[Rule]:
    """Tell whether sheets have formulas or merged cells, which reading by row does not show."""
    sheets = [member for member in archive.namelist() if member.startswith("xl/worksheets/sheet")]
    return {rule for sheet in sheets for rule in _marks_in(archive, sheet)}


def _marks_in(archive: zipfile.ZipFile, sheet: str) -> set[Rule]:
    seen: set[Rule] = set()
    tail = b""
    with archive.open(sheet) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            text = tail + chunk
            seen |= {rule for rule, marks in _MARKS.items() if any(mark in text for mark in marks)}
            tail = chunk[-_LONGEST_MARK:]
    return seen


def _read(data: bytes, schema: Schema, marks: set[Rule], name: str) -> RawTable:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl: parts of the workbook that it would not write back
        workbook = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet, others = _chosen_sheet(workbook, schema, name)
        table = tabulate(_rows(sheet), name=name)
    rules = sorted(marks | {Rule.SHEETS}) if others else sorted(marks)
    notes = [_note(table.header_row, sheet.title, others, rule) for rule in rules]
    return RawTable(table.headers, table.cells, table.header_row, (*table.findings, *notes))


def _chosen_sheet(workbook: Any, schema: Schema, name: str) -> tuple[Any, list[str]]:
    """Give the sheet to read, and the names of the visible ones that are not read."""
    visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    data = [sheet for sheet in visible if sheet.title.casefold() != HELP_SHEET]
    if not data:
        raise UnreadableFileError(f"{name} has no visible sheet with data: unhide it, or use the template")
    named = [sheet for sheet in data if squeezed(sheet.title) == squeezed(schema.name)]
    chosen = (named or data)[0]
    return chosen, [sheet.title for sheet in data if sheet is not chosen]


def _rows(sheet: Any) -> Iterator[Sequence[str]]:
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    width = next((length for row in _values(sheet, MAX_COLUMNS + 1) if (length := _width(row))), 0)
    for row in _values(sheet, width + 1):  # one cell more, to tell rows that are too long
        yield [_text(cell) for cell in row]


def _values(sheet: Any, columns: int) -> Iterator[tuple[object, ...]]:
    yield from sheet.iter_rows(max_row=_EXCEL_ROWS, max_col=columns, values_only=True)


def _width(row: Sequence[object]) -> int:
    return max((number for number, cell in enumerate(row, start=1) if cell is not None), default=0)


def _text(cell: object) -> str:
    write = _WRITERS.get(type(cell))
    return str(cell) if write is None else write(cell)


def _number_text(cell: float) -> str:
    return str(int(cell)) if cell.is_integer() else repr(cell)


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    type(None): lambda _: "",
    str: lambda cell: cell,
    float: _number_text,
    datetime: lambda cell: cell.isoformat(sep=" "),
    date: lambda cell: cell.isoformat(),
    time: lambda cell: cell.isoformat(),
}


def _note(row: int, sheet: str, others: list[str], rule: Rule) -> pd.DataFrame:
    messages: dict[Rule, tuple[Severity, str]] = {
        Rule.SHEETS: (
            "note",
            f"only the sheet {shown(sheet)} was read; not read: {', '.join(map(shown, others))}",
        ),
        Rule.FORMULAS: ("note", "cells with formulas were read as their last stored values"),
        Rule.MERGED: (
            "doubted",
            "merged cells: only the first has the value; unmerge them and fill every row",
        ),
    }
    severity, message = messages[rule]
    return found_once(row, "", sheet, rule, severity, message)
