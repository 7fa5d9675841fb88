"""How long it takes between places."""

import numpy as np

from geoanalysis.network.arcs import Floats, trees_from
from geoanalysis.network.ends import EndsLike, access, as_ends
from geoanalysis.network.road_network import RoadNetwork


def travel_time_min(network: RoadNetwork, origins: EndsLike, destinations: EndsLike) -> Floats:
    """
    Find the quickest times, with delays at borders and the access to the roads.

    Parameters
    ----------
    network
        For a day, as made by `with_borders`; without borders, any.
    origins, destinations
        One or several ends: ``(lon, lat)`` pairs, a GeoSeries, places, or node numbers.

    Returns
    -------
    array
        Minutes, a row per origin, a column per destination; infinite where no road leads.

    Raises
    ------
    PlaceError
        If an end is too far from any road.
    """
    starts = as_ends(origins)
    ends = [access(network, end, arriving=True) for end in as_ends(destinations)]
    out = trees_from(network.graph, [access(network, start) for start in starts]).minutes
    return np.column_stack([(out[:, end.nodes] + end.minutes).min(axis=1) for end in ends])
