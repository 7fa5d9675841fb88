"""A network of lines as numbered points and the straight pieces between them, and places on it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geoanalysis.domain.errors import SchemaError
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.weights import checked_positions, checked_values


@dataclass(frozen=True, slots=True)
class OnNetwork:
    """Places on a network: their `edge`, how far along it, and how far they were off."""

    edge: NDArray[np.intp]
    offset: Floats
    snapped_by: Floats


@dataclass(frozen=True)
class LinearNetwork:
    """
    Pieces between vertices, straight or as long as is given.

    Attributes
    ----------
    vertices
        Positions, n x 2, in a metric CRS.
    edges
        Numbers of the vertices that each piece joins, m x 2.
    lengths
        Of the pieces, in the unit of the coordinates: roads wind, so they are longer than the chord.

    Raises
    ------
    SchemaError
        If an edge joins vertices that are not there or has no length, or nothing is joined.
    """

    vertices: Floats
    edges: NDArray[np.intp]
    lengths: Floats

    @classmethod
    def of(cls, vertices: ArrayLike, edges: ArrayLike, lengths: ArrayLike | None = None) -> "LinearNetwork":
        """Check and keep vertices and edges; lengths are those of the chords if not given."""
        points, ends = checked_positions(vertices, what="vertices"), np.asarray(edges, np.intp)
        if ends.ndim != points.ndim or ends.shape[1] != points.shape[1] or not len(ends):
            raise SchemaError(
                "a network is n x 2 coordinates of vertices and m x 2 numbers of them, m at least 1"
            )
        if ends.min() < 0 or ends.max() >= len(points):
            raise SchemaError(f"an edge ends at no vertex: vertices are numbered 0 to {len(points) - 1}")
        chords = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
        along = chords if lengths is None else checked_values(lengths, what="lengths")
        if len(along) != len(ends):
            raise SchemaError(f"there are {len(along)} lengths for {len(ends)} edges")
        if (along <= 0).any() or (chords <= 0).any():
            nowhere = int(np.flatnonzero((along <= 0) | (chords <= 0))[0])
            raise SchemaError(f"edge {nowhere} has no length: leave it out")
        return cls(points, ends, np.asarray(along, float))

    @cached_property
    def degrees(self) -> NDArray[np.intp]:
        """How many edges meet at each vertex."""
        return np.bincount(self.edges.ravel(), minlength=len(self.vertices))

    @cached_property
    def _matrix(self) -> csr_array:
        return shortest_edges(self.edges, self.lengths, len(self.vertices))

    def snap(self, xy: ArrayLike) -> OnNetwork:
        """Give the nearest places on the network."""
        points = checked_positions(xy)
        ends = self.vertices[self.edges]
        tree = shapely.STRtree(shapely.linestrings(ends))
        (_, edge), _ = tree.query_nearest(shapely.points(points), all_matches=False, return_distance=True)
        along = ends[edge, 1] - ends[edge, 0]
        share = ((points - ends[edge, 0]) * along).sum(axis=1) / (along**2).sum(axis=1)
        share = np.clip(share, 0, 1)
        off = np.linalg.norm(points - ends[edge, 0] - share[:, None] * along, axis=1)
        return OnNetwork(edge, share * self.lengths[edge], off)

    def distances(self, places: OnNetwork, others: OnNetwork | None = None) -> Floats:
        """Give the shortest ways along the network, places x others; infinite where there is none."""
        others = places if others is None else others
        vertices, position = np.unique(self.edges[places.edge], return_inverse=True)
        from_vertex = dijkstra(self._matrix, directed=False, indices=vertices)
        start = position.reshape(-1, 2)
        leave = np.stack([places.offset, self.lengths[places.edge] - places.offset], axis=1)
        arrive = np.stack([others.offset, self.lengths[others.edge] - others.offset], axis=1)
        ways = [
            leave[:, [i]] + from_vertex[start[:, i]][:, self.edges[others.edge, j]] + arrive[:, j]
            for i in range(2)
            for j in range(2)
        ]
        shortest = np.minimum.reduce(ways)
        direct = np.abs(places.offset[:, None] - others.offset)
        return np.where(places.edge[:, None] == others.edge, np.minimum(direct, shortest), shortest)


def shortest_edges(edges: NDArray[np.intp], lengths: Floats, vertices: int) -> csr_array:
    """Give the shortest edge between each two vertices as a sparse matrix, lower number first."""
    first, last = np.sort(edges, axis=1).T
    order = np.argsort(lengths, kind="stable")
    _, kept = np.unique(first[order].astype(np.int64) * vertices + last[order], return_index=True)
    chosen = order[kept]
    return csr_array((lengths[chosen], (first[chosen], last[chosen])), shape=(vertices, vertices))
