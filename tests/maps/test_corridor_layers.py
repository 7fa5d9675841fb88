"""Corridors on the map: what is drawn, what can be clicked, and what the legend says."""

from collections.abc import Callable
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geoanalysis.domain.crs import LONLAT
from geoanalysis.maps.corridor_layers import (
    corridor_layers,
    difference_layer,
    road_problems_layer,
    route_layer,
    what_if_layer,
    within_layer,
)
from geoanalysis.network import Corridors, Differences


@pytest.fixture
def found(corridors_named: Callable[[str], Corridors]) -> Corridors:
    return corridors_named("Plovdiv")


def test_bands_are_darker_where_more_is_expected_and_not_counted(found: Corridors) -> None:
    band, _ = corridor_layers(found)
    entries = [(entry.words, entry.count) for entry in band.legend]
    assert entries == [("50% to 100%", None), ("25% to 50%", None)]
    most, less = (int(entry.symbol.fill[1:3], 16) for entry in band.legend)
    assert most < less
    assert band.title == "Expected share of Plovdiv to Plovdiv"


def test_roads_are_clicked_by_their_number_and_explained_by_the_bands(found: Corridors) -> None:
    _, roads = corridor_layers(found)
    assert roads.features["id"].tolist() == ["road 8", "road 7"]
    assert roads.features["label"].tolist() == [
        "Road\n40% of the traffic expected",
        "Road Plovdiv\n60% of the traffic expected",
    ]
    assert (roads.clickable, roads.legend) == (True, ())


@pytest.mark.parametrize(("share", "drawn"), [(0.009, 0), (0.01, 1), (0.0999, 1), (1.0, 1)])
def test_roads_that_expect_less_than_a_hundredth_are_left_out(
    found: Corridors, share: float, drawn: int
) -> None:
    roads = found.roads[:1].assign(share=share)
    assert len(corridor_layers(replace(found, roads=roads))[1].features) == drawn


def test_wider_lines_carry_more(found: Corridors) -> None:
    roads = pd.concat(
        [found.roads[:1].assign(share=share, edge=edge) for edge, share in enumerate((0.05, 0.1, 0.3, 0.5))]
    )
    layer = corridor_layers(replace(found, roads=roads))[1]
    widths = [layer.symbols[style].size_px for style in layer.features["style"]]
    assert widths == sorted(set(widths))


def test_the_tolerance_view_says_how_much_longer(found: Corridors) -> None:
    layer = within_layer(found)
    assert layer.title == "Roads within 5% of the best time"
    assert layer.features["label"].tolist()[1] == "Road\n3.0% longer than the best route"


def test_an_alternative_says_its_time_and_share(found: Corridors) -> None:
    label = route_layer(found.routes[1:]).features["label"].item()
    assert label == "Plovdiv to Plovdiv, alternative 2\n1.6 h, 112 km, 40% of these trips"


def test_what_gains_and_what_loses_differ_in_more_than_colour() -> None:
    lines = shapely.linestrings([[(0, 0), (1, 0)], [(1, 0), (2, 0)], [(0, 1), (1, 1)], [(0, 2), (1, 2)]])
    shares = {"before": [0.5, 0.5, 0.2, 0.2], "after": [0.1, 0.1, 0.25, 0.6]}
    roads = gpd.GeoDataFrame({"edge": range(4), "ref": "", **shares}, geometry=lines, crs=LONLAT)
    changed = Differences(roads.assign(change=roads["after"] - roads["before"]), pd.DataFrame(), 0.0, ())
    layer = difference_layer(changed)
    assert sorted(layer.features["style"]) == ["gains", "gains_much", "loses_much"]
    joined = layer.features[layer.features["style"] == "loses_much"].geometry.item()
    assert joined.equals(shapely.LineString([(0, 0), (2, 0)]))
    assert [layer.symbols[style].dashed for style in ("gains_much", "loses_much")] == [False, True]


def test_what_is_supposed_can_be_clicked_again() -> None:
    columns = {"id": ["bg-rs", "road 7"], "name": ["Kalotina", "road 7 (E80)"], "done": ["closed", "manned"]}
    places = gpd.GeoDataFrame(columns, geometry=shapely.points([(22.8, 43.0), (24.0, 42.5)]), crs=LONLAT)
    layer = what_if_layer(places)
    assert (layer.clickable, layer.features["id"].tolist()) == (True, ["bg-rs", "road 7"])
    assert layer.features["label"].tolist() == [
        "Kalotina\nclosed, to see what happens",
        "road 7 (E80)\nmanned, to see what happens",
    ]


def test_gaps_of_the_roads_say_what_they_are() -> None:
    columns = {"kind": ["no road at the crossing", "loose end at a border"], "name": ["Lesovo", "26.6,42.0"]}
    problems = gpd.GeoDataFrame(columns, geometry=shapely.points([(26.6, 42.0), (26.6, 42.0)]), crs=LONLAT)
    layer = road_problems_layer(problems)
    assert layer.features["label"][0] == "Lesovo\nno road at the crossing"
    assert [(entry.words, entry.count) for entry in layer.legend] == [
        ("no road at the crossing", 1),
        ("loose end at a border", 1),
    ]
