from collections.abc import Callable, Sequence
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geoanalysis.domain.crs import LONLAT, METRIC
from geoanalysis.domain.errors import CRSError
from geoanalysis.domain.operation import Plan
from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.maps.layers import (
    borders_layer,
    checkpoints_layer,
    crossings_layer,
    hot_cells_layer,
    hot_crossings_layer,
    intensity_layer,
    seizures_layer,
)
from geoanalysis.maps.scene import Layer
from geoanalysis.reference import load_borders, load_crossings, load_press_events
from geoanalysis.symbology import INTENSITY_RAMP, INTENSITY_UNKNOWN

ON = date(2022, 10, 26)
NAN = float("nan")


def points(count: int, **columns: Sequence[object]) -> gpd.GeoDataFrame:
    places = shapely.points(np.column_stack([np.linspace(20, 28, count), np.full(count, 42.0)]))
    return gpd.GeoDataFrame(columns, geometry=places, crs=LONLAT)


def intensity(shares: Sequence[float]) -> gpd.GeoDataFrame:
    count = len(shares)
    return points(
        count,
        place_id=[f"p{number}" for number in range(count)],
        name=[f"Place {number}" for number in range(count)],
        checked=[100] * count,
        check_share=shares,
        checks_per_officer_hour=[1.5] * count,
    )


def crossings(persons: Sequence[float], years: Sequence[int | None]) -> gpd.GeoDataFrame:
    count = len(persons)
    return points(
        count,
        crossing_id=[f"c{number}" for number in range(count)],
        name=["Kapitan Andreevo"] * count,
        mode=["road"] * count,
        category=["international"] * count,
        traffic_type=["passenger+freight"] * count,
        open=[True] * (count - 1) + [False],
        persons_per_year=persons,
        traffic_year=pd.array(years, dtype="Int64"),
    )


def seizures(*rows: dict[str, object]) -> gpd.GeoDataFrame:
    usual = {
        "seizure_id": "S-1",
        "item": 1,
        "occurred_utc": "2022-10-26T08:30:00Z",
        "country": "BG",
        "place_name": "Kapitan Andreevo",
        "lon": 26.35,
        "lat": 41.72,
        "crime_area": "drugs",
        "commodity": "heroin",
        "handling": "H1",
    }
    return SEIZURES.conform(pd.DataFrame([usual | row for row in rows]))


def words(layer: Layer) -> list[tuple[str, int | None]]:
    return [(entry.words, entry.count) for entry in layer.legend]


def test_every_layer_counts_in_its_legend_what_it_draws(
    layers_with: Callable[[str], tuple[Layer, ...]],
) -> None:
    drawn = layers_with("Kapitan Andreevo")
    real = (
        borders_layer(load_borders(ON)),
        crossings_layer(load_crossings(ON)),
        seizures_layer(load_press_events()),
    )
    for layer in (*drawn, *real):
        counted = [entry.count for entry in layer.legend if entry.count is not None]
        assert sum(counted) == (len(layer.features) if layer.explained == "counts" else 0)
        assert len(layer.features) > 0
        assert layer.features["id"].is_unique
        assert list(layer.features.columns[:3]) == ["id", "label", "style"]
        assert layer.features.crs == LONLAT


def test_no_two_kinds_of_layer_share_a_key(layers_with: Callable[[str], tuple[Layer, ...]]) -> None:
    keys = [layer.key for layer in layers_with("Kapitan Andreevo")]
    assert len(set(keys)) == len(keys) == 14


def test_the_external_border_is_drawn_above_the_others() -> None:
    layer = borders_layer(load_borders(ON))
    assert layer.features["style"].iloc[-1] == "external"
    assert layer.features["style"].iloc[0] == "open"


def test_a_crossing_is_as_large_in_area_as_its_traffic() -> None:
    layer = crossings_layer(crossings([4e6, 1e6, NAN], [2019, 2018, None]))
    assert layer.features["size_px"].tolist() == [12.0, 6.0, 3.5]
    assert layer.features["label"].tolist() == [
        "Kapitan Andreevo\nroad, international, passenger and freight\n4,000,000 persons in 2019",
        "Kapitan Andreevo\nroad, international, passenger and freight\n1,000,000 persons in 2018",
        "Kapitan Andreevo\nroad, international, passenger and freight\nclosed",
    ]
    assert words(layer) == [("border crossing point", 2), ("crossing, closed", 1)]


