import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import hypot

import geopandas as gpd
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, box

from geoanalysis.domain.crs import LONLAT, METRIC
from geoanalysis.maps.layers import borders_layer
from geoanalysis.maps.payload import layer_payload, scene_payload
from geoanalysis.maps.scene import Layer, Scene
from geoanalysis.reference import load_borders
from geoanalysis.symbology import CROSSING

ADDRESS = "://"


def layer_of(*geometries: shapely.Geometry, sizes: list[float] | None = None) -> Layer:
    count = len(geometries)
    columns = {"id": [f"f{n}" for n in range(count)], "label": ["a label"] * count, "style": ["it"] * count}
    if sizes:
        columns["size_px"] = sizes
    frame = gpd.GeoDataFrame(columns, geometry=list(geometries), crs=LONLAT)
    return Layer("key", "Title", frame, {"it": CROSSING}, clickable=True)


def features_of(layer: Layer) -> list[dict[str, object]]:
    return json.loads(str(layer_payload(layer)["features"]))


def test_a_scene_is_plain_data_and_names_no_address(scene_with: Callable[[str], Scene]) -> None:
    payload = scene_payload(scene_with("Kapitan Andreevo"))
    text = json.dumps(payload, allow_nan=False)
    assert json.loads(text) == payload
    assert ADDRESS not in text
    assert payload["extent"] == [24.5, 41.2, 28.5, 42.9]
    assert payload["selected"] == "first Kapitan Andreevo"


def test_layers_that_are_switched_off_are_not_sent(scene_with: Callable[[str], Scene]) -> None:
    scene = scene_with("Kapitan Andreevo")
    first, *rest = scene.layers
    payload = scene_payload(replace(scene, layers=(replace(first, shown=False), *rest)))
    assert [layer["key"] for layer in payload["layers"]] == [layer.key for layer in rest]


def test_the_legend_of_the_payload_is_that_of_the_layer(scene_with: Callable[[str], Scene]) -> None:
    for layer in scene_with("Kapitan Andreevo").layers:
        sent = [(entry["words"], entry["count"]) for entry in layer_payload(layer)["legend"]]
        assert sent == [(entry.words, entry.count) for entry in layer.legend]


def test_positions_go_latitude_first_to_four_decimals() -> None:
    (feature,) = features_of(layer_of(Point(26.353_149, 41.717_26)))
    assert feature == {"id": "f0", "label": "a label", "style": "it", "point": [41.7173, 26.3531]}


def test_lines_and_areas_keep_their_parts_and_holes() -> None:
    lines = features_of(layer_of(shapely.MultiLineString([[(20, 40), (21, 40)], [(22, 41), (23, 41)]])))
    assert lines[0]["lines"] == [[[40, 20], [40, 21]], [[41, 22], [41, 23]]]
    ring = Polygon(box(20, 40, 24, 44).exterior, [box(21, 41, 22, 42).exterior])
    one, two = features_of(layer_of(ring, MultiPolygon([box(20, 40, 21, 41), box(22, 40, 23, 41)])))
    assert [len(rings) for rings in one["areas"]] == [2]
    assert [len(rings) for rings in two["areas"]] == [1, 1]
    assert {tuple(position) for position in one["areas"][0][1]} == {(41, 21), (41, 22), (42, 21), (42, 22)}


def test_only_known_sizes_are_sent() -> None:
    sized, own = features_of(layer_of(Point(20, 40), Point(21, 40), sizes=[6.04, float("nan")]))
    assert sized["size_px"] == 6.0
    assert "size_px" not in own


def test_points_at_one_place_are_spread_so_that_none_hides_another() -> None:
    features = features_of(layer_of(*[Point(20, 40)] * 40, Point(21, 40)))
    offsets = [tuple(feature.get("offset_px", (0, 0))) for feature in features[:40]]
    gaps = [hypot(a[0] - b[0], a[1] - b[1]) for n, a in enumerate(offsets) for b in offsets[:n]]
    assert min(gaps) > 5
    assert "offset_px" not in features[40]


def test_lines_are_simplified_by_no_more_than_250_metres() -> None:
    layer = borders_layer(load_borders(date(2022, 10, 26)))
    sent = [
        shapely.MultiLineString([[(lon, lat) for lat, lon in line] for line in feature["lines"]])
        for feature in features_of(layer)
    ]
    drawn = gpd.GeoSeries(sent, crs=LONLAT).to_crs(METRIC)
    true = layer.features.geometry.to_crs(METRIC).reset_index(drop=True)
    # four decimals of a degree add at most 8 m
    assert drawn.hausdorff_distance(true).max() < 260
    assert drawn.count_coordinates().sum() < true.count_coordinates().sum()


@pytest.mark.parametrize(
    "change",
    [
        lambda layer: replace(layer, title="Other"),
        lambda layer: replace(layer, clickable=False),
        lambda layer: replace(layer, symbols={"it": replace(CROSSING, fill="#000000")}),
        lambda layer: replace(layer, features=layer.features.assign(label="other")),
        lambda layer: replace(layer, features=layer.features.set_geometry([Point(20, 41)])),
    ],
)
def test_the_hash_of_a_layer_changes_with_anything_that_is_drawn(change: Callable[[Layer], Layer]) -> None:
    layer = layer_of(Point(20, 40))
    assert layer_payload(change(layer))["hash"] != layer_payload(layer)["hash"]


def test_equal_layers_have_equal_hashes(layers_with: Callable[[str], tuple[Layer, ...]]) -> None:
    once, again = layers_with("Kapitan Andreevo"), layers_with("Kapitan Andreevo")
    assert [layer.digest for layer in once] == [layer.digest for layer in again]
    assert len({layer.digest for layer in once}) == len(once)


def test_an_empty_layer_is_sent_empty() -> None:
    assert features_of(layer_of()) == []
