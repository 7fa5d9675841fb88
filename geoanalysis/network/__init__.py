"""Road networks, border-aware travel times, alternative routes, shares and corridors."""

from geoanalysis.network.alternatives import alternative_routes
from geoanalysis.network.bands import SHARE_CLASSES, bands
from geoanalysis.network.border_costs import (
    Travel,
    Vehicle,
    WhatIf,
    opening_hours,
    road_number,
    with_borders,
)
from geoanalysis.network.build import build_from_osm
from geoanalysis.network.corridor import corridor
from geoanalysis.network.corridors import Corridors, Movement, corridors, in_words
from geoanalysis.network.crossing_graph import CrossingGraph
from geoanalysis.network.differences import Differences, change_in_words, differences
from geoanalysis.network.ends import End
from geoanalysis.network.named_ends import area_words, border_choices, named_end, named_ends, port_choices
from geoanalysis.network.network_files import load_network, save_network
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.network.road_points import with_road_points
from geoanalysis.network.schematic import schematic_network
from geoanalysis.network.shares import Progress, Shares, Trip, shares
from geoanalysis.network.topology import Topology, topology
from geoanalysis.network.travel_times import travel_time_min
from geoanalysis.network.what_if_places import road_name, what_if_places

__all__ = [
    "SHARE_CLASSES",
    "Corridors",
    "CrossingGraph",
    "Differences",
    "End",
    "Movement",
    "Progress",
    "RoadNetwork",
    "Shares",
    "Topology",
    "Travel",
    "Trip",
    "Vehicle",
    "WhatIf",
    "alternative_routes",
    "area_words",
    "bands",
    "border_choices",
    "build_from_osm",
    "change_in_words",
    "corridor",
    "corridors",
    "differences",
    "in_words",
    "load_network",
    "named_end",
    "named_ends",
    "opening_hours",
    "port_choices",
    "road_name",
    "road_number",
    "save_network",
    "schematic_network",
    "shares",
    "topology",
    "travel_time_min",
    "what_if_places",
    "with_borders",
    "with_road_points",
]
