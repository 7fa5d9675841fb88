"""The contracted graph answers as the whole network does, whatever is done to crossings."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoanalysis.network import CrossingGraph, RoadNetwork, travel_time_min

POSTS = ["a", "b", "c", "d"]
DELAYS = st.lists(st.sampled_from([0.0, 5.0, 30.0, np.inf]), min_size=4, max_size=4)
ROADS = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(1, 40), st.booleans()).filter(
        lambda road: road[0] != road[1]
    ),
    min_size=8,
    max_size=30,
)
many = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))


def network_of(roads: list[tuple[int, int, int, bool]], delay_min: list[float]) -> RoadNetwork:
    """Give twelve nodes, of which the first four are crossings of two borders."""
    edges = pd.DataFrame(roads, columns=["from_node", "to_node", "minutes", "oneway"])
    nodes = pd.DataFrame(
        {
            "crossing_id": [*POSTS, *[""] * 8],
            "pair": ["BG-TR", "BG-TR", "BG-RS", "BG-RS", *[""] * 8],
            "delay_min": [*delay_min, *[0.0] * 8],
        }
    )
    return RoadNetwork(nodes, edges.astype({"minutes": "float64"}))


@many
@given(ROADS, DELAYS, DELAYS)
def test_times_are_those_of_the_network(
    roads: list[tuple[int, int, int, bool]], delay_min: list[float], more_min: list[float]
) -> None:
    origins, destinations = [4, 5, 6], [10, 11]
    passable = [min(delay, 60.0) for delay in delay_min]
    graph = CrossingGraph.build(network_of(roads, passable), origins, destinations)
    slower = network_of(roads, [a + b for a, b in zip(passable, more_min, strict=True)])
    expected = travel_time_min(slower, origins, destinations)
    found = graph.times_min(dict(zip(POSTS, more_min, strict=True)))
    assert np.allclose(found, expected)


@many
@given(ROADS, DELAYS)
def test_what_closing_costs_is_what_searching_again_finds(
    roads: list[tuple[int, int, int, bool]], delay_min: list[float]
) -> None:
    passable = [min(delay, 60.0) for delay in delay_min]
    before = travel_time_min(network_of(roads, passable), [4, 5], [10, 11])
    cost = CrossingGraph.build(network_of(roads, passable), [4, 5], [10, 11]).if_closed(POSTS)
    for place, post in enumerate(POSTS):
        shut = [np.inf if number == place else delay for number, delay in enumerate(passable)]
        after = travel_time_min(network_of(roads, shut), [4, 5], [10, 11])
        joined = np.isfinite(before)
        expected = (after[joined] - before[joined]).max(initial=0)
        assert cost[post] == pytest.approx(expected)


def test_four_hundred_pairs_at_once() -> None:
    rng = np.random.default_rng(1)
    roads = [(int(a), int(b), int(m), False) for a, b, m in rng.integers(0, 200, (600, 3)) if a != b]
    edges = pd.DataFrame(roads, columns=["from_node", "to_node", "minutes", "oneway"])
    nodes = pd.DataFrame(
        {
            "crossing_id": [f"post {node}" if node < 30 else "" for node in range(200)],
            "pair": ["BG-TR" if node < 30 else "" for node in range(200)],
            "delay_min": [30.0 if node < 30 else 0.0 for node in range(200)],
        }
    )
    network = RoadNetwork(nodes, edges.astype({"minutes": "float64"}))
    origins, destinations = list(range(100, 120)), list(range(150, 170))
    graph = CrossingGraph.build(network, origins, destinations)
    assert np.allclose(graph.times_min(), travel_time_min(network, origins, destinations))
    assert graph.times_min().shape == (20, 20)


def test_ends_at_crossings(make_network: Callable[..., RoadNetwork]) -> None:
    network = make_network([(0, 1, 5.0), (1, 2, 7.0)], {1: ("BG-TR", "lesovo")})
    network.nodes.loc[1, "delay_min"] = 30.0
    graph = CrossingGraph.build(network, [0, 1], [2])
    assert graph.times_min() == pytest.approx(travel_time_min(network, [0, 1], [2]))
