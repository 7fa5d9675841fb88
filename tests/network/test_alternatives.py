"""Alternatives against published and enumerated ones, shares that add up, crossings contracted exactly."""

import json
from itertools import product
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from geoanalysis.domain.errors import PlaceError
from geoanalysis.network.alternatives import alternative_routes
from geoanalysis.network.corridor import corridor
from geoanalysis.network.crossing_graph import CrossingGraph
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.network.shares import shares
from geoanalysis.network.travel_times import travel_time_min

ROADS = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 30)).filter(
        lambda road: road[0] != road[1]
    ),
    min_size=4,
    max_size=22,
    unique_by=lambda road: road[:2],
)
small = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def network_of(roads: list[tuple[int, int, float]]) -> RoadNetwork:
    return RoadNetwork.from_arrays(*zip(*roads, strict=True))


def ways(roads: list[tuple[int, int, float]], start: int, end: int) -> list[tuple[float, list[int]]]:
    """Give all simple paths with their minutes, quickest first."""
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(roads)
    assume(start in graph and end in graph and nx.has_path(graph, start, end))
    paths = nx.all_simple_paths(graph, start, end)
    return sorted((nx.path_weight(graph, path, "weight"), path) for path in paths)


def sioux_falls(shared_data: Path) -> RoadNetwork:
    text = (shared_data / "cases" / "network" / "tntp" / "SiouxFalls_SiouxFalls_net.tntp").read_text()
    rows = [line.split() for line in text.split("<END OF METADATA>")[1].splitlines()]
    links = [row for row in rows if row and row[0].isdigit()]
    tail, head = ([int(row[end]) - 1 for row in links] for end in (0, 1))
    return RoadNetwork.from_arrays(tail, head, [float(row[4]) for row in links])


def test_the_eight_shortest_paths_of_sioux_falls(shared_data: Path) -> None:
    expected = json.loads((shared_data / "cases" / "network" / "expected.json").read_text())
    network = sioux_falls(shared_data)
    for pair, times in expected["siouxfalls_yen8"].items():
        start, end = (int(node) - 1 for node in pair.split("-"))
        found = alternative_routes(network, start, end, k=8, stretch=10, max_overlap=1)
        assert found["time_min"].tolist() == times


def test_all_times_of_sioux_falls(shared_data: Path) -> None:
    times = travel_time_min(sioux_falls(shared_data), list(range(24)), list(range(24)))
    assert times.sum() == 6254
    assert times.max() == 23


def test_limited_overlap_as_published(shared_data: Path) -> None:
    """The lengths of the authors' own program (OnePass and MultiPass) on their sample graph."""
    folder = shared_data / "cases" / "network" / "kspwlo"
    lines = [line.split() for line in (folder / "sample.gr").read_text().splitlines()]
    arcs = [tuple(map(int, row[:3])) for row in lines if len(row) >= 3]
    network = network_of(arcs)
    for case in json.loads((folder / "expected_bruteforce.json").read_text()):
        found = alternative_routes(
            network, case["s"], case["t"], k=case["k"], stretch=10, max_overlap=case["theta"]
        )
        assert found["time_min"].tolist() == case["lengths"]


@small
@given(ROADS, st.sampled_from([0.0, 0.33, 0.5, 0.77, 1.0]))
def test_they_are_those_that_enumeration_finds(roads: list, most: float) -> None:
    accepted: list[tuple[float, list[int]]] = []
    all_ways = ways(roads, 0, 1)
    minutes = {road[:2]: road[2] for road in roads}
    for time, path in all_ways:
        legs = set(nx.utils.pairwise(path))
        shared = [sum(minutes[leg] for leg in legs & set(nx.utils.pairwise(p))) / t for t, p in accepted]
        if time <= 1.4 * all_ways[0][0] + 1e-9 and all(share <= most + 1e-9 for share in shared):
            accepted.append((time, path))
    found = alternative_routes(network_of(roads), 0, 1, k=1000, max_overlap=most)
    if most == 1.0:  # with ties under a limit, which of them comes first is open
        assert found["time_min"].tolist() == [time for time, _ in accepted]
    assert found["time_min"].iloc[0] == all_ways[0][0]
    assert (found["stretch"] <= 1.4 + 1e-9).all()
    assert (found["overlap"] <= most + 1e-6).all()
    assert found["share"].sum() == pytest.approx(1)


