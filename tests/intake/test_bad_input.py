"""The bad input that people send most: each says what is wrong, where, what to do, and changes nothing."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from geoanalysis import intake
from geoanalysis.domain.errors import InputError

CleanRow = Callable[..., dict[str, Any]]
CsvBytes = Callable[..., bytes]

UNREADABLE = {
    "empty file": ("s.csv", lambda _: b"", ["s.csv is empty", "export it again"]),
    "wrong encoding": (
        "s.csv",
        lambda data: data.replace(b"vehicle battery", "аккумулятор".encode("cp1251")),
        ["s.csv is not in UTF-8 (line 2)", "save it as UTF-8"],
    ),
    "60 MB": (
        "s.csv",
        lambda data: data * (60 * 2**20 // len(data) + 1),
        ["60.0 MB, the limit is 50 MB", "split it"],
    ),
    "renamed VRT": (
        "s.gpkg",
        lambda _: b'<OGRVRTDataSource><OGRVRTLayer name="s"/></OGRVRTDataSource>',
        ["s.gpkg is an XML or HTML document", "was not opened", "export the data itself"],
    ),
}
DOUBTED_OR_REFUSED = {
    "decimal commas": ({"quantity": "5,78"}, ("quantity", "note"), "read as decimal points"),
    "a decimal comma among points": ({"quantity": "5,78"}, ("quantity", "refused"), "write 42.55"),
    "swapped coordinates": (
        {"lon": "41.7173", "lat": "26.3531"},
        ("lon, lat", "refused"),
        "the other way round it lies in the region: lon 26.3531, lat 41.7173",
    ),
    "Excel date serials": (
        {"occurred_utc": "44860.354166667"},
        ("occurred_utc", "doubted"),
        "read as 2022-10-26 08:30:00 UTC",
    ),
    "unknown crossing names": (
        {"crossing_id": "Xyz"},
        ("crossing_id", "refused"),
        "take the crossing_id from",
    ),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_unreadable_files(
    what: str, tmp_path: Path, clean_row: CleanRow, csv_bytes: CsvBytes, crossings: gpd.GeoDataFrame
) -> None:
    name, spoil, says = UNREADABLE[what]
    file = tmp_path / name
    file.write_bytes(spoil(csv_bytes([clean_row("seizures")])))
    before = file.stat().st_size, sorted(tmp_path.iterdir()), crossings.copy()
    with pytest.raises(InputError) as refusal:
        intake.read_seizures(file, crossings=crossings)
    assert all(part in str(refusal.value) for part in says)
    assert (file.stat().st_size, sorted(tmp_path.iterdir())) == before[:2]
    assert crossings.equals(before[2])


@pytest.mark.parametrize("what", DOUBTED_OR_REFUSED)
def test_rows_with_faults(
    what: str, tmp_path: Path, clean_row: CleanRow, csv_bytes: CsvBytes, crossings: gpd.GeoDataFrame
) -> None:
    changes, (column, severity), says = DOUBTED_OR_REFUSED[what]
    others = changes if what == "decimal commas" else {}
    rows = [
        clean_row("seizures", 1, **others),
        clean_row("seizures", 2, **others),
        clean_row("seizures", 3, **changes),
    ]
    file = tmp_path / "s.csv"
    file.write_bytes(csv_bytes(rows))
    before = file.read_bytes(), crossings.copy()
    records, report = intake.read_seizures(file, crossings=crossings)
    finding = report.findings.iloc[0]
    assert (finding["row"], finding["column"], finding["severity"]) == (2 if others else 4, column, severity)
    assert says in finding["message"]
    assert len(report.findings) == 1
    assert len(records) == (2 if severity == "refused" else 3)
    assert (file.read_bytes(), sorted(tmp_path.iterdir())) == (before[0], [file])
    assert crossings.equals(before[1])


def test_values_are_right_where_they_are_accepted(
    clean_row: CleanRow, read_rows: Callable[..., Any], crossings: gpd.GeoDataFrame
) -> None:
    rows = [
        clean_row(
            "seizures",
            quantity="5,78",
            occurred_utc="44860.354166667",
            crossing_id="Калотина",
            lon="",
            lat="",
        )
    ]
    record = read_rows("seizures", rows)[0].iloc[0]
    assert record["quantity"] == 5.78
    assert record["occurred_utc"].isoformat() == "2022-10-26T08:30:00+00:00"
    assert (record["crossing_id"], record["lon"], record["lat"]) == (
        "rs-bg-gradina-kalotina",
        22.8622,
        42.9975,
    )
    assert crossings["crossing_id"].eq(record["crossing_id"]).any()


def test_a_table_without_a_header_is_refused_without_repeating_it(crossings: gpd.GeoDataFrame) -> None:
    data = b"BG-0001,0101990710006,a.person@example.org\n"
    with pytest.raises(InputError, match=r"\(it has: BG-0001, \[removed\], \[removed\]\)"):
        intake.read_seizures(intake.Upload("s.csv", data), crossings=crossings)


def test_the_public_names_are_these() -> None:
    assert sorted(intake.__all__) == sorted(
        [
            "MAX_MEGABYTES",
            "IntakeReport",
            "Upload",
            "read_check_shifts",
            "read_results",
            "read_seizures",
            "template",
        ]
    )
    assert all(hasattr(intake, name) for name in intake.__all__)


@pytest.mark.proof
def test_100_000_rows_take_seconds(clean_row: CleanRow, read_rows: Callable[..., Any]) -> None:
    """About 5 s of one core in 2026; the limit leaves room for slower machines."""
    rows = [clean_row("seizures", number, remarks=f"case {number}") for number in range(100_000)]
    start = time.process_time()
    records, report = read_rows("seizures", rows)
    assert time.process_time() - start < 20
    assert len(records) == 100_000
    assert report.findings.empty
