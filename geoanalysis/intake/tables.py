"""Rows of cells as a table of texts, and the rows of a CSV file."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Final

import pandas as pd

from geoanalysis.domain.errors import UnreadableFileError
from geoanalysis.intake.report import found
from geoanalysis.intake.rules import Rule
from geoanalysis.intake.source import MAX_COLUMNS, MAX_ROWS

_DELIMITERS: Final = (",", ";", "\t")
_HEAD_CHARACTERS: Final = 100_000


@dataclass(frozen=True)
class RawTable:
    """
    What stands in a file, as text.

    The index of `cells` has the row numbers that the user sees, its columns are numbered as `headers`; an
    empty cell is an empty text. `header_row` is the row of what concerns the whole file.
    """

    headers: tuple[str, ...]
    cells: pd.DataFrame
    header_row: int
    findings: tuple[pd.DataFrame, ...] = field(default=())


def tabulate(rows: Iterable[Sequence[str]], *, name: str) -> RawTable:
    """
    Make a table of rows, of which the first that is not blank is the header; blank rows are left out.

    Raises
    ------
    UnreadableFileError
        If there is no header, or there are more rows or columns than the limits.
    """
    numbered = ((number, row) for number, row in enumerate(rows, start=1) if any(map(str.strip, row)))
    header_row, header = next(numbered, (0, ()))
    width = _width(header)
    require_limits(columns=width, rows=0, name=name)
    if width == 0:
        raise UnreadableFileError(f"{name} holds no cells: export it again, or start from the template")
    numbers, kept, overlong = _collected(numbered, width, name)
    columns = dict(enumerate(zip(*kept, strict=True))) if kept else dict.fromkeys(range(width), ())
    cells = pd.DataFrame(columns, index=pd.Index(numbers, name="row", dtype="int64"), dtype="str")
    return RawTable(
        tuple(header_cell.strip() for header_cell in header[:width]),
        cells,
        header_row,
        (_overlong_rows(overlong, width),),
    )


def require_limits(*, columns: int, rows: int, name: str) -> None:
    """
    Hold a table to the limits.

    Raises
    ------
    UnreadableFileError
        If it is larger.
    """
    if columns > MAX_COLUMNS:
        raise UnreadableFileError(
            f"{name} has more than {MAX_COLUMNS} columns: leave out those that the template does not have"
        )
    if rows > MAX_ROWS:
        raise UnreadableFileError(f"{name} has more than {MAX_ROWS} rows: split it, by day or by country")


def read_csv(text: str, *, name: str, recognised: Callable[[Sequence[str]], int]) -> RawTable:
    """
    Read CSV with commas, semicolons or tabs: those by which the header has most `recognised` columns.

    Raises
    ------
    UnreadableFileError
        If it holds no table, is larger than the limits, or a quotation mark is not closed.
    """
    heads = {mark: _first_record(text, mark) for mark in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda mark: (recognised(heads[mark]), len(heads[mark])))
    return tabulate(_records(text, delimiter, name), name=name)


def _first_record(text: str, delimiter: str) -> list[str]:
    """Give the first record that is not blank, if the text can be parted that way."""
    try:
        return next(
            (
                row
                for row in csv.reader(StringIO(text[:_HEAD_CHARACTERS], newline=""), delimiter=delimiter)
                if any(row)
            ),
            [],
        )
    except csv.Error:
        return []


def _records(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as reason:
        raise UnreadableFileError(
            f"{name}: the table breaks off at line {reader.line_num} ({reason}): is a quotation mark there "
            "not closed? Export it again"
        ) from reason


def _collected(
    numbered: Iterable[tuple[int, Sequence[str]]], width: int, name: str
) -> tuple[list[int], list[Sequence[str]], dict[int, int]]:
    """Give the row numbers, the rows cut or filled to the width, and the lengths of those that are longer."""
    numbers: list[int] = []
    kept: list[Sequence[str]] = []
    overlong: dict[int, int] = {}
    for number, row in numbered:
        require_limits(columns=0, rows=len(numbers) + 1, name=name)
        if len(row) != width:
            if _width(row) > width:
                overlong[number] = _width(row)
            row = [*row[:width], *[""] * (width - len(row))]  # noqa: PLW2901 - the same row, fitted
        numbers.append(number)
        kept.append(row)
    return numbers, kept, overlong


def _width(row: Sequence[str]) -> int:
    """Count the cells up to the last that is not blank."""
    return next((length for length in range(len(row), 0, -1) if row[length - 1].strip()), 0)


def _overlong_rows(overlong: dict[int, int], width: int) -> pd.DataFrame:
    lengths = pd.Series(overlong, dtype="int64")
    return found(
        lengths.map("{} cells".format).rename(""),
        Rule.ROW_CELLS,
        "refused",
        f"the row has more cells than the header ({width}): put text with commas, and decimal commas, in "
        "quotation marks, or save with semicolons",
    )
