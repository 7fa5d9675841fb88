"""The map data as a GeoPackage: read by SQLite and by GDAL, never by what wrote it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
from shapely import GeometryCollection, LineString, MultiLineString, MultiPoint, Point, box

from geoanalysis.briefing.formats.geopackage import briefing_gpkg
from geoanalysis.briefing.formats.qgis_styles import categorized_qml
from geoanalysis.briefing.formats.texts import distinct
from geoanalysis.domain.errors import CRSError, StoreError
from geoanalysis.domain.marking import EXERCISE_NOTICE, handling_marking
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.scene import Layer, Scene
from geoanalysis.symbology import BORDERS, CORRIDOR_WITHIN, CRIME_AREAS, NOT_TESTED, Symbol

SAID = [("handling", handling_marking(Handling.H2)), ("notice", EXERCISE_NOTICE), ("method", "=1+1")]
MARK = Symbol("mark", "square", "#123456", stroke="#abcdef", size_px=4, stroke_px=2, fill_opacity=0.5)


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    return {
        "Totals: by country": pd.DataFrame({"country": ["BG", "=HYPERLINK(1)"], "hits": [3, 4]}),
        "places": gpd.GeoDataFrame({"name": ["a"]}, geometry=[Point(20.5, 44)], crs=4326),
    }


@pytest.fixture(scope="session")
def file(scene: Scene, tables: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("gpkg") / "map.gpkg"
    path.write_bytes(briefing_gpkg([scene], tables, SAID))
    return path


@pytest.fixture
def database(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as opened:
        yield opened


def layer_of(geometries: list[object], symbol: Symbol = MARK, **columns: object) -> Layer:
    count = len(geometries)
    given = {"id": [f"n{i}" for i in range(count)], "label": ["<b>"] * count, "style": ["it"] * count}
    frame = gpd.GeoDataFrame({**given, **columns}, geometry=geometries, crs=4326)
    return Layer("things", "Things", frame, {"it": symbol, "unused": symbol})


def written(scene: Scene, *layers: Layer, folder: Path, **tables: pd.DataFrame) -> Path:
    path = folder / "t.gpkg"
    path.write_bytes(briefing_gpkg([replace(scene, layers=layers)], tables, SAID))
    return path


def styles_of(path: Path) -> dict[str, Element]:
    with closing(sqlite3.connect(path)) as opened:
        return {
            name: fromstring(qml)  # noqa: S314 - our own
            for name, qml in opened.execute("SELECT f_table_name, styleQML FROM layer_styles")
        }


def properties(layer: Element) -> dict[str, str]:
    return {option.attrib["name"]: option.attrib["value"] for option in layer.findall("Option/Option")}


def rgba(colour: str, opacity: float = 1) -> str:
    return ",".join(map(str, (*bytes.fromhex(colour[1:]), round(255 * opacity))))


def test_each_layer_has_the_rows_of_the_scene(file: Path, scene: Scene) -> None:
    for layer in scene.layers:
        found = pyogrio.read_dataframe(file, layer=layer.key)
        assert found.crs == "EPSG:4326"
        for column in ("id", "label", "style"):
            assert found[column].tolist() == layer.features[column].tolist()
        assert found["words"].tolist() == [layer.symbols[key].words for key in layer.features["style"]]
        assert found.geometry.geom_equals(layer.features.geometry.reset_index(drop=True)).all()
        assert set(found["handling"]) == {handling_marking(Handling.H2)}
        assert set(found["notice"]) == {EXERCISE_NOTICE}
    sizes = gpd.read_file(file, layer="crossings")["size_px"]
    assert np.allclose(sizes, scene.layers[1].features["size_px"])


def test_the_file_lists_what_it_holds(database: sqlite3.Connection, scene: Scene) -> None:
    listed = {
        name: (kind, description, extent)
        for name, kind, description, *extent in database.execute(
            "SELECT table_name, data_type, description, min_x, min_y, max_x, max_y FROM gpkg_contents"
        )
    }
    assert list(listed) == [
        *(layer.key for layer in scene.layers),
        "Totals_by_country",
        "places",
        "about",
        "layer_styles",
    ]
    for layer in scene.layers:
        kind, description, extent = listed[layer.key]
        assert (kind, description) == ("features", layer.title)
        assert extent == pytest.approx(layer.features.total_bounds.tolist())
        assert database.execute(f'SELECT count(*) FROM "{layer.key}"').fetchone() == (len(layer.features),)  # noqa: S608
    assert {listed[name][0] for name in ("about", "places", "layer_styles")} == {"attributes"}
    kinds = dict(database.execute("SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"))
    assert kinds["seizures"] == "POINT"
    assert kinds["borders"] == "MULTILINESTRING"
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_tables_and_what_is_said_are_kept_as_they_are(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT name, value FROM about ORDER BY fid").fetchall() == SAID
    totals = database.execute("SELECT country, hits FROM Totals_by_country ORDER BY fid").fetchall()
    assert totals == [("BG", 3), ("=HYPERLINK(1)", 4)]
    assert database.execute("SELECT name, lon, lat FROM places").fetchall() == [("a", 20.5, 44)]


def test_each_layer_has_one_default_style_of_its_symbols(file: Path, scene: Scene) -> None:
    with closing(sqlite3.connect(file)) as opened:
        rows = opened.execute(
            "SELECT f_table_catalog, f_table_schema, f_geometry_column, useAsDefault FROM layer_styles"
        ).fetchall()
        counted = opened.execute(
            "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name='layer_styles'"
        )
        assert counted.fetchone() == (len(scene.layers),)
    assert rows == [("", "", "geom", 1)] * len(scene.layers)
    for layer in scene.layers:
        renderer = styles_of(file)[layer.key].find("renderer-v2")
        assert renderer is not None
        assert (renderer.attrib["type"], renderer.attrib["attr"]) == ("categorizedSymbol", "style")
        used = [key for key in layer.symbols if key in set(layer.features["style"])]
        categories = renderer.findall("categories/category")
        assert [one.attrib["value"] for one in categories] == used
        assert [one.attrib["label"] for one in categories] == [layer.symbols[key].words for key in used]
        drawings = {one.attrib["name"]: one for one in renderer.findall("symbols/symbol")}
        for category in categories:
            symbol = layer.symbols[category.attrib["value"]]
            drawn = properties(drawings[category.attrib["symbol"]].findall("layer")[0])
            assert rgba(symbol.fill, symbol.fill_opacity) in {drawn.get("color"), drawn.get("line_color")}
            assert drawn.get("outline_color") in {None, rgba(symbol.stroke or symbol.fill)}


def test_markers_have_the_shapes_and_sizes_of_the_symbols() -> None:
    qml = fromstring(categorized_qml({str(k): v for k, v in CRIME_AREAS.items()}, "points"))  # noqa: S314
    layers = [properties(layer) for layer in qml.iter("layer")]
    names = ["triangle", "square", "circle", "diamond", "cross_fill", "circle"]
    assert [layer["name"] for layer in layers] == names
    assert layers[2]["size"] == "7.5"  # a circle of 5 px radius is 10 px across, 7.5 points
    assert layers[5]["size"] == "6"
    assert {layer["size_unit"] for layer in layers} == {"Point"}
    assert properties(next(styled(replace(MARK, stroke=None), "points")))["outline_style"] == "no"
    assert properties(next(styled(replace(MARK, dashed=True), "points")))["outline_style"] == "dash"
    assert properties(next(styled(replace(MARK, shape="area"), "points")))["name"] == "circle"


def styled(symbol: Symbol, drawn: str) -> Iterator[Element]:
    return fromstring(categorized_qml({"it": symbol}, drawn)).iter("layer")  # type: ignore[arg-type] # noqa: S314


def test_sizes_of_features_win_over_that_of_the_symbol(scene: Scene, tmp_path: Path) -> None:
    circle = replace(MARK, shape="circle")
    layer = layer_of([Point(20, 44), Point(21, 44)], circle, size_px=[3.0, None])
    (drawing,) = styles_of(written(scene, layer, folder=tmp_path))["things"].iter("layer")
    options = {one.get("name"): one.get("value") for one in drawing.iter("Option")}
    assert options["expression"] == 'coalesce("size_px", 4) * 1.5'
    assert (options["active"], properties(drawing)["size"]) == ("true", "6")


def test_lines_and_areas_have_the_pens_of_the_symbols() -> None:
    solid, dashed = ([properties(one) for one in styled(symbol, "lines")] for symbol in LINES)
    assert (solid[0]["line_width"], solid[0]["use_custom_dash"]) == ("2.25", "0")
    assert (dashed[0]["line_width"], dashed[0]["use_custom_dash"]) == ("1.35", "1")
    assert dashed[0]["customdash"] == "3.75;2.25"
    assert dashed[0]["line_color"] == rgba(LINES[1].fill, 0.95)
    fill, outline = (properties(one) for one in styled(NOT_TESTED, "areas"))
    assert (fill["color"], fill["outline_style"]) == (rgba("#ffffff", 0.05), "no")
    assert (outline["line_color"], outline["use_custom_dash"]) == (rgba("#8a949b"), "1")
    assert len(list(styled(replace(NOT_TESTED, stroke=None), "areas"))) == 1
    (edge,) = (properties(one) for one in styled(CORRIDOR_WITHIN, "areas"))
    assert edge["line_color"] == rgba(CORRIDOR_WITHIN.fill, 0.95)


LINES = list(BORDERS.values())[:2]


def test_a_layer_of_several_types_is_split(scene: Scene, tmp_path: Path) -> None:
    mixed = [
        Point(20, 44),
        box(20, 44, 21, 45),
        LineString([(20, 44), (21, 45)]),
        MultiPoint([(20, 44)]),
        None,
    ]
    path = written(scene, layer_of(mixed), folder=tmp_path)
    listed = dict(pyogrio.list_layers(path).tolist())
    assert listed == {
        "things_points": "MultiPoint",
        "things_lines": "LineString",
        "things_areas": "Polygon",
        "about": None,
        "layer_styles": None,
    }
    assert pyogrio.read_dataframe(path, layer="things_points")["id"].tolist() == ["n0", "n3", "n4"]
    assert pyogrio.read_dataframe(path, layer="things_areas")["id"].tolist() == ["n1"]
    kinds = {name: qml.find(".//symbol").get("type") for name, qml in styles_of(path).items()}  # type: ignore[union-attr]
    assert kinds == {"things_points": "marker", "things_lines": "line", "things_areas": "fill"}


def test_single_and_multiple_geometries_become_one_type(scene: Scene, tmp_path: Path) -> None:
    lines = [LineString([(20, 44, 7), (21, 45, 7)]), MultiLineString([[(20, 44), (21, 45)]])]
    collection = GeometryCollection([lines[1], Point(20, 44)])
    path = written(scene, layer_of([*lines, collection, None]), folder=tmp_path)
    found = pyogrio.read_dataframe(path, layer="things")
    assert set(found.geom_type.dropna()) == {"MultiLineString"}
    assert not found.has_z.any()
    assert len(found) == 4
    assert dict(pyogrio.list_layers(path).tolist())["things"] == "MultiLineString"


def test_a_layer_without_a_position_is_kept(scene: Scene, tmp_path: Path) -> None:
    path = written(scene, layer_of([None, None]), folder=tmp_path)
    assert len(pyogrio.read_dataframe(path, layer="things")) == 2


def test_layers_of_several_scenes_have_names_of_their_own(scene: Scene, tmp_path: Path) -> None:
    layer = layer_of([Point(20, 44)])
    layers = (layer, replace(layer, key="about"), replace(layer, key="hidden", shown=False))
    calm = replace(scene, layers=layers, notices=(), handling=Handling.H0)
    empty = replace(layer, key="empty", features=layer.features.iloc[:0])
    tables = {
        "Things": pd.DataFrame({"a": [1]}),
        "gpkg_contents": pd.DataFrame({"a": [1]}),
        "?!": pd.DataFrame(),
    }
    path = tmp_path / "t.gpkg"
    path.write_bytes(briefing_gpkg([calm, replace(scene, layers=(layer, empty))], tables, SAID))
    named = pyogrio.list_layers(path)[:, 0].tolist()
    vectors = ["things", "about_2", "things_2"]
    assert named == [*vectors, "Things_3", "table_gpkg_contents", "table", "about", "layer_styles"]
    first = pyogrio.read_dataframe(path, layer="things")
    assert "notice" not in first
    assert first["handling"].tolist() == [handling_marking(Handling.H0)]
    assert pyogrio.read_dataframe(path, layer="things_2")["notice"].tolist() == [EXERCISE_NOTICE]
    assert set(styles_of(path)) == set(vectors)


def test_names_that_differ_in_their_numbers_stay_apart() -> None:
    assert distinct(["a", "A", "a_2", "a"]) == ["a", "A_2", "a_2_2", "a_3"]
    assert distinct(["long", "long"], longest=4) == ["long", "lo_2"]


def test_columns_that_the_format_cannot_hold_are_changed(scene: Scene, tmp_path: Path) -> None:
    layer = layer_of([Point(20, 44)], fid=["x"], geom=[1], Label=["y"], count=[7])
    odd = pd.DataFrame(
        {
            "span": [timedelta(hours=1), None],
            "kind": pd.Categorical(["a", None]),
            "mixed": [1, "one"],
            "nothing": [None, None],
            "list": [[1, 2], None],
            "whole": pd.array([1, None], dtype="Int64"),
            "at": [datetime(2022, 10, 26, 8, 30, tzinfo=UTC), None],
            "yes": [True, False],
        }
    )
    path = written(scene, layer, folder=tmp_path, odd=odd, twice=odd.iloc[:, [5, 5]])
    found = pyogrio.read_dataframe(path, layer="things").iloc[0]
    assert (found["fid_2"], found["geom_2"], found["Label_2"], found["count"]) == ("x", 1, "y", 7)
    with closing(sqlite3.connect(path)) as opened:
        row = opened.execute('SELECT span, kind, mixed, "nothing", list, whole, at, yes FROM odd').fetchone()
        assert opened.execute("SELECT whole_2 FROM twice").fetchone() == (1,)
    assert row == ("0 days 01:00:00", "a", "1", None, "[1, 2]", 1, "2022-10-26T08:30:00Z", 1)


def test_hostile_text_stays_text(scene: Scene, tmp_path: Path) -> None:
    name = "\"><script>alert('1')</script>&\x07"
    layer = layer_of([Point(20, 44)], replace(MARK, words=name), remark=['=cmd|"/c calc"!A1'])
    path = written(scene, replace(layer, title=name), folder=tmp_path)
    category = styles_of(path)["things"].find(".//category")
    assert category is not None
    assert category.attrib["label"] == name.replace("\x07", "\ufffd")
    found = pyogrio.read_dataframe(path, layer="things").iloc[0]
    assert (found["words"], found["remark"]) == (name, '=cmd|"/c calc"!A1')


def test_what_cannot_be_kept_is_refused(scene: Scene) -> None:
    layer = layer_of([Point(20, 44)], replace(MARK, words="a\0b"))
    with pytest.raises(StoreError, match=r"words: .*NUL"):
        briefing_gpkg([replace(scene, layers=(layer,))], {}, SAID)
    with pytest.raises(StoreError, match=r"value: .*NUL"):
        briefing_gpkg([], {}, [("handling", "a\0b")])
    moved = layer_of([Point(20, 44)])
    moved = replace(moved, features=moved.features.to_crs(3035))
    with pytest.raises(CRSError, match="the layer things is in EPSG:3035"):
        briefing_gpkg([replace(scene, layers=(moved,))], {}, SAID)


def test_without_maps_there_are_tables_only(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    path = tmp_path / "t.gpkg"
    path.write_bytes(briefing_gpkg([], tables, SAID))
    assert pyogrio.list_layers(path)[:, 0].tolist() == ["Totals_by_country", "places", "about"]
