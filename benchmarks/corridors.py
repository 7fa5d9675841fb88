"""
Compare the time that a corridor takes with networkx on the same network, in the same run.

Run `python -m benchmarks.corridors` in the project folder. Both find the quickest times from the origin and
to the destination and the roads within 5 % of the best route that lead through; both must find the same ones.
Building the graph, which is done once, is timed apart. Seconds are of CPU, the least of three runs.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from geoanalysis.network.corridor import BORDER_DELAY_MIN, SIDE_ROAD_MIN, TOLERANCE
from geoanalysis.network.graph import Graph, graph_of, tree_from
from geoanalysis.network.snap import nearest_node
from geoanalysis.network.ways import leads_through
from geoanalysis.reference import Roads, find_place, load_places, load_roads

ROUTES = (
    ("Istanbul", "Vienna"),
    ("Thessaloniki", "Munich"),
    ("Durrës", "Vienna"),
    ("Odesa", "Budapest"),
)
ACTION = date(2022, 10, 26)
RUNS = 3
Ends = set[tuple[int, int]]


def ours(graph: Graph, start: int, end: int) -> Ends:
    """Find the roads of the corridor, by their ends, with the project's own search."""
    out, back = tree_from(graph, start).minutes, tree_from(graph, end).minutes
    through = out[graph.tail] + graph.minutes + back[graph.head]
    near = np.unique(graph.road[through <= (1 + TOLERANCE) * out[end]])
    kept = near[leads_through(graph.tail[near], graph.head[near], start, end)]
    return {(int(a), int(b)) for a, b in np.sort([graph.tail[kept], graph.head[kept]], axis=0).T}


def theirs(graph: nx.Graph, start: int, end: int) -> Ends:
    """Find them with networkx."""
    out, back = (
        nx.single_source_dijkstra_path_length(graph, node, weight="minutes") for node in (start, end)
    )
    most = (1 + TOLERANCE) * out[end]
    near = nx.Graph(
        (a, b)
        for a, b, minutes in graph.edges(data="minutes")
        if a in out and b in back and min(out[a] + back[b], out[b] + back[a]) + minutes <= most
    )
    near.add_edge(start, end)
    blocks = nx.biconnected_component_edges(near)
    block = next(edges for edges in blocks if (start, end) in edges or (end, start) in edges)
    return {(min(edge), max(edge)) for edge in block} - {(min(start, end), max(start, end))}


def networkx_graph(roads: Roads, graph: Graph) -> nx.Graph:
    """Give the same network to networkx; of parallel roads the quickest."""
    half = len(roads.edges)
    arcs = pd.DataFrame({"tail": graph.tail, "head": graph.head, "minutes": graph.minutes})[:half]
    arcs = arcs.sort_values("minutes", ascending=False)
    return nx.from_pandas_edgelist(arcs, "tail", "head", "minutes")


def timed(call: Callable[..., Any], *arguments: object) -> tuple[float, Any]:
    """Give the least CPU seconds of some runs, and the result."""
    least, result = float("inf"), None
    for _ in range(RUNS):
        before = time.process_time()
        result = call(*arguments)
        least = min(least, time.process_time() - before)
    return least, result


def compare() -> pd.DataFrame:
    """Give CPU seconds of both and their ratio: for making the graph, and for each route."""
    roads, places = load_roads(ACTION), load_places()
    our_s, graph = timed(graph_of, roads, BORDER_DELAY_MIN, SIDE_ROAD_MIN)
    their_s, their_graph = timed(networkx_graph, roads, graph)
    rows = [("(making the graph)", len(roads.edges), our_s, their_s)]
    for route in ROUTES:
        start, end = (nearest_node(find_place(name, places), roads)[0] for name in route)
        our_s, our_roads = timed(ours, graph, start, end)
        their_s, their_roads = timed(theirs, their_graph, start, end)
        assert our_roads == their_roads, f"{route}: {len(our_roads ^ their_roads)} roads differ"
        rows.append((" - ".join(route), len(our_roads), our_s, their_s))
    table = pd.DataFrame(rows, columns=["route", "roads", "ours_s", "networkx_s"])
    return table.assign(ratio=table["networkx_s"] / table["ours_s"]).set_index("route")


def main() -> int:
    """Print the table."""
    formats = {"ours_s": "{:.3f}".format, "networkx_s": "{:.3f}".format, "ratio": "{:.1f}".format}
    print(compare().to_string(formatters=formats))
    return 0


if __name__ == "__main__":
    sys.exit(main())
