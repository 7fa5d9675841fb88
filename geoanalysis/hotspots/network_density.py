"""Kernel density along roads and borders: what happened on one road does not blur across the mountain."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geoanalysis.domain.errors import SchemaError
from geoanalysis.hotspots.linear_network import LinearNetwork, OnNetwork
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import checked_values

Method: TypeAlias = Literal["discontinuous", "continuous", "simple"]
Kernel: TypeAlias = Literal["quartic", "epanechnikov", "triangular"]
_KERNELS: Final[Mapping[str, tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]]] = (
    MappingProxyType(
        {
            "quartic": (
                lambda u: 15 / 16 * (1 - u**2) ** 2,
                lambda u: 0.5 - 15 / 16 * (u - 2 * u**3 / 3 + u**5 / 5),
            ),
            "epanechnikov": (lambda u: 0.75 * (1 - u**2), lambda u: 0.5 - 0.75 * u + 0.25 * u**3),
            "triangular": (lambda u: 1 - np.abs(u), lambda u: (1 - u) ** 2 / 2),
        }
    )
)
"""Each with the part of it that lies beyond u on one side."""
_LEAST_SHARE: Final = 1e-4
"""
A branch that carries less of an event is left, which stops the search in dense towns; what it would have
carried is shared out over the rest of the event.
"""
_MOST_BRANCHES: Final = 1 << 18
"""Of the events followed at once; smaller ones are left beyond that."""
_MOST_LOST: Final = 0.9
_BLOCK: Final = 256
"""Events followed at once."""


@dataclass(frozen=True, slots=True)
class _Branches:
    """Parts of events at a vertex: over which edge, after how far, with what share of the event."""

    event: NDArray[np.intp]
    edge: NDArray[np.intp]
    vertex: NDArray[np.intp]
    distance: Floats
    share: Floats

    def where(self, kept: NDArray[np.bool_]) -> "_Branches":
        return _Branches(
            self.event[kept], self.edge[kept], self.vertex[kept], self.distance[kept], self.share[kept]
        )


@dataclass(frozen=True, slots=True)
class _Losses:
    """What is lost of each event with small branches: `lost` is added to; `beyond` is of the kernel."""

    lost: Floats
    beyond: Callable[[Floats], Floats]

    def without_small(self, branches: _Branches, reach: Floats) -> _Branches:
        """Leave small branches, and the smallest where there are too many."""
        size = np.abs(branches.share)
        least = _LEAST_SHARE
        if size.size > _MOST_BRANCHES:
            least = max(least, float(np.partition(size, -_MOST_BRANCHES)[-_MOST_BRANCHES]))
        small = size <= least
        u = np.minimum(branches.distance[small] / reach[branches.event[small]], 1)
        tail = branches.share[small] * self.beyond(u)
        self.lost[:] += np.bincount(branches.event[small], tail, minlength=len(self.lost))
        return branches.where(~small)


@dataclass(frozen=True, slots=True)
class _Targets:
    """Places at which the density is wanted, those of one edge together: `starts[e]` to `starts[e + 1]`."""

    order: NDArray[np.intp]
    starts: NDArray[np.intp]
    offset: Floats


def network_density(  # noqa: PLR0913 - the parameters of a density, by name
    vertices: ArrayLike,
    edges: ArrayLike,
    points: ArrayLike,
    *,
    bandwidth: float | ArrayLike,
    at: ArrayLike | None = None,
    method: Method = "discontinuous",
    kernel: Kernel = "quartic",
    weights: ArrayLike | None = None,
    lengths: ArrayLike | None = None,
) -> Floats:
    """
    Spread events along a network and add up what they give at each place.

    Parameters
    ----------
    vertices, edges
        The network: positions n x 2 in a metric CRS, and the numbers of the vertices that each edge joins.
    points
        Events, k x 2; each counts at the nearest place of the network.
    bandwidth
        How far an event reaches, in the unit of the coordinates; one for all or one per event.
    at
        Where the density is wanted, x 2; the middles of the edges if not given.
    method
        ``discontinuous``: at a crossroads an event is divided among the other roads. ``continuous``: it is
        divided so that the density does not jump, part of it going back. ``simple``: it is not divided, each
        place takes the kernel of the shortest way, so that events at crossroads count more than once.
    kernel
        Its shape; each has the integral 1 along a line.
    weights
        Of the events, as exposures or quantities.
    lengths
        Of the edges, where they are longer than straight lines.

    Returns
    -------
    ndarray
        Events per unit of length. With the first two methods its integral over a network without dead ends
        is the number of events.

    Raises
    ------
    SchemaError
        If the network cannot be followed, or a bandwidth is not positive.

    References
    ----------
    Okabe, Satoh and Sugihara 2009, doi:10.1080/13658810802475491 (dividing at crossroads).
    """
    network = LinearNetwork.of(vertices, edges, lengths)
    events = network.snap(points)
    count = len(events.edge)
    reach = np.broadcast_to(checked_values(bandwidth, what="bandwidths"), (count,))
    if (reach <= 0).any():
        raise SchemaError("a bandwidth is a positive length, in the unit of the coordinates")
    share = np.ones(count) if weights is None else checked_values(weights, what="weights")
    wanted = network.snap(network.vertices[network.edges].mean(axis=1) if at is None else at)
    if method == "simple":
        return _by_shortest_way(network, events, wanted, reach, share, kernel)
    return _divided(network, events, wanted, reach, share, method, kernel)


def _by_shortest_way(
    network: LinearNetwork, events: OnNetwork, wanted: OnNetwork, reach: Floats, share: Floats, kernel: str
) -> Floats:
    u = network.distances(wanted, events) / reach
    parts = np.where(u < 1, _KERNELS[kernel][0](np.minimum(u, 1)), 0) / reach
    return np.asarray(parts @ share)


def _divided(
    network: LinearNetwork,
    events: OnNetwork,
    wanted: OnNetwork,
    reach: Floats,
    share: Floats,
    method: Method,
    kernel: str,
) -> Floats:
    targets = _targets(wanted, len(network.edges))
    around = _around_vertices(network)
    summed = np.zeros(len(wanted.edge))
    for block in np.array_split(np.arange(len(reach)), 1 + len(reach) // _BLOCK):
        some = OnNetwork(events.edge[block], events.offset[block], events.snapped_by[block])
        lost = np.zeros(len(block))
        density, beyond = _KERNELS[kernel]
        spread = _contributions(network, some, targets, around, reach[block], method, _Losses(lost, beyond))
        found = [
            (event[u < 1], target[u < 1], part[u < 1] * density(u[u < 1]))
            for event, target, u, part in spread
        ]
        event, target, part = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
        scale = share[block] / reach[block] / (1 - np.minimum(lost, _MOST_LOST))
        summed += np.bincount(target, part * scale[event], minlength=len(summed))
    return summed


def _contributions(
    network: LinearNetwork,
    events: OnNetwork,
    targets: _Targets,
    around: tuple[NDArray[np.intp], NDArray[np.intp]],
    reach: Floats,
    method: Method,
    losses: _Losses,
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp], Floats, Floats]]:
    """
    Give events, targets, distances over reach and shares: on the own edge, then ever one crossroads further.

    What small branches would have carried is added to the losses.
    """
    number = np.arange(len(events.edge))
    row, target, offset = _on_edges(targets, events.edge)
    yield row, target, np.abs(offset - events.offset[row]) / reach[row], np.ones(len(row))
    branches = _both_ways(network, events, number)
    while len(branches.event):
        branches = branches.where(branches.distance < reach[branches.event])
        branches = _beyond(network, branches, around, method)
        branches = losses.without_small(branches, reach)
        row, target, offset = _on_edges(targets, branches.edge)
        forwards = network.edges[branches.edge[row], 0] == branches.vertex[row]
        along = np.where(forwards, offset, network.lengths[branches.edge[row]] - offset)
        u = (branches.distance[row] + along) / reach[branches.event[row]]
        yield branches.event[row], target, u, branches.share[row]
        branches = _at_the_other_end(network, branches)


def _both_ways(network: LinearNetwork, events: OnNetwork, number: NDArray[np.intp]) -> _Branches:
    lengths = network.lengths[events.edge]
    return _Branches(
        np.concatenate([number, number]),
        np.concatenate([events.edge, events.edge]),
        network.edges[events.edge].T.ravel(),
        np.concatenate([events.offset, lengths - events.offset]),
        np.ones(2 * len(number)),
    )


def _beyond(
    network: LinearNetwork,
    branches: _Branches,
    around: tuple[NDArray[np.intp], NDArray[np.intp]],
    method: Method,
) -> _Branches:
    """Divide each branch at its vertex among the edges there; they leave from it at the same distance."""
    starts, edge_at = around
    degree = network.degrees[branches.vertex]
    row = np.repeat(np.arange(len(degree)), degree)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(degree) - degree, degree)
    edge = edge_at[starts[branches.vertex[row]] + nth]
    m, back = degree[row], edge == branches.edge[row]
    if method == "continuous":
        part = np.where(back, 2 / m - 1, 2 / m)
    else:
        part = np.where(back, 0, 1 / np.maximum(m - 1, 1))
    share = branches.share[row] * part
    moved = _Branches(branches.event[row], edge, branches.vertex[row], branches.distance[row], share)
    return moved.where(share != 0)


def _at_the_other_end(network: LinearNetwork, branches: _Branches) -> _Branches:
    first, last = network.edges[branches.edge].T
    return _Branches(
        branches.event,
        branches.edge,
        np.where(first == branches.vertex, last, first),
        branches.distance + network.lengths[branches.edge],
        branches.share,
    )


def _targets(wanted: OnNetwork, edges: int) -> _Targets:
    order = np.argsort(wanted.edge, kind="stable")
    counts = np.bincount(wanted.edge, minlength=edges)
    return _Targets(order, np.concatenate([[0], np.cumsum(counts)]), wanted.offset[order])


def _on_edges(targets: _Targets, edge: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """Give for some edges the rows and targets that are on them, and the offsets of these."""
    many = targets.starts[edge + 1] - targets.starts[edge]
    row = np.repeat(np.arange(len(edge)), many)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
    place = targets.starts[edge[row]] + nth
    return row, targets.order[place], targets.offset[place]


def _around_vertices(network: LinearNetwork) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give the edges at each vertex: where those of a vertex start, and the edges."""
    order = np.argsort(network.edges.ravel(), kind="stable")
    return np.concatenate([[0], np.cumsum(network.degrees)]), order // 2
