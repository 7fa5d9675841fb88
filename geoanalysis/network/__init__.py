"""Road networks, border-aware travel times, alternative routes, shares and corridors."""

from geoanalysis.network.alternatives import alternative_routes
from geoanalysis.network.bands import bands
from geoanalysis.network.border_costs import Travel, Vehicle, WhatIf, with_borders
from geoanalysis.network.corridor import corridor
from geoanalysis.network.corridors import Corridors, Movement, corridors
from geoanalysis.network.crossing_graph import CrossingGraph
from geoanalysis.network.differences import Differences, differences
from geoanalysis.network.ends import End
from geoanalysis.network.named_ends import named_end, named_ends
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.network.schematic import schematic_network
from geoanalysis.network.shares import Shares, Trip, shares
from geoanalysis.network.travel_times import travel_time_min

__all__ = [
    "Corridors",
    "CrossingGraph",
    "Differences",
    "End",
    "Movement",
    "RoadNetwork",
    "Shares",
    "Travel",
    "Trip",
    "Vehicle",
    "WhatIf",
    "alternative_routes",
    "bands",
    "corridor",
    "corridors",
    "differences",
    "named_end",
    "named_ends",
    "schematic_network",
    "shares",
    "travel_time_min",
    "with_borders",
]
