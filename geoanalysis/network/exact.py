"""
Alternative routes on a small network, exactly: each the best that shares little enough with those before.

Routes are built node by node, the most promising first; what already shares too much, takes too long or
comes back to a node is dropped. So routes come out in the order of their minutes, and each is the quickest of
all that differ enough from those before it (k shortest paths with limited overlap by one pass: Chondrogiannis
et al., Finding k-Shortest Paths with Limited Overlap, VLDB Journal 29, 2020). With all overlap allowed they
are the k shortest simple paths. The effort grows exponentially with the network.
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count
from typing import Final, NamedTuple

import numpy as np

from geoanalysis.network.arcs import Graph
from geoanalysis.network.routes import Limits, Pair, Route, shared_min

_ROUNDING_MIN: Final = 1e-9
_MOST_TRIED: Final = 200_000


class _Begun(NamedTuple):
    """The beginning of a route, in the order in which beginnings are taken up; `number` decides ties."""

    at_least_min: float
    number: int
    minutes: float
    nodes: tuple[int, ...]
    arcs: tuple[int, ...]
    arrived: bool


def exact_routes(pair: Pair, limits: Limits) -> list[Route] | None:
    """Give up to `limits.k` routes, quickest first; None if too many would have to be tried."""
    numbers = count()
    heap = [
        _Begun(
            float(minutes + pair.left_min[node]),
            next(numbers),
            float(minutes),
            (int(node),),
            (),
            arrived=False,
        )
        for node, minutes in zip(pair.origin.nodes, pair.origin.minutes, strict=True)
    ]
    heap.sort()
    longest_min = limits.stretch * pair.best_min + _ROUNDING_MIN
    found: list[Route] = []
    while heap and len(found) < limits.k and heap[0].at_least_min <= longest_min:
        begun = heappop(heap)
        if begun.number > _MOST_TRIED:
            return None
        if _shares_too_much(pair.graph, begun, found, limits.max_overlap):
            continue
        if begun.arrived:
            found.append(Route(np.array(begun.nodes), np.array(begun.arcs, dtype="int64"), begun.minutes))
        for longer in () if begun.arrived else _longer(pair, begun, numbers):
            heappush(heap, longer)
    return found


def _longer(pair: Pair, begun: _Begun, numbers: Iterator[int]) -> Iterator[_Begun]:
    """Give the beginning with its arrival, if it is at the destination, and with each arc that leads on."""
    graph, last = pair.graph, begun.nodes[-1]
    for access_min in pair.destination.minutes[pair.destination.nodes == last]:
        minutes = begun.minutes + float(access_min)
        yield begun._replace(at_least_min=minutes, number=next(numbers), minutes=minutes, arrived=True)
    for arc in range(graph.indptr[last], graph.indptr[last + 1]):
        node = int(graph.head[graph.quickest[arc]])
        if node not in begun.nodes and np.isfinite(pair.left_min[node]):
            minutes = begun.minutes + float(graph.minutes[graph.quickest[arc]])
            at_least_min = minutes + float(pair.left_min[node])
            yield _Begun(
                at_least_min, next(numbers), minutes, (*begun.nodes, node), (*begun.arcs, arc), arrived=False
            )


def _shares_too_much(graph: Graph, begun: _Begun, found: list[Route], max_overlap: float) -> bool:
    route = Route(np.array(begun.nodes), np.array(begun.arcs, dtype="int64"), begun.minutes)
    return any(
        shared_min(graph, route, other) > max_overlap * other.minutes + _ROUNDING_MIN for other in found
    )
