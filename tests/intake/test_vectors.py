"""GeoJSON and GeoPackage: read whole in a confined process, and refused where a file is more than data."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

from geoanalysis import intake
from geoanalysis.domain.errors import UnreadableFileError
from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.intake import _child, vectors

Reading = tuple[gpd.GeoDataFrame, intake.IntakeReport]
SENTINEL = "not for you"


@pytest.fixture
def frame(clean_row: Callable[..., dict[str, Any]]) -> gpd.GeoDataFrame:
    """Give three seizures in order, as typed columns with points."""
    rows = pd.DataFrame([clean_row("seizures", number) for number in range(1, 4)])
    rows = rows.assign(item=1, quantity=5.78, lon=rows["lon"].astype(float), lat=rows["lat"].astype(float))
    rows["occurred_utc"] = pd.to_datetime(rows["occurred_utc"], utc=True)
    return gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows["lon"], rows["lat"]), crs="EPSG:4326")


@pytest.fixture
def read_file(crossings: gpd.GeoDataFrame) -> Callable[[Path], Reading]:
    return lambda path: intake.read_seizures(path, crossings=crossings)


@pytest.fixture
def gpkg(frame: gpd.GeoDataFrame, tmp_path: Path) -> Path:
    path = tmp_path / "s.gpkg"
    frame.to_file(path, layer="anything", driver="GPKG")
    return path


def run_sql(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path


def geojson(tmp_path: Path, *features: tuple[dict[str, Any], dict[str, Any] | None]) -> Path:
    content = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": p, "geometry": g} for p, g in features],
    }
    path = tmp_path / "s.geojson"
    path.write_text(json.dumps(content), "utf-8")
    return path


@pytest.mark.parametrize(("suffix", "driver"), [("geojson", "GeoJSON"), ("gpkg", "GPKG")])
def test_features_are_read_whole(
    suffix: str, driver: str, frame: gpd.GeoDataFrame, tmp_path: Path, read_file: Callable[[Path], Reading]
) -> None:
    frame.to_file(tmp_path / f"s.{suffix}", driver=driver)
    records, report = read_file(tmp_path / f"s.{suffix}")
    assert report.ok
    assert report.findings.empty
    pd.testing.assert_frame_equal(records, SEIZURES.conform(frame.replace("", None)))


def test_rows_are_numbered_from_the_first_feature(
    frame: gpd.GeoDataFrame, tmp_path: Path, read_file: Callable[[Path], Reading]
) -> None:
    frame.loc[1, "country"] = "Serbia"
    frame.assign(colour="red").to_file(tmp_path / "s.gpkg", driver="GPKG")
    _, report = read_file(tmp_path / "s.gpkg")
    assert report.findings[["row", "column", "rule"]].to_numpy().tolist() == [
        [0, "colour", "column-unknown"],
        [2, "country", "country"],
    ]


def test_the_geometry_is_the_position(
    tmp_path: Path, clean_row: Callable[..., dict[str, Any]], read_file: Callable[[Path], Reading]
) -> None:
    """It was moved on a map; without one, the columns stay; without both, the crossing's is taken."""
    moved = {"type": "Point", "coordinates": [26.36, 41.72]}
    bare = {name: cell for name, cell in clean_row("seizures", 3).items() if name not in {"lon", "lat"}}
    path = geojson(
        tmp_path, (clean_row("seizures", 1), moved), (clean_row("seizures", 2), None), (bare, None)
    )
    records, report = read_file(path)
    assert records[["lon", "lat"]].to_numpy().tolist() == [
        [26.36, 41.72],
        [26.3531, 41.7173],
        [26.3531, 41.7173],
    ]
    assert report.findings[["row", "rule", "severity"]].to_numpy().tolist() == [
        [1, "geo-two-positions", "doubted"],
        [3, "cross-position", "note"],
    ]
    assert "648 m from the geometry" in report.findings["message"][0]


def test_columns_of_the_position_are_known_however_written(
    tmp_path: Path, clean_row: Callable[..., dict[str, Any]], read_file: Callable[[Path], Reading]
) -> None:
    row = clean_row("seizures", Lon="26.3531", LAT="41.7173")
    point = {"type": "Point", "coordinates": [26.3531, 41.7173]}
    records, report = read_file(
        geojson(tmp_path, ({k: v for k, v in row.items() if k not in {"lon", "lat"}}, point))
    )
    assert report.findings.empty
    assert records["lon"].tolist() == [26.3531]


