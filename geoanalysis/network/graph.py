"""A road network as travel times: plain arrays for the shortest-path search."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geoanalysis.reference import Roads

SPEED_KM_H: Final = 80.0
"""The one speed of the schematic network, which does not tell a motorway from a street."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Graph:
    """
    Every road in both directions: arcs with their minutes, and the row of the road that each comes from.

    `matrix` holds the quickest of parallel arcs, node by node, in minutes.
    """

    tail: Ints
    head: Ints
    minutes: Floats
    road: Ints
    matrix: csr_array


@dataclass(frozen=True)
class Tree:
    """The quickest ways from one node: minutes to every node (or inf), and the node before it (or -9999)."""

    minutes: Floats
    before: Ints


def graph_of(roads: Roads, border_delay_min: float, side_road_min: float = 0) -> Graph:
    """
    Turn roads into minutes.

    A road takes its length at `SPEED_KM_H`; a crossing adds `border_delay_min`, and `side_road_min` more if
    it is off the E roads, half on each of its links.
    """
    delays_min = (roads.edges["crossing_id"] != "") * border_delay_min + roads.edges[
        "side_road"
    ] * side_road_min
    minutes = (roads.edges["km"] / SPEED_KM_H * 60 + delays_min / 2).to_numpy("float64")
    ends = [roads.edges[end].to_numpy("int64") for end in ("from_node", "to_node")]
    tail, head = np.concatenate(ends), np.concatenate(ends[::-1])
    matrix = _quickest(tail, head, np.tile(minutes, 2), len(roads.nodes))
    return Graph(tail, head, np.tile(minutes, 2), np.tile(np.arange(len(minutes)), 2), matrix)


def tree_from(graph: Graph, node: int) -> Tree:
    """Find the quickest ways from a node to all others."""
    minutes, before = dijkstra(graph.matrix, indices=node, return_predecessors=True)
    return Tree(minutes, before.astype("int64"))


def path_to(tree: Tree, node: int) -> list[int]:
    """Give the nodes of the quickest way from the tree's root to a node that it reaches."""
    path = [node]
    while tree.before[path[-1]] >= 0:
        path.append(int(tree.before[path[-1]]))
    return path[::-1]


def _quickest(tail: Ints, head: Ints, minutes: Floats, count: int) -> csr_array:
    """Keep the quickest of parallel arcs; the sparse constructor would add them up."""
    arcs = pd.DataFrame({"tail": tail, "head": head, "minutes": minutes})
    quickest = arcs.groupby(["tail", "head"], as_index=False)["minutes"].min()
    return csr_array((quickest["minutes"], (quickest["tail"], quickest["head"])), shape=(count, count))
