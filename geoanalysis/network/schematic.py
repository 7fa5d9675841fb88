"""The bundled schematic network as a road network."""

from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geoanalysis.domain.crs import LONLAT
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.reference import Roads, load_crossings, load_roads

SIDE_ROAD_MIN: Final = 45.0
"""What the slower approach to a crossing off the E roads costs; an assumption."""


def schematic_network(on: date) -> RoadNetwork:
    """
    Give the bundled schematic network of a day: straight lines between road ends, of true length.

    A border crossed freely on that day is crossed on any road, any other at its crossings; which of them a
    vehicle may use, `border_costs.with_borders` decides.
    """
    return network_of(load_roads(on))


def network_of(roads: Roads) -> RoadNetwork:
    """Give schematic roads as a road network."""
    edges = roads.edges
    approach_min = edges["side_road"] * SIDE_ROAD_MIN / 2
    columns = {
        "from_node": edges["from_node"],
        "to_node": edges["to_node"],
        "length_km": edges["km"].astype("float64"),
        "minutes": (edges["km"] / edges["km_h"] * 60 + approach_min).astype("float64"),
        "country": roads.nodes["country"].to_numpy()[edges["from_node"]],
        "pair": edges["pair"].where(edges["crossing_id"] == "", ""),
    }
    return RoadNetwork(
        nodes=_nodes(roads),
        edges=gpd.GeoDataFrame(columns, geometry=_chords(roads), crs=LONLAT),
        name=roads.name,
        as_of=roads.as_of,
    )


def _nodes(roads: Roads) -> gpd.GeoDataFrame:
    """Give the nodes, those that links lead to as the crossings that they stand for."""
    links = roads.edges[roads.edges["crossing_id"] != ""].drop_duplicates("to_node")
    ids = links.set_index("to_node")["crossing_id"].reindex(range(len(roads.nodes))).fillna("").astype("str")
    pairs = load_crossings(roads.on).set_index("crossing_id")["pair"]
    return roads.nodes[["country", "geometry"]].assign(
        crossing_id=ids.to_numpy(), pair=ids.map(pairs).fillna("").astype("str").to_numpy()
    )


def _chords(roads: Roads) -> np.ndarray:
    points = roads.nodes.geometry.get_coordinates().to_numpy()
    ends = [points[roads.edges[end]] for end in ("from_node", "to_node")]
    return np.asarray(shapely.linestrings(np.stack(ends, axis=1)))
