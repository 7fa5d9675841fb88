"""CSV as it comes: three delimiters, blank rows, rows too long; row numbers are those of a spreadsheet."""

from collections.abc import Callable
from typing import Any

import pytest

from geoanalysis import intake
from geoanalysis.domain.errors import SchemaError

Read = Callable[..., Any]
HEADER = "country,date,crime_area,measure,value,unit,handling"
GOOD = "BG,2022-10-26,drugs,arrests,4,count,H1"


def read_lines(*lines: str) -> tuple[Any, intake.IntakeReport]:
    return intake.read_results(intake.Upload("r.csv", "\r\n".join(lines).encode()))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_told_by_the_header(delimiter: str) -> None:
    records, report = read_lines(HEADER.replace(",", delimiter), GOOD.replace(",", delimiter))
    assert report.ok
    assert records["value"].tolist() == [4.0]


def test_a_comma_in_a_semicolon_file_is_no_delimiter() -> None:
    records, report = read_lines(
        HEADER.replace(",", ";") + ";remarks", GOOD.replace(",", ";") + ";one, two, three"
    )
    assert records["remarks"].tolist() == ["one, two, three"]
    assert report.findings.empty


def test_blank_rows_are_skipped_and_counted() -> None:
    _, report = read_lines("", HEADER, GOOD, ",,,", "", "BG,2022-10-26,drugs,officers,-1,count,H1", "")
    assert (report.rows_read, report.rows_refused) == (2, 1)
    assert report.findings["row"].tolist() == [6]


def test_a_cell_of_two_lines_is_one_row() -> None:
    _, report = read_lines(
        HEADER + ",remarks", GOOD + ',"one\r\ntwo"', "BG,2022-10-26,drugs,officers,-1,count,H1,x"
    )
    assert report.findings["row"].tolist() == [3]


def test_a_row_that_is_too_long_is_refused() -> None:
    """Decimal commas that were not quoted make a cell too many."""
    records, report = read_lines(HEADER, GOOD, "BG,2022-10-26,drugs,arrests,4,5,count,H1", GOOD + ",,,")
    findings = report.findings[report.findings["rule"] == "row-cells"]
    assert findings["row"].tolist() == [3]
    assert findings["value"].tolist() == ["8 cells"]
    assert "quotation marks" in findings["message"].item()
    assert len(records) == 1


def test_a_row_that_is_short_lacks_its_last_cells() -> None:
    _, report = read_lines(HEADER, GOOD, "BG,2022-10-26,drugs,arrests,5")
    assert report.findings[["row", "column", "rule"]].values.tolist() == [
        [3, "unit", "value-missing"],
        [3, "handling", "handling-missing"],
    ]


def test_a_header_alone_is_noted() -> None:
    records, report = read_lines(HEADER)
    assert (len(records), report.rows_read, report.ok) == (0, 0, True)
    assert report.findings[["row", "rule", "severity"]].values.tolist() == [[1, "no-rows", "note"]]


def test_unknown_columns_are_noted_and_ignored() -> None:
    records, report = read_lines(HEADER + ",colour,", GOOD + ",red,")
    assert report.findings[["row", "column", "rule", "severity"]].values.tolist() == [
        [1, "colour", "column-unknown", "note"]
    ]
    assert "colour" not in records


def test_missing_columns_refuse_every_row_once() -> None:
    records, report = read_lines(
        "country,date,measure,value,unit", "BG,2022-10-26,arrests,4,count", "BG,2022-10-26,officers,x,count"
    )
    assert report.findings[["row", "column", "rule"]].values.tolist() == [
        [1, "crime_area", "column-missing"],
        [1, "handling", "column-missing"],
        [3, "value", "number"],
    ]
    assert (len(records), report.rows_read, report.rows_refused, report.ok) == (0, 2, 2, False)


@pytest.mark.parametrize(
    "header",
    [
        "Country,DATE,Crime Area,Measure,VALUE,Unit,Handling code",
        "reporting country,day,crime-area,indicator,count,uom,handling_code",
        "\ufeffcountry,date,crime_area,measure,value,unit,handling",
        '"country","date","crime_area","measure","value","unit","handling"',
        " country , date , crime_area , measure , value , unit , handling ",
    ],
)
def test_column_names_are_known_however_written(header: str) -> None:
    records, report = read_lines(header, GOOD)
    assert report.findings.empty
    assert len(records) == 1


def test_two_columns_of_one_meaning_are_refused() -> None:
    with pytest.raises(SchemaError, match="amount and figure both mean value: remove or rename one"):
        read_lines(HEADER.replace("value", "amount") + ",figure", GOOD + ",5")
    with pytest.raises(SchemaError, match="unit and Unit both mean unit"):
        read_lines(HEADER + ",Unit", GOOD + ",kg")


def test_the_very_name_goes_before_a_synonym() -> None:
    records, report = read_lines(HEADER + ",amount", GOOD + ",5")
    assert records["value"].tolist() == [4.0]
    assert report.findings["column"].tolist() == ["amount"]


def test_our_formula_marks_are_taken_away() -> None:
    cells = ["'=1+1", "'+381", "'-5", "'@x", "'\tx", "''=x", "'round midnight", "=1+1"]
    rows = [f'BG,2022-10-26,drugs,m{n},4,count,H1,"{cell}"' for n, cell in enumerate(cells)]
    records, _ = read_lines(HEADER + ",remarks", *rows)
    assert records["remarks"].tolist() == [
        "=1+1",
        "+381",
        "-5",
        "@x",
        "\tx",
        "'=x",
        "'round midnight",
        "=1+1",
    ]


def test_text_is_not_taken_for_numbers_or_gaps(
    read: Read, csv_bytes: Callable[..., bytes], clean_row: Callable[..., dict[str, Any]]
) -> None:
    """NA is Namibia, 00123 an id, 1E5 another."""
    rows = [clean_row("check-shifts", shift_id=own, country="NA") for own in ("00123", "1E5", "NULL", "nan")]
    records, report = read("check-shifts", "c.csv", csv_bytes(rows))
    assert report.ok
    assert records["shift_id"].tolist() == ["00123", "1E5", "NULL", "nan"]
    assert set(records["country"]) == {"NA"}
