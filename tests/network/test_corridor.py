"""The tolerance view: whole ways that take little longer, without stubs."""

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from geoanalysis.domain.errors import InputError, PlaceError
from geoanalysis.network import RoadNetwork, corridor

MakeNetwork = Callable[..., RoadNetwork]
# 0 - 1 - 4 takes 100; by 2 it takes 104, by 3 it takes 120; 5 is a dead end
DIAMOND = [(0, 1, 50.0), (1, 4, 50.0), (0, 2, 52.0), (2, 4, 52.0), (0, 3, 60.0), (3, 4, 60.0), (1, 5, 1.0)]


@pytest.mark.parametrize(
    ("tolerance", "roads"), [(0, [0, 1]), (0.03, [0, 1]), (0.04, [0, 1, 2, 3]), (0.2, [0, 1, 2, 3, 4, 5])]
)
def test_a_longer_way_belongs_to_it_from_its_tolerance_on(
    make_network: MakeNetwork, tolerance: float, roads: list[int]
) -> None:
    found = corridor(make_network(DIAMOND), 0, 4, tolerance=tolerance)
    assert found["edge"].tolist() == roads


def test_detours_by_hand(make_network: MakeNetwork) -> None:
    found = corridor(make_network(DIAMOND), 0, 4, tolerance=0.5)
    assert found.set_index("edge")["detour"].to_dict() == pytest.approx(
        {0: 0, 1: 0, 2: 0.04, 3: 0.04, 4: 0.2, 5: 0.2}
    )


def test_of_several_pairs_the_smallest_detour_counts(make_network: MakeNetwork) -> None:
    found = corridor(make_network(DIAMOND), [0, 2], [4], tolerance=0.05)
    assert found.set_index("edge")["detour"].to_dict() == pytest.approx({0: 0, 1: 0, 2: 0.04, 3: 0})


def test_a_short_way_round_is_left_out_until_it_is_asked_for(make_network: MakeNetwork) -> None:
    roads = [(0, 1, 50.0), (1, 2, 0.5), (2, 3, 50.0), (1, 4, 0.3), (4, 2, 0.3)]
    network = make_network(roads)
    assert corridor(network, 0, 3)["edge"].tolist() == [0, 1, 2]
    assert corridor(network, 0, 3, variant=0)["edge"].tolist() == [0, 1, 2, 3, 4]


def test_a_network_without_lines_gives_a_plain_table() -> None:
    found = corridor(RoadNetwork.from_arrays([0, 1], [1, 2], [5.0, 5.0]), 0, 2)
    assert not hasattr(found, "geometry")
    assert found["detour"].tolist() == [0, 0]


@pytest.mark.parametrize("choices", [{"tolerance": -0.1}, {"tolerance": np.nan}, {"variant": np.inf}])
def test_impossible_tolerances_are_refused(make_network: MakeNetwork, choices: dict[str, float]) -> None:
    with pytest.raises(InputError, match="give shares that are not negative"):
        corridor(make_network(DIAMOND), 0, 4, **choices)


def test_pairs_that_no_road_joins_are_named(make_network: MakeNetwork) -> None:
    with pytest.raises(PlaceError, match="no road leads from node 0 to node 3"):
        corridor(make_network([(0, 1, 5.0), (2, 3, 5.0)]), 0, 3)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 30)).filter(
            lambda road: road[0] != road[1]
        ),
        min_size=4,
        max_size=18,
        unique_by=lambda road: road[:2],
    ),
    st.sampled_from([0.0, 0.1, 0.5]),
)
def test_every_road_lies_on_a_whole_way_within_the_tolerance(
    roads: list[tuple[int, int, int]], tolerance: float
) -> None:
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(roads)
    assume(0 in graph and 1 in graph and nx.has_path(graph, 0, 1))
    best = nx.dijkstra_path_length(graph, 0, 1)
    found = corridor(RoadNetwork.from_arrays(*zip(*roads, strict=True)), 0, 1, tolerance=tolerance)
    kept = nx.DiGraph()
    kept.add_weighted_edges_from(zip(found["from_node"], found["to_node"], found["minutes"], strict=True))
    assert nx.dijkstra_path_length(kept, 0, 1) == best
    out = nx.single_source_dijkstra_path_length(graph, 0)
    left = nx.single_source_dijkstra_path_length(graph.reverse(), 1)
    for row in found.itertuples():
        through = out[row.from_node] + row.minutes + left[row.to_node]
        assert row.detour == pytest.approx(through / best - 1, abs=1e-9)
        there = nx.dijkstra_path_length(kept, 0, row.from_node)
        on = nx.dijkstra_path_length(kept, row.to_node, 1)
        assert there + row.minutes + on <= best * (1 + tolerance) + 1e-9