def test_sizes_are_read_by_circles_of_round_values_and_the_right_area() -> None:
    layer = crossings_layer(crossings([4_600_000, 50_000, NAN], [2019, 2019, None]))
    drawn_px = layer.features["size_px"].max()
    told = {entry.words: entry.symbol.size_px for entry in layer.sizes}
    assert list(told) == ["2\u202f000\u202f000 persons a year", "1\u202f000\u202f000 persons a year"]
    assert [px**2 / drawn_px**2 for px in told.values()] == pytest.approx([2 / 4.6, 1 / 4.6])
    assert crossings_layer(crossings([NAN], [None])).sizes == ()


def test_intensity_falls_into_five_equally_full_classes_with_bounds_in_words() -> None:
    # 1 % to 10 %: the quintiles of ten numbers, interpolated between neighbours, lie at 2.8, 4.6, 6.4 and 8.2
    layer = intensity_layer(intensity([share / 100 for share in range(1, 11)]))
    assert words(layer) == [
        ("8.2 to 10", 2),
        ("6.4 to 8.2", 2),
        ("4.6 to 6.4", 2),
        ("2.8 to 4.6", 2),
        ("1 to 2.8", 2),
    ]
    assert [entry.symbol.fill for entry in layer.legend] == list(INTENSITY_RAMP[::-1])
    assert layer.features["label"].iloc[0] == "Place 0\nshare of traffic checked, %: 1\n100 checked"


def test_intensity_that_is_not_known_is_a_class_of_its_own_and_never_zero() -> None:
    layer = intensity_layer(intensity([0.0, NAN, 0.5]))
    assert words(layer) == [("25 to 50", 1), ("0 to 25", 1), ("unknown", 1)]
    assert layer.symbols["unknown"] == INTENSITY_UNKNOWN
    assert "share of traffic checked, %: unknown" in layer.features["label"].iloc[1]
    assert words(intensity_layer(intensity([NAN, NAN]))) == [("unknown", 2)]


def test_intensity_with_ties_has_fewer_classes() -> None:
    assert words(intensity_layer(intensity([0.05] * 8 + [0.07, 0.09]))) == [("5 to 9", 2), ("5", 8)]
    assert words(intensity_layer(intensity([0.05] * 4))) == [("5", 4)]


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        ("check_share", "share of traffic checked, %"),
        ("checks_per_officer_hour", "checks per officer-hour"),
    ],
)
def test_intensity_names_its_unit(measure: str, unit: str) -> None:
    layer = intensity_layer(intensity([0.1, 0.2]), measure)
    assert layer.unit == unit
    assert layer.title == f"Check intensity: {unit} (size: checks)"
    assert all(unit in label for label in layer.features["label"])


def test_a_seizure_is_one_symbol_per_crime_area_and_lists_its_items() -> None:
    layer = seizures_layer(
        seizures(
            {"quantity": 5.78, "unit": "kg"},
            {"item": 2, "commodity": "cannabis", "quantity": 1200.0, "unit": "g"},
            {"item": 3, "commodity": "firearm_part", "crime_area": "firearms"},
            {"seizure_id": "S-2", "place_name": None, "commodity": "cocaine", "quantity": 1.3, "unit": "kg"},
        )
    )
    assert words(layer) == [("firearms", 1), ("drugs", 2)]
    assert layer.features["label"].tolist() == [
        "Kapitan Andreevo\n26 Oct 2022 08:30 UTC\nheroin: 5.78 kg\ncannabis: 1,200 g",
        "Kapitan Andreevo\n26 Oct 2022 08:30 UTC\nfirearm part",
        "BG\n26 Oct 2022 08:30 UTC\ncocaine: 1.3 kg",
    ]


def test_a_seizure_without_a_position_is_not_drawn() -> None:
    assert words(seizures_layer(seizures({}, {"seizure_id": "S-2", "lon": NAN, "lat": NAN}))) == [
        ("drugs", 1)
    ]


