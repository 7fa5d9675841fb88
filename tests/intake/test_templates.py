"""Templates can be filled in and come back as they are; Excel's has lists of the accepted words."""

from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest

from geoanalysis import intake
from geoanalysis.domain.errors import InputError
from geoanalysis.domain.schemas import SCHEMAS

KINDS = list(SCHEMAS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_example_row_comes_back(kind: str, form: str, read: Any) -> None:
    records, report = read(kind, f"template.{form}", intake.template(kind, form))
    assert report.findings.empty
    assert len(records) == 1
    schema = SCHEMAS[kind]
    pd.testing.assert_frame_equal(records, schema.conform(records))
    with_example = [column.name for column in schema.columns if column.example]
    assert records[with_example].notna().all(axis=None)


def test_the_values_are_those_of_the_examples(read: Any) -> None:
    record = read("check-shifts", "t.xlsx", intake.template("check-shifts", "xlsx"))[0].iloc[0]
    assert record["shift_id"] == "S-0001"
    assert (record["passed"], record["checked"], record["hits"], record["officer_hours"]) == (
        5200,
        410,
        6,
        96.0,
    )
    assert record["end_utc"] == pd.Timestamp("2022-10-26 14:00", tz="UTC")
    assert (record.geometry.x, record.geometry.y) == (26.3531, 41.7173)


@pytest.mark.parametrize("kind", KINDS)
def test_excel_offers_the_words(kind: str) -> None:
    schema = SCHEMAS[kind]
    workbook = openpyxl.load_workbook(BytesIO(intake.template(kind, "xlsx")))
    assert workbook.sheetnames == [schema.name, "columns"]
    sheet = workbook[schema.name]
    offered = {str(choice.sqref): choice.formula1 for choice in sheet.data_validations.dataValidation}
    letters = [sheet.cell(1, number).column_letter for number in range(1, len(schema.columns) + 1)]
    wanted = {
        f"{letter}2:{letter}200001": f'"{",".join(column.vocabulary)}"'
        for letter, column in zip(letters, schema.columns, strict=True)
        if column.vocabulary
    }
    assert offered == wanted
    assert all(len(words) <= 257 for words in offered.values())  # Excel's limit, and the quotation marks


@pytest.mark.parametrize("kind", KINDS)
def test_excel_explains_the_columns(kind: str) -> None:
    schema = SCHEMAS[kind]
    help_rows = list(openpyxl.load_workbook(BytesIO(intake.template(kind, "xlsx")))["columns"].values)
    assert [row[0] for row in help_rows[1:]] == schema.names
    assert [row[2] for row in help_rows[1:]] == [column.words for column in schema.columns]
    assert [row[1] == "yes" for row in help_rows[1:]] == [column.required for column in schema.columns]


def test_csv_has_the_mark_by_which_excel_knows_utf_8() -> None:
    assert intake.template("results", "csv").startswith(b"\xef\xbb\xbfcountry,date,")


def test_times_and_ids_stay_text_in_excel() -> None:
    sheet = openpyxl.load_workbook(BytesIO(intake.template("seizures", "xlsx")))["seizures"]
    assert {sheet.column_dimensions[letter].number_format for letter in "ACD"} == {"@"}
    assert sheet["K2"].data_type == "n"


@pytest.mark.parametrize(("kind", "form"), [("arrests", "csv"), ("seizures", "ods")])
def test_other_templates_are_refused(kind: str, form: Any) -> None:
    with pytest.raises(InputError, match="choose seizures, check-shifts, results and csv, xlsx"):
        intake.template(kind, form)
