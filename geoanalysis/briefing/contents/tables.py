"""Frames of the analysis rooms as tables in words."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import pandas as pd

from geoanalysis.briefing.document import Column, Table
from geoanalysis.briefing.typesetting.words import grouped
from geoanalysis.domain.operation import Plan
from geoanalysis.domain.small_counts import NOT_TOLD

UNKNOWN: Final = "–"
_RANGE: Final = "–"
_NO_BOUND: Final = "∞"
_MOST_WHOLE: Final = 100
_WHOLE_PERCENT: Final = 0.0995
"""From here on a share has two digits before the point."""


def places_table(spots: pd.DataFrame) -> Table:
    """Give places of a hot-spot summary, in the order in which they come."""
    columns = (
        *(Column("Place"), Column("Selection"), Column("Checked", "right"), Column("Hits", "right")),
        *(Column("Hit rate", "right"), Column("95 %", "right"), Column("Expected hits", "right")),
        *(Column("Times expected", "right"), Column("q", "right"), Column("Hot spot")),
    )
    return Table(columns, tuple(_place_row(row) for _, row in spots.iterrows()))


def _place_row(row: pd.Series) -> tuple[str, ...]:
    return (
        str(row["name"]),
        str(row["selection"]),
        count_words(row["checked"], row),
        count_words(row["hits"], row),
        percent(row["hit_rate"]),
        interval(row["hit_rate_low"], row["hit_rate_high"], percent),
        number(row["expected"], "{:.1f}"),
        number(row["ratio"], "{:.1f}"),
        number(row["q_value"], "{:.2g}"),
        "yes" if row["hotspot"] else "",
    )


def sheet_table(sheet: pd.DataFrame) -> Table:
    """Give a result sheet, each group of figures under its name; what has neither figure is left out."""
    columns = (
        *(Column("Figure"), Column("Recorded", "right"), Column("Published", "right")),
        Column("Difference", "right"),
    )
    known = sheet[sheet["value"].notna() | sheet["published"].notna() | (_not_told(sheet) != "")]
    return Table(columns, tuple(_sheet_rows(known)))


def _sheet_rows(sheet: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for group, rows in sheet.groupby("group", sort=False):
        yield (str(group),)
        for _, row in rows.iterrows():
            yield (
                str(row["measure"]),
                count_words(row["value"], row),
                amount(row["published"]),
                amount(row["difference"], signed=True),
            )


def planned_table(planned: pd.DataFrame) -> Table:
    """Give what was planned beside what was done."""
    columns = (
        *(Column("Place"), Column("Planned officers", "right"), Column("Planned shift")),
        *(Column("Shifts", "right"), Column("Officers", "right"), Column("Checked", "right")),
        *(Column("Hits", "right"), Column("State")),
    )
    rows = (
        (
            str(row["name"]),
            amount(row["planned_officers"]),
            "" if pd.isna(row["planned_shift"]) else str(row["planned_shift"]),
            amount(row["shifts"]),
            number(row["officers"], "{:.1f}"),
            count_words(row["checked"], row),
            count_words(row["hits"], row),
            str(row["state"]),
        )
        for _, row in planned.iterrows()
    )
    return Table(columns, tuple(rows))


def plan_table(plan: Plan) -> Table:
    """Give the checkpoints of a plan."""
    columns = Column("Checkpoint"), Column("Officers", "right"), Column("Shift"), Column("Remarks")
    rows = ((d.name, str(d.officers or UNKNOWN), d.shift, d.remarks) for d in plan.deployments)
    return Table(columns, tuple(rows))


def changes_table(changes: pd.DataFrame) -> Table:
    """Give rows of a comparison: hits and checks of both, and the ratio of the rates with its interval."""
    columns = (
        *(Column("Where"), Column("Selection"), Column("Hits / checks before", "right")),
        *(Column("Hits / checks after", "right"), Column("Rate ratio", "right"), Column("95 %", "right")),
        Column("q", "right"),
    )
    rows = (
        (
            str(row["name"]),
            str(row["selection"]),
            f"{change_words(row['hits_before'])} / {change_words(row['checked_before'])}",
            f"{change_words(row['hits_after'])} / {change_words(row['checked_after'])}",
            number(row["ratio"], "{:.2f}"),
            interval(row["low"], row["high"], lambda bound: number(bound, "{:.2f}")),
            number(row["q_value"], "{:.2g}"),
        )
        for _, row in changes.iterrows()
    )
    return Table(columns, tuple(rows))


def published_table(published: pd.DataFrame) -> Table:
    """Give published figures of two actions side by side."""
    columns = (
        *(Column("Measure"), Column("Before", "right"), Column("After", "right")),
        *(Column("Change", "right"), Column("Note")),
    )
    rows = (
        (
            str(row["measure"]).replace("_", " "),
            amount(row["before"]),
            amount(row["after"]),
            number(row["change"], "× {:.2f}"),
            str(row["note"]),
        )
        for _, row in published.iterrows()
    )
    return Table(columns, tuple(rows))


def count_words(count: Any, row: pd.Series) -> str:
    """Give a count, or the words of its row for one that is withheld."""
    if pd.isna(count):
        return str(row.get("not_told") or UNKNOWN)
    return amount(count)


def change_words(count: Any) -> str:
    """Give a count of a comparison: one that is missing is withheld."""
    return NOT_TOLD if pd.isna(count) else amount(count)


def amount(value: Any, *, signed: bool = False) -> str:
    """
    Give a number in as many digits as it needs.

    Examples
    --------
    >>> amount(1.25), amount(304.0), amount(-3.0, signed=True), amount(float("nan"))
    ('1.25', '304', '-3', '–')
    """
    if pd.isna(value):
        return UNKNOWN
    sign = "+" if signed and value > 0 else ""
    whole = float(value).is_integer() or abs(value) >= _MOST_WHOLE
    return sign + (grouped(float(value)) if whole else f"{value:.3g}")


def number(value: Any, form: str) -> str:
    """Give a number in a form, or a dash where there is none or it has no bound."""
    return UNKNOWN if pd.isna(value) or value in {float("inf"), float("-inf")} else form.format(float(value))


def percent(share: Any) -> str:
    """
    Give a share in percent.

    Examples
    --------
    >>> percent(0.0207), percent(0.996), percent(float("nan"))
    ('2.1 %', '100 %', '–')
    """
    if pd.isna(share):
        return UNKNOWN
    return f"{share:.0%}".replace("%", " %") if share >= _WHOLE_PERCENT else f"{share * 100:.2g} %"


def interval(low: Any, high: Any, words: Callable[[Any], str]) -> str:
    """
    Give both ends of an interval; the upper one may have no bound.

    Examples
    --------
    >>> interval(0.5, 2.0, str), interval(0.5, float("inf"), str)
    ('0.5–2.0', '0.5–∞')
    """
    if pd.isna(low):
        return UNKNOWN
    upper = _NO_BOUND if high == float("inf") else words(high)
    return f"{words(low).removesuffix(' %')}{_RANGE}{upper}"


def _not_told(table: pd.DataFrame) -> Sequence[str] | pd.Series:
    return table["not_told"] if "not_told" in table else pd.Series("", table.index)
