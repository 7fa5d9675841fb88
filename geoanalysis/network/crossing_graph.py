"""
The road network contracted to crossings: what makes a click on a crossing answer at once.

Between two borders a route always takes the quickest roads, whatever happens at the borders. So these minutes
are found once; closing or slowing a crossing then changes only a graph of some hundred nodes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.network.arcs import Access, Arcs, Floats, Graph, Ints, search
from geoanalysis.network.ends import EndsLike, access, as_ends
from geoanalysis.network.road_network import RoadNetwork

_AT_ONCE: Final = 8


@dataclass(frozen=True, eq=False)
class CrossingGraph:
    """
    Border nodes, origins and destinations, with the quickest minutes between them that pass no border node.

    Attributes
    ----------
    border_nodes
        Rows of the network's nodes at which a border is crossed only with a delay.
    crossing_ids
        Of each of them.
    delay_min
        Of each of them, on the day and for the vehicle of the network.
    origins, destinations
        Names, in the order of the rows and columns of `times_min`.
    tail, head, minutes
        The arcs: places counted over border nodes, then origins, then destinations.
    content
        A hash of the network and the ends, to keep it by.
    """

    border_nodes: Ints
    crossing_ids: tuple[str, ...]
    delay_min: Floats
    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    tail: Ints
    head: Ints
    minutes: Floats
    content: str

    @classmethod
    def build(cls, network: RoadNetwork, origins: EndsLike, destinations: EndsLike) -> "CrossingGraph":
        """
        Contract a network, one search per border node and origin.

        Parameters
        ----------
        network
            For a day, as made by `with_borders`.
        origins, destinations
            One or several ends, see `ends.as_ends`.

        Raises
        ------
        PlaceError
            If an end is too far from any road.
        """
        starts, ends = as_ends(origins), as_ends(destinations)
        border = border_nodes(network)
        delay_min = network.nodes["delay_min"].to_numpy("float64")[border]
        leaving = [_beyond(network.graph, node) for node in border]
        leaving += [access(network, start) for start in starts]
        arriving = [access(network, end, arriving=True) for end in ends]
        tail, head, minutes = _contracted(network.graph, border, delay_min, leaving, arriving)
        return cls(
            border_nodes=border,
            crossing_ids=tuple(network.nodes["crossing_id"].iloc[border]),
            delay_min=delay_min,
            origins=tuple(start.name for start in starts),
            destinations=tuple(end.name for end in ends),
            tail=tail,
            head=head,
            minutes=minutes,
            content=fingerprint(network.digest, *starts, *ends),
        )

    def times_min(self, more_min: Mapping[str, float] | None = None) -> Floats:
        """
        Give the quickest minutes from every origin to every destination.

        Parameters
        ----------
        more_min
            Minutes more at crossings, by id; infinite closes one.

        Returns
        -------
        array
            A row per origin, a column per destination; infinite where no road leads.
        """
        border, start = len(self.border_nodes), len(self.border_nodes) + len(self.origins)
        found = dijkstra(self._matrix(more_min or {}), indices=np.arange(border, start))
        return np.asarray(found[:, start:])

    def if_closed(
        self, crossing_ids: Collection[str], more_min: Mapping[str, float] | None = None
    ) -> pd.Series:
        """
        Tell what closing each of some crossings, alone, costs the trips that then go another way.

        Parameters
        ----------
        crossing_ids
            To close, one at a time.
        more_min
            Minutes more at crossings before any of these is closed, by id.

        Returns
        -------
        Series
            Minutes more, the largest over all pairs of ends, by crossing id; infinite where one that was
            joined has no route any more.
        """
        at_first = dict(more_min or {})
        before = self.times_min(at_first)
        more = {one: self.times_min(at_first | {one: np.inf}) for one in crossing_ids}
        joined = np.isfinite(before)
        longest = {
            one: float((after[joined] - before[joined]).max(initial=0.0)) for one, after in more.items()
        }
        return pd.Series(longest, dtype="float64")

    def _matrix(self, more_min: Mapping[str, float]) -> csr_array:
        at_border = pd.Series(self.crossing_ids, dtype="str").map(more_min).fillna(0).to_numpy("float64")
        size = len(self.border_nodes) + len(self.origins) + len(self.destinations)
        arrived = np.zeros(size)
        arrived[: len(self.border_nodes)] = self.delay_min + at_border
        minutes = self.minutes + arrived[self.head]
        open_ = np.isfinite(minutes)
        return csr_array((minutes[open_], (self.tail[open_], self.head[open_])), shape=(size, size))


def border_nodes(network: RoadNetwork) -> Ints:
    """Give the nodes at which a guarded border can be crossed."""
    passable = np.isfinite(network.nodes["delay_min"].to_numpy("float64"))
    return np.flatnonzero(network.nodes["guarded"].to_numpy(bool) & passable)


def _beyond(graph: Graph, node: int) -> Access:
    """Give where one is after the first road from a node."""
    arcs = graph.quickest[graph.indptr[node] : graph.indptr[node + 1]]
    return Access(graph.head[arcs], graph.minutes[arcs])


def _contracted(
    graph: Graph, border: Ints, delay_min: Floats, leaving: Sequence[Access], arriving: Sequence[Access]
) -> tuple[Ints, Ints, Floats]:
    """Give the arcs from border nodes and origins to border nodes and destinations."""
    arcs = _without_border(graph, border)
    first_end = len(leaving)
    rows = []
    for first in range(0, len(leaving), _AT_ONCE):
        found = search(graph.count, arcs, leaving[first : first + _AT_ONCE]).minutes
        to_border = found[:, border] - delay_min
        to_ends = [(found[:, end.nodes] + end.minutes).min(axis=1) for end in arriving]
        rows.append(np.column_stack([to_border, *to_ends]))
    minutes = np.vstack(rows)
    np.fill_diagonal(minutes[: len(border), : len(border)], np.inf)  # back to the border node itself
    tail, column = np.nonzero(np.isfinite(minutes))
    head = np.where(column < len(border), column, column - len(border) + first_end)
    return tail, head, minutes[tail, column].clip(min=0)


def _without_border(graph: Graph, border: Ints) -> Arcs:
    """Give the arcs that do not start at a border node: ways end there."""
    at_border = np.zeros(graph.count, dtype=bool)
    at_border[border] = True
    kept = graph.quickest[~at_border[graph.tail[graph.quickest]]]
    indptr = np.searchsorted(graph.tail[kept], np.arange(graph.count + 1)).astype("int32")
    return graph.minutes[kept], graph.head[kept].astype("int32"), indptr
