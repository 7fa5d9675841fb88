"""From a place to the road nearest to it."""

from typing import Final

import geopandas as gpd
import numpy as np

from geoanalysis.domain.crs import GEOD, LONLAT, metric
from geoanalysis.domain.errors import PlaceError
from geoanalysis.reference import Place, Roads

FARTHEST_KM: Final = 50.0


def nearest_node(place: Place, roads: Roads) -> tuple[int, float]:
    """
    Find the end of a road that is nearest to a place.

    A crossing that is closed on the day of the roads, or on a border crossed freely, is no such end.

    Returns
    -------
    node, distance_km
        Row of the node in `roads.nodes`, and how far it is from the place.

    Raises
    ------
    PlaceError
        If the nearest road is farther than 50 km, as from a place at sea; the message says how far.
    """
    here = gpd.GeoDataFrame(geometry=gpd.points_from_xy([place.lon], [place.lat]), crs=LONLAT)
    on_roads = np.unique(roads.edges[["from_node", "to_node"]])
    ends = metric(roads.nodes.iloc[on_roads])
    node = int(on_roads[ends.sindex.nearest(metric(here).geometry, return_all=False)[1][0]])
    point = roads.nodes.geometry.iloc[node]
    distance_km = GEOD.inv(place.lon, place.lat, point.x, point.y)[2] / 1000
    if distance_km > FARTHEST_KM:
        raise PlaceError(
            f"{place.name} lies {distance_km:.0f} km from the nearest road of the {roads.name} "
            f"(at {point.x:.3f},{point.y:.3f}): choose a place within {FARTHEST_KM:.0f} km of one"
        )
    return node, float(distance_km)
