"""Random problems small enough to try every plan, and an oracle that shares no code with the solvers."""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from geoanalysis.placement import InterdictionProblem


def oracle(problem: InterdictionProblem, level_of_arc: dict[int, int]) -> float:
    """Give the evasion while arcs are manned at some levels, by networkx."""
    chances = [
        problem.evade_checked[level_of_arc[arc] - 1][arc] if level_of_arc.get(arc) else problem.evade[arc]
        for arc in range(len(problem.tail))
    ]
    total = 0.0
    graph = nx.DiGraph()
    for tail, head, chance in zip(problem.tail, problem.head, chances, strict=True):
        if chance > 0:
            length = min(-math.log(chance), graph.get_edge_data(tail, head, {"weight": math.inf})["weight"])
            graph.add_edge(int(tail), int(head), weight=length)
    for start, end, weight in zip(problem.origin, problem.destination, problem.weight, strict=True):
        if graph.has_node(start) and graph.has_node(end) and nx.has_path(graph, start, end):
            total += weight * math.exp(-nx.dijkstra_path_length(graph, start, end))
    return total


def plans(problem: InterdictionProblem, budget: float, costs: Sequence[float] | None = None) -> Iterator[Any]:
    """Give every plan within a budget, as the level of each checkable arc (each on its own)."""
    arcs = np.flatnonzero(problem.checkable).tolist()
    for levels in itertools.product(range(problem.levels + 1), repeat=len(arcs)):
        officers = (0, *problem.officers)
        price = sum(
            officers[level] * (costs[arc] if costs is not None else 1)
            for arc, level in zip(arcs, levels, strict=True)
        )
        if price <= budget + 1e-9:
            yield dict(zip(arcs, levels, strict=True))


@st.composite
def problems(draw: Callable[..., Any], levels: int = 1, checkable: int = 8) -> InterdictionProblem:
    """Give a small network with a way for every scenario, some arcs of which can be manned."""
    nodes = draw(st.integers(3, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    arcs = draw(st.integers(nodes, 14))
    ring = np.arange(nodes)
    tail = np.concatenate([ring, rng.integers(0, nodes, arcs)])
    head = np.concatenate([(ring + 1) % nodes, rng.integers(0, nodes, arcs)])
    evade = np.where(rng.random(len(tail)) < 0.2, 1.0, rng.uniform(0.3, 1, len(tail)))
    shares = np.sort(rng.uniform(0, 1, (levels, len(tail))), axis=0)[::-1]
    shares = np.where(rng.random(len(tail)) < 0.2, 0.0, shares)
    can = np.zeros(len(tail), dtype=bool)
    can[rng.permutation(len(tail))[:checkable]] = True
    scenarios = draw(st.integers(1, 4))
    origin = rng.integers(0, nodes, scenarios)
    destination = (origin + rng.integers(1, nodes, scenarios)) % nodes
    officers = tuple(int(step) for step in np.cumsum(rng.integers(1, 4, levels))) if levels > 1 else ()
    return InterdictionProblem(
        tail,
        head,
        evade,
        evade * shares,
        can,
        origin,
        destination,
        rng.dirichlet(np.ones(scenarios)),
        officers,
    )


def snip(shared_data: Path, instance: int, kind: int) -> InterdictionProblem:
    """Read an instance of Pan, Charlton and Morton; kinds 2, 3, 4 replace the chances at manned arcs."""
    folder = shared_data / "cases" / "network" / "snip"
    plain = np.loadtxt(folder / f"arcgain{instance}.txt")
    sensors = np.loadtxt(folder / f"intd_arc{instance}.txt")
    scenarios = np.loadtxt(folder / "Scenarios.txt")
    evade = np.concatenate([plain[:, 2], sensors[:, 2]])
    manned = {2: sensors[:, 2] / 2, 3: sensors[:, 2] / 10, 4: sensors[:, 2] * 0}.get(kind, sensors[:, 3])
    return InterdictionProblem(
        tail=np.concatenate([plain[:, 0], sensors[:, 0]]).astype(int),
        head=np.concatenate([plain[:, 1], sensors[:, 1]]).astype(int),
        evade=evade,
        evade_checked=np.concatenate([plain[:, 2], manned]),
        checkable=np.arange(len(evade)) >= len(plain),
        origin=scenarios[:, 0].astype(int),
        destination=scenarios[:, 1].astype(int),
        weight=scenarios[:, 2],
    )
