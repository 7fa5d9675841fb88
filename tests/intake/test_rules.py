"""Every rule finds what it is for, in the row where it stands, and nothing in rows that are in order."""

# ruff: noqa: RUF001 - letters of the region that look like others

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from geoanalysis.intake.rules import Rule

ReadRows = Callable[..., Any]
CleanRow = Callable[..., dict[str, Any]]
FAULT_ROW = 4


class Fault(NamedTuple):
    """What is changed in a row, the column that the finding names, and what the message must say."""

    kind: str
    rule: Rule
    severity: str
    changes: dict[str, Any]
    column: str
    says: str = ""
    row: int = FAULT_ROW


S, C, R = "seizures", "check-shifts", "results"
FAULTS = [
    Fault(S, Rule.VALUE_MISSING, "refused", {"seizure_id": ""}, "seizure_id", "add it, for example BG-0001"),
    Fault(S, Rule.VALUE_MISSING, "refused", {"occurred_utc": "n/a"}, "occurred_utc", "add it"),
    Fault(C, Rule.VALUE_MISSING, "refused", {"checked": " "}, "checked", "checks made"),
    Fault(R, Rule.HANDLING_MISSING, "refused", {"handling": ""}, "handling", "for example H1"),
    Fault(S, Rule.NUMBER, "refused", {"quantity": "about 5"}, "quantity", "write one such as 5.78"),
    Fault(S, Rule.NUMBER, "refused", {"lat": "42°33'10\"N"}, "lat", "decimal degrees such as 41.7173"),
    Fault(S, Rule.NUMBER, "refused", {"lon": "nan."}, "lon", "decimal degrees"),
    Fault(S, Rule.NUMBER, "refused", {"quantity": "inf"}, "quantity", "this is no number"),
    Fault(R, Rule.NUMBER, "refused", {"value": "1,234,567"}, "value", "this is no number"),
    Fault(S, Rule.DECIMAL_COMMA, "refused", {"quantity": "5,78"}, "quantity", "write 42.55"),
    Fault(C, Rule.NUMBER_AMBIGUOUS, "refused", {"passed": "5,200"}, "passed", "1500 or 1.5"),
    Fault(C, Rule.NUMBER_AMBIGUOUS, "refused", {"passed": "5.200"}, "passed", "1500 or 1.5"),
    Fault(C, Rule.NUMBER_RANGE, "refused", {"officers": "2001"}, "officers", "from 0 to 2000"),
    Fault(S, Rule.NUMBER_RANGE, "refused", {"item": "0"}, "item", "from 1"),
    Fault(R, Rule.NUMBER_RANGE, "refused", {"value": "1e300"}, "value", "from 0 to 1e+12"),
    Fault(S, Rule.QTY_NEGATIVE, "refused", {"quantity": "-5"}, "quantity", "negative"),
    Fault(S, Rule.QTY_NEGATIVE, "refused", {"quantity": "\N{MINUS SIGN}5"}, "quantity", "negative"),
    Fault(C, Rule.QTY_NEGATIVE, "refused", {"hits": "-1"}, "hits", "negative"),
    Fault(S, Rule.QTY_ZERO, "doubted", {"quantity": "0"}, "quantity", "check the quantity"),
    Fault(
        S,
        Rule.QTY_INTEGER,
        "refused",
        {"commodity": "firearm", "crime_area": "firearms", "unit": "piece", "quantity": "2.5"},
        "quantity",
        "whole numbers",
    ),
    Fault(
        S,
        Rule.QTY_INTEGER,
        "refused",
        {"commodity": "firearm", "crime_area": "firearms", "unit": "", "quantity": "2.5"},
        "quantity",
        "whole numbers",
    ),
    Fault(C, Rule.QTY_INTEGER, "refused", {"hits": "2.5"}, "hits", "whole numbers"),
    Fault(S, Rule.QTY_ABSURD, "doubted", {"quantity": "10001"}, "quantity", "check quantity and unit"),
    Fault(S, Rule.QTY_ABSURD, "refused", {"quantity": "1000001"}, "quantity", "no seizure is so large"),
    Fault(
        S,
        Rule.QTY_ABSURD,
        "doubted",
        {"commodity": "cash", "unit": "eur", "quantity": "100000001"},
        "quantity",
    ),
    Fault(
        S,
        Rule.QTY_UNIT,
        "refused",
        {"commodity": "firearm", "unit": "l", "quantity": "2"},
        "unit",
        "firearm is not measured so: write one of piece",
    ),
    Fault(S, Rule.QTY_UNIT, "doubted", {"unit": ""}, "unit", "Add its unit"),
    Fault(S, Rule.QTY_OUTLIER, "doubted", {"quantity": "5780"}, "quantity", "check the unit"),
    Fault(
        S, Rule.TIME, "refused", {"occurred_utc": "yesterday"}, "occurred_utc", "such as 2022-10-26T08:30:00Z"
    ),
    Fault(S, Rule.TIME, "refused", {"occurred_utc": "2022-02-30T08:30Z"}, "occurred_utc", "this is no time"),
    Fault(S, Rule.TIME, "refused", {"occurred_utc": "1666771200"}, "occurred_utc", "this is no time"),
    Fault(R, Rule.TIME, "refused", {"date": "26 Oct 2022"}, "date", "this is no date"),
    Fault(
        S,
        Rule.TIME_AMBIGUOUS,
        "refused",
        {"occurred_utc": "03/10/2022 08:30Z"},
        "occurred_utc",
        "no row of the file proves",
    ),
    Fault(
        S, Rule.TIME_DMY, "note", {"occurred_utc": "26.10.2022 08:30Z"}, "occurred_utc", "day, month, year"
    ),
    Fault(
        S,
        Rule.TIME_EXCEL,
        "doubted",
        {"occurred_utc": "44860.5"},
        "occurred_utc",
        "read as 2022-10-26 12:00:00",
    ),
    Fault(
        S, Rule.TIME_NO_OFFSET, "note", {"occurred_utc": "2022-10-26T08:30"}, "occurred_utc", "read as UTC"
    ),
    Fault(S, Rule.TIME_DAY, "doubted", {"occurred_utc": "2022-10-26"}, "occurred_utc", "00:00 UTC"),
    Fault(R, Rule.TIME_DAY, "doubted", {"date": "2022-10-26 14:00"}, "date", "only the day was kept"),
    Fault(
        S,
        Rule.TIME_RANGE,
        "refused",
        {"occurred_utc": "1999-12-31T23:59:59Z"},
        "occurred_utc",
        "correct the year",
    ),
    Fault(R, Rule.TIME_RANGE, "refused", {"date": "2202-10-26"}, "date", "correct the year"),
    Fault(
        C, Rule.TIME_ORDER, "refused", {"end_utc": "2022-10-26T06:00:00Z"}, "end_utc", "ends before it starts"
    ),
    Fault(
        C, Rule.SHIFT_LENGTH, "refused", {"end_utc": "2022-10-27T06:00:01Z"}, "end_utc", "longer than 24 h"
    ),
    Fault(S, Rule.VOCAB, "refused", {"commodity": "unobtainium"}, "commodity", "heroin, cocaine"),
    Fault(
        S, Rule.VOCAB, "doubted", {"direction": "sideways"}, "direction", "put in the remarks. Known: entry"
    ),
    Fault(
        S,
        Rule.VOCAB_SYNONYM,
        "note",
        {"commodity": "хероин", "direction": "ulaz"},
        "direction",
        "read as entry",
    ),
    Fault(S, Rule.COUNTRY, "refused", {"country": "Bulgaria"}, "country", "such as BG"),
    Fault(C, Rule.COUNTRY, "refused", {"country": "ALL"}, "country", "such as BG"),
    Fault(
        S,
        Rule.GEO_MISSING,
        "doubted",
        {"lon": "", "lat": "", "crossing_id": ""},
        "lon, lat",
        "not on the map",
    ),
    Fault(S, Rule.GEO_RANGE, "refused", {"lon": "181"}, "lon, lat", "from -180 to 180"),
    Fault(S, Rule.GEO_RANGE, "refused", {"lon": ""}, "lon, lat", "half of the position"),
    Fault(C, Rule.GEO_RANGE, "refused", {"lon": "442310.5", "lat": "4632110.7"}, "lon, lat", "not metres"),
    Fault(S, Rule.GEO_NULL_ISLAND, "refused", {"lon": "0", "lat": "0"}, "lon, lat", "empty or copied"),
    Fault(S, Rule.GEO_NULL_ISLAND, "refused", {"lon": "41.7173"}, "lon, lat", "empty or copied"),
    Fault(
        S,
        Rule.GEO_SWAPPED,
        "refused",
        {"lon": "41.7173", "lat": "26.3531"},
        "lon, lat",
        "lon 26.3531, lat 41.7173",
    ),
    Fault(
        S,
        Rule.GEO_OUTSIDE_REGION,
        "doubted",
        {"lon": "2.3522", "lat": "48.8566", "crossing_id": ""},
        "lon, lat",
        "lon 12 to 33.5",
    ),
    Fault(S, Rule.GEO_ROUNDED, "doubted", {"lon": "26.4", "lat": "41.7"}, "lon, lat", "within about 10 km"),
    Fault(
        S,
        Rule.CROSS_UNKNOWN,
        "refused",
        {"crossing_id": "Nowhere"},
        "crossing_id",
        "take the crossing_id from the table",
    ),
    Fault(
        S,
        Rule.CROSS_UNKNOWN,
        "refused",
        {"crossing_id": "Giurgiulesti", "lon": "", "lat": ""},
        "crossing_id",
        "Galați – Giurgiulești; Giurgiulești – Reni",
    ),
    Fault(
        S,
        Rule.CROSS_NAME,
        "note",
        {"crossing_id": "Kapıkule - Kapitan Andreevo"},
        "crossing_id",
        "read as Kapitan Andreevo – Kapıkule",
    ),
    Fault(
        S,
        Rule.CROSS_NAME,
        "doubted",
        {"crossing_id": "Капитан Андреево"},
        "crossing_id",
        "taken for Kapitan Andreevo – Kapıkule",
    ),
    Fault(S, Rule.CROSS_POSITION, "note", {"lon": "", "lat": ""}, "lon, lat", "1 rows without a position"),
    Fault(S, Rule.CROSS_FAR, "doubted", {"lat": "41.7673"}, "crossing_id", "5.6 km from this crossing"),
    Fault(C, Rule.HITS_OVER_CHECKED, "refused", {"hits": "411"}, "hits", "more hits than checks"),
    Fault(C, Rule.CHECKED_OVER_PASSED, "doubted", {"passed": "409"}, "checked", "same unit"),
    Fault(S, Rule.DUP_EXACT, "refused", {"seizure_id": "BG-0001"}, "seizure_id", "the same as row 2"),
    Fault(C, Rule.DUP_EXACT, "refused", {"shift_id": "BG-0001"}, "shift_id", "the same as row 2"),
    Fault(R, Rule.DUP_EXACT, "refused", {"value": "1", "measure": "m1"}, "value", "the same as row 2"),
    Fault(R, Rule.DUP_KEY, "doubted", {"value": "7", "measure": "m1"}, "value", "the same as row 2"),
    Fault(
        S,
        Rule.DUP_PROBABLE,
        "doubted",
        {"country": "TR", "quantity": "5.8"},
        "seizure_id",
        "from another country",
    ),
    Fault(
        S,
        Rule.TEXT_CONTROL,
        "doubted",
        {"remarks": "turned \N{RIGHT-TO-LEFT OVERRIDE}round"},
        "remarks",
        "invisible",
    ),
    Fault(S, Rule.TEXT_LONG, "doubted", {"remarks": "x" * 2001}, "remarks", "2000 characters"),
    Fault(S, Rule.TEXT_PERSONAL, "doubted", {"remarks": "driver 0101990710006"}, "remarks", "[removed]"),
    Fault(
        S, Rule.TEXT_PERSONAL, "refused", {"seizure_id": "+381 63 123 4567"}, "seizure_id", "opaque reference"
    ),
]
OF_WHOLE_FILES = {
    Rule.NO_ROWS,
    Rule.SHEETS,
    Rule.MERGED,
    Rule.FORMULAS,
    Rule.ROW_CELLS,
    Rule.COLUMN_UNKNOWN,
    Rule.COLUMN_MISSING,
    Rule.GEO_NOT_POINT,
    Rule.GEO_TWO_POSITIONS,
}
"""Tested where the files are: tables, workbooks, columns and vectors."""


