"""
All roads that cost little more time than the best route, pruned to what can be read on a map.

For every place there is a quickest route by way of it. Near the best route most of these leave it only for a
street or two; what counts is the plateau of such a route: the stretch along which it stays the quickest way
by (Camvit's choice routing; Abraham et al., Alternative Routes in Road Networks, ACM Journal of Experimental
Algorithmics 18, 2013, section 5). Kept are the whole routes whose plateau is long enough.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from geoanalysis.network.arcs import Bools, Floats, Graph, Ints, Steps

_SAME_MIN: Final = 1e-6


@dataclass(frozen=True, eq=False)
class Sides:
    """Two trees of a pair: minutes from the origin and to the destination, and the nodes before and after."""

    out_min: Floats
    before: Steps
    left_min: Floats
    after: Steps


@dataclass(frozen=True, eq=False)
class _Side:
    """
    One of the two trees, on the nodes within the tolerance, numbered anew.

    `next_node` is the node towards the root (-1 at its end), `step_min` the minutes to it.
    """

    next_node: Ints
    step_min: Floats
    minutes: Floats


@dataclass(frozen=True, eq=False)
class _Near:
    """The arcs within the tolerance, by their ends numbered anew, and what they and the nodes cost more."""

    arcs: Ints
    tail: Ints
    head: Ints
    arc_slack: Floats
    slack: Floats


def detours(graph: Graph, sides: Sides, best_min: float, tolerance: float, variant: float) -> Floats:
    """
    Give the detour of every arc of the pruned corridor of one pair; infinite for all others.

    For an arc from u to v that takes t minutes,

        detour = (minutes from the origin to u + t + minutes from v to the destination) / best - 1

    Parameters
    ----------
    graph
        The roads.
    sides
        The trees from the origin and to the destination.
    best_min
        Minutes of the best route.
    tolerance
        The largest detour.
    variant
        The shortest plateau, as a share of the best route's minutes.
    """
    nodes = np.flatnonzero(sides.out_min + sides.left_min <= best_min * (1 + tolerance) + _SAME_MIN)
    number = np.full(graph.count, -1)
    number[nodes] = np.arange(len(nodes))
    near = _near(graph, sides, number, best_min, tolerance)
    trees = [
        _side(minutes[nodes], steps[nodes], number)
        for minutes, steps in ((sides.out_min, sides.before), (sides.left_min, sides.after))
    ]
    kept = _kept(near, trees, graph.minutes[near.arcs], variant * best_min)
    found = np.full(len(graph.tail), np.inf)
    found[near.arcs[kept]] = near.arc_slack[kept].clip(min=0) / best_min
    return found


def _near(graph: Graph, sides: Sides, number: Ints, best_min: float, tolerance: float) -> _Near:
    arcs = np.flatnonzero((number[graph.tail] >= 0) & (number[graph.head] >= 0))
    through = sides.out_min[graph.tail[arcs]] + graph.minutes[arcs] + sides.left_min[graph.head[arcs]]
    within = through <= best_min * (1 + tolerance) + _SAME_MIN
    arcs, inside = arcs[within], number >= 0
    slack = sides.out_min[inside] + sides.left_min[inside] - best_min
    return _Near(arcs, number[graph.tail[arcs]], number[graph.head[arcs]], through[within] - best_min, slack)


def _kept(near: _Near, trees: list[_Side], minutes: Floats, long_min: float) -> Bools:
    """Tell which arcs lie on the best route or on one whose plateau is long enough."""
    slack, tail, head = near.slack, near.tail, near.head
    good = (sum(_reach(side, slack) for side in trees) >= long_min) | (slack <= _SAME_MIN)
    in_no_tree = near.arc_slack > np.maximum(slack[tail], slack[head]) + _SAME_MIN
    own_plateau = minutes - near.arc_slack + (slack[tail] + slack[head]) / 2
    beside = in_no_tree & (own_plateau >= long_min)
    from_origin, to_destination = good.copy(), good.copy()
    from_origin[tail[beside]] = True
    to_destination[head[beside]] = True
    out = _on_ways(trees[0], from_origin, head, tail)
    return beside | out | _on_ways(trees[1], to_destination, tail, head)


def _side(minutes: Floats, before: Steps, number: Ints) -> _Side:
    following = np.where(before >= 0, number[before.clip(min=0)], -1)
    step_min = np.where(following >= 0, minutes - minutes[following.clip(min=0)], 0.0)
    return _Side(following, step_min, minutes)


def _reach(side: _Side, slack: Floats) -> Floats:
    """
    Give how far the quickest route by way of each node stays the quickest way by, towards one root.

    Along a step to a node of the same slack all of it does, and what follows. Along one to a node of less
    slack it does up to the point from which turning to that node's own route is as quick.
    """
    following = side.next_node
    there = following >= 0
    gain = np.where(there, slack - slack[following.clip(min=0)], 0.0)
    reach = (side.step_min - gain / 2).clip(min=0)
    pointer = np.where(there & (np.abs(gain) <= _SAME_MIN), following, -1)
    while (pointer >= 0).any():  # twice as far in every round
        on = np.flatnonzero(pointer >= 0)
        reach[on] += reach[pointer[on]]
        pointer[on] = pointer[pointer[on]]
    return reach


def _on_ways(side: _Side, wanted: Bools, near_end: Ints, far_end: Ints) -> Bools:
    """Tell which arcs lie on the ways from the wanted nodes to the root: those that are a step of one."""
    marked, following = wanted.tolist(), side.next_node.tolist()
    for node in np.argsort(-side.minutes, kind="stable").tolist():
        if marked[node] and following[node] >= 0:
            marked[following[node]] = True
    passed = np.array(marked, dtype=bool)
    return np.asarray(passed[near_end] & (side.next_node[near_end] == far_end))
