"""What the tool writes, it reads back unchanged, in every format."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoanalysis import intake, store
from geoanalysis.domain.schemas import RESULTS, SEIZURES

CleanRow = Callable[..., dict[str, Any]]
REMARKS = [
    "=HYPERLINK(1)",
    "+381",
    "-5",
    "@x",
    "\ttab",
    "'=quoted",
    "two\nlines",
    'say "no", please; 1',
    "Đeneral Јанковић",
    "٣",
]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".geojson", ".gpkg"])
def test_records_come_back(
    suffix: str, clean_row: CleanRow, read_rows: Any, crossings: Any, tmp_path: Path
) -> None:
    rows = [clean_row("seizures", number, remarks=text) for number, text in enumerate(REMARKS, start=1)]
    rows += [
        clean_row("seizures", 20, quantity="", unit="", lon="", lat="", direction="", crossing_id="Калотина")
    ]
    records, report = read_rows("seizures", rows)
    assert report.ok
    store.write_table(records, tmp_path / f"seizures{suffix}")
    again, second = intake.read_seizures(tmp_path / f"seizures{suffix}", crossings=crossings)
    assert second.findings.empty
    pd.testing.assert_frame_equal(again, records)


def test_results_come_back_from_a_geopackage(clean_row: CleanRow, read_rows: Any, tmp_path: Path) -> None:
    records = read_rows(
        "results", [clean_row("results", number, measure=f"m{number}") for number in range(9)]
    )[0]
    store.write_table(records, tmp_path / "results.gpkg")
    pd.testing.assert_frame_equal(intake.read_results(tmp_path / "results.gpkg")[0], records)


numbers = st.floats(0, 1e9, allow_nan=False).map(lambda number: round(number, 6))
texts = st.text(st.characters(codec="utf-8", categories=["L", "M", "P", "S", "Zs"]), min_size=1, max_size=30)


@given(rows=st.lists(st.tuples(numbers, texts), min_size=1, max_size=8))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_and_any_text_come_back_from_csv(
    rows: list[tuple[float, str]], clean_row: CleanRow
) -> None:
    table = pd.DataFrame(
        [
            clean_row("results", measure=f"m{n}", value=value, remarks=text)
            for n, (value, text) in enumerate(rows)
        ]
    ).assign(date=pd.Timestamp("2022-10-26"))
    records, _ = intake.read_results(intake.Upload("r.csv", store.table_csv(RESULTS.conform(table))))
    again, report = intake.read_results(intake.Upload("r.csv", store.table_csv(records)))
    assert records["value"].tolist() == [value for value, _ in rows]
    assert report.ok
    pd.testing.assert_frame_equal(again, records)


def test_an_empty_table_comes_back(crossings: Any) -> None:
    records, report = intake.read_seizures(
        intake.Upload("s.csv", store.table_csv(SEIZURES.empty())), crossings=crossings
    )
    pd.testing.assert_frame_equal(records, SEIZURES.empty())
    assert report.ok
