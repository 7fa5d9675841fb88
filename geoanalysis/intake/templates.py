"""Empty tables to fill in: the columns, an example row, and in Excel the lists of words to choose from."""

import csv
from io import BytesIO, StringIO
from typing import Any, Final, Literal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from geoanalysis.domain.errors import InputError
from geoanalysis.domain.schemas import SCHEMAS, Column, Kind, Schema
from geoanalysis.intake.source import MAX_ROWS
from geoanalysis.intake.workbooks import HELP_SHEET

_EXCEL_KNOWS_UTF8: Final = "\ufeff"
_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.NUMBER})
_WIDTH: Final = 18
_HELP: Final = ("column", "required", "what it holds", "accepted words", "example")


def template(kind: str, format: Literal["csv", "xlsx"]) -> bytes:  # noqa: A002 - the word that callers use
    """
    Give a table to fill in, with an example row that can be read back.

    Parameters
    ----------
    kind
        ``seizures``, ``check-shifts`` or ``results``.
    format
        ``csv`` (UTF-8 with the mark by which Excel knows it) or ``xlsx`` (with lists of words to choose from,
        and a sheet that explains the columns).

    Raises
    ------
    InputError
        If there is no such kind or format.
    """
    writers = {"csv": _csv, "xlsx": _xlsx}
    if kind not in SCHEMAS or format not in writers:
        raise InputError(
            f"no template for {kind!r} as {format!r}: choose {', '.join(SCHEMAS)} and {', '.join(writers)}"
        )
    return writers[format](SCHEMAS[kind])


def _csv(schema: Schema) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([schema.names, [column.example for column in schema.columns]])
    return (_EXCEL_KNOWS_UTF8 + text.getvalue()).encode()


def _xlsx(schema: Schema) -> bytes:
    workbook = Workbook()
    _fill(workbook.active, schema)
    _explain(workbook.create_sheet(HELP_SHEET), schema)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _fill(sheet: Any, schema: Schema) -> None:
    sheet.title = schema.name
    sheet.append(schema.names)
    sheet.append([_example(column) for column in schema.columns])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(schema.columns, start=1):
        letter = get_column_letter(number)
        sheet[f"{letter}1"].font = Font(bold=column.required)
        sheet.column_dimensions[letter].width = _WIDTH
        if column.kind not in _NUMBERS:
            sheet.column_dimensions[letter].number_format = "@"  # or Excel turns ids and times into its own
            sheet[f"{letter}2"].number_format = "@"
        if column.vocabulary is not None:
            sheet.add_data_validation(_choice(column, f"{letter}2:{letter}{MAX_ROWS + 1}"))


def _choice(column: Column, cells: str) -> DataValidation:
    words = ",".join(column.vocabulary or ())
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=not column.required)
    choice.error = f"Choose one of: {words}"[:255]
    choice.showErrorMessage = True
    choice.add(cells)
    return choice


def _explain(sheet: Any, schema: Schema) -> None:
    sheet.append(_HELP)
    for column in schema.columns:
        words = ", ".join(column.vocabulary or ())
        sheet.append([column.name, "yes" if column.required else "", column.words, words, column.example])
    for letter, width in zip("ABCDE", (_WIDTH, 10, 50, 60, _WIDTH), strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)


def _example(column: Column) -> str | float | None:
    return float(column.example) if column.kind in _NUMBERS else column.example or None
