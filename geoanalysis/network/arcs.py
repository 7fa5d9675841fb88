"""
Arcs with minutes, and quickest ways over them: the arrays under a road network.

The searches are scipy's, chosen by measurement: see `benchmarks/corridors.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Steps = npt.NDArray[np.int32]
"""The next node on a way, for each node."""

Arcs: TypeAlias = tuple[Floats, npt.NDArray[np.int32], npt.NDArray[np.int32]]

ROOT: Final = -9999
"""Stands for "no node before this one", as scipy has it."""


@dataclass(frozen=True, eq=False)
class Access:
    """Where a trip gets on or off the roads: nodes, and the minutes between each and the place itself."""

    nodes: Ints
    minutes: Floats


@dataclass(frozen=True, eq=False)
class Graph:
    """
    One-way arcs, sorted by first and last node; of parallel arcs the quickest comes first.

    `minutes` includes the delay on arriving at `head`. `edge` is the road that an arc comes from, `quickest`
    the places in the arrays of the arcs that searches use: the first of each ordered pair of nodes.
    """

    count: int
    tail: Ints
    head: Ints
    minutes: Floats
    edge: Ints
    quickest: Ints
    indptr: npt.NDArray[np.int32]

    @classmethod
    def of(cls, tail: Ints, head: Ints, minutes: Floats, edge: Ints, delay_min: Floats) -> "Graph":
        """Sort arcs and leave out those that nobody gets through."""
        count = len(delay_min)
        total = minutes + delay_min[head]
        usable = np.isfinite(total) & np.isfinite(delay_min[tail])
        order = np.flatnonzero(usable)
        order = order[np.lexsort((total[order], head[order], tail[order]))]
        tail, head = tail[order], head[order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
        quickest = np.flatnonzero(first)
        return cls(
            count=count,
            tail=tail,
            head=head,
            minutes=total[order],
            edge=edge[order],
            quickest=quickest,
            indptr=_starts(tail[quickest], count),
        )

    def among(self, nodes: Ints) -> tuple["Graph", Ints]:
        """Give the quickest arcs among some nodes, numbered anew in their order, and their places."""
        number = np.full(self.count, -1)
        number[nodes] = np.arange(len(nodes))
        tail, head = number[self.tail[self.quickest]], number[self.head[self.quickest]]
        inside = np.flatnonzero((tail >= 0) & (head >= 0))
        arcs = self.quickest[inside]
        part = Graph(
            count=len(nodes),
            tail=tail[inside],
            head=head[inside],
            minutes=self.minutes[arcs],
            edge=self.edge[arcs],
            quickest=np.arange(len(arcs)),
            indptr=_starts(tail[inside], len(nodes)),
        )
        return part, inside

    @cached_property
    def back(self) -> "Transposed":
        """The quickest arcs by last node."""
        return Transposed.of(self.tail[self.quickest], self.head[self.quickest], self.count)

    def matrix(self) -> csr_array:
        """Give the quickest arcs as a matrix of minutes."""
        shape = (self.count, self.count)
        return csr_array(
            (self.minutes[self.quickest], self.head[self.quickest].astype("int32"), self.indptr), shape=shape
        )

    def between(self, nodes: Ints) -> Ints:
        """Give, as places among the quickest, the arcs along a path of nodes."""
        return self.find(nodes[:-1], nodes[1:])

    def find(self, tail: Ints, head: Ints) -> Ints:
        """Give the places among the quickest of arcs that are there; of one that is not, some other's."""
        return np.searchsorted(self._keys, tail * self.count + head)

    @cached_property
    def _keys(self) -> Ints:
        return self.tail[self.quickest] * self.count + self.head[self.quickest]


@dataclass(frozen=True, eq=False)
class Transposed:
    """The quickest arcs by last node: `order` puts them so."""

    order: Ints
    indices: npt.NDArray[np.int32]
    indptr: npt.NDArray[np.int32]

    @classmethod
    def of(cls, tail: Ints, head: Ints, count: int) -> "Transposed":
        """Sort arcs by last node."""
        order = np.argsort(head, kind="stable")
        return cls(order, tail[order].astype("int32"), _starts(head[order], count))


@dataclass(frozen=True, eq=False)
class Trees:
    """
    The quickest ways from some roots (or to them), a row each.

    `minutes` to every node, infinite where none leads there; `before`, the node before it on the way from the
    root (or after it on the way to the root), `ROOT` at the root's own nodes and where none leads.
    """

    minutes: Floats
    before: npt.NDArray[np.int32]


def trees_from(graph: Graph, roots: Sequence[Access]) -> Trees:
    """Find the quickest ways from each root to all nodes."""
    arcs = (graph.minutes[graph.quickest], graph.head[graph.quickest].astype("int32"), graph.indptr)
    return search(graph.count, arcs, roots)


def trees_to(graph: Graph, roots: Sequence[Access]) -> Trees:
    """Find the quickest ways from all nodes to each root."""
    back = graph.back
    arcs = (graph.minutes[graph.quickest][back.order], back.indices, back.indptr)
    return search(graph.count, arcs, roots)


def path_from(before: npt.NDArray[np.int32], node: int) -> Ints:
    """Give the nodes from a node up to the root of its tree."""
    path = [node]
    while (node := int(before[node])) >= 0:
        path.append(node)
    return np.array(path)


def search(
    count: int,
    arcs: Arcs,
    roots: Sequence[Access],
    limit_min: float = np.inf,
) -> Trees:
    """
    Search from roots that are hung on as nodes of their own, with an arc to each of their nodes.

    Parameters
    ----------
    count
        Of nodes.
    arcs
        Their minutes, last nodes and, for each first node, where its arcs start.
    roots
        One tree each.
    limit_min
        How far to search.
    """
    data, indices, indptr = arcs
    sizes = np.cumsum([len(root.nodes) for root in roots])
    matrix = csr_array(
        (
            np.concatenate([data, *(root.minutes for root in roots)]),
            np.concatenate([indices, *(root.nodes.astype("int32") for root in roots)]),
            np.concatenate([indptr, (indptr[-1] + sizes).astype("int32")]),
        ),
        shape=(count + len(roots), count + len(roots)),
    )
    hung_on = np.arange(count, count + len(roots))
    minutes, before = dijkstra(matrix, indices=hung_on, return_predecessors=True, limit=limit_min)
    before = before[:, :count]
    return Trees(minutes[:, :count], np.where(before >= count, np.int32(ROOT), before))


def _starts(rows: Ints, count: int) -> npt.NDArray[np.int32]:
    """Give where each row starts in sorted row numbers, as a sparse matrix keeps it."""
    return np.searchsorted(rows, np.arange(count + 1)).astype("int32")
