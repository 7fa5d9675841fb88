"""How long it takes between places."""

import numpy as np

from geoanalysis.network.arcs import Floats, trees_from
from geoanalysis.network.border_costs import with_waits
from geoanalysis.network.ends import EndsLike, access, as_ends
from geoanalysis.network.road_network import RoadNetwork


def travel_time_min(network: RoadNetwork, origins: EndsLike, destinations: EndsLike) -> Floats:
    """
    Find the quickest times, with delays and waits at borders and the access to the roads.

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
    starts = [access(network, start) for start in as_ends(origins)]
    ends = [access(network, end, arriving=True) for end in as_ends(destinations)]
    out = [trees_from(with_waits(network, start).graph, [start]).minutes[0] for start in starts]
    return np.array([[float((found[end.nodes] + end.minutes).min()) for end in ends] for found in out])
