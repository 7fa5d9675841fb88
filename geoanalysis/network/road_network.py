"""A road network: frames for people and files, arrays for searches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from geoanalysis.domain.crs import LONLAT, metric, require_crs
from geoanalysis.domain.errors import InputError, PlaceError, SchemaError
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.network.arcs import Bools, Floats, Graph, Ints

_NODE_COLUMNS: Final[Mapping[str, object]] = {
    "country": "",
    "pair": "",
    "crossing_id": "",
    "delay_min": 0.0,
    "opens_min": 0.0,
    "shuts_min": 1440.0,
}
_EDGE_COLUMNS: Final[Mapping[str, object]] = {
    "length_km": np.nan,
    "oneway": False,
    "road_class": "",
    "link": False,
    "ref": "",
    "country": "",
    "pair": "",
}
_SMALL_COMPONENT: Final = 50
"""A strong component of fewer nodes is a stub or a carriageway cut off, unless it is the largest."""


class Positions:
    """Where the nodes are: made once, and kept by all networks made from the same nodes."""

    def __init__(self, nodes: pd.DataFrame) -> None:
        if not isinstance(nodes, gpd.GeoDataFrame):
            raise PlaceError("this network has no positions: name its nodes by number, or give it points")
        self._nodes = nodes

    @cached_property
    def lonlat(self) -> Floats:
        """Longitude and latitude of every node, EPSG:4326."""
        return np.asarray(self._nodes.get_coordinates(), dtype="float64")

    @cached_property
    def metres(self) -> Floats:
        """The same in metres, `METRIC`."""
        return np.asarray(metric(self._nodes[[self._nodes.geometry.name]]).get_coordinates())


@dataclass(frozen=True, eq=False)
class RoadNetwork:
    """
    Roads between numbered nodes, each with the minutes that it takes to drive.

    Attributes
    ----------
    nodes
        One row per node, numbered from 0: `country` (alpha-2; empty on a border or where unknown), `pair`
        (``BG-TR`` where it lies on that border, else empty), `crossing_id` (of the crossing that it stands
        for, else empty), `guarded` (that crossing is not passed freely), `delay_min` (minutes lost on
        arriving at it; infinite where nobody gets through), `opens_min` and `shuts_min` (minutes of the day
        between which one gets through), and the point, EPSG:4326. A network may have no points.
    edges
        One row per road between two nodes: `from_node`, `to_node`, `minutes` (of driving; infinite where
        closed), `length_km`, `oneway` (driven only towards `to_node`), `road_class`, `link` (a ramp), `ref`,
        `country`, `pair` (of countries, of a road that crosses their border anywhere), and the line,
        EPSG:4326, where it is known.
    name
        Said wherever the network is used.
    as_of
        The state of the map data.
    on
        The day whose borders it has, where it has been made for a day (`border_costs.with_borders`).
    departs_min
        The minute of that day at which loads leave their origins; None where opening hours do not matter.

    Raises
    ------
    SchemaError
        If a frame lacks a column, a road ends at no node, or a time or length is negative or no number.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    name: str = "road network"
    as_of: date | None = None
    on: date | None = None
    departs_min: float | None = None
    kept: dict[str, Positions] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Complete the frames by what may be left out, and refuse what cannot be driven."""
        nodes = _completed(self.nodes, _NODE_COLUMNS)
        if "guarded" not in nodes:
            nodes = nodes.assign(guarded=nodes["crossing_id"] != "")
        object.__setattr__(self, "nodes", nodes)
        object.__setattr__(self, "edges", _completed(self.edges, _EDGE_COLUMNS))
        _refuse_impossible(self.nodes, self.edges)

    @classmethod
    def from_arrays(cls, tail: npt.ArrayLike, head: npt.ArrayLike, minutes: npt.ArrayLike) -> "RoadNetwork":
        """
        Make a network without positions from one-way roads: their first nodes, last nodes and minutes.

        Its nodes are named by number, 0 to the largest in the arrays.
        """
        edges = pd.DataFrame({"from_node": tail, "to_node": head, "minutes": minutes, "oneway": True})
        count = int(edges[["from_node", "to_node"]].to_numpy().max(initial=-1)) + 1
        return cls(pd.DataFrame(index=pd.RangeIndex(count)), edges, name="network of arrays")

    @cached_property
    def graph(self) -> Graph:
        """The roads as arcs, with the delay of the node that each leads to."""
        edges, delay_min = self.edges, self.nodes["delay_min"].to_numpy("float64")
        tail, head = (edges[end].to_numpy("int64") for end in ("from_node", "to_node"))
        back = np.flatnonzero(~edges["oneway"].to_numpy(bool))
        driven = edges["minutes"].to_numpy("float64")
        arcs = (
            np.concatenate([tail, head[back]]),
            np.concatenate([head, tail[back]]),
            np.concatenate([driven, driven[back]]),
            np.concatenate([np.arange(len(edges)), back]),
        )
        return Graph.of(*arcs, delay_min)

    @property
    def positions(self) -> Positions:
        """Where the nodes are; refused with a `PlaceError` where the network has none."""
        if "nodes" not in self.kept:
            self.kept["nodes"] = Positions(self.nodes)
        return self.kept["nodes"]

    @cached_property
    def well_connected(self) -> Bools:
        """Which nodes one can get away from and back to: those in a strong component that is no mere stub."""
        _, component = connected_components(self.graph.matrix(), directed=True, connection="strong")
        sizes = np.bincount(component, minlength=1)
        return np.asarray(sizes[component] >= min(_SMALL_COMPONENT, sizes.max(initial=0)))

    @cached_property
    def snapping(self) -> tuple[Ints, KDTree]:
        """The well connected nodes at no border and no checkpoint, and a search tree over their metres."""
        here = (self.nodes["pair"] == "") & (self.nodes["crossing_id"] == "")
        inland = self.well_connected & here.to_numpy()
        chosen = np.flatnonzero(inland)
        return chosen, KDTree(self.positions.metres[chosen])

    @cached_property
    def digest(self) -> str:
        """A hash of what decides on routes: equal networks have equal digests."""
        graph, ids = self.graph, self.nodes["crossing_id"]
        posts = np.flatnonzero(ids != "")
        return fingerprint(graph.tail, graph.head, graph.minutes, posts, tuple(ids.iloc[posts]))


def _completed(frame: pd.DataFrame, columns: Mapping[str, object]) -> pd.DataFrame:
    missing = {name: value for name, value in columns.items() if name not in frame.columns}
    return frame.reset_index(drop=True).assign(**missing)


def _refuse_impossible(nodes: pd.DataFrame, edges: pd.DataFrame) -> None:
    lacking = {"from_node", "to_node", "minutes"} - set(edges.columns)
    if lacking:
        raise SchemaError(f"the roads lack the columns {', '.join(sorted(lacking))}: add them")
    for frame, what in ((nodes, "the nodes"), (edges, "the roads")):
        if isinstance(frame, gpd.GeoDataFrame):
            require_crs(frame, LONLAT, what=what)
    ends = edges[["from_node", "to_node"]].to_numpy()
    if len(ends) == 0:
        raise InputError("the network has no roads: choose another file or area")
    if ends.dtype.kind not in "iu" or ends.min() < 0 or ends.max() >= len(nodes):
        raise SchemaError(f"a road ends at no node: nodes are numbered 0 to {len(nodes) - 1}")
    if not (edges["minutes"].to_numpy("float64") >= 0).all():
        raise SchemaError("minutes of a road are negative or missing: give each road the time it takes")
    if not (nodes["delay_min"].to_numpy("float64") >= 0).all():
        raise SchemaError("a delay is negative or missing: give 0 where there is none")
