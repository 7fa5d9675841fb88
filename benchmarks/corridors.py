"""
Time searches on a detailed network against networkx, igraph, rustworkx, scipy's yen and pandana, in one run.

Run `python -m benchmarks.corridors [DETAILED]` in the project folder. DETAILED is a network that
`python -m geoanalysis roads build` made; without it one is built from the extract of South-East Europe, if
that is here. Peers that are not installed are left out, and the table says so
(`pip install networkx igraph rustworkx pandana`). Seconds are of CPU, the least of some runs; building a
peer's graph is not counted, but for what pandana contracts. All must find the same quickest times.

The k shortest paths of the peers are no alternatives: they differ by a street. They are what comes nearest.
What pandana contracts is a hierarchy of nodes, which any change of a delay makes void.

scipy is the engine by these figures: its Dijkstra is quicker than that of the peers, gives the trees that the
tolerance view needs, takes minutes as an array, so that a penalty, a delay or a closed crossing is one array
more and no new graph, and is here already with geopandas.
"""

import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse.csgraph import dijkstra, yen

from benchmarks._detailed import detailed_file
from geoanalysis.network import (
    CrossingGraph,
    End,
    RoadNetwork,
    Travel,
    alternative_routes,
    corridor,
    load_network,
    named_ends,
    shares,
    with_borders,
)
from geoanalysis.network.ends import access
from geoanalysis.reference import load_crossings, load_places

ACTION: Final = date(2022, 10, 26)
ORIGINS: Final = (
    *(
        "Istanbul",
        "Edirne",
        "Izmir",
        "Ankara",
        "Thessaloniki",
        "Athens",
        "Patras",
        "Burgas",
        "Varna",
        "Sofia",
    ),
    *(
        "Skopje",
        "Tirana",
        "Durrës",
        "Podgorica",
        "Pristina",
        "Niš",
        "Constanţa",
        "Chisinau",
        "Bar",
        "Ioannina",
    ),
)
DESTINATIONS: Final = (
    *("Vienna", "Budapest", "Ljubljana", "Zagreb", "Bratislava", "Graz", "Linz", "Győr", "Szeged", "Trieste"),
    *(
        "Timişoara",
        "Oradea",
        "Cluj-Napoca",
        "Maribor",
        "Rijeka",
        "Pécs",
        "Debrecen",
        "Osijek",
        "Villach",
        "Udine",
    ),
)
PAIRS: Final = len(ORIGINS) * len(DESTINATIONS)
K: Final = 5


class Row(NamedTuple):
    """One task by one tool, with what is promised."""

    task: str
    tool: str
    cpu_s: float
    most_s: float = np.nan


def main(path: Path) -> None:
    """Print the table."""
    network = with_borders(load_network(path), load_crossings(ACTION), Travel(ACTION))
    rows = [*ours(network), *peers(network)]
    table = pd.DataFrame(rows)
    fastest = table[table["tool"] == "geoanalysis"].set_index("task")["cpu_s"]
    fastest[f"{K} shortest paths"] = fastest[f"{K} alternatives"]
    table["times ours"] = table["cpu_s"] / table["task"].map(fastest)
    sys.stdout.write(table.to_string(index=False, float_format="{:.4g}".format) + "\n")
    missing = [name for name in ("networkx", "igraph", "rustworkx", "pandana") if not _installed(name)]
    sys.stdout.write(f"not installed: {', '.join(missing) or 'none'}\n")
    for what, drop in (("with the lines", "no"), ("without the lines", "yes")):
        sys.stdout.write(f"peak memory of all for one pair, {what}: {_peak_mb(path, drop):.0f} MB\n")


def ours(network: RoadNetwork) -> Iterator[Row]:
    """Time the project's own searches."""
    origins, destinations = ends()
    here, there = origins[0], destinations[0]
    row = partial(Row, tool="geoanalysis")
    start = int(access(network, here).nodes[0])
    yield row("one tree", cpu_s=timed(lambda: tree(network, start)))
    yield row(f"{K} alternatives", cpu_s=timed(lambda: alternative_routes(network, here, there)), most_s=0.3)
    yield row("tolerance view", cpu_s=timed(lambda: corridor(network, here, there)), most_s=0.1)
    yield row("two trees", cpu_s=2 * timed(lambda: tree(network, start)))
    trips = [(a, b) for a in origins for b in destinations]
    yield row(f"{PAIRS} pairs x {K}", cpu_s=timed(lambda: shares(network, trips, k=K), runs=1), most_s=60)
    yield row(
        "contraction", cpu_s=timed(lambda: CrossingGraph.build(network, origins, destinations), 1), most_s=6
    )
    graph = CrossingGraph.build(network, origins, destinations)
    some = dict.fromkeys(graph.crossing_ids[:10], np.inf)
    yield row(f"{PAIRS} pairs on it", cpu_s=timed(lambda: graph.times_min(some)), most_s=0.05)


def ends() -> tuple[tuple[End, ...], tuple[End, ...]]:
    """Give twenty origins in the south-east, and twenty destinations in the north-west."""
    places, crossings = load_places(), load_crossings(ACTION)
    return named_ends(ORIGINS, places, crossings), named_ends(DESTINATIONS, places, crossings)


