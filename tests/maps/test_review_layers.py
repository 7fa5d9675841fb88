import json

import geopandas as gpd
import numpy as np
import pytest

from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.maps.payload import layer_payload
from geoanalysis.maps.review_layers import counted_seizures_layer
from geoanalysis.maps.scene import Layer
from geoanalysis.reference import load_press_events
from geoanalysis.review import counted_places


def seized(counts: dict[tuple[float, str], int]) -> gpd.GeoDataFrame:
    """Give so many press events at each longitude and of each crime area."""
    one = load_press_events().head(1).assign(lat=42.0, country="BG", place_name="Kapitan Andreevo")
    rows = one.loc[one.index.repeat(sum(counts.values()))].reset_index(drop=True)
    where = [place for place, count in counts.items() for _ in range(count)]
    rows = rows.assign(
        seizure_id=[f"Z{number}" for number in range(len(rows))],
        lon=[lon for lon, _ in where],
        crime_area=[area for _, area in where],
    )
    return SEIZURES.conform(rows.drop(columns="geometry"))


def layer_of(counts: dict[tuple[float, str], int], least: int) -> Layer:
    return counted_seizures_layer(counted_places(seized(counts), least), least)


COUNTS = {
    (26.0, "firearms"): 7,
    (27.0, "firearms"): 2,
    (28.0, "firearms"): 3,
    (26.0, "drugs"): 1200,
    (26.0, "other"): 8,
    (27.0, "other"): 1,
}


def test_counts_of_places_in_words() -> None:
    layer = layer_of(COUNTS, 5)
    assert (layer.key, layer.title) == (
        "seizures",
        "Seizures by place and crime area (fewer than 5: not told)",
    )
    assert [label.splitlines()[1] for label in layer.features["label"]] == [
        "drugs: 1\u202f200",
        "firearms: 7",
        "firearms: fewer than 5",
        "firearms: fewer than 5",
        "other: some (not told)",  # 8 of 9: else the other place would have 1
        "other: some (not told)",
    ]
    nan = float("nan")
    assert layer.features["count"].tolist() == pytest.approx([1200, 7, nan, nan, nan, nan], nan_ok=True)
    assert layer.features["id"].is_unique
    assert list(layer.features.columns[:3]) == ["id", "label", "style"]


def test_the_legend_adds_counts_up_where_all_are_told() -> None:
    entries = [(entry.words, entry.count) for entry in layer_of(COUNTS, 5).legend]
    assert entries == [("firearms", None), ("drugs", 1200), ("other", None)]
    whole = layer_of(COUNTS, 0)
    assert [entry.count for entry in whole.legend] == [12, 1200, 9]
    assert whole.title == "Seizures by place and crime area"
    assert layer_of({}, 5).legend == ()


def test_the_browser_gets_no_number_that_is_not_told() -> None:
    payload = layer_payload(layer_of(COUNTS, 5))
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload
    sent = json.loads(str(payload["features"]))
    assert all(set(feature) <= {"id", "label", "style", "point", "offset_px"} for feature in sent)
    assert [entry["count"] for entry in payload["legend"]] == [None, 1200, None]  # type: ignore[index]


def test_a_layer_is_another_where_counts_are() -> None:
    layer = layer_of(COUNTS, 5)
    changed = layer.features.assign(count=np.nan)
    other = Layer(layer.key, layer.title, changed, layer.symbols)
    assert other.digest != layer.digest