def test_lines_and_areas_are_refused(
    tmp_path: Path, clean_row: Callable[..., dict[str, Any]], read_file: Callable[[Path], Reading]
) -> None:
    line = {"type": "LineString", "coordinates": [[26, 41], [27, 42]]}
    point = {"type": "Point", "coordinates": [26.3531, 41.7173]}
    records, report = read_file(
        geojson(tmp_path, (clean_row("seizures", 1), line), (clean_row("seizures", 2), point))
    )
    assert report.findings[["row", "value", "rule"]].to_numpy().tolist() == [
        [1, "LineString", "geo-not-point"]
    ]
    assert records["seizure_id"].tolist() == ["BG-0002"]


def test_properties_of_any_type_are_text(
    tmp_path: Path, clean_row: Callable[..., dict[str, Any]], read_file: Callable[[Path], Reading]
) -> None:
    """Whole numbers, a text that looks like a day, lists and objects."""
    row = clean_row("seizures", item=1, quantity=7, seizure_id="2022-10-26", remarks=[1, {"a": None}])
    records, report = read_file(geojson(tmp_path, (row, None)))
    assert report.ok
    assert records["seizure_id"].tolist() == ["2022-10-26"]
    assert json.loads(records["remarks"][0]) == [1, {"a": None}]


def test_other_reference_systems_are_projected(
    gpkg: Path, frame: gpd.GeoDataFrame, read_file: Callable[[Path], Reading]
) -> None:
    gpkg.unlink()
    frame.drop(columns=["lon", "lat"]).to_crs(32635).to_file(gpkg, driver="GPKG")
    records, report = read_file(gpkg)
    assert report.findings.empty
    assert records["lon"].to_numpy() == pytest.approx([26.3531] * 3, abs=1e-9)


def test_no_reference_system_is_refused(
    gpkg: Path, frame: gpd.GeoDataFrame, read_file: Callable[[Path], Reading]
) -> None:
    gpkg.unlink()
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        frame.set_crs(None, allow_override=True).to_file(gpkg, driver="GPKG")
    with pytest.raises(UnreadableFileError, match="does not say in which coordinate reference system"):
        read_file(gpkg)


def test_the_layer_of_the_kind_is_read(
    gpkg: Path, frame: gpd.GeoDataFrame, read_file: Callable[[Path], Reading]
) -> None:
    frame.head(2).to_file(gpkg, layer="Seizures", driver="GPKG")
    assert read_file(gpkg)[1].rows_read == 2


def test_several_layers_of_other_names_are_refused(
    gpkg: Path, frame: gpd.GeoDataFrame, read_file: Callable[[Path], Reading]
) -> None:
    frame.to_file(gpkg, layer="more", driver="GPKG")
    with pytest.raises(
        UnreadableFileError, match=r"no layer named seizures \(layers: anything, more\): rename"
    ):
        read_file(gpkg)


def test_a_layer_without_geometry_is_read(tmp_path: Path, clean_row: Callable[..., dict[str, Any]]) -> None:
    table = pd.DataFrame([clean_row("results", number, measure=f"m{number}") for number in (1, 2)])
    gpd.GeoDataFrame(table).to_file(tmp_path / "r.gpkg", driver="GPKG")
    records, report = intake.read_results(tmp_path / "r.gpkg")
    assert report.ok
    assert records["value"].tolist() == [1.0, 2.0]


def test_rows_are_counted_not_believed(gpkg: Path, read_file: Callable[[Path], Reading]) -> None:
    """Concurrent appends leave a cached count that is too low."""
    run_sql(gpkg, "UPDATE gpkg_ogr_contents SET feature_count = 1")
    assert read_file(gpkg)[1].rows_read == 3


def test_a_database_that_was_left_in_a_journal_mode_is_read(
    gpkg: Path, read_file: Callable[[Path], Reading]
) -> None:
    run_sql(gpkg, "PRAGMA journal_mode = WAL")
    assert read_file(gpkg)[1].rows_read == 3


CODE = [
    "CREATE VIEW mine AS SELECT * FROM anything",
    "CREATE TRIGGER mine AFTER INSERT ON anything BEGIN DELETE FROM anything; END",
    "CREATE VIRTUAL TABLE mine USING fts5(x)",
]


@pytest.mark.parametrize("statement", CODE)
def test_database_code_is_refused(statement: str, gpkg: Path, read_file: Callable[[Path], Reading]) -> None:
    run_sql(gpkg, statement)
    with pytest.raises(UnreadableFileError, match=r"database code beyond the GeoPackage standard \(.* mine"):
        read_file(gpkg)


