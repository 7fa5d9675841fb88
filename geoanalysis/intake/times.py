"""Times and days as people and spreadsheets write them: ISO 8601, proven day/month/year, Excel serials."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geoanalysis.domain.schemas import Column, Kind
from geoanalysis.intake.distinct import by_distinct
from geoanalysis.intake.report import found, found_once, nothing_found
from geoanalysis.intake.rules import Rule

_CLOCK: Final = (
    r"(?:[T ]\s*(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)"
    r"\s*(?P<offset>Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_YEAR_FIRST: Final = re.compile(
    rf"(?P<year>[0-9]{{4}})[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}})\.?{_CLOCK}", re.IGNORECASE
)
_YEAR_LAST: Final = re.compile(
    rf"(?P<first>[0-9]{{1,2}})[-/.](?P<second>[0-9]{{1,2}})[-/.](?P<year>[0-9]{{4}})\.?{_CLOCK}",
    re.IGNORECASE,
)
_SERIAL: Final = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_SERIALS: Final = (30_000, 60_000)
"""Days 1982-02-18 to 2064-04-08 of Excel's calendar: no other number stands in a column of times."""
_EXCEL_DAY_0: Final = pd.Timestamp("1899-12-30")
_MONTHS: Final = range(1, 13)
_DAYS: Final = range(1, 32)
_EARLIEST: Final = pd.Timestamp("2000-01-01", tz="UTC")
_LATEST: Final = pd.Timestamp("2100-01-01", tz="UTC")
_EXAMPLE: Final = {Kind.TIME: "2022-10-26T08:30:00Z", Kind.DATE: "2022-10-26"}


@dataclass(frozen=True, slots=True)
class _Written:
    """One text taken apart; `first` and `second` are day and month in an unknown order."""

    day: str = ""
    """ISO 8601, empty while the order is unknown or where the text is no day."""
    clock: str = ""
    offset: str = ""
    serial: bool = False
    year: str = ""
    first: int = 0
    second: int = 0

    @property
    def order(self) -> str:
        """Say which order the text itself proves: of day and month, only a day can be over 12."""
        if self.first not in _MONTHS:
            return "dmy" if self.first else ""
        return "" if self.second in _MONTHS else "mdy"

    def in_order(self, order: str) -> str:
        """Give the day in ISO 8601, by the order that the text or else the file proves; empty if neither."""
        order = "dmy" if self.first == self.second else self.order or order
        if self.day or not order:
            return self.day
        day, month = (self.first, self.second) if order == "dmy" else (self.second, self.first)
        return f"{self.year}-{month:02d}-{day:02d}"


def parsed_times(
    cells: pd.DataFrame, columns: Iterable[Column]
) -> tuple[dict[str, pd.Series], list[pd.DataFrame]]:
    """
    Give the times (UTC) and days of those columns, missing where there are none, and what was found.

    A time without an offset is UTC. Day and month are told apart by a day over 12 anywhere in the file; while
    none proves the order, every such row is refused.
    """
    columns = list(columns)
    written = {column.name: by_distinct(cells[column.name], _take_apart) for column in columns}
    orders = pd.concat([parts.map(lambda part: part.order) for parts in written.values()], axis="columns")
    proven = sorted({order for name in orders for order in orders[name].unique()} - {""})
    order = proven[0] if len(proven) == 1 else ""
    values: dict[str, pd.Series] = {}
    findings = [_order_note(cells, orders.set_axis(list(written), axis="columns"), order)]
    for column in columns:
        values[column.name], found_here = _parsed(cells[column.name], written[column.name], column, order)
        findings += found_here
    return values, [*findings, _offset_note(cells, written, columns)]


def _take_apart(text: str) -> _Written:
    if match := _YEAR_FIRST.fullmatch(text):
        day = f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}"
        return _Written(day, *_clock(match))
    if match := _YEAR_LAST.fullmatch(text):
        first, second = int(match["first"]), int(match["second"])
        if min(first, second) in _MONTHS and max(first, second) in _DAYS:
            return _Written("", *_clock(match), year=match["year"], first=first, second=second)
    if _SERIAL.fullmatch(text) and _SERIALS[0] <= float(text.replace(",", ".")) <= _SERIALS[1]:
        moment = (_EXCEL_DAY_0 + pd.Timedelta(days=float(text.replace(",", ".")))).round("s")
        return _Written(f"{moment:%Y-%m-%d}", f"{moment:%H:%M:%S}", "Z", serial=True)
    return _Written()