def peers(network: RoadNetwork) -> Iterator[Row]:
    """Time what the peers have of the same, on the same arcs, between the same two nodes."""
    origins, destinations = ends()
    graph = network.graph
    start = int(access(network, origins[0]).nodes[0])
    end = int(access(network, destinations[0], arriving=True).nodes[0])
    expected_min = float(tree(network, start)[end])
    arcs = Arcs(graph.tail[graph.quickest], graph.head[graph.quickest], graph.minutes[graph.quickest])
    for name, ask in (
        ("networkx", _networkx),
        ("igraph", _igraph),
        ("rustworkx", _rustworkx),
        ("pandana", _pandana),
    ):
        if _installed(name):
            yield from ask(arcs, graph.count, (start, end), expected_min)
    yield Row(f"{K} shortest paths", "scipy yen", timed(lambda: yen(graph.matrix(), start, end, K), 1))


class Arcs(NamedTuple):
    """The quickest arcs of a network."""

    tail: np.ndarray
    head: np.ndarray
    minutes: np.ndarray


def tree(network: RoadNetwork, start: int) -> np.ndarray:
    """Give the quickest times from one node."""
    return np.asarray(dijkstra(network.graph.matrix(), indices=start))


def _networkx(arcs: Arcs, count: int, pair: tuple[int, int], expected_min: float) -> Iterator[Row]:
    import networkx as nx  # noqa: PLC0415 - a peer that may be absent

    graph = nx.DiGraph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(zip(*(column.tolist() for column in arcs), strict=True))
    _agree(nx.dijkstra_path_length(graph, *pair), expected_min)
    one_tree = timed(lambda: nx.single_source_dijkstra_path_length(graph, pair[0]))
    yield Row("one tree", "networkx", one_tree)
    yield Row("two trees", "networkx", 2 * one_tree)


def _igraph(arcs: Arcs, count: int, pair: tuple[int, int], expected_min: float) -> Iterator[Row]:
    import igraph  # noqa: PLC0415 - a peer that may be absent

    graph = igraph.Graph(n=count, edges=np.column_stack(arcs[:2]), directed=True)
    weights = arcs.minutes.tolist()
    _agree(graph.distances(*pair, weights)[0][0], expected_min)
    one_tree = timed(lambda: graph.distances(pair[0], None, weights))
    yield Row("one tree", "igraph", one_tree)
    yield Row("two trees", "igraph", 2 * one_tree)
    paths = timed(lambda: graph.get_k_shortest_paths(*pair, K, weights=weights), 1)
    yield Row(f"{K} shortest paths", "igraph", paths)


def _rustworkx(arcs: Arcs, count: int, pair: tuple[int, int], expected_min: float) -> Iterator[Row]:
    import rustworkx as rx  # noqa: PLC0415 - a peer that may be absent

    graph = rx.PyDiGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(list(zip(*(column.tolist() for column in arcs), strict=True)))
    _agree(rx.dijkstra_shortest_path_lengths(graph, pair[0], float, pair[1])[pair[1]], expected_min)
    one_tree = timed(lambda: rx.dijkstra_shortest_path_lengths(graph, pair[0], float))
    yield Row("one tree", "rustworkx", one_tree)
    yield Row("two trees", "rustworkx", 2 * one_tree)


def _pandana(arcs: Arcs, count: int, pair: tuple[int, int], expected_min: float) -> Iterator[Row]:
    import pandana  # noqa: PLC0415 - a peer that may be absent

    places, minutes = pd.Series(np.arange(count, dtype=float)), pd.DataFrame({"minutes": arcs.minutes})
    before = time.process_time()
    graph = pandana.Network(places, places, pd.Series(arcs.tail), pd.Series(arcs.head), minutes, twoway=False)
    yield Row("contraction", "pandana", time.process_time() - before)
    _agree(graph.shortest_path_length(*pair), expected_min)
    sides = [np.repeat(node, PAIRS) for node in pair]
    yield Row(f"{PAIRS} pairs on it", "pandana", timed(lambda: graph.shortest_path_lengths(*sides)))


def _agree(found_min: float, expected_min: float) -> None:
    if not np.isclose(found_min, expected_min, rtol=1e-3):  # pandana counts in thousandths
        sys.exit(f"a peer finds {found_min} minutes, not {expected_min}")


def timed(call: Callable[[], Any], runs: int = 3) -> float:
    """Give the least CPU seconds of some runs."""
    seconds = []
    for _ in range(runs):
        before = time.process_time()
        call()
        seconds.append(time.process_time() - before)
    return min(seconds)


def _installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _peak_mb(path: Path, drop_lines: str) -> float:
    """Give the peak memory of a process that does all this once, for one pair; of Linux."""
    asked = [sys.executable, "-m", "benchmarks.corridors", str(path), "--peak", drop_lines]
    return float(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)  # noqa: S603


def _peak(path: Path, drop_lines: str) -> None:
    network = load_network(path)
    if drop_lines == "yes":
        edges = pd.DataFrame(network.edges.drop(columns="geometry"))
        network = RoadNetwork(network.nodes, edges)
    of_day = with_borders(network, load_crossings(ACTION), Travel(ACTION))
    origins, destinations = ends()
    alternative_routes(of_day, origins[0], destinations[0])
    corridor(of_day, origins[0], destinations[0])
    CrossingGraph.build(of_day, origins, destinations)
    status = Path("/proc/self/status").read_text("utf-8")
    sys.stdout.write(str(int(status.split("VmHWM:")[1].split()[0]) / 1024))


if __name__ == "__main__":
    if "--peak" in sys.argv:
        _peak(Path(sys.argv[1]), sys.argv[3])
    else:
        with detailed_file(sys.argv[1:]) as file:
            main(file)