def test_a_table_of_a_virtual_driver_is_refused(
    gpkg: Path, tmp_path: Path, read_file: Callable[[Path], Reading]
) -> None:
    """The way by which a GeoPackage could make GDAL read another file."""
    code = f"CREATE VIRTUAL TABLE mine USING VirtualOGR('{tmp_path / 'secret.csv'}')".replace("'", "''")
    entry = f"('table', 'mine', 'mine', 0, '{code}')"
    run_sql(gpkg, "PRAGMA writable_schema = ON", f"INSERT INTO sqlite_master VALUES {entry}")  # noqa: S608
    with pytest.raises(UnreadableFileError, match=r"table mine|damaged"):
        read_file(gpkg)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.csv"
    path.write_text(f"seizure_id,remarks\nBG-1,{SENTINEL}\n", "utf-8")
    return path


def child(data: bytes, driver: str, environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", str(Path(_child.__file__)), driver, "10", "200", "seizures"]
    return subprocess.run(command, input=data, env=environment, capture_output=True, timeout=60, check=False)


def scripts(secret: Path) -> list[bytes]:
    source = f"<SrcDataSource>{secret}</SrcDataSource><SrcLayer>secret</SrcLayer>"
    command = f"gdal vector pipeline ! read {secret} ! write --output-format stream streamed_dataset"
    return [
        f'<OGRVRTDataSource><OGRVRTLayer name="s">{source}</OGRVRTLayer></OGRVRTDataSource>'.encode(),
        json.dumps({"type": "gdal_streamed_alg", "command_line": command}).encode(),
        b"<OGRWFSDataSource><URL>http://127.0.0.1:9/wfs</URL></OGRWFSDataSource>",
        str(secret).encode(),
    ]


@pytest.mark.parametrize(
    ("kind", "number"),
    [*((vectors.FileKind.GEOJSON, number) for number in range(4)), (vectors.FileKind.GPKG, 0)],
)
def test_a_script_reads_no_other_file_even_past_the_first_look(
    kind: vectors.FileKind, number: int, secret: Path
) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        vectors.read_vectors(scripts(secret)[number], kind, SEIZURES, name="s")
    assert SENTINEL not in str(refusal.value)


@pytest.mark.parametrize("number", [0, 1])
def test_without_the_confinement_a_script_would_read_another_file(number: int, secret: Path) -> None:
    """The test above would fail if the drivers were left in."""
    code = "import pyogrio, sys; print(pyogrio.read_arrow(sys.stdin.buffer.read())[1].to_pylist())"
    done = subprocess.run(
        [sys.executable, "-c", code], input=scripts(secret)[number], capture_output=True, check=True
    )
    assert SENTINEL in done.stdout.decode()


def test_the_child_refuses_to_run_unconfined() -> None:
    done = child(b'{"type": "FeatureCollection", "features": []}', "GeoJSON", {})
    assert done.returncode == _child.REFUSED
    assert b"could not be confined" in done.stderr


def test_more_rows_than_the_limit_are_refused() -> None:
    features = [{"type": "Feature", "properties": {"n": n}, "geometry": None} for n in range(11)]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    done = child(content, "GeoJSON", vectors._environment("GeoJSON"))  # noqa: SLF001 - the real one
    assert done.returncode == _child.REFUSED
    assert b"more than 10 rows" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_child_cannot_write_files(tmp_path: Path) -> None:
    lines = [
        f"import sys; sys.path.insert(0, {str(Path(_child.__file__).parent)!r})",
        "import _child; _child._limit_resources()",
        f"open({str(tmp_path / 'x')!r}, 'w').write('x' * 10000)",
    ]
    code = "\n".join(lines)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert (tmp_path / "x").stat().st_size == 0


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b'{"type": "FeatureCollection", "features": [',
        b"[" * 100_000,
    ],
    ids=["nothing", "cut", "deep"],
)
def test_broken_geojson_is_refused(
    content: bytes, tmp_path: Path, read_file: Callable[[Path], Reading]
) -> None:
    (tmp_path / "s.geojson").write_bytes(content)
    with pytest.raises(UnreadableFileError):
        read_file(tmp_path / "s.geojson")


@pytest.mark.parametrize("keep", [100, 4096, 20_000])
def test_a_cut_geopackage_is_refused(keep: int, gpkg: Path, read_file: Callable[[Path], Reading]) -> None:
    gpkg.write_bytes(gpkg.read_bytes()[:keep])
    with pytest.raises(UnreadableFileError):
        read_file(gpkg)


def test_tables_never_touch_gdal() -> None:
    """Nothing that reads CSV or XLSX imports a library that opens files by their content."""
    for module in ("tables", "workbooks", "encodings", "source"):
        source = Path(vectors.__file__).with_name(f"{module}.py").read_text("utf-8")
        assert "pyogrio" not in source
        assert "geopandas" not in source
        assert "subprocess" not in source
