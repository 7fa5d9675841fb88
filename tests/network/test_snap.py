"""The road nearest to a place."""

from collections.abc import Callable
from datetime import date

import pytest

from geoanalysis.domain.errors import PlaceError
from geoanalysis.network.snap import nearest_node
from geoanalysis.reference import Place, Roads, load_crossings, load_roads

MakeRoads = Callable[..., Roads]
DEGREE_KM = 111.13
"""One degree of latitude at 45° N, WGS 84."""


def test_the_nearest_end_and_how_far_it_is(make_roads: MakeRoads) -> None:
    roads = make_roads([(0, 1, 8.0), (1, 2, 8.0)])
    node, distance_km = nearest_node(Place("north of 2", "RS", 20.19, 45.2), roads)
    assert node == 2
    assert distance_km == pytest.approx(0.2 * DEGREE_KM, rel=0.002)


def test_an_end_without_a_road_on_the_day_is_passed_over(make_roads: MakeRoads) -> None:
    roads = make_roads([(0, 1, 8.0), (1, 3, 8.0)])
    node, distance_km = nearest_node(Place("at 2", "RS", 20.2, 45.0), roads)
    assert node in {1, 3}
    assert distance_km == pytest.approx(7.885, abs=0.01)  # 0.1° of longitude at 45° N


@pytest.mark.parametrize(
    ("day", "crossing"),
    [
        (date(2022, 10, 26), "hr-ba-gornji-varos-gradiska"),  # not yet open
        (date(2026, 3, 2), "hr-si-bregana-obrezje"),  # no longer needed
    ],
)
def test_a_town_at_a_crossing_without_traffic_is_still_on_the_roads(day: date, crossing: str) -> None:
    roads = load_roads(day)
    point = load_crossings(day).set_index("crossing_id").geometry[crossing]
    node, distance_km = nearest_node(Place("the town", "", point.x, point.y), roads)
    assert node in set(roads.edges["from_node"]) | set(roads.edges["to_node"])
    assert 0 < distance_km < 5


def test_a_place_just_within_reach(make_roads: MakeRoads) -> None:
    roads = make_roads([(0, 1, 8.0)])
    assert nearest_node(Place("near", "", 20.0, 45 + 49.5 / DEGREE_KM), roads)[0] == 0
    with pytest.raises(PlaceError, match=r"far lies 5[01] km from the nearest road"):
        nearest_node(Place("far", "", 20.0, 45 + 50.5 / DEGREE_KM), roads)


def test_a_place_at_sea_is_refused_with_a_way_out() -> None:
    with pytest.raises(
        PlaceError, match=r"31, 43 lies \d+ km from .*schematic network.*choose a place within 50 km"
    ):
        nearest_node(Place("31, 43", "", 31.0, 43.0), load_roads(date(2022, 10, 26)))
