"""Routes as lines on a map."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoanalysis.domain.crs import LONLAT
from geoanalysis.network.arcs import Graph
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.network.routes import Route


def lines_along(
    network: RoadNetwork, graph: Graph, routes: Sequence[Route], table: pd.DataFrame
) -> gpd.GeoDataFrame | pd.DataFrame:
    """Add the line of each route to its row, EPSG:4326; a network without lines leaves the table as it is."""
    if not isinstance(network.edges, gpd.GeoDataFrame):
        return table
    return gpd.GeoDataFrame(table, geometry=[_line(network, graph, route) for route in routes], crs=LONLAT)


def _line(network: RoadNetwork, graph: Graph, route: Route) -> shapely.LineString:
    """Join the lines of a route's roads, each turned to the direction of travel."""
    edges = route.edges(graph)
    if len(edges) == 0:
        return shapely.LineString()
    lines = network.edges.geometry.to_numpy()[edges]
    against = network.edges["from_node"].to_numpy()[edges] != route.nodes[:-1]
    turned = np.where(against, shapely.reverse(lines), lines)
    return shapely.LineString(shapely.get_coordinates(turned))
