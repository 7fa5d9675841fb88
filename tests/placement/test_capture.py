"""Fixed-route capture against the published network, every choice, and its guarantee."""

import itertools
import json
import math
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoanalysis.domain.errors import InputError
from geoanalysis.placement import ClashError, PlanConstraints, capture


def flow_network(shared_data: Path) -> tuple[list[list[int]], list[float]]:
    """Give the paths and flows of the 25-node network; a flow is split over its shortest paths alike."""
    folder = shared_data / "cases" / "network" / "flow25"
    nodes = np.loadtxt(folder / "25NODE_NODES.txt")
    graph = nx.Graph()
    for _, length, one, other in np.loadtxt(folder / "25NODE_ARCS.txt"):
        graph.add_edge(int(one), int(other), weight=length)
    weight = dict(zip(nodes[:, 0].astype(int), nodes[:, 1], strict=True))
    paths, flows = [], []
    for one, other in itertools.combinations(sorted(weight), 2):
        shortest = list(nx.all_shortest_paths(graph, one, other, weight="weight"))
        length = nx.path_weight(graph, shortest[0], "weight")
        paths += shortest
        flows += [weight[one] * weight[other] / length**1.5 / len(shortest)] * len(shortest)
    return paths, flows


def test_the_25_node_network(shared_data: Path) -> None:
    expected = json.loads((shared_data / "cases" / "network" / "expected.json").read_text())["hodgson25"]
    paths, flows = flow_network(shared_data)
    assert sum(flows) == pytest.approx(expected["total"], abs=1e-5)
    for case in expected["results"]:
        proven = capture(paths, flows, case["p"])
        greedy = capture(paths, flows, case["p"], exact=False)
        assert proven.status == "optimal"
        assert proven.captured == pytest.approx(case["opt"], abs=1e-5)
        assert proven.bound == pytest.approx(case["opt"], abs=1e-3)
        assert proven.chosen.tolist() == case["nodes"]
        assert greedy.captured == pytest.approx(case["greedy"], abs=1e-5)
        assert greedy.chosen.tolist() == sorted(case["greedy_nodes"])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_against_every_choice(data: st.DataObject) -> None:
    sites = st.sets(st.integers(0, 8), max_size=4)
    paths = data.draw(st.lists(sites, min_size=1, max_size=15))
    flows = data.draw(st.lists(st.integers(0, 9), min_size=len(paths), max_size=len(paths)))
    p = data.draw(st.integers(0, 4))

    def caught(chosen: tuple[int, ...]) -> int:
        return sum(flow for path, flow in zip(paths, flows, strict=True) if path & set(chosen))

    best = max(caught(chosen) for chosen in itertools.combinations(range(9), p))
    proven, greedy = capture(paths, flows, p), capture(paths, flows, p, exact=False)
    assert proven.captured == pytest.approx(best)
    assert proven.captured == pytest.approx(caught(tuple(proven.chosen)))
    assert proven.bound == pytest.approx(best, abs=1e-6)
    assert best * (1 - 1 / math.e) - 1e-9 <= greedy.captured <= best <= greedy.bound + 1e-9


def test_constraints_are_kept() -> None:
    paths, flows = [[0], [1], [2], [3]], [4.0, 3.0, 2.0, 1.0]
    rules = PlanConstraints(required=[3], forbidden=[0], quotas={"A": ([1, 2], 1)})
    plan = capture(paths, flows, 3, constraints=rules)
    assert plan.chosen.tolist() == [1, 3]
    with pytest.raises(ClashError, match="required arc 0"):
        capture(paths, flows, 3, constraints=PlanConstraints(required=[0], forbidden=[0]))


def test_bad_input_is_named() -> None:
    with pytest.raises(InputError, match="2 flows for 1 paths"):
        capture([[0]], [1.0, 2.0], 1)
    with pytest.raises(InputError, match="not negative"):
        capture([[0]], [-1.0], 1)
    with pytest.raises(InputError, match="counted from 0"):
        capture([[-1]], [1.0], 1)
    assert capture([[]], [1.0], 2).captured == 0.0
    assert capture([], [], 2).chosen.tolist() == []