def _clock(match: re.Match[str]) -> tuple[str, str]:
    clock, offset = match["clock"] or "", (match["offset"] or "").upper()
    return clock.zfill(len(clock) + (clock.find(":") == 1)), "Z" if offset == "UTC" else offset


def _parsed(
    cells: pd.Series, written: pd.Series, column: Column, order: str
) -> tuple[pd.Series, list[pd.DataFrame]]:
    values = _moments(written, column, order)
    unordered = written.map(lambda part: not part.in_order(order) and bool(part.first)).astype(bool)
    serial = written.map(lambda part: part.serial).astype(bool) & values.notna()
    moments = values if column.kind is Kind.TIME else values.dt.tz_localize("UTC")
    outside = values.notna() & ~moments.between(_EARLIEST, _LATEST, inclusive="left")
    example = _EXAMPLE[column.kind]
    return values, [
        found(cells[unordered], Rule.TIME_AMBIGUOUS, "refused", _which_is_the_day(example)),
        found(
            cells[values.isna() & ~unordered & (cells != "")],
            Rule.TIME,
            "refused",
            f"this is no {column.kind.name.lower()}: write ISO 8601, such as {example}",
        ),
        found(
            cells[outside], Rule.TIME_RANGE, "refused", "it is before 2000 or after 2099: correct the year"
        ),
        found(
            cells[serial],
            Rule.TIME_EXCEL,
            "doubted",
            values[serial].dt.strftime(
                "Excel's number of a day, read as %Y-%m-%d %H:%M:%S UTC (four years later if the workbook "
                f"counts from 1904): format the column as text in ISO 8601, such as {example}"
            ),
        ),
        _day_or_time(cells, written, values.notna() & ~serial, column),
    ]


def _moments(written: pd.Series, column: Column, order: str) -> pd.Series:
    days = written.map(lambda part: part.in_order(order)).astype("str")
    if column.kind is Kind.DATE:
        return pd.to_datetime(days.mask(days == ""), format="%Y-%m-%d", errors="coerce").astype(
            column.kind.dtype
        )
    clocks = written.map(lambda part: f"T{part.clock or '00:00'}{part.offset or 'Z'}").astype("str")
    texts = (days + clocks).mask(days == "")
    return pd.to_datetime(texts, format="ISO8601", utc=True, errors="coerce").astype(column.kind.dtype)


def _which_is_the_day(example: str) -> str:
    return (
        "no row of the file proves which number is the day and which the month: write ISO 8601, such as "
        f"{example}"
    )


def _day_or_time(cells: pd.Series, written: pd.Series, read: pd.Series, column: Column) -> pd.DataFrame:
    """Doubt days where times belong, and times where days belong."""
    if column.kind is Kind.TIME:
        no_clock = written.map(lambda part: not part.clock).astype(bool)
        return found(
            cells[read & no_clock],
            Rule.TIME_DAY,
            "doubted",
            "no time of day: read as 00:00 UTC; add the time",
        )
    clock = written.map(lambda part: part.clock.strip("0:.") != "").astype(bool)
    return found(
        cells[read & clock], Rule.TIME_DAY, "doubted", "only the day was kept, not the time: write the day"
    )


def _order_note(cells: pd.DataFrame, orders: pd.DataFrame, order: str) -> pd.DataFrame:
    """Say in which order days and months were read, and which row proves it."""
    words = {"dmy": "day, month, year", "mdy": "month, day, year"}
    if not order:
        return nothing_found()
    column = next(name for name in orders if (orders[name] == order).any())
    row = int((orders[column] == order).idxmax())
    note = f"dates in this order are read as {words[order]} throughout the file: this row has a day over 12"
    return found_once(row, column, cells[column][row], Rule.TIME_DMY, "note", note)


def _offset_note(cells: pd.DataFrame, written: dict[str, pd.Series], columns: list[Column]) -> pd.DataFrame:
    """Say once that times without an offset were read as UTC."""
    for column in columns:
        parts = written[column.name]
        bare = parts.map(lambda part: bool(part.clock) and not part.offset).astype(bool)
        if column.kind is Kind.TIME and bare.any():
            row = int(bare.idxmax())
            note = "times without an offset were read as UTC; if they are local, add it, such as +02:00"
            return found_once(row, column.name, cells[column.name][row], Rule.TIME_NO_OFFSET, "note", note)
    return nothing_found()
