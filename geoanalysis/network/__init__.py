"""Road networks, border-aware travel times, alternative routes, shares and corridors."""

from geoanalysis.network.alternatives import alternative_routes
from geoanalysis.network.border_costs import Travel, Vehicle, WhatIf, with_borders
from geoanalysis.network.corridor import Corridor, corridor
from geoanalysis.network.crossing_graph import CrossingGraph
from geoanalysis.network.reach import travel_time_min
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.network.schematic import schematic_network
from geoanalysis.network.shares import Shares, Trip, shares

__all__ = [
    "Corridor",
    "CrossingGraph",
    "RoadNetwork",
    "Shares",
    "Travel",
    "Trip",
    "Vehicle",
    "WhatIf",
    "alternative_routes",
    "corridor",
    "schematic_network",
    "shares",
    "travel_time_min",
    "with_borders",
]
