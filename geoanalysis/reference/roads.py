"""The schematic road network as it may be driven on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.marking import SCHEMATIC_NETWORK_NOTICE
from geoanalysis.domain.membership import is_crossed_freely
from geoanalysis.reference.crossings import load_crossings
from geoanalysis.reference.files import data_file

SPEEDS_KM_H: Final[Mapping[str, float]] = MappingProxyType(
    {
        "AL": 65.0,
        "AT": 95.0,
        "BA": 60.0,
        "BG": 85.0,
        "GR": 80.0,
        "HR": 90.0,
        "HU": 90.0,
        "IT": 85.0,
        "MD": 70.0,
        "ME": 65.0,
        "MK": 75.0,
        "RO": 75.0,
        "RS": 80.0,
        "SI": 105.0,
        "SK": 75.0,
        "TR": 80.0,
        "UA": 70.0,
        "XK": 70.0,
    }
)
"""
How many kilometres of the schematic network are made good in an hour, by country.

The network tells no motorway from a mountain road. These are medians over pairs of larger towns of a country,
of their distance on this network over the quickest time on a detailed one (`benchmarks/country_speeds.py`),
to 5 km/h; Ukraine, of which that one has little, is taken like Moldova.
"""
OTHER_SPEED_KM_H: Final = 95.0
"""The same everywhere else: that of Austria."""
_AS_OF: Final = date(2024, 4, 19)


@dataclass(frozen=True)
class Roads:
    """
    A road network for a day.

    `nodes` has ``node_id`` (0, 1, ... in the order of the rows), ``country`` (alpha-2, empty for a crossing)
    and points, EPSG:4326; `edges` has ``from_node``, ``to_node``, ``km`` (length of the road), ``km_h`` (how
    quickly it is taken), ``pair`` (of the countries that it joins, else empty), ``crossing_id`` (the crossing
    that a link leads to, which is its `to_node`, else empty) and ``side_road`` (whether that crossing is off
    the E roads), and is driven both ways. `as_of` is the state of the map data, `on` the day of the borders.
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
    the crossings of the table, open that day or not.
    """
    nodes = pd.read_parquet(data_file("roads/nodes.parquet"))
    edges = pd.read_parquet(data_file("roads/edges.parquet"))
    points = gpd.points_from_xy(nodes["lon"], nodes["lat"])
    crossings = load_crossings(on)
    country = nodes["country"].astype("str")
    driven = edges[_is_driven(edges, on)].reset_index(drop=True).astype({"crossing_id": "str", "pair": "str"})
    off_e_roads = crossings["crossing_id"][crossings["e_road"] == ""]
    driven = driven.assign(km_h=_speeds(driven, country), side_road=driven["crossing_id"].isin(off_e_roads))
    return Roads(
        nodes=gpd.GeoDataFrame(
            {"node_id": range(len(nodes)), "country": country}, geometry=points, crs=LONLAT
        ),
        edges=driven[["from_node", "to_node", "km", "km_h", "pair", "crossing_id", "side_road"]],
        on=on,
    )


def _speeds(edges: pd.DataFrame, country: pd.Series) -> np.ndarray:
    """Give the speed of the country that a road is in; of a road between two, half of it in each."""
    speed = country.map(SPEEDS_KM_H).fillna(OTHER_SPEED_KM_H).to_numpy()
    is_link = edges["crossing_id"] != ""
    ends = edges["from_node"], edges["to_node"].mask(is_link, edges["from_node"])
    return np.asarray(2 / sum(1 / speed[end] for end in ends))


def _is_driven(edges: pd.DataFrame, on: date) -> pd.Series:
    sides = {pair: pair.partition("-")[::2] for pair in edges["pair"].cat.categories}
    free = {pair for pair, (a, b) in sides.items() if a and b and is_crossed_freely(a, b, on)}
    is_link = edges["crossing_id"] != ""
    return (edges["pair"] == "") | (edges["pair"].isin(free) ^ is_link)
