"""Which roads lead through from one place to another, and which only there and back."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import depth_first_order

from geoanalysis.network.graph import Bools, Ints


def leads_through(tail: Ints, head: Ints, start: int, end: int) -> Bools:
    """
    Tell which roads lie on some way from start to end that passes no node twice.

    A road there and back lies on none, nor does a loop that begins and ends at one node. With a road from end
    back to start added, those that do are the roads in its block (biconnected component); blocks are found by
    depth-first search (Hopcroft and Tarjan, Communications of the ACM 16, 1973).

    Parameters
    ----------
    tail, head
        The two ends of each road, which is driven both ways.
    start, end
        Two different nodes.
    """
    nodes, codes = np.unique(np.concatenate([[start], tail, [end], head]), return_inverse=True)
    ends_a, ends_b = codes.reshape(2, -1)  # the first pair is the road back
    order, before = _depth_first(ends_a, ends_b, len(nodes))
    block = _blocks(order, before, _earliest_met(ends_a, ends_b, order, before))
    inside = block == block[ends_a[0]]
    inside[ends_b[0]] = True
    return np.asarray((inside[ends_a] & inside[ends_b])[1:])


def _depth_first(ends_a: Ints, ends_b: Ints, count: int) -> tuple[Ints, Ints]:
    """Give the nodes in the order of a search from the end of the first road, and the node before each."""
    matrix = csr_array((np.ones(len(ends_a)), (ends_a, ends_b)), shape=(count, count))
    order, before = depth_first_order(matrix, ends_b[0], directed=False)
    return order.astype("int64"), before.astype("int64")


def _earliest_met(ends_a: Ints, ends_b: Ints, order: Ints, before: Ints) -> Ints:
    """Give, as a place in the order, the earliest node joined to each node or to any found through it."""
    place = np.full(len(before), len(before))
    place[order] = np.arange(len(order))
    earliest = np.full(len(before), len(before))
    np.minimum.at(earliest, ends_a, place[ends_b])
    np.minimum.at(earliest, ends_b, place[ends_a])
    for node in order[:0:-1]:
        earliest[before[node]] = min(earliest[before[node]], earliest[node])
    return earliest


def _blocks(order: Ints, before: Ints, earliest: Ints) -> Ints:
    """Name each node's block (not the first's): as the node before has it if a road leads past that one."""
    place = np.full(len(before), len(before))
    place[order] = np.arange(len(order))
    block = np.full(len(before), -1)
    for node in order[1:]:
        past = earliest[node] < place[before[node]]
        block[node] = block[before[node]] if past else node
    return block
