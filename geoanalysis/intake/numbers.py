"""Numbers as the region writes them, with decimal points or commas, and never a guess between them."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from geoanalysis.domain.schemas import Column, Kind
from geoanalysis.intake.report import found, found_once, rows_refused
from geoanalysis.intake.rules import Rule, Severity

LARGEST: Final = 1e12
"""No count or amount of this kind is larger; a number that is, is a mistake."""

_PLAIN: Final = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
_WHOLE: Final = r"[+-]?[0-9]+"
_COMMA: Final = r"[+-]?[0-9]+,[0-9]+"
_LIKE_THOUSANDS: Final = r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}"
_DEGREES: Final = frozenset({"lon", "lat"})


def parsed_numbers(cells: pd.Series, column: Column) -> tuple[pd.Series, list[pd.DataFrame]]:
    """
    Give the numbers of a column, missing where there are none, and what was found.

    Decimal commas are read if every number of the column is written so (or whole) and in its range, and they
    cannot be thousands; otherwise the cells with a comma are refused.
    """
    texts, findings = _pointed(cells.str.replace("\N{MINUS SIGN}", "-"), column)
    judged = (cells == "") | cells.index.isin(rows_refused(findings))
    plain = texts.str.fullmatch(_PLAIN) & ~judged
    values = pd.to_numeric(texts.where(plain), errors="coerce").astype("float64")
    return values, [
        *findings,
        found(cells[~plain & ~judged], Rule.NUMBER, "refused", _how_to_write(column)),
        *_range_findings(cells, values, column),
    ]


def _pointed(cells: pd.Series, column: Column) -> tuple[pd.Series, list[pd.DataFrame]]:
    """Turn decimal commas into points where that is what they are."""
    comma = cells.str.fullmatch(_COMMA)
    ambiguous = cells.str.fullmatch(_LIKE_THOUSANDS) & _fits(_unmarked(cells), column)
    if column.kind is Kind.INTEGER:
        return cells, [_ambiguous(cells[ambiguous], "refused"), _refused_commas(cells[comma & ~ambiguous])]
    if not comma.any():
        return cells, [_like_thousands(cells, ambiguous)]
    pointed = cells.where(~comma, cells.str.replace(",", ".", regex=False))
    whole = cells.str.fullmatch(_WHOLE) | (cells == "")
    if not (comma | whole).all() or not _fits(pointed[comma], column).all():
        return cells, [_refused_commas(cells[comma]), _ambiguous(cells[ambiguous & ~comma], "doubted")]
    if ambiguous[comma].all():
        return cells, [_ambiguous(cells[comma], "refused")]
    first = int(comma.idxmax())
    note = "all of the column has decimal commas: they were read as decimal points"
    return pointed, [found_once(first, column.name, cells[first], Rule.DECIMAL_COMMA, "note", note)]


def _like_thousands(cells: pd.Series, ambiguous: pd.Series) -> pd.DataFrame:
    """Doubt points that may part thousands: only if all points of the column may."""
    pointed = cells.str.contains(".", regex=False)
    return _ambiguous(cells[ambiguous] if ambiguous[pointed].all() else cells[:0], "doubted")


def _ambiguous(cells: pd.Series, severity: Severity) -> pd.DataFrame:
    return found(
        cells,
        Rule.NUMBER_AMBIGUOUS,
        severity,
        "the mark may part thousands or decimals: write 1500 or 1.5, without marks for thousands",
    )


def _refused_commas(cells: pd.Series) -> pd.DataFrame:
    return found(
        cells,
        Rule.DECIMAL_COMMA,
        "refused",
        "a comma stands in the number, but not all of the column is written so: write 42.55",
    )


def _range_findings(cells: pd.Series, values: pd.Series, column: Column) -> Iterable[pd.DataFrame]:
    """Hold values to the range of their column; degrees have rules of their own."""
    if column.name in _DEGREES:
        return []
    negative = (values < 0) & (column.low == 0)
    outside = ~_within(values, column) & values.notna() & ~negative
    broken = (values % 1 != 0) & values.notna() & (column.kind is Kind.INTEGER) & ~outside & ~negative
    span = f"from {column.low or 0:g} to {column.high or LARGEST:g}"
    return [
        found(
            cells[negative],
            Rule.QTY_NEGATIVE,
            "refused",
            "it is negative: correct it, or leave the cell empty",
        ),
        found(cells[outside], Rule.NUMBER_RANGE, "refused", f"{column.name} is {span}: correct it"),
        found(cells[broken], Rule.QTY_INTEGER, "refused", "it is counted in whole numbers: correct it"),
    ]


def _unmarked(cells: pd.Series) -> pd.Series:
    return cells.str.replace(r"[.,]", "", regex=True)


def _fits(texts: pd.Series, column: Column) -> pd.Series:
    return _within(pd.to_numeric(texts, errors="coerce"), column)


def _within(values: pd.Series, column: Column) -> pd.Series:
    low = -LARGEST if column.low is None else column.low
    high = LARGEST if column.high is None else column.high
    return values.between(low, high)


def _how_to_write(column: Column) -> str:
    if column.name in _DEGREES:
        return f"write decimal degrees such as {column.example} (EPSG:4326), no minutes and no metres"
    return f"this is no number: write one such as {column.example}, or leave the cell empty if it is unknown"