@small
@given(ROADS)
def test_shares_are_conserved_at_every_node(roads: list) -> None:
    ways(roads, 0, 1)
    edges, _ = shares(network_of(roads), [(0, 1)])
    balance = np.zeros(8)
    np.add.at(balance, edges["from_node"], edges["share"])
    np.add.at(balance, edges["to_node"], -edges["share"])
    assert balance == pytest.approx([1, -1, *[0] * 6])


@small
@given(ROADS, st.sampled_from([60, 1 / 60]))
def test_minutes_or_hours_give_the_same_routes(roads: list, factor: float) -> None:
    ways(roads, 0, 1)
    scaled = [(a, b, minutes * factor) for a, b, minutes in roads]
    one, other = (alternative_routes(network_of(rows), 0, 1) for rows in (roads, scaled))
    assert (one["time_min"] * factor).tolist() == pytest.approx(other["time_min"].tolist())


@small
@given(ROADS)
def test_the_corridor_is_made_of_whole_routes_within_the_tolerance(roads: list) -> None:
    best = ways(roads, 0, 1)[0][0]
    found = corridor(network_of(roads), 0, 1, tolerance=0.3, variant=0)
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(roads)
    out = nx.single_source_dijkstra_path_length(graph, 0)
    left = nx.single_source_dijkstra_path_length(graph.reverse(), 1)
    for road in found.itertuples():
        through = out[road.from_node] + road.minutes + left[road.to_node]
        assert road.detour == pytest.approx(through / best - 1, abs=1e-9)
        assert road.detour <= 0.3 + 1e-9
    assert found["minutes"][found["detour"] == 0].sum() >= best


def crossed(delay_min: list[float]) -> RoadNetwork:
    """Give three ways from 0 to 4, each over a crossing of its own: nodes 1, 2 and 3."""
    roads = [(0, 1, 10.0), (0, 2, 12.0), (0, 5, 7.0), (5, 3, 8.0), (1, 4, 10.0), (2, 4, 10.0), (3, 4, 10.0)]
    edges = pd.DataFrame(roads, columns=["from_node", "to_node", "minutes"])
    ids = ["", "a", "b", "c", "", ""]
    nodes = pd.DataFrame(
        {"crossing_id": ids, "pair": ["BG-TR" if i else "" for i in ids], "delay_min": [0, *delay_min, 0, 0]}
    )
    return RoadNetwork(nodes, edges)


@pytest.mark.parametrize("delay_min", list(product([0.0, 5.0, 30.0], repeat=3)))
def test_the_crossing_graph_takes_the_same_time_as_the_roads(delay_min: list[float]) -> None:
    network = crossed(list(delay_min))
    graph = CrossingGraph.build(network, 0, 4)
    assert graph.times_min() == pytest.approx(travel_time_min(network, 0, 4))
    closed = crossed([np.inf, *delay_min[1:]])
    assert graph.times_min({"a": np.inf}) == pytest.approx(travel_time_min(closed, 0, 4))


def test_what_closing_a_crossing_costs() -> None:
    graph = CrossingGraph.build(crossed([5, 5, 5]), 0, 4)
    assert graph.times_min() == pytest.approx(np.array([[25.0]]))
    assert graph.if_closed(["a", "b"]).to_dict() == pytest.approx({"a": 2.0, "b": 0.0})


def test_shares_over_the_crossings_of_a_border_sum_to_one() -> None:
    _, crossings = shares(crossed([5, 5, 5]), [(0, 4)])
    assert crossings["share"].sum() == pytest.approx(1)
    assert crossings["crossing_id"].tolist() == ["a", "b", "c"]


def test_ends_that_no_road_joins_are_named() -> None:
    with pytest.raises(PlaceError, match="no road leads from node 2 to node 0"):
        alternative_routes(network_of([(0, 1, 5), (1, 2, 5)]), 2, 0)


def test_a_network_without_positions_says_so() -> None:
    with pytest.raises(PlaceError, match="no positions: name its nodes by number"):
        alternative_routes(network_of([(0, 1, 5), (1, 2, 5)]), (20.0, 44.0), 0)