@pytest.fixture(scope="session")
def rows_in_order(clean_row: CleanRow) -> Callable[[str], list[dict[str, Any]]]:
    """Give seven rows without a fault, each with an id or a measure of its own."""

    def rows(kind: str) -> list[dict[str, Any]]:
        own = [{"measure": f"m{number}"} if kind == R else {} for number in range(1, 8)]
        return [clean_row(kind, number, **changes) for number, changes in enumerate(own, start=1)]

    return rows


@pytest.mark.parametrize("kind", [S, C, R])
def test_rows_in_order_have_no_finding(
    kind: str, rows_in_order: Callable[[str], list[dict[str, Any]]], read_rows: ReadRows
) -> None:
    records, report = read_rows(kind, rows_in_order(kind))
    assert report.ok
    assert report.findings.empty
    assert (report.rows_read, report.rows_accepted, len(records)) == (7, 7, 7)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.rule}-{fault.column}-{fault.severity}")
def test_a_fault_is_found_where_it_stands(
    fault: Fault, rows_in_order: Callable[[str], list[dict[str, Any]]], read_rows: ReadRows
) -> None:
    rows = rows_in_order(fault.kind)
    rows[FAULT_ROW - 2].update(fault.changes)
    records, report = read_rows(fault.kind, rows)
    here = report.findings[report.findings["row"] == FAULT_ROW]
    about = here[(here["rule"] == fault.rule) & (here["column"] == fault.column)]
    assert about["severity"].tolist() == [fault.severity]
    assert fault.says in about["message"].item()
    refused = fault.severity == "refused"
    assert (report.rows_refused, len(records)) == ((1, 6) if refused else (0, 7))
    assert report.ok is not refused
    assert set(report.findings["row"]) <= {FAULT_ROW} | others_named(fault)


