"""Times in the forms that people and spreadsheets write; day and month in an order only where proven."""

from typing import Any

import pandas as pd
import pytest

from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES, Column
from geoanalysis.intake.report import merged
from geoanalysis.intake.rules import Rule
from geoanalysis.intake.times import parsed_times

WHEN, DAY = SEIZURES.column("occurred_utc"), RESULTS.column("date")
START, END = CHECK_SHIFTS.column("start_utc"), CHECK_SHIFTS.column("end_utc")


def parsed(texts: list[str], column: Column = WHEN) -> tuple[list[Any], list[tuple[int, str, str]]]:
    cells = pd.DataFrame({column.name: pd.Series(texts, index=range(2, len(texts) + 2), dtype="str")})
    values, findings = parsed_times(cells, [column])
    report = merged(findings)
    return values[column.name].tolist(), list(
        zip(report["row"], report["rule"], report["severity"], strict=True)
    )


def utc(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="UTC")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-10-26T08:30:00Z", "2022-10-26 08:30"),
        ("2022-10-26 08:30:15.250Z", "2022-10-26 08:30:15.250"),
        ("2022-10-26T10:30+02:00", "2022-10-26 08:30"),
        ("2022-10-26T10:30+0200", "2022-10-26 08:30"),
        ("2022-10-26T00:30+02", "2022-10-25 22:30"),
        ("2022-10-26 08:30 UTC", "2022-10-26 08:30"),
        ("2022/10/26 8:30Z", "2022-10-26 08:30"),
        ("2022.10.26. 08:30Z", "2022-10-26 08:30"),
        ("2022-1-5T08:30z", "2022-01-05 08:30"),
        ("2024-02-29T23:59:59Z", "2024-02-29 23:59:59"),
        ("2022-10-30T02:30:00+01:00", "2022-10-30 01:30"),
    ],
)
def test_times_that_are_plain(text: str, moment: str) -> None:
    assert parsed([text]) == ([utc(moment)], [])


@pytest.mark.parametrize(
    "text",
    [
        "26 Oct 2022",
        "2022-13-01",
        "2023-02-29",
        "2022-10-26T24:30Z",
        "2022-10-26T08:60Z",
        "08:30",
        "20221026",
        "26.10.22",
        "2022-10-26T08:30 CET",
        "32/12/2022",
        "00/00/2022",
        "13/13/2022",
        "2022-10-26T08:30+99:00",
        "00/10/2022",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    assert [finding[2] for finding in parsed([text])[1]] == ["refused"]


def test_a_day_over_12_anywhere_proves_the_order() -> None:
    values, findings = parsed(["03/10/2022 08:30Z", "26/10/2022 08:30Z"])
    assert values == [utc("2022-10-03 08:30"), utc("2022-10-26 08:30")]
    assert findings == [(3, Rule.TIME_DMY, "note")]


def test_month_first_is_proven_too() -> None:
    assert parsed(["10/03/2022 08:30Z", "10/26/2022 08:30Z"])[0] == [
        utc("2022-10-03 08:30"),
        utc("2022-10-26 08:30"),
    ]


def test_while_nothing_proves_the_order_every_such_row_is_refused() -> None:
    values, findings = parsed(["03/10/2022 08:30Z", "2022-10-26T08:30Z", "04.10.2022 08:30Z"])
    assert findings == [(2, Rule.TIME_AMBIGUOUS, "refused"), (4, Rule.TIME_AMBIGUOUS, "refused")]
    assert values[1] == utc("2022-10-26 08:30")


def test_two_orders_in_a_file_prove_nothing() -> None:
    values, findings = parsed(["03/10/2022 08:30Z", "26/10/2022 08:30Z", "10/26/2022 08:30Z"])
    assert findings == [(2, Rule.TIME_AMBIGUOUS, "refused")]
    assert values[1:] == [utc("2022-10-26 08:30")] * 2


def test_the_same_day_and_month_needs_no_order() -> None:
    assert parsed(["05/05/2022 08:30Z"]) == ([utc("2022-05-05 08:30")], [])


def test_one_column_proves_the_order_of_another() -> None:
    cells = pd.DataFrame(
        {"start_utc": ["03/10/2022 22:00Z"], "end_utc": ["31/10/2022 06:00Z"]}, index=[2], dtype="str"
    )
    values, findings = parsed_times(cells, [START, END])
    assert values["start_utc"][2] == utc("2022-10-03 22:00")
    assert merged(findings)["rule"].tolist() == [Rule.TIME_DMY]


@pytest.mark.parametrize(
    ("serial", "moment"),
    [
        ("44860", "2022-10-26"),
        ("44860.5", "2022-10-26 12:00"),
        ("44860,354166667", "2022-10-26 08:30"),
        ("36526", "2000-01-01"),
        ("45351.999988426", "2024-02-29 23:59:59"),
    ],
)
def test_excel_serials_are_read_with_doubt(serial: str, moment: str) -> None:
    """Day 44860 is 2022-10-26 in Excel's 1900 calendar, 36526 is 2000-01-01."""
    assert parsed([serial]) == ([utc(moment)], [(2, Rule.TIME_EXCEL, "doubted")])


@pytest.mark.parametrize("number", ["29999", "60001", "2022", "1666771200"])
def test_other_numbers_are_no_serials(number: str) -> None:
    assert parsed([number])[1] == [(2, Rule.TIME, "refused")]


def test_missing_offsets_are_noted_once() -> None:
    values, findings = parsed(["2022-10-26T08:30", "2022-10-26T09:30", "2022-10-26T09:30Z"])
    assert values[:2] == [utc("2022-10-26 08:30"), utc("2022-10-26 09:30")]
    assert findings == [(2, Rule.TIME_NO_OFFSET, "note")]


def test_a_day_without_a_time_is_doubted() -> None:
    assert parsed(["2022-10-26"]) == ([utc("2022-10-26")], [(2, Rule.TIME_DAY, "doubted")])


@pytest.mark.parametrize(
    "text", ["2022-10-26", "26.10.2022", "2022-10-26 00:00:00", "2022-10-26T00:00:00+02:00"]
)
def test_days_are_the_days_that_are_written(text: str) -> None:
    values, findings = parsed([text], DAY)
    assert values == [pd.Timestamp("2022-10-26")]
    assert {finding[2] for finding in findings} <= {"note"}
