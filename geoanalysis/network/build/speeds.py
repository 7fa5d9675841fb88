"""
How fast cars drive, by class and country of the road, and by its surface.

Speeds are shares of the legal limit for cars, an assumption; the shares are such that the limits most usual
in the region (130, 110 and 90 km/h) give about 115 km/h on motorways and 45 km/h on tertiary roads. The
limits are facts of national law as of 2024, from the European Commission's "Going abroad" pages
(https://road-safety.transport.ec.europa.eu) and OpenStreetMap's collection of road codes
(https://wiki.openstreetmap.org/wiki/Default_speed_limits).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from geoanalysis.network.arcs import Floats
from geoanalysis.network.build.tags import FERRY

_USUAL: Final = (130.0, 110.0, 90.0)
_LIMITS_KM_H: Final[Mapping[str, tuple[float, float, float]]] = MappingProxyType(
    {
        "AL": (110.0, 90.0, 80.0),
        "AT": (130.0, 100.0, 100.0),
        "BA": (130.0, 100.0, 80.0),
        "BG": (140.0, 120.0, 90.0),
        "CY": (100.0, 80.0, 80.0),
        "CZ": (130.0, 110.0, 90.0),
        "DE": (130.0, 100.0, 100.0),
        "GR": (130.0, 110.0, 90.0),
        "HR": (130.0, 110.0, 90.0),
        "HU": (130.0, 110.0, 90.0),
        "IT": (130.0, 110.0, 90.0),
        "MD": (110.0, 110.0, 90.0),
        "ME": (130.0, 100.0, 80.0),
        "MK": (130.0, 110.0, 80.0),
        "PL": (140.0, 120.0, 90.0),
        "RO": (130.0, 100.0, 90.0),
        "RS": (130.0, 100.0, 80.0),
        "SI": (130.0, 110.0, 90.0),
        "SK": (130.0, 90.0, 90.0),
        "TR": (130.0, 110.0, 90.0),
        "UA": (130.0, 110.0, 90.0),
        "XK": (130.0, 110.0, 80.0),
    }
)
"""Motorways, expressways, other roads outside built-up areas."""
_DRIVEN: Final[Mapping[str, tuple[int, float]]] = MappingProxyType(
    {
        "motorway": (0, 0.88),
        "trunk": (1, 0.78),
        "primary": (2, 0.78),
        "secondary": (2, 0.62),
        "tertiary": (2, 0.5),
    }
)
"""Which of the limits counts for a class, and how much of it is driven on the whole."""
_LINK_KM_H: Final = 45.0
_FERRY_KM_H: Final = 30.0
"""Where a ferry's time is not known; an assumption."""


def speeds_km_h(roads: pd.DataFrame) -> Floats:
    """
    Give the speed on roads and ferries.

    Parameters
    ----------
    roads
        With `road_class`, `link`, `country` (alpha-2; the usual limits where it is another or empty),
        `surface_km_h`, the most that the surface allows, and `ferry_km_h` of a ferry whose time is known.
    """
    table = pd.Series(
        {
            (country, road_class): limits[which] * share
            for country, limits in {**_LIMITS_KM_H, "": _USUAL}.items()
            for road_class, (which, share) in _DRIVEN.items()
        }
    )
    countries = roads["country"].where(roads["country"].isin(list(_LIMITS_KM_H)), "")
    of_class = table.reindex(pd.MultiIndex.from_arrays([countries, roads["road_class"]])).to_numpy("float64")
    limited = np.where(roads["link"], np.minimum(of_class, _LINK_KM_H), of_class)
    on_land = np.minimum(limited, roads["surface_km_h"].to_numpy("float64"))
    at_sea = roads["ferry_km_h"].fillna(_FERRY_KM_H).to_numpy("float64")
    return np.asarray(np.where(roads["road_class"] == FERRY, at_sea, on_land))
