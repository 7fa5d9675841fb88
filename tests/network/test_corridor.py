"""Corridors on small networks, by hand."""

from collections.abc import Callable
from dataclasses import replace

import geopandas as gpd
import pytest

from geoanalysis.domain.crs import LONLAT, metric
from geoanalysis.domain.errors import PlaceError
from geoanalysis.network import Corridor, corridor
from geoanalysis.reference import Place, Roads

MakeRoads = Callable[..., Roads]
PlaceAt = Callable[[int], Place]
BEST, BESIDE, ASIDE = [(0, 1, 40.0), (1, 2, 40.0)], [(0, 3, 42.0), (2, 3, 42.0)], [(1, 4, 1.0)]


def kept(found: Corridor) -> set[tuple[int, int]]:
    return set(zip(found.roads["from_node"], found.roads["to_node"], strict=True))


@pytest.fixture
def diamond(make_roads: MakeRoads) -> Roads:
    """Give a way of 80 km over 1, one of 84 km (5 % longer) over 3, and a side road to 4."""
    return make_roads(BEST + BESIDE + ASIDE)


@pytest.mark.parametrize(("tolerance", "roads"), [(0.0, BEST), (0.049, BEST), (0.051, BEST + BESIDE)])
def test_a_longer_way_belongs_to_it_from_its_tolerance_on(
    diamond: Roads, place_at: PlaceAt, tolerance: float, roads: list
) -> None:
    found = corridor(diamond, place_at(0), place_at(2), tolerance=tolerance)
    assert kept(found) == {road[:2] for road in roads}
    assert (found.minutes, found.km) == (60, 80)


def test_detours_by_hand(diamond: Roads, place_at: PlaceAt) -> None:
    found = corridor(diamond, place_at(0), place_at(2), tolerance=0.1).roads
    assert found["on_best"].tolist() == [True, True, False, False]
    assert found["detour"].tolist() == pytest.approx([0, 0, 0.05, 0.05])
    assert found["minutes"].tolist() == pytest.approx([30, 30, 31.5, 31.5])
    assert found["km"].tolist() == [40, 40, 42, 42]


def test_side_roads_and_loops_at_a_node_do_not_belong_to_it(make_roads: MakeRoads, place_at: PlaceAt) -> None:
    aside = [(1, 3, 1.0), (3, 4, 0.5), (4, 5, 0.5), (3, 5, 0.5), (0, 6, 1.0), (2, 7, 1.0)]
    found = corridor(make_roads(BEST + aside), place_at(0), place_at(2), tolerance=0.2)
    assert kept(found) == {(0, 1), (1, 2)}


def test_a_longer_way_is_whole_from_where_it_leaves_the_best(
    make_roads: MakeRoads, place_at: PlaceAt
) -> None:
    """Its first kilometres too, from which turning back would be quicker."""
    way = [(0, 3, 1.0), (3, 4, 1.0), (4, 5, 80.0), (5, 2, 1.9)]
    found = corridor(make_roads(BEST + way), place_at(0), place_at(2), tolerance=0.05)
    assert kept(found) == {road[:2] for road in BEST + way}
    detour = found.roads.set_index(["from_node", "to_node"])["detour"]
    assert detour[4, 5] == pytest.approx(3.9 / 80)
    assert detour[0, 3] == pytest.approx(2 / 80)


def test_a_longer_way_over_the_tolerance_leaves_no_stubs(make_roads: MakeRoads, place_at: PlaceAt) -> None:
    way = [(0, 3, 1.0), (3, 4, 1.0), (4, 5, 90.0), (5, 2, 1.0)]
    found = corridor(make_roads(BEST + way), place_at(0), place_at(2), tolerance=0.05)
    assert kept(found) == {(0, 1), (1, 2)}


def test_of_parallel_roads_the_quicker_is_the_best(make_roads: MakeRoads, place_at: PlaceAt) -> None:
    found = corridor(make_roads([(0, 1, 41.0), (0, 1, 40.0), (1, 2, 40.0)]), place_at(0), place_at(2))
    assert found.roads["on_best"].tolist() == [False, True, True]
    assert found.km == 80


