"""What is true of corridors on any network, and the same by networkx."""

from collections.abc import Callable

import networkx as nx
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from geoanalysis.network import Corridor, corridor
from geoanalysis.reference import Place, Roads

MakeRoads = Callable[..., Roads]
PlaceAt = Callable[[int], Place]
NO_TIE = 0.2345678
"""A tolerance that no ratio of small whole numbers is equal to."""


def kept(found: Corridor) -> set[tuple[int, int]]:
    return set(zip(found.roads["from_node"], found.roads["to_node"], strict=True))


def networks() -> st.SearchStrategy[list[tuple[int, int, float]]]:
    ends = st.lists(st.integers(0, 8), min_size=2, max_size=2, unique=True).map(sorted)
    road = st.tuples(ends, st.integers(1, 60).map(float)).map(lambda road: (*road[0], road[1]))
    return st.lists(road, min_size=4, max_size=20, unique_by=lambda road: road[:2])


def joined(rows: list[tuple[int, int, float]]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_weighted_edges_from(rows)
    assume(0 in graph and 1 in graph and nx.has_path(graph, 0, 1))
    return graph


def detours_of(graph: nx.Graph) -> dict[tuple[int, int], float]:
    out, back = (nx.single_source_dijkstra_path_length(graph, node) for node in (0, 1))
    far = float("inf")
    return {
        (min(a, b), max(a, b)): min(
            out.get(a, far) + km + back.get(b, far), out.get(b, far) + km + back.get(a, far)
        )
        / out[1]
        - 1
        for a, b, km in graph.edges(data="weight")
    }


small = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


@small
@given(networks())
def test_it_is_what_lies_on_simple_ways_within_the_tolerance(
    make_roads: MakeRoads, place_at: PlaceAt, rows: list
) -> None:
    detours = detours_of(joined(rows))
    near = nx.Graph([road for road, detour in detours.items() if detour <= NO_TIE])
    ways = nx.all_simple_edge_paths(near, 0, 1)
    expected = {(min(leg), max(leg)) for way in ways for leg in way}
    found = corridor(make_roads(rows), place_at(0), place_at(1), tolerance=NO_TIE)
    assert kept(found) == expected
    for road in found.roads.itertuples():
        assert road.detour == pytest.approx(detours[road.from_node, road.to_node], abs=1e-9)
        assert 0 <= road.detour <= NO_TIE


@small
@given(networks())
def test_without_tolerance_it_is_best_routes_only(
    make_roads: MakeRoads, place_at: PlaceAt, rows: list
) -> None:
    graph = joined(rows)
    found = corridor(make_roads(rows), place_at(0), place_at(1), tolerance=0)
    best = {
        (min(leg), max(leg))
        for way in nx.all_shortest_paths(graph, 0, 1, weight="weight")
        for leg in nx.utils.pairwise(way)
    }
    assert kept(found) <= best
    taken = found.roads[found.roads["on_best"]]
    assert taken["km"].sum() == pytest.approx(nx.dijkstra_path_length(graph, 0, 1)) == found.km
    assert taken["minutes"].sum() == pytest.approx(found.minutes)
    route = nx.from_pandas_edgelist(taken, "from_node", "to_node")
    assert nx.has_path(route, 0, 1)
    assert max(dict(route.degree).values()) <= 2


@small
@given(networks(), st.sampled_from([0.5, 3.0, 10.0]))
def test_longer_roads_take_longer_in_proportion(
    make_roads: MakeRoads, place_at: PlaceAt, rows: list, factor: float
) -> None:
    joined(rows)
    scaled = [(a, b, km * factor) for a, b, km in rows]
    one, other = (
        corridor(make_roads(roads), place_at(0), place_at(1), tolerance=NO_TIE) for roads in (rows, scaled)
    )
    assert other.minutes == pytest.approx(one.minutes * factor)
    assert kept(other) == kept(one)
    assert other.roads["detour"].tolist() == pytest.approx(one.roads["detour"].tolist(), abs=1e-9)


@small
@given(networks())
def test_there_and_back_are_the_same_corridor(make_roads: MakeRoads, place_at: PlaceAt, rows: list) -> None:
    joined(rows)
    there = corridor(make_roads(rows), place_at(0), place_at(1), tolerance=NO_TIE)
    back = corridor(make_roads(rows), place_at(1), place_at(0), tolerance=NO_TIE)
    assert kept(there) == kept(back)
    assert there.minutes == pytest.approx(back.minutes)


@small
@given(networks(), st.floats(0, 0.5), st.floats(0, 0.5))
def test_more_tolerance_never_loses_a_road(
    make_roads: MakeRoads, place_at: PlaceAt, rows: list, one: float, other: float
) -> None:
    joined(rows)
    narrow, wide = (
        kept(corridor(make_roads(rows), place_at(0), place_at(1), tolerance=tolerance))
        for tolerance in sorted([one, other])
    )
    assert narrow <= wide
