"""Whether a road network hangs together: components, loose ends at borders, crossings out of reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from geoanalysis.domain.crs import LONLAT, metric
from geoanalysis.domain.vocabularies import CrossingMode
from geoanalysis.network.arcs import Bools, Ints
from geoanalysis.network.road_network import RoadNetwork

NEAR_BORDER_KM: Final = 2.0
"""A road that ends so near a border node or crossing may have lost its other half."""
_NAMED: Final = 12
"""So many problems of a kind are named in the text; the layer has all."""


@dataclass(frozen=True)
class Topology:
    """
    How a network hangs together.

    Attributes
    ----------
    nodes, roads
        How many there are.
    km
        Length by `road_class`; dual carriageways count twice.
    components
        How many parts there are that no road joins.
    main_share
        The share of all length in the largest of them.
    strong_components
        How many parts there are within which one gets from everywhere to everywhere.
    strong_share
        The share of the main component's length in the largest of those.
    problems
        `kind` (``loose end at a border``, ``no road at the crossing``, ``not reachable from both sides``,
        ``border without a crossing``, of borders that have some), `name`, `pair`, and a point, EPSG:4326.
    """

    nodes: int
    roads: int
    km: pd.Series
    components: int
    main_share: float
    strong_components: int
    strong_share: float
    problems: gpd.GeoDataFrame

    def lines(self) -> Iterator[str]:
        """Give the report as lines of text."""
        yield f"{self.nodes:,} nodes, {self.roads:,} roads, {self.km.sum():,.0f} km"
        for road_class, km in self.km.items():
            yield f"  {road_class}: {km:,.0f} km"
        yield f"{self.components} components; the main one has {self.main_share:.1%} of the length"
        yield (
            f"{self.strong_components:,} strong components; the main one has {self.strong_share:.1%} of the "
            "main component's length"
        )
        for kind, rows in self.problems.groupby("kind", sort=False):
            more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
            yield f"{len(rows)} x {kind}: {', '.join(rows['name'].head(_NAMED))}{more}"


def topology(network: RoadNetwork, crossings: gpd.GeoDataFrame) -> Topology:
    """
    Report on a network with positions, before it is made one for a day.

    Parameters
    ----------
    network
        As built or bundled.
    crossings
        As given by `reference.load_crossings` for a day, which decides on those that are open.
    """
    edges = network.edges
    tail, head = edges["from_node"].to_numpy(), edges["to_node"].to_numpy()
    length_km = edges["length_km"].to_numpy("float64")
    shape = (len(network.nodes), len(network.nodes))
    count, component = connected_components(
        coo_array((np.ones(len(edges)), (tail, head)), shape), directed=False
    )
    strong_count, strong = connected_components(network.graph.matrix(), connection="strong")
    of_component = np.bincount(component[tail], weights=length_km)
    giant = strong == np.bincount(strong).argmax()
    within_km = length_km[giant[tail] & giant[head]].sum()
    return Topology(
        nodes=len(network.nodes),
        roads=len(edges),
        km=edges.groupby("road_class")["length_km"].sum().sort_values(ascending=False),
        components=count,
        main_share=float(of_component.max() / length_km.sum()),
        strong_components=strong_count,
        strong_share=float(within_km / of_component.max()),
        problems=_problems(network, crossings, giant),
    )


def _problems(network: RoadNetwork, crossings: gpd.GeoDataFrame, giant: Bools) -> gpd.GeoDataFrame:
    roads = crossings[(crossings["mode"] == CrossingMode.ROAD) & crossings["open"]]
    covered = roads[_covered(network, roads)]
    at = network.nodes["crossing_id"]
    met = covered["crossing_id"].isin(at)
    both = covered["crossing_id"].isin(_reached_from_both_sides(network, giant))
    unlisted = network.nodes["pair"].isin(roads["pair"]) & (at == "")
    found = {
        "no road at the crossing": covered[~met],
        "not reachable from both sides": covered[met & ~both],
        "loose end at a border": _named(network.nodes.iloc[_loose_ends(network, roads)]),
        "border without a crossing": _named(network.nodes[unlisted]),
    }
    rows = [part[["name", "pair", "geometry"]].assign(kind=kind) for kind, part in found.items()]
    return gpd.GeoDataFrame(pd.concat(rows, ignore_index=True), crs=LONLAT)[
        ["kind", "name", "pair", "geometry"]
    ]


def _covered(network: RoadNetwork, crossings: gpd.GeoDataFrame) -> pd.Series:
    """Tell which crossings lie between countries that both have roads in the network."""
    with_roads = set(network.nodes["country"])
    return crossings[["country_a", "country_b"]].isin(with_roads).all(axis="columns")


def _reached_from_both_sides(network: RoadNetwork, giant: Bools) -> set[str]:
    """Give the crossings at which roads of both countries are in the giant strong component."""
    ends = pd.concat(
        [
            pd.DataFrame({"node": network.edges[end], "country": network.edges["country"]})
            for end in ("from_node", "to_node")
        ]
    )
    ids = network.nodes["crossing_id"].to_numpy()[ends["node"]]
    usable = ends.assign(crossing_id=ids)[giant[ends["node"]] & (ids != "") & (ends["country"] != "")]
    sides = usable.groupby("crossing_id")["country"].nunique()
    return set(sides.index[sides > 1])


def _loose_ends(network: RoadNetwork, crossings: gpd.GeoDataFrame) -> Ints:
    """Give the nodes at which a road ends near a border, and those on a border from which none leads on."""
    edges, nodes = network.edges, network.nodes
    degree = np.bincount(edges[["from_node", "to_node"]].to_numpy().ravel(), minlength=len(nodes))
    on_border = (nodes["pair"] != "").to_numpy()
    ends = np.flatnonzero(degree == 1)
    points = metric(gpd.GeoDataFrame(geometry=[*nodes.geometry[on_border], *crossings.geometry], crs=LONLAT))
    here = network.positions.metres[ends]
    away_m, _ = KDTree(points.get_coordinates().to_numpy()).query(here)
    return np.asarray(ends[away_m <= NEAR_BORDER_KM * 1000])


def _named(nodes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    xy = nodes.get_coordinates()
    names = [f"{lon:.4f},{lat:.4f}" for lon, lat in zip(xy["x"], xy["y"], strict=True)]
    return nodes.assign(name=names)