@pytest.fixture
def posts(make_roads: MakeRoads) -> Roads:
    """Give two ways from 0 to 3: one over Kapitan Andreevo (node 4) and Gradina (5), one over Lesovo (6)."""
    east, west, side = "bg-tr-kapitan-andreevo-kapikule", "rs-bg-gradina-kalotina", "bg-tr-lesovo-hamzabeyli"
    return make_roads(
        [
            (0, 4, 40.0, east),
            (1, 4, 40.0, east),
            (1, 5, 40.0, west),
            (3, 5, 40.0, west),
            (0, 6, 160.0, side, True),
            (3, 6, 40.0, side, True),
        ]
    )


def test_crossings_in_the_order_of_travel(posts: Roads, place_at: PlaceAt) -> None:
    found = corridor(posts, place_at(0), place_at(3), tolerance=0)
    assert found.minutes == 120 + 2 * 30
    assert found.crossings["order"].tolist() == [1, 2]
    assert found.crossings["name"].str.startswith(("Kapitan Andreevo", "Gradina")).all()
    assert found.crossings["crossing_id"].iloc[0] == "bg-tr-kapitan-andreevo-kapikule"
    back = corridor(posts, place_at(3), place_at(0), tolerance=0)
    assert back.crossings["crossing_id"].tolist() == found.crossings["crossing_id"].tolist()[::-1]


@pytest.mark.parametrize(
    ("delay", "side", "over_two", "over_lesovo"),
    [(0, 0, 120, 150), (30, 45, 180, 225), (90, 0, 300, 240), (90, 45, 300, 285)],
)
def test_delays_at_borders_decide(
    posts: Roads, place_at: PlaceAt, delay: float, side: float, over_two: float, over_lesovo: float
) -> None:
    delays = {"border_delay_min": delay, "side_road_min": side}
    found = corridor(posts, place_at(0), place_at(3), tolerance=0.5, **delays)
    best = min(over_two, over_lesovo)
    assert found.minutes == best
    assert found.crossings.set_index("crossing_id")["detour"].to_dict() == pytest.approx(
        {
            "bg-tr-kapitan-andreevo-kapikule": over_two / best - 1,
            "rs-bg-gradina-kalotina": over_two / best - 1,
            "bg-tr-lesovo-hamzabeyli": over_lesovo / best - 1,
        }
    )


def test_what_it_was_made_with_is_kept(diamond: Roads, place_at: PlaceAt) -> None:
    places = replace(place_at(0), lat=45.1), place_at(2)
    found = corridor(diamond, *places, tolerance=0.1, border_delay_min=20, side_road_min=10, buffer_km=3)
    assert (found.tolerance, found.border_delay_min, found.side_road_min, found.buffer_km) == (0.1, 20, 10, 3)
    assert (found.origin, found.destination) == places
    assert (found.on, found.network) == (diamond.on, "schematic network")
    assert found.access_km == pytest.approx((11.11, 0), abs=0.01)


def test_the_band_reaches_as_far_as_it_says(diamond: Roads, place_at: PlaceAt) -> None:
    found = corridor(diamond, place_at(0), place_at(2), buffer_km=7)
    assert found.band.crs == LONLAT
    assert len(found.band) == 1
    line, band = metric(found.roads).union_all(), metric(found.band).geometry.iloc[0]
    assert band.covers(line)
    assert line.distance(band.boundary) == pytest.approx(7000, rel=0.02)
    ends = gpd.points_from_xy([20.1, 20.1], [45 + 6.5 / 111.1, 45 + 7.5 / 111.1], crs=LONLAT)
    assert found.band.geometry.iloc[0].contains(ends).tolist() == [True, False]


def test_one_and_the_same_place_is_refused(diamond: Roads, place_at: PlaceAt) -> None:
    near = replace(place_at(0), name="next to it", lon=20.01)
    with pytest.raises(PlaceError, match="place 0 and next to it are at the same road end: choose others"):
        corridor(diamond, place_at(0), near)


def test_places_that_no_road_joins_are_refused(make_roads: MakeRoads, place_at: PlaceAt) -> None:
    with pytest.raises(PlaceError, match="no road leads from place 0 to place 3"):
        corridor(make_roads([(0, 1, 8.0), (2, 3, 8.0)]), place_at(0), place_at(3))
