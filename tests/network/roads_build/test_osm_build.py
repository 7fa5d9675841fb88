"""Networks built from small extracts with numbers made by hand."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pyproj import Geod

from geoanalysis.domain.errors import InputError, UnreadableFileError
from geoanalysis.network import RoadNetwork, build_from_osm, travel_time_min

Write = Callable[..., Path]

# five nodes in Bulgaria on the parallel of 42.6 degrees north, 0.05 degrees (4.1 km) apart, and one aside
ROW = {number: (23.0 + 0.05 * number, 42.6) for number in range(1, 6)}
NODES = {**ROW, 9: (23.15, 42.65)}
PRIMARY = {"highway": "primary", "ref": "6"}
STEP_KM = Geod(ellps="WGS84").inv(23.05, 42.6, 23.1, 42.6)[2] / 1000
PRIMARY_KM_H = 90 * 0.78


def at(network: RoadNetwork, number: int) -> int:
    """Give the node of the network at the place of a node of the extract."""
    lonlat = network.positions.lonlat
    return int(np.abs(lonlat - NODES[number]).sum(axis=1).argmin())


def minutes(network: RoadNetwork, first: int, last: int) -> float:
    return float(travel_time_min(network, at(network, first), at(network, last))[0, 0])


def test_a_way_is_cut_where_another_meets_it(extract: Write) -> None:
    network = build_from_osm([extract(NODES, {1: ([1, 2, 3, 4, 5], PRIMARY), 2: ([3, 9], PRIMARY)})])
    assert (len(network.nodes), len(network.edges)) == (4, 3)
    assert sorted(network.edges["length_km"].round(3))[-2:] == [round(2 * STEP_KM, 3)] * 2
    assert network.nodes["country"].tolist() == ["BG"] * 4


def test_ways_that_meet_end_to_end_are_one_road_with_its_shape_kept(extract: Write) -> None:
    ways = {1: ([1, 2, 3], PRIMARY), 2: ([5, 4, 3], PRIMARY)}
    network = build_from_osm([extract(NODES, ways)])
    (line,) = network.edges.geometry
    assert sorted(line.coords) == sorted(ROW.values())
    assert network.edges["length_km"].item() == pytest.approx(4 * STEP_KM, rel=1e-9)
    assert network.edges["minutes"].item() == pytest.approx(4 * STEP_KM / PRIMARY_KM_H * 60, rel=1e-9)


@pytest.mark.parametrize(
    "other", [{"ref": "8"}, {"highway": "secondary"}, {"oneway": "yes"}, {"surface": "sett"}]
)
def test_ways_that_differ_stay_apart(extract: Write, other: dict[str, str]) -> None:
    ways = {1: ([1, 2, 3], PRIMARY), 2: ([3, 4, 5], PRIMARY | other)}
    assert len(build_from_osm([extract(NODES, ways)]).edges) == 2


@pytest.mark.parametrize(("oneway", "open_way"), [("yes", (1, 5)), ("-1", (5, 1))])
def test_one_way_roads_are_driven_one_way(extract: Write, oneway: str, open_way: tuple[int, int]) -> None:
    ways = {1: ([1, 2, 3], PRIMARY | {"oneway": oneway}), 2: ([3, 4, 5], PRIMARY | {"oneway": oneway})}
    network = build_from_osm([extract(NODES, ways)])
    assert len(network.edges) == 1
    assert minutes(network, *open_way) == pytest.approx(4 * STEP_KM / PRIMARY_KM_H * 60)
    assert minutes(network, *open_way[::-1]) == np.inf


def test_one_way_roads_that_run_at_each_other_are_not_joined(extract: Write) -> None:
    ways = {1: ([1, 2, 3], PRIMARY | {"oneway": "yes"}), 2: ([5, 4, 3], PRIMARY | {"oneway": "yes"})}
    network = build_from_osm([extract(NODES, ways)])
    assert len(network.edges) == 2
    assert minutes(network, 1, 3) < np.inf
    assert minutes(network, 1, 5) == np.inf


def test_a_roundabout_is_driven_round(extract: Write) -> None:
    ring = {"highway": "primary", "junction": "roundabout"}
    ways = {1: ([2, 3, 9, 2], ring), 2: ([1, 2], PRIMARY), 3: ([3, 4], PRIMARY), 4: ([9, 5], PRIMARY)}
    network = build_from_osm([extract(NODES, ways)])
    there, back = minutes(network, 2, 3), minutes(network, 3, 2)
    assert there == pytest.approx(STEP_KM / PRIMARY_KM_H * 60)
    assert back > 2 * there


def test_a_road_that_goes_round_without_a_junction_is_kept_whole(extract: Write) -> None:
    ways = {1: ([1, 2, 9, 1], PRIMARY), 2: ([3, 4], PRIMARY)}
    network = build_from_osm([extract(NODES, ways)])
    loops = network.edges[network.edges["from_node"] == network.edges["to_node"]]
    assert len(loops.geometry.item().coords) == 4


def test_a_way_in_two_extracts_counts_once(extract: Write) -> None:
    first = extract(NODES, {1: ([1, 2, 3], PRIMARY)}, "first.osm.pbf")
    second = extract(
        NODES, {1: ([1, 2, 3], PRIMARY), 2: ([3, 4, 5], PRIMARY | {"ref": "8"})}, "second.osm.pbf"
    )
    both = build_from_osm([first, second])
    assert both.edges["length_km"].sum() == pytest.approx(4 * STEP_KM)
    assert minutes(both, 1, 5) < np.inf


def test_a_way_is_cut_where_the_extract_lacks_a_node(extract: Write) -> None:
    nodes = {number: place for number, place in NODES.items() if number != 3}
    network = build_from_osm([extract(nodes, {1: ([1, 2, 3, 4, 5], PRIMARY)})])
    assert network.edges["length_km"].tolist() == pytest.approx([STEP_KM, STEP_KM])


def test_what_hangs_together_for_less_than_three_kilometres_is_left_out(extract: Write) -> None:
    nodes = {**NODES, 11: (24.0, 42.6), 12: (24.02, 42.6)}
    network = build_from_osm([extract(nodes, {1: ([1, 2, 3], PRIMARY), 2: ([11, 12], PRIMARY)})])
    assert len(network.edges) == 1


@pytest.mark.parametrize(("stamp", "day"), [("2021-08-06T20:21:00Z", date(2021, 8, 6)), ("", None)])
def test_the_state_of_the_data_is_known_where_an_extract_says_it(
    extract: Write, stamp: str, day: date | None
) -> None:
    assert build_from_osm([extract(NODES, {1: ([1, 2], PRIMARY)}, timestamp=stamp)]).as_of == day


def test_a_ferry_takes_its_time_and_boarding_and_its_piers_are_joined(extract: Write) -> None:
    # from Igoumenitsa to Corfu; the second pier is 0.9 km from the road
    sea = {1: (20.26, 39.50), 2: (20.27, 39.55), 3: (19.92, 39.62), 4: (19.91, 39.62), 5: (19.85, 39.60)}
    ways = {
        1: ([1, 2], PRIMARY),
        2: ([2, 3], {"route": "ferry", "duration": "1:20"}),
        3: ([4, 5], PRIMARY),
    }
    network = build_from_osm([extract(sea, ways)])
    ferry = network.edges[(network.edges["road_class"] == "ferry") & ~network.edges["link"]]
    assert ferry["minutes"].item() == pytest.approx(80 + 15)
    pier = network.edges[network.edges["link"]]
    assert pier["length_km"].item() == pytest.approx(0.859, abs=0.01)
    assert pier["minutes"].item() == pytest.approx(0.859 / 20 * 60 + 15, abs=0.05)
    assert np.isfinite(travel_time_min(network, (20.26, 39.50), (19.85, 39.60))).all()


def test_a_road_is_cut_at_the_border_and_knows_its_crossing(extract: Write) -> None:
    # from Dimitrovgrad to Slivnitsa through Gradina and Kalotina
    places = {1: (22.78, 43.013), 2: (22.82, 43.000), 3: (22.85, 42.994), 4: (22.90, 42.98)}
    network = build_from_osm([extract(places, {1: ([1, 2, 3, 4], {"highway": "motorway", "oneway": "no"})})])
    (border,) = np.flatnonzero(network.nodes["pair"] == "BG-RS")
    assert network.nodes.loc[border, "crossing_id"] == "rs-bg-gradina-kalotina"
    assert network.nodes.loc[border, "country"] == ""
    lon, lat = network.positions.lonlat[border]
    # the post of the crossings table
    assert Geod(ellps="WGS84").inv(lon, lat, 22.8334, 42.9975)[2] < 500
    speeds = network.edges.set_index("country").eval("length_km / minutes * 60")
    assert speeds.to_dict() == pytest.approx({"RS": 130 * 0.88, "BG": 140 * 0.88})


def test_borders_beyond_the_region_are_found_and_those_in_it_stay_fine(extract: Write) -> None:
    # as above, and from Strasbourg to Kehl over the Rhine
    places = {1: (22.78, 43.013), 2: (22.82, 43.000), 3: (22.85, 42.994), 4: (22.90, 42.98)}
    rhine = {11: (7.75, 48.57), 12: (7.78, 48.572), 13: (7.83, 48.573), 14: (7.90, 48.57)}
    ways = {1: ([1, 2, 3, 4], PRIMARY), 2: ([11, 12, 13, 14], PRIMARY)}
    network = build_from_osm([extract({**places, **rhine}, ways)])
    at = network.positions.lonlat[(network.nodes["pair"] != "").to_numpy()]
    assert sorted(network.nodes["pair"]) == [*[""] * 4, "BG-RS", "DE-FR"]
    geod = Geod(ellps="WGS84")
    away_m = [min(geod.inv(*post, *here)[2] for here in at) for post in ((22.8334, 42.9975), (7.801, 48.573))]
    assert away_m[0] < 500
    assert away_m[1] < 3000


def test_a_short_weave_over_the_line_is_no_border(extract: Write) -> None:
    # along the Bulgarian bank of the line north of Kalotina, 60 m over it and back
    places = {
        1: (22.90, 42.98),
        2: (22.8355, 42.9975),
        3: (22.8325, 42.9977),
        4: (22.8355, 42.9985),
        5: (22.90, 43.0),
    }
    network = build_from_osm([extract(places, {1: ([1, 2, 3, 4, 5], PRIMARY)})])
    assert (network.nodes["pair"] == "").all()


@pytest.mark.parametrize("damage", ["cut", "empty", "text", "missing"])
def test_a_damaged_extract_is_refused_by_name(extract: Write, damage: str) -> None:
    nodes = {number: (23 + number / 1e5, 42.6) for number in range(1, 20_001)}
    path = extract(nodes, {1: (list(range(1, 1001)), PRIMARY)})
    whole = path.read_bytes()
    path.write_bytes({"cut": whole[: len(whole) // 2], "empty": b"", "text": b"hello"}.get(damage, whole))
    if damage == "missing":
        path.unlink()
    with pytest.raises(UnreadableFileError, match=r"small\.osm\.pbf: .*download"):
        build_from_osm([path])


def test_extracts_without_roads_are_refused(extract: Write) -> None:
    with pytest.raises(InputError, match="no road from motorway to tertiary"):
        build_from_osm([extract(NODES, {1: ([1, 2], {"highway": "footway"})})])
    with pytest.raises(InputError, match="no extract is given"):
        build_from_osm([])


def test_progress_is_told_and_can_end_the_building(extract: Write) -> None:
    path = extract(NODES, {1: ([1, 2], PRIMARY)})
    told: list[float] = []
    build_from_osm([path], report=lambda _, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1

    def stop(what: str, share: float) -> None:
        raise KeyboardInterrupt(what, share)

    with pytest.raises(KeyboardInterrupt):
        build_from_osm([path], report=stop)
