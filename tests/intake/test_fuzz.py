"""Whatever a file holds, it is read with a report or refused with an `InputError`; nothing else escapes."""

import random
from collections.abc import Callable
from io import BytesIO
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoanalysis import intake
from geoanalysis.domain.errors import InputError
from geoanalysis.domain.schemas import SCHEMAS

CleanRow = Callable[..., dict[str, Any]]
Read = Callable[..., Any]
SPLINTERS = [
    b'"',
    b";",
    b",",
    b"\t",
    b"\r",
    b"\n",
    b"\0",
    b"'",
    b"=",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"{",
    b"}",
    b"[",
    b"\\ud800",
    b"NaN",
    b"1e999",
    b"-0",
    b"99999999999999999999",
    b"44860.5",
    b"31/02/2022",
    b"0000-00-00",
    b"9999-12-31T23:59:59+14:00",
    "\N{RIGHT-TO-LEFT OVERRIDE}".encode(),
    "İıß".encode(),
    "\N{GRINNING FACE}".encode(),
    b"<!DOCTYPE",
    b"null",
    b"true",
]
CELLS = st.one_of(
    st.text(max_size=40),
    st.sampled_from([splinter.decode(errors="replace") for splinter in SPLINTERS]),
    st.from_regex(r"[0-9]{1,6}[./,:-][0-9]{1,6}[./,:-]?[0-9]{0,6}", fullmatch=True),
    st.floats().map(str),
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Damage a file in one to four places."""
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(data) + 1), chance.choice([1, 1, 4, 50, 1000])
        piece = chance.choice(
            [b"", b"", chance.choice(SPLINTERS), chance.randbytes(length), data[at : at + length] * 2]
        )
        data = data[:at] + piece + data[at + chance.choice([0, len(piece), length]) :]
        if chance.random() < 0.05:
            data = data[: chance.randrange(len(data) + 1)]
    return data


@pytest.fixture(scope="module")
def whole_files(
    clean_row: CleanRow,
    csv_bytes: Callable[..., bytes],
    xlsx_bytes: Callable[..., bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, bytes]:
    """Give one good file of every format, of seizures."""
    rows = [clean_row("seizures", number) for number in range(1, 6)]
    table = pd.DataFrame(rows).assign(occurred_utc=pd.Timestamp("2022-10-26", tz="UTC"), item=1)
    points = gpd.points_from_xy(table["lon"].astype(float), table["lat"].astype(float))
    folder = tmp_path_factory.mktemp("whole")
    for suffix, driver in (("geojson", "GeoJSON"), ("gpkg", "GPKG")):
        gpd.GeoDataFrame(table, geometry=points, crs="EPSG:4326").to_file(
            folder / f"s.{suffix}", driver=driver
        )
    return {
        "csv": csv_bytes(rows),
        "xlsx": xlsx_bytes(rows),
        "geojson": (folder / "s.geojson").read_bytes(),
        "gpkg": (folder / "s.gpkg").read_bytes(),
    }


def read_or_refuse(read: Read, kind: str, name: str, data: bytes) -> bool:
    """Tell whether a file was read; then its records conform and its rows add up."""
    try:
        records, report = read(kind, name, data)
    except InputError as refusal:
        message = str(refusal)
    else:
        require_sound(kind, records, report)
        return True
    assert message.startswith(name)
    assert len(message) < 700
    return False


def require_sound(kind: str, records: pd.DataFrame, report: intake.IntakeReport) -> None:
    assert report.rows_accepted == len(records)
    assert report.rows_read == report.rows_accepted + report.rows_refused
    assert set(report.findings["severity"]) <= {"refused", "doubted", "note"}
    assert (report.findings["message"].str.len() > 5).all()
    pd.testing.assert_frame_equal(SCHEMAS[kind].conform(records), records)
    records.to_csv(BytesIO(), index=False, encoding="utf-8")  # no lone surrogate is in them


def fuzz(suffix: str, rounds: int, whole_files: dict[str, bytes], read: Read) -> int:
    chance = random.Random(suffix)  # noqa: S311 - damage, no secret
    mutants = (mutated(whole_files[suffix], chance) for _ in range(rounds))
    return sum(read_or_refuse(read, "seizures", f"s.{suffix}", mutant) for mutant in mutants)


@pytest.mark.parametrize(("suffix", "rounds"), [("csv", 20), ("xlsx", 60), ("geojson", 2), ("gpkg", 3)])
def test_damaged_files(suffix: str, rounds: int, whole_files: dict[str, bytes], read: Read) -> None:
    assert fuzz(suffix, rounds, whole_files, read) < rounds


@pytest.mark.proof
@pytest.mark.parametrize(
    ("suffix", "rounds"), [("csv", 1000), ("xlsx", 3000), ("geojson", 150), ("gpkg", 150)]
)
def test_many_damaged_files(suffix: str, rounds: int, whole_files: dict[str, bytes], read: Read) -> None:
    assert 0 < fuzz(suffix, rounds, whole_files, read) < rounds


@pytest.mark.parametrize("kind", list(SCHEMAS))
@given(data=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_any_cell(
    kind: str, data: st.DataObject, clean_row: CleanRow, csv_bytes: Callable[..., bytes], read: Read
) -> None:
    changes = data.draw(st.dictionaries(st.sampled_from(SCHEMAS[kind].names), CELLS, max_size=4))
    rows = [clean_row(kind, 1), clean_row(kind, 2, **changes), clean_row(kind, 3)]
    encoded = csv_bytes(rows, encoding="utf-8").replace(b"\0", b"")
    assert read_or_refuse(read, kind, "f.csv", encoded)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b",",
        b'"',
        b"'",
        b"\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"a",
        b"lon",
        b"lon\n",
        b"lon\n0",
        b";;;\n;;;",
        b"\x00",
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "geojson", "gpkg"])
@pytest.mark.parametrize("kind", ["seizures", "results"])
def test_next_to_nothing(content: bytes, suffix: str, kind: str, read: Read) -> None:
    accepted = read_or_refuse(read, kind, f"f.{suffix}", content)
    assert not accepted or suffix == "csv"


def test_two_readings_are_equal(whole_files: dict[str, bytes], read: Read) -> None:
    first, second = (read("seizures", "s.csv", whole_files["csv"]) for _ in range(2))
    pd.testing.assert_frame_equal(first[0], second[0])
    assert isinstance(first[1], intake.IntakeReport)
