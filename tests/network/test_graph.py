"""Minutes by hand, and quickest ways against networkx."""

from collections.abc import Callable
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoanalysis.network.graph import SPEED_KM_H, graph_of, path_to, tree_from
from geoanalysis.reference import Roads

MakeRoads = Callable[..., Roads]
KM = st.integers(1, 400).map(float)


def networks(most: int = 9) -> st.SearchStrategy[list[tuple[int, int, float]]]:
    """Give networks on a few nodes, with parallel roads, spurs and parts apart."""
    ends = st.lists(st.integers(0, most - 1), min_size=2, max_size=2, unique=True).map(sorted)
    return st.lists(st.tuples(ends, KM).map(lambda road: (*road[0], road[1])), min_size=1, max_size=24)


def oracle(rows: list[tuple[int, int, float]]) -> nx.Graph:
    graph = nx.MultiGraph()
    graph.add_nodes_from(range(max(max(row[:2]) for row in rows) + 1))
    graph.add_weighted_edges_from((a, b, km / SPEED_KM_H * 60) for a, b, km in rows)
    return graph


def test_eighty_kilometres_take_an_hour_both_ways(make_roads: MakeRoads) -> None:
    graph = graph_of(make_roads([(0, 1, 80.0), (1, 2, 20.0)]), 30)
    assert tree_from(graph, 0).minutes.tolist() == [0, 60, 75]
    assert tree_from(graph, 2).minutes.tolist() == [75, 15, 0]


@pytest.mark.parametrize(("side_road", "minutes"), [(False, 30 + 30), (True, 30 + 30 + 45)])
def test_a_crossing_costs_its_delay_once(make_roads: MakeRoads, *, side_road: bool, minutes: float) -> None:
    roads = make_roads([(0, 2, 16.0, "post", side_road), (1, 2, 24.0, "post", side_road)])
    tree = tree_from(graph_of(roads, 30, 45), 0)
    assert tree.minutes[1] == pytest.approx(minutes)
    assert tree.minutes[2] == pytest.approx(12 + (minutes - 30) / 2)


def test_of_parallel_roads_the_quicker_counts_alone(make_roads: MakeRoads) -> None:
    graph = graph_of(make_roads([(0, 1, 80.0), (0, 1, 40.0), (1, 0, 60.0)]), 0)
    assert tree_from(graph, 0).minutes.tolist() == [0, 30]
    assert len(graph.minutes) == 6


def test_what_is_not_reached_is_infinitely_far(make_roads: MakeRoads) -> None:
    tree = tree_from(graph_of(make_roads([(0, 1, 8.0), (2, 3, 8.0)]), 0), 0)
    assert np.isinf(tree.minutes[[2, 3]]).all()
    assert tree.before[3] < 0


def test_a_path_by_hand(make_roads: MakeRoads) -> None:
    tree = tree_from(graph_of(make_roads([(0, 1, 30.0), (1, 2, 30.0), (0, 2, 70.0), (2, 3, 5.0)]), 0), 0)
    assert path_to(tree, 3) == [0, 1, 2, 3]
    assert path_to(tree, 0) == [0]


@given(networks())
def test_quickest_times_are_those_of_networkx(make_roads: MakeRoads, rows: list) -> None:
    tree = tree_from(graph_of(make_roads(rows), 0), 0)
    expected = nx.single_source_dijkstra_path_length(oracle(rows), 0)
    found = {node: minutes for node, minutes in enumerate(tree.minutes) if np.isfinite(minutes)}
    assert found == pytest.approx(expected)


@given(networks())
def test_paths_take_as_long_as_the_tree_says(make_roads: MakeRoads, rows: list) -> None:
    tree, graph = tree_from(graph_of(make_roads(rows), 0), 0), nx.Graph(oracle(rows))
    quickest = {tuple(sorted(row[:2])): 1e9 for row in rows}
    for a, b, km in rows:
        quickest[a, b] = min(quickest[a, b], km / SPEED_KM_H * 60)
    for node in nx.node_connected_component(graph, 0):
        path = path_to(tree, node)
        assert (path[0], path[-1]) == (0, node)
        legs = [quickest[min(leg), max(leg)] for leg in pairwise(path)]
        assert sum(legs) == pytest.approx(tree.minutes[node])
