"""
Alternative routes on a large network: searched again and again with the roads found before made slower.

Each round takes the quickest route, then makes its roads slower by a factor, so that later rounds leave them
where that costs little (the penalty method, as in Bader et al., Alternative Route Graphs in Road Networks,
TAPAS 2011). The search runs on minutes reduced by what is left of the way, so that it looks only where a
route not much longer than the best may lead.

What a penalty drives off a road for a few minutes only is no alternative: where a route leaves or joins those
before it, it must be locally optimal (the T-test of Abraham et al., Alternative Routes in Road Networks, ACM
Journal of Experimental Algorithmics 18, 2013): the stretch around that point must itself be a quickest way.
Where it is not, it is replaced by one.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from geoanalysis.network.arcs import Access, Bools, Floats, Ints, path_from, search
from geoanalysis.network.routes import Limits, Pair, Route, differs

_PENALTY: Final = 1.4
_ROUNDS: Final = 30
_IN_VAIN: Final = 4
"""So many rounds without a new route end the search."""
_FIRST_LOOK: Final = 0.1
"""How much longer than the best, as a share, the first look of a round goes; each further one twice that."""
_LOCAL: Final = 0.2
"""The stretch that must be a quickest way, as a share of the best route's minutes."""
_CLEARLY_MIN: Final = 1e-6
_FAR_MIN: Final = 1e9
"""Stands for what is left of the way where none leads to the destination."""


def penalised_routes(pair: Pair, limits: Limits) -> list[Route]:
    """Give up to `limits.k` routes, quickest first, each differing from all others as the limits say."""
    within, nodes, arcs = _within(pair, limits.stretch)
    routes = _routes(within, limits)
    return [Route(nodes[route.nodes], arcs[route.arcs], route.minutes) for route in routes]


def _within(pair: Pair, stretch: float) -> tuple[Pair, Ints, Ints]:
    """Give the pair on the part of the network that routes within the stretch use, its nodes and arcs."""
    detour_min = _Looking.of(pair).detours_min((stretch - 1) * pair.best_min + _CLEARLY_MIN)
    nodes = np.flatnonzero(np.isfinite(detour_min))
    graph, arcs = pair.graph.among(nodes)
    origin, destination = _renumbered(pair.origin, nodes), _renumbered(pair.destination, nodes)
    return Pair(graph, origin, destination, pair.left_min[nodes]), nodes, arcs


def _renumbered(access: Access, nodes: Ints) -> Access:
    kept = np.isin(access.nodes, nodes)
    return Access(np.searchsorted(nodes, access.nodes[kept]), access.minutes[kept])


def _routes(pair: Pair, limits: Limits) -> list[Route]:
    looking = _Looking.of(pair)
    penalised = looking.minutes.copy()
    found: list[Route] = []
    in_vain = 0
    while len(found) < limits.k and in_vain < _IN_VAIN:
        route = looking.quickest(penalised)
        new = looking.alternative(route, found, limits)
        found += [] if new is None else [new]
        in_vain = 0 if new else in_vain + 1
        looking.make_slower(penalised, route)
    return sorted(found, key=lambda route: route.minutes)


class _Stretch(NamedTuple):
    """A stretch of a route, by its first and last node, and the minutes passed at every node of the route."""

    first: int
    last: int
    middle_min: float
    passed_min: Floats


