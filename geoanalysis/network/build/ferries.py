"""Ferries: what a boarding costs, and how piers are joined that no road of the network reaches."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import KDTree

from geoanalysis.domain.crs import LONLAT, metric
from geoanalysis.network.arcs import Floats, Ints
from geoanalysis.network.build.tags import FERRY

BOARDING_MIN: Final = 30.0
"""Minutes lost on getting aboard and ashore; an assumption."""
PIER_KM: Final = 2.0
"""A pier is joined to the nearest road at most so far away: what leads there is often below tertiary."""
_PIER_KM_H: Final = 20.0


def boarding_min(roads: pd.DataFrame) -> Floats:
    """Give what boarding adds to each road: half of it for each end of a ferry on a road."""
    ferry = (roads["road_class"] == FERRY).to_numpy()
    on_land = np.unique(roads.loc[~ferry, ["from_node", "to_node"]])
    at_land = np.isin(roads["from_node"], on_land).astype(int) + np.isin(roads["to_node"], on_land)
    return np.where(ferry, at_land * BOARDING_MIN / 2, 0.0)


def piers(roads: gpd.GeoDataFrame, nodes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give straight roads from the ends of ferries that touch no other road to the nearest one."""
    ferry = (roads["road_class"] == FERRY).to_numpy()
    ends, times = np.unique(roads.loc[ferry, ["from_node", "to_node"]], return_counts=True)
    on_land = np.unique(roads.loc[~ferry, ["from_node", "to_node"]])
    loose = ends[(times == 1) & ~np.isin(ends, on_land)]
    if len(loose) == 0 or len(on_land) == 0:
        return roads.iloc[:0]
    metres = metric(nodes[["geometry"]]).get_coordinates().to_numpy()
    away_m, nearest = KDTree(metres[on_land]).query(metres[loose])
    joined = away_m <= PIER_KM * 1000
    return _straight(loose[joined], on_land[nearest[joined]], away_m[joined] / 1000, nodes)


def _straight(pier: Ints, road: Ints, length_km: Floats, nodes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    points = nodes.get_coordinates().to_numpy()
    columns = {
        "from_node": pier,
        "to_node": road,
        "length_km": length_km,
        "minutes": length_km / _PIER_KM_H * 60 + BOARDING_MIN / 2,
        "oneway": False,
        "road_class": FERRY,
        "link": True,
        "ref": "",
        "country": nodes["country"].to_numpy()[road],
    }
    lines = shapely.linestrings(np.stack([points[pier], points[road]], axis=1))
    return gpd.GeoDataFrame(columns, geometry=lines, crs=LONLAT)