def others_named(fault: Fault) -> set[int]:
    """Two countries that report one seizure are both doubted."""
    return set(range(2, 9)) if fault.rule is Rule.DUP_PROBABLE else set()


def test_every_rule_has_a_fault() -> None:
    assert {fault.rule for fault in FAULTS} | OF_WHOLE_FILES == set(Rule)


NOT_FAULTS = [
    (S, {"occurred_utc": "2026-12-31T23:59:59Z"}, "a day to come"),
    (S, {"occurred_utc": "2000-01-01T00:00:00Z"}, "the first day"),
    (S, {"occurred_utc": "2022-10-26T10:30:00+02:00"}, "an offset"),
    (C, {"end_utc": "2022-10-27T06:00:00Z"}, "24 h"),
    (C, {"passed": "410"}, "all checked"),
    (C, {"hits": "410"}, "all hits"),
    (C, {"passed": ""}, "traffic unknown"),
    (C, {"hits": "0"}, "no hits"),
    (C, {"officers": "2000"}, "the most officers"),
    (C, {"checked": "410.0"}, "a whole number with a point"),
    (R, {"value": "1500"}, "thousands without a mark"),
    (S, {"quantity": "0.578"}, "three decimals"),
    (S, {"lat": "41.7600"}, "4.7 km from the crossing"),
    (S, {"country": "bg"}, "small letters"),
    (S, {"country": "BGR"}, "alpha-3"),
    (C, {"country": "EL"}, "Greece as the Union writes it"),
    (C, {"country": "XK"}, "Kosovo*"),
    (S, {"commodity": "Heroin "}, "capitals and spaces"),
    (S, {"quantity": "", "unit": ""}, "no quantity"),
    (S, {"item": "2", "seizure_id": "BG-0001"}, "another item of a seizure"),
    (S, {"remarks": "2 pistols, 30 rounds, hidden under 12 boxes"}, "numbers in a text"),
    (S, {"remarks": "line one\nline two"}, "two lines"),
    (S, {"crossing_id": "BG-TR-Kapitan-Andreevo-Kapikule"}, "an id in capitals"),
    (R, {"country": "all", "measure": "m1"}, "the whole action"),
    (R, {"measure": "m1", "unit": "officers", "value": "1"}, "another unit"),
]


@pytest.mark.parametrize(("kind", "changes", "why"), NOT_FAULTS, ids=[why for _, _, why in NOT_FAULTS])
def test_what_is_no_fault_is_not_found(
    kind: str,
    changes: dict[str, Any],
    why: str,
    rows_in_order: Callable[[str], list[dict[str, Any]]],
    read_rows: ReadRows,
) -> None:
    rows = rows_in_order(kind)
    rows[FAULT_ROW - 2].update(changes)
    _, report = read_rows(kind, rows)
    assert report.findings.empty, why