@dataclass(frozen=True, eq=False)
class _Looking:
    """A pair with minutes reduced by what is left of the way: all zeros along the best route."""

    pair: Pair
    minutes: Floats
    gained: Floats
    reduced: Floats
    indices: np.ndarray
    root: Access

    @classmethod
    def of(cls, pair: Pair) -> "_Looking":
        graph, access = pair.graph, pair.origin
        minutes, head = graph.minutes[graph.quickest], graph.head[graph.quickest]
        left = np.where(np.isfinite(pair.left_min), pair.left_min, _FAR_MIN)
        gained = left[graph.tail[graph.quickest]] - left[head]
        detour_min = np.maximum(access.minutes + left[access.nodes] - pair.best_min, 0)
        reduced = np.maximum(minutes - gained, 0)
        return cls(pair, minutes, gained, reduced, head.astype("int32"), Access(access.nodes, detour_min))

    def detours_min(self, most_min: float) -> Floats:
        """Give how many minutes more than the best a route by way of each node takes; infinite beyond."""
        return self._search(self.reduced, self.root, most_min)[0]

    def quickest(self, minutes: Floats) -> Route:
        """Find the quickest route at these minutes, looking farther and farther from the best."""
        ends, left = self.pair.destination, self.pair.left_min
        reduced = np.maximum(minutes - self.gained, 0)
        look_min = _FIRST_LOOK * self.pair.best_min
        while True:
            detour_min, before = self._search(reduced, self.root, look_min)
            arrived = detour_min[ends.nodes] + ends.minutes - left[ends.nodes]
            if arrived.min() <= look_min:
                node = int(ends.nodes[arrived.argmin()])
                return Route.along(self.pair, path_from(before, node)[::-1])
            look_min *= 2

    def alternative(self, route: Route, found: list[Route], limits: Limits) -> Route | None:
        """Give a route mended, if it is within the limits then."""
        graph, longest_min = self.pair.graph, limits.stretch * self.pair.best_min + _CLEARLY_MIN
        if not differs(graph, route, found, limits.max_overlap):
            return None
        mended = self._mended(route, found)
        kept = mended.minutes <= longest_min and differs(graph, mended, found, limits.max_overlap)
        return mended if kept else None

    def _mended(self, route: Route, found: list[Route]) -> Route:
        """Replace stretches that are no quickest ways where the route leaves or joins those found before."""
        taken = np.zeros(self.pair.graph.edge.max() + 1, dtype=bool)
        for other in found:
            taken[other.edges(self.pair.graph)] = True
        checked_min = 0.0
        while (stretch := self._next_stretch(route, taken, checked_min)) is not None:
            shorter = self._shortened(route, stretch)
            route, checked_min = (shorter, checked_min) if shorter else (route, stretch.middle_min)
        return route

    def make_slower(self, minutes: Floats, route: Route) -> None:
        """Make the roads of a route slower, both ways."""
        graph = self.pair.graph
        back = graph.find(route.nodes[1:], route.nodes[:-1]).clip(max=len(graph.quickest) - 1)
        arcs = graph.quickest[back]
        there = (graph.tail[arcs] == route.nodes[1:]) & (graph.head[arcs] == route.nodes[:-1])
        minutes[np.union1d(route.arcs, back[there])] *= _PENALTY

    def _search(self, reduced: Floats, root: Access, look_min: float) -> tuple[Floats, np.ndarray]:
        arcs = (reduced, self.indices, self.pair.graph.indptr)
        trees = search(self.pair.graph.count, arcs, [root], look_min)
        return trees.minutes[0], trees.before[0]

    def _next_stretch(self, route: Route, taken: Bools, checked_min: float) -> _Stretch | None:
        """Give the next stretch around a point where the route leaves or joins roads taken, if any."""
        passed = np.concatenate([[0.0], np.cumsum(route.arc_minutes(self.pair.graph))])
        parts = np.flatnonzero(np.diff(taken[route.edges(self.pair.graph)]))
        local_min = _LOCAL * self.pair.best_min
        middles = passed[parts + 1]
        middles = middles[middles > checked_min + local_min / 4] if checked_min else middles
        if len(middles) == 0:
            return None
        middle_min = float(middles[0] + local_min / 4)
        first = np.searchsorted(passed, middle_min - local_min / 2, side="right") - 1
        last = np.searchsorted(passed, middle_min + local_min / 2)
        return _Stretch(max(int(first), 0), min(int(last), len(passed) - 1), middle_min, passed)

    def _shortened(self, route: Route, stretch: _Stretch) -> Route | None:
        """Give the route with that stretch replaced by the quickest way, or None if it is one."""
        left, (first, last) = self.pair.left_min, (stretch.first, stretch.last)
        start, end = int(route.nodes[first]), int(route.nodes[last])
        detour = stretch.passed_min[last] - stretch.passed_min[first] - left[start] + left[end]
        root = Access(np.array([start]), np.zeros(1))
        found, before = self._search(self.reduced, root, max(detour, 0.0))
        if not found[end] < detour - _CLEARLY_MIN:
            return None
        middle = path_from(before, end)[::-1]
        nodes = np.concatenate([route.nodes[:first], middle, route.nodes[last + 1 :]])
        return Route.along(self.pair, _without_loops(nodes))


def _without_loops(nodes: Ints) -> Ints:
    """Leave out what lies between two visits of one node."""
    if len(np.unique(nodes)) == len(nodes):
        return nodes
    last = {int(node): place for place, node in enumerate(nodes)}
    kept, place = [], 0
    while place < len(nodes):
        place = last[int(nodes[place])]
        kept.append(int(nodes[place]))
        place += 1
    return np.array(kept)