def test_amounts_have_no_exponent_and_a_missing_unit_is_left_out() -> None:
    layer = seizures_layer(
        seizures(
            {"commodity": "tobacco", "quantity": 5_500_000.0, "unit": "cigarette"},
            {"item": 2, "commodity": "cash", "quantity": 123_456.0, "unit": "eur"},
            {"item": 3, "commodity": "other", "quantity": 0.25},
        )
    )
    said = ["tobacco: 5,500,000 cigarette", "cash: 123,456 eur", "other: 0.25"]
    assert layer.features["label"].iloc[0].splitlines()[2:] == said


def test_traffic_of_an_unknown_year_is_said_without_one() -> None:
    label = crossings_layer(crossings([4e6, 1e6], [None, 2018])).features["label"].iloc[0]
    assert label.splitlines()[-1] == "4,000,000 persons a year"


def test_no_label_of_the_bundled_data_shows_a_gap_or_an_exponent() -> None:
    drawn = (
        borders_layer(load_borders(ON)),
        crossings_layer(load_crossings(ON)),
        seizures_layer(load_press_events()),
    )
    labels = pd.concat([layer.features["label"] for layer in drawn])
    assert labels[labels.str.contains(r"\b(?:nan|NaT|None)\b|<NA>|\de[+-]\d")].tolist() == []


def test_hot_spots_say_hits_checks_and_expectation() -> None:
    spots = points(
        3,
        kind=["crossing", "crossing", "cell"],
        place_id=["a", "b", "c"],
        name=["Obrežje", "Kipoi", "84"],
        checked=[1724, 662, 900],
        hits=[39, 3, 12],
        expected=[17.24, 3.0, NAN],
        q_value=[0.0041, 0.9, NAN],
        hotspot=[True, False, False],
    )
    hot = hot_crossings_layer(spots)
    assert hot.features["label"].tolist() == ["Obrežje\n39 hits in 1,724 checks\n17.2 expected, q = 0.0041"]
    assert words(hot_cells_layer(spots)) == [("too few checks to tell", 1)]
    assert hot_cells_layer(spots).features["label"].tolist() == ["84\n12 hits in 900 checks"]


def test_withheld_counts_are_called_so_and_are_a_class_of_their_own() -> None:
    spots = points(
        4,
        kind=["crossing", "cell", "cell", "cell"],
        place_id=["a", "b", "c", "d"],
        name=["Obrežje", "B", "C", "D"],
        checked=pd.array([1724, 900, 800, None], dtype="Int64"),
        hits=pd.array([None, None, 5, None], dtype="Int64"),
        expected=[0.5, 12.5, 0.2, NAN],
        q_value=[NAN] * 4,
        hotspot=[True, False, False, False],
        not_told=["fewer than 5", "some (not told)", "", "fewer than 5"],
    )
    assert hot_crossings_layer(spots).features["label"].tolist() == [
        "Obrežje\nfewer than 5 hits in 1,724 checks\n0.5 expected"
    ]
    cells = hot_cells_layer(spots)
    assert cells.features["label"].tolist() == [
        "B\nsome (not told) hits in 900 checks\n12.5 expected",
        "C\n5 hits in 800 checks\ntoo few checks",
        "D\nfewer than 5 hits in fewer than 5 checks",
    ]
    assert words(cells) == [("too few checks to tell", 1), ("counts not told", 2)]
    few = intensity([0.1, NAN]).assign(
        checked=pd.array([100, None], dtype="Int64"), not_told=["", "fewer than 5"]
    )
    label = intensity_layer(few).features["label"].iloc[1]
    assert label == "Place 1\nshare of traffic checked, %: unknown\nfewer than 5 checked"


def test_layers_without_features_have_no_legend() -> None:
    empty = (
        crossings_layer(crossings([NAN], [None]).iloc[:0]),
        intensity_layer(intensity([0.1]).iloc[:0]),
        seizures_layer(SEIZURES.empty()),
        checkpoints_layer(Plan("p", "Plan", ON)),
    )
    assert [(len(layer.features), layer.legend) for layer in empty] == [(0, ())] * 4


def test_a_frame_in_another_crs_is_refused() -> None:
    with pytest.raises(CRSError, match=r"EPSG:3035.*to_crs"):
        intensity_layer(intensity([0.1, 0.2]).to_crs(METRIC))
