from dataclasses import replace
from datetime import date

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.operation import Operation
from geoanalysis.domain.records import add_records
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES, Schema

EMPTY = Operation(
    "test",
    "Test",
    date(2022, 10, 26),
    date(2022, 10, 29),
    SEIZURES.empty(),
    CHECK_SHIFTS.empty(),
    RESULTS.empty(),
)


def example(schema: Schema, **changed: object) -> pd.DataFrame:
    row = {column.name: column.example or None for column in schema.columns} | changed
    return schema.conform(pd.DataFrame([row]))


def test_sending_the_same_records_twice_changes_nothing() -> None:
    once = add_records(EMPTY, "seizures", example(SEIZURES))
    twice = add_records(once, "seizures", example(SEIZURES))
    assert len(once.seizures) == len(twice.seizures) == 1
    assert isinstance(twice.seizures, gpd.GeoDataFrame)
    assert twice.seizures.crs == EMPTY.seizures.crs


def test_a_later_version_of_a_shift_replaces_the_earlier() -> None:
    first = add_records(EMPTY, "check_shifts", example(CHECK_SHIFTS))
    later = add_records(first, "check_shifts", example(CHECK_SHIFTS, checked="500"))
    assert later.check_shifts["checked"].tolist() == [500]


def test_another_item_of_a_seizure_and_another_day_of_a_result_are_added() -> None:
    seized = add_records(EMPTY, "seizures", example(SEIZURES))
    assert len(add_records(seized, "seizures", example(SEIZURES, item="2")).seizures) == 2
    counted = add_records(EMPTY, "results", example(RESULTS))
    assert len(add_records(counted, "results", example(RESULTS, date="2022-10-27")).results) == 2


def test_the_operation_given_stays_as_it_is() -> None:
    given = replace(EMPTY)
    add_records(given, "results", example(RESULTS))
    assert given.results.empty
