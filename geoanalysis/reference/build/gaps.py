"""Close gaps in a road network: dead ends a stone's throw from a road that leads on, and known wider ones."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

from geoanalysis.domain.crs import GEOD, LONLAT, METRIC

GAP_KM: Final = 0.5
"""Widest gap that is closed."""
ROUND_KM: Final = 10.0
"""It is one if there is no other way of at most this length: else the road may end there for a reason."""
KNOWN: Final = (
    ((21.780, 38.308), (21.796, 38.300)),  # the bridge from Antirrio to Rio
    ((23.313, 37.977), (23.209, 37.970)),  # the motorway from Megara to Corinth
)
"""Wider gaps, without which the Peloponnese is an island: the ends at either side, lon and lat."""
_AT_ONCE: Final = 200


def closed_gaps(nodes: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """
    Give the edges that are missing between dead ends and the nearest node that is near, but far by road.

    `nodes` has ``lon`` and ``lat`` by node, `edges` has ``from_node``, ``to_node`` and ``km``; the result is
    like `edges`, by straight distance.
    """
    places = gpd.GeoSeries.from_xy(nodes["lon"], nodes["lat"], crs=LONLAT).to_crs(METRIC).get_coordinates()
    tree = KDTree(places.to_numpy() / 1000)
    tail, head = (nodes.index.get_indexer(edges[end]) for end in ("from_node", "to_node"))
    dead = np.flatnonzero(np.bincount(np.concatenate([tail, head]), minlength=len(nodes)) == 1)
    quickest = edges.assign(tail=tail, head=head).sort_values("km").drop_duplicates(["tail", "head"])
    arcs = (quickest["km"].astype("float64"), (quickest["tail"], quickest["head"]))
    roads = csr_array(arcs, shape=(len(nodes), len(nodes)))
    found = [
        row
        for part in range(0, len(dead), _AT_ONCE)
        for row in _across(dead[part : part + _AT_ONCE], tree, roads)
    ]
    gaps = pd.DataFrame(found, columns=["from_node", "to_node", "km"])
    ends = np.sort(nodes.index.to_numpy()[gaps[["from_node", "to_node"]]], axis=1)
    return gaps.assign(from_node=ends[:, 0], to_node=ends[:, 1]).drop_duplicates(["from_node", "to_node"])


def known_gaps(nodes: pd.DataFrame) -> pd.DataFrame:
    """Give the edges over the `KNOWN` gaps, between the nodes nearest to their ends, by straight distance."""
    rows = [[_nearest(nodes, *end) for end in ends] for ends in KNOWN]
    gaps = pd.DataFrame(rows, columns=["from_node", "to_node"])
    sides = [nodes.loc[gaps[end], axis].to_numpy() for end in gaps for axis in ("lon", "lat")]
    return gaps.assign(km=GEOD.inv(*sides)[2] / 1000)


def _nearest(nodes: pd.DataFrame, lon: float, lat: float) -> int:
    here = np.full(len(nodes), lon), np.full(len(nodes), lat)
    return int(nodes.index[GEOD.inv(nodes["lon"], nodes["lat"], *here)[2].argmin()])


def _across(dead: np.ndarray, tree: KDTree, roads: csr_array) -> list[tuple[int, int, float]]:
    """Give dead end, other side and kilometres of each gap."""
    by_road_km = dijkstra(roads, directed=False, indices=dead, limit=ROUND_KM)
    rows = []
    for node, reached_km, near in zip(
        dead, by_road_km, tree.query_ball_point(tree.data[dead], GAP_KM), strict=True
    ):
        apart = [other for other in near if np.isinf(reached_km[other])]
        if apart:
            gap_km = np.linalg.norm(tree.data[apart] - tree.data[node], axis=1)
            rows.append((int(node), apart[int(gap_km.argmin())], float(gap_km.min())))
    return rows
