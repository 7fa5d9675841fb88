"""Files that leave the tool: safe in a spreadsheet, whole, and read back unchanged."""

import csv
import json
from io import StringIO
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from shapely import LineString, Point, box

from geoanalysis.domain.errors import CRSError, StoreError
from geoanalysis.store import table_csv, write_bytes, write_layers, write_table
from geoanalysis.store.records import from_csv

PAYLOADS = ['=HYPERLINK("http://evil.example")', "+1", "-2+3", "@SUM(1)", "\tx", "\rx", "＝1", "'=1"]  # noqa: RUF001


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": PAYLOADS,
            "difference": [-1.5] * len(PAYLOADS),
            "checked": pd.array([None, *range(1, len(PAYLOADS))], dtype="Int64"),
            "day": pd.to_datetime(["2022-10-26"] * len(PAYLOADS)),
            "at": pd.to_datetime(["2022-10-26T08:30:00Z"] * len(PAYLOADS)),
        }
    )


def test_csv_has_no_live_formula_and_keeps_negative_numbers(table: pd.DataFrame, tmp_path: Path) -> None:
    write_table(table, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == ["'" + payload for payload in PAYLOADS]
    assert {row["difference"] for row in rows} == {"-1.5"}
    assert [row["checked"] for row in rows][:2] == ["", "1"]
    assert rows[0]["day"] == "2022-10-26"
    assert rows[0]["at"] == "2022-10-26T08:30:00Z"
    assert from_csv((tmp_path / "t.csv").read_bytes(), where="t")["name"].tolist() == PAYLOADS


def test_xlsx_has_no_live_formula_and_keeps_negative_numbers(table: pd.DataFrame, tmp_path: Path) -> None:
    write_table(table, tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [f"'{p}".replace("\r", "\n") for p in PAYLOADS]  # XML 1.0, 2.11
    assert sheet["B2"].value == -1.5
    assert sheet["E2"].value == "2022-10-26T08:30:00Z"


def test_xlsx_shows_characters_that_it_cannot_hold(tmp_path: Path) -> None:
    write_table(pd.DataFrame({"name": ["a\x07b"]}), tmp_path / "t.xlsx")
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").active["A2"].value == "a\ufffdb"


def test_a_download_is_known_as_utf8_by_excel(table: pd.DataFrame) -> None:
    content = table_csv(pd.DataFrame({"name": ["Гевгелија", "=1"]}))
    assert content.startswith(b"\xef\xbb\xbfname")
    assert from_csv(content, where="t")["name"].tolist() == ["Гевгелија", "=1"]
    assert len(list(csv.reader(StringIO(table_csv(table).decode("utf-8-sig"), newline="")))) == len(table) + 1


def test_positions_become_columns_of_a_table(tmp_path: Path) -> None:
    shapes = gpd.GeoDataFrame(
        {"name": ["a", "b"]}, geometry=[Point(20.5, 44.25), box(20, 40, 22, 42)], crs=4326
    )
    write_table(shapes, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text("utf-8").split() == ["name,lon,lat", "a,20.5,44.25", "b,21.0,41.0"]
    placed = gpd.GeoDataFrame({"lon": [20.5], "lat": [44.25]}, geometry=[Point(20.5, 44.25)], crs=4326)
    assert table_csv(placed).decode("utf-8-sig").split() == ["lon,lat", "20.5,44.25"]


@pytest.mark.parametrize("name", ["t.geojson", "t.gpkg", "T.GPKG"])
def test_maps_are_read_by_an_independent_reader(name: str, tmp_path: Path) -> None:
    roads = gpd.GeoDataFrame(
        {"name": ["=A1", None], "best": [True, False], "km": [1.5, None]},
        geometry=[LineString([(20, 44), (21, 45)]), LineString([(21, 45), (22, 45)])],
        crs=4326,
    )
    write_table(roads, tmp_path / name)
    found = pyogrio.read_dataframe(tmp_path / name, use_arrow=True)
    assert found.crs == "EPSG:4326"
    assert found["name"].iloc[0] == "=A1"
    assert found["best"].tolist() == [True, False]
    assert found.geometry.iloc[1].equals(roads.geometry.iloc[1])


def test_geojson_follows_the_rfc(tmp_path: Path) -> None:
    write_table(gpd.GeoDataFrame({"a": [1]}, geometry=[Point(20, 44)], crs=4326), tmp_path / "t.geojson")
    content = json.loads((tmp_path / "t.geojson").read_text("utf-8"))
    assert content["type"] == "FeatureCollection"
    assert "crs" not in content
    assert content["features"][0]["geometry"] == {"type": "Point", "coordinates": [20.0, 44.0]}


def test_what_cannot_be_written_is_told(table: pd.DataFrame, tmp_path: Path) -> None:
    for name in ("t.doc", "t"):
        with pytest.raises(StoreError, match=r"choose a name that ends in \.csv, \.geojson, \.gpkg, \.xlsx"):
            write_table(table, tmp_path / name)
    with pytest.raises(StoreError, match="without positions"):
        write_table(table, tmp_path / "t.geojson")
    with pytest.raises(CRSError, match=r"t\.gpkg"):
        write_table(gpd.GeoDataFrame(geometry=[Point(0, 0)], crs=3035), tmp_path / "t.gpkg")
    with pytest.raises(StoreError, match=r"cannot write .*nowhere"):
        write_table(table, tmp_path / "nowhere" / "t.csv")
    with pytest.raises(StoreError, match="more than an XLSX sheet holds"):
        write_table(pd.DataFrame({"a": range(1_048_576)}), tmp_path / "t.xlsx")
    (tmp_path / "t.csv").mkdir()
    with pytest.raises(StoreError, match="cannot write"):
        write_table(table, tmp_path / "t.csv")
    assert [entry.name for entry in tmp_path.iterdir()] == ["t.csv"]


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.png").write_bytes(b"old")
    (tmp_path / "link.png").symlink_to(tmp_path / "real.png")
    write_bytes(b"new", tmp_path / "link.png")
    assert (tmp_path / "link.png").is_symlink()
    assert (tmp_path / "real.png").read_bytes() == b"new"


@pytest.fixture
def map_layers() -> dict[str, pd.DataFrame]:
    return {
        "bands": gpd.GeoDataFrame(
            {"share_from": [0.1, 0.5]}, geometry=[box(0, 0, 2, 2), box(1, 1, 2, 2)], crs=4326
        ),
        "roads": gpd.GeoDataFrame({"share": [0.4]}, geometry=[LineString([(0, 0), (2, 2)])], crs=4326),
        "about": pd.DataFrame({"made_by": ["path-size logit"]}),
    }


def test_a_geopackage_has_each_table_as_a_layer(map_layers: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    write_layers(map_layers, tmp_path / "map.gpkg")
    listed = dict(pyogrio.list_layers(tmp_path / "map.gpkg").tolist())
    assert listed == {"bands": "Polygon", "roads": "LineString", "about": None}
    assert pyogrio.read_dataframe(tmp_path / "map.gpkg", layer="roads")["share"].tolist() == [0.4]


def test_geojson_tells_the_tables_apart(map_layers: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    write_layers(map_layers, tmp_path / "map.geojson")
    found = json.loads((tmp_path / "map.geojson").read_text("utf-8"))["features"]
    kinds = [(one["properties"]["layer"], one["geometry"] and one["geometry"]["type"]) for one in found]
    assert kinds == [("bands", "Polygon"), ("bands", "Polygon"), ("roads", "LineString"), ("about", None)]
    assert found[3]["properties"]["made_by"] == "path-size logit"


def test_layers_go_into_maps_only(map_layers: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"\.gpkg or \.geojson"):
        write_layers(map_layers, tmp_path / "map.csv")
    assert list(tmp_path.iterdir()) == []
