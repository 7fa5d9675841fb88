"""Routes between two ends, and what must hold among alternatives."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from geoanalysis.network.arcs import Access, Floats, Graph, Ints


@dataclass(frozen=True, eq=False)
class Pair:
    """
    An origin, a destination, and what is left of the way.

    `left_min` are the quickest minutes from every node to the destination.
    """

    graph: Graph
    origin: Access
    destination: Access
    left_min: Floats

    @property
    def best_min(self) -> float:
        """The minutes of the quickest route; infinite where none leads through."""
        return float((self.origin.minutes + self.left_min[self.origin.nodes]).min())


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How alternatives may differ.

    Attributes
    ----------
    k
        How many routes there are at most, the best among them.
    stretch
        How long one may take at most, in times of the best.
    max_overlap
        How much of its time it may share with another at most, as a share of the quicker one's.
    """

    k: int = 5
    stretch: float = 1.4
    max_overlap: float = 0.5


@dataclass(frozen=True, eq=False)
class Route:
    """A way from origin to destination: its nodes, its arcs (places among the quickest), and its minutes."""

    nodes: Ints
    arcs: Ints
    minutes: float

    @classmethod
    def along(cls, pair: Pair, nodes: Ints) -> "Route":
        """Give the route over nodes that follow each other, with the access at both ends."""
        graph = pair.graph
        arcs = graph.between(nodes)
        on = _least(pair.origin, nodes[0]) + _least(pair.destination, nodes[-1])
        return cls(nodes, arcs, float(graph.minutes[graph.quickest[arcs]].sum()) + on)

    def edges(self, graph: Graph) -> Ints:
        """Give the roads that it takes, in order."""
        return graph.edge[graph.quickest[self.arcs]]

    def arc_minutes(self, graph: Graph) -> Floats:
        """Give the minutes of each of its arcs."""
        return graph.minutes[graph.quickest[self.arcs]]


def shared_min(graph: Graph, route: Route, other: Route) -> float:
    """Give the minutes of a route on roads that another takes too."""
    return float(route.arc_minutes(graph)[np.isin(route.edges(graph), other.edges(graph))].sum())


def overlap(graph: Graph, route: Route, other: Route) -> float:
    """Give the minutes that two routes share, as a share of the quicker one's."""
    quicker = min(route.minutes, other.minutes)
    return shared_min(graph, route, other) / quicker if quicker else 1.0


def differs(graph: Graph, route: Route, others: Iterable[Route], max_overlap: float) -> bool:
    """Tell whether a route shares little enough with each of the others."""
    return all(overlap(graph, route, other) <= max_overlap + 1e-9 for other in others)


def _least(access: Access, node: int) -> float:
    """Give the minutes between a place and a node that it is joined to; none from a node of its own."""
    at = access.nodes == node
    return float(access.minutes[at].min(initial=np.inf))
