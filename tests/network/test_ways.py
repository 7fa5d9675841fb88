"""Roads on ways that pass no node twice: by hand, and against all simple paths of networkx."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoanalysis.network.ways import leads_through

LINE = [(0, 1), (1, 2)]


def found(roads: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    tail, head = np.array(roads).T
    kept = leads_through(tail, head, start, end)
    return [road for road, keep in zip(roads, kept, strict=True) if keep]


@pytest.mark.parametrize(
    "aside",
    [
        [(1, 3)],  # there and back
        [(1, 3), (3, 4), (3, 5)],  # a tree
        [(1, 3), (3, 4), (4, 1)],  # a loop at a node of the way
        [(1, 3), (3, 4), (4, 5), (5, 3)],  # a loop at the end of a side road
        [(1, 3), (1, 3)],  # there on one road and back on its twin
        [(3, 4), (4, 5), (5, 3)],  # apart
        [(0, 3), (2, 4)],  # behind start and end
    ],
)
def test_what_is_aside_does_not_lead_through(aside: list[tuple[int, int]]) -> None:
    assert found(LINE + aside, 0, 2) == LINE


@pytest.mark.parametrize(
    "beside",
    [
        [(0, 3), (3, 2)],
        [(0, 1)],  # a twin
        [(0, 2)],
        [(0, 3), (3, 4), (4, 1), (3, 1)],
    ],
)
def test_what_is_beside_does(beside: list[tuple[int, int]]) -> None:
    assert found(LINE + beside, 0, 2) == LINE + beside
    assert found(LINE + beside, 2, 0) == LINE + beside


def test_names_of_nodes_make_no_difference() -> None:
    assert found([(70_000, 3), (3, 12), (3, 5)], 12, 70_000) == [(70_000, 3), (3, 12)]


def test_nothing_leads_through_between_parts() -> None:
    assert found([(0, 1), (2, 3)], 0, 3) == []


@given(
    st.lists(
        st.lists(st.integers(0, 7), min_size=2, max_size=2, unique=True).map(tuple), min_size=1, max_size=14
    )
)
def test_exactly_the_roads_of_all_simple_paths(roads: list[tuple[int, int]]) -> None:
    graph = nx.Graph([*roads])
    graph.add_nodes_from([0, 1])
    paths = nx.all_simple_edge_paths(graph, 0, 1)
    expected = {frozenset(leg) for path in paths for leg in path}
    assert {frozenset(road) for road in found(roads, 0, 1)} == expected
    assert len(found(roads, 0, 1)) == sum(frozenset(road) in expected for road in roads)
