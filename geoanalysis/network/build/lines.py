"""Lines as arrays: their points one after the other, with the number of the line that owns each."""

import numpy as np

from geoanalysis.domain.crs import GEOD
from geoanalysis.network.arcs import Bools, Floats, Ints


def is_first(owner: Ints) -> Bools:
    """Tell which points are the first of their line."""
    return np.concatenate([[True], owner[1:] != owner[:-1]])


def first_of_each(owner: Ints) -> Ints:
    """Give the place of the first point of each line."""
    return np.flatnonzero(is_first(owner))


def along_km(owner: Ints, lon: Floats, lat: Floats) -> Floats:
    """Give the kilometres along lines up to each of their points, owner by owner."""
    step_km = np.zeros(len(owner))
    step_km[1:] = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2] / 1000
    step_km[first_of_each(owner)] = 0
    total_km = np.cumsum(step_km)
    return np.asarray(total_km - total_km[first_of_each(owner)][np.cumsum(is_first(owner)) - 1])


def lengths_km(owner: Ints, along: Floats) -> Floats:
    """Give the length of each line from the kilometres along it."""
    last = np.append(first_of_each(owner)[1:], len(owner)) - 1
    return np.asarray(along[last])
