"""The schematic road network as it may be driven on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.marking import SCHEMATIC_NETWORK_NOTICE
from geoanalysis.domain.membership import is_crossed_freely
from geoanalysis.reference.crossings import load_crossings
from geoanalysis.reference.files import data_file

_AS_OF: Final = date(2024, 4, 19)


@dataclass(frozen=True)
class Roads:
    """
    A road network for a day.

    `nodes` has ``node_id`` (0, 1, ... in the order of the rows) and points, EPSG:4326; `edges` has
    ``from_node``, ``to_node``, ``km`` (length of the road), ``crossing_id`` (the crossing that a link leads
    to, which is its `to_node`, else empty) and ``side_road`` (whether that crossing is off the E roads), and
    is driven both ways. `as_of` is the state of the map data, `on` the day of the borders.
    """

    nodes: gpd.GeoDataFrame
    edges: pd.DataFrame
    on: date
    as_of: date = _AS_OF
    name: str = SCHEMATIC_NETWORK_NOTICE


def load_roads(on: date) -> Roads:
    """
    Load the schematic road network for a day.

    A border that is crossed freely on that day is crossed on any road. Every other border is crossed only at
    the crossings of the table that are open on that day to international road traffic.
    """
    nodes = pd.read_parquet(data_file("roads/nodes.parquet"))
    edges = pd.read_parquet(data_file("roads/edges.parquet"))
    points = gpd.points_from_xy(nodes["lon"], nodes["lat"])
    crossings = load_crossings(on)
    driven = edges[_is_driven(edges, crossings, on)].reset_index(drop=True).astype({"crossing_id": "str"})
    off_e_roads = crossings["crossing_id"][crossings["e_road"] == ""]
    return Roads(
        nodes=gpd.GeoDataFrame({"node_id": range(len(nodes))}, geometry=points, crs=LONLAT),
        edges=driven.drop(columns="pair").assign(side_road=driven["crossing_id"].isin(off_e_roads)),
        on=on,
    )


def _is_driven(edges: pd.DataFrame, crossings: gpd.GeoDataFrame, on: date) -> pd.Series:
    sides = {pair: pair.partition("-")[::2] for pair in edges["pair"].cat.categories}
    free = {pair for pair, (a, b) in sides.items() if a and b and is_crossed_freely(a, b, on)}
    usable = set(crossings["crossing_id"][crossings["open"] & (crossings["category"] == "international")])
    inland = edges["pair"] == ""
    direct = (edges["crossing_id"] == "") & edges["pair"].isin(free)
    link = edges["crossing_id"].isin(usable) & ~edges["pair"].isin(free)
    return inland | direct | link
