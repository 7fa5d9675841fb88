"""Decimal points, decimal commas and marks for thousands, told apart by column."""

import pandas as pd
import pytest

from geoanalysis.domain.schemas import CHECK_SHIFTS, SEIZURES, Column
from geoanalysis.intake.numbers import parsed_numbers
from geoanalysis.intake.report import merged
from geoanalysis.intake.rules import Rule

QUANTITY, LON, CHECKED = SEIZURES.column("quantity"), SEIZURES.column("lon"), CHECK_SHIFTS.column("checked")


def parsed(texts: list[str], column: Column) -> tuple[list[float], list[tuple[int, str, str]]]:
    cells = pd.Series(texts, index=range(2, len(texts) + 2), dtype="str", name=column.name)
    values, findings = parsed_numbers(cells, column)
    report = merged(findings)
    return values.tolist(), list(zip(report["row"], report["rule"], report["severity"], strict=True))


def test_points_are_decimal() -> None:
    assert parsed(["5.78", "-0.5", ".5", "5.", "1E3", "+7"], LON) == ([5.78, -0.5, 0.5, 5.0, 1000.0, 7.0], [])


@pytest.mark.parametrize(
    "text", ["", "1 234", "1,234.5", "1.234,5", "5 kg", "--5", "0x10", "٣", "1e5000", "5,", ",5"]
)
def test_nothing_else_is_a_number(text: str) -> None:
    values, findings = parsed([text, "1.5"], QUANTITY)
    assert pd.isna(values[0])
    assert len(findings) == (1 if text else 0)


def test_a_column_of_decimal_commas_is_read_with_one_note() -> None:
    assert parsed(["5", "5,78", "0,5", ""], QUANTITY)[1] == [(3, Rule.DECIMAL_COMMA, "note")]
    assert parsed(["5", "5,78", "0,5"], QUANTITY)[0] == [5.0, 5.78, 0.5]


def test_a_column_that_mixes_commas_and_points_refuses_the_commas() -> None:
    values, findings = parsed(["5.78", "5,78"], QUANTITY)
    assert findings == [(3, Rule.DECIMAL_COMMA, "refused")]
    assert values[0] == 5.78
    assert pd.isna(values[1])


def test_commas_that_may_part_thousands_are_refused() -> None:
    """All with three digits behind the comma: 1,500 kg or 1.5 kg is not for us to say."""
    assert parsed(["1,500", "12,250", "7"], QUANTITY)[1] == [
        (2, Rule.NUMBER_AMBIGUOUS, "refused"),
        (3, Rule.NUMBER_AMBIGUOUS, "refused"),
    ]


def test_one_comma_that_cannot_part_thousands_proves_the_column() -> None:
    assert parsed(["1,500", "2,5"], QUANTITY)[0] == [1.5, 2.5]


def test_commas_in_degrees_cannot_part_thousands() -> None:
    """26353 is no longitude, so 26,353 is 26.353."""
    values, findings = parsed(["26,353", "22,862"], LON)
    assert values == [26.353, 22.862]
    assert findings == [(2, Rule.DECIMAL_COMMA, "note")]


def test_commas_out_of_range_are_not_read() -> None:
    assert parsed(["1999,5", "26,353"], LON)[1] == [
        (2, Rule.DECIMAL_COMMA, "refused"),
        (3, Rule.DECIMAL_COMMA, "refused"),
    ]


def test_points_that_may_all_part_thousands_are_doubted() -> None:
    assert parsed(["1.500", "12.250", "7"], QUANTITY) == (
        [1.5, 12.25, 7.0],
        [(2, Rule.NUMBER_AMBIGUOUS, "doubted"), (3, Rule.NUMBER_AMBIGUOUS, "doubted")],
    )
    assert parsed(["1.500", "12.25"], QUANTITY)[1] == []


def test_a_point_among_commas_is_doubted() -> None:
    assert parsed(["1.500", "2,5"], QUANTITY)[1] == [
        (2, Rule.NUMBER_AMBIGUOUS, "doubted"),
        (3, Rule.DECIMAL_COMMA, "refused"),
    ]


def test_counts_with_any_mark_are_refused() -> None:
    assert parsed(["1.500", "1,500", "1,5", "1500"], CHECKED)[1] == [
        (2, Rule.NUMBER_AMBIGUOUS, "refused"),
        (3, Rule.NUMBER_AMBIGUOUS, "refused"),
        (4, Rule.DECIMAL_COMMA, "refused"),
    ]
