"""Small networks to test on."""

from collections.abc import Callable, Sequence
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geoanalysis.domain.crs import LONLAT
from geoanalysis.reference import Place, Roads

ACTION = date(2022, 10, 26)
Road = tuple[int, int, float] | tuple[int, int, float, str] | tuple[int, int, float, str, bool]
MakeRoads = Callable[[Sequence[Road]], Roads]


def _roads(rows: Sequence[Road]) -> Roads:
    padded = [(*row, *("", False)[len(row) - 3 :]) for row in rows]
    edges = pd.DataFrame(padded, columns=["from_node", "to_node", "km", "crossing_id", "side_road"])
    numbers = np.arange(edges[["from_node", "to_node"]].to_numpy().max() + 1)
    points = gpd.points_from_xy(20 + 0.1 * numbers, np.full(len(numbers), 45.0))
    return Roads(gpd.GeoDataFrame({"node_id": numbers}, geometry=points, crs=LONLAT), edges, ACTION)


@pytest.fixture(scope="session")
def make_roads() -> MakeRoads:
    """
    Give a network from its roads: ends, km and, for links, crossing and whether it is off the E roads.

    Node n is at 20° + n/10 E, 45° N, whatever the lengths say.
    """
    return _roads


@pytest.fixture(scope="session")
def place_at() -> Callable[[int], Place]:
    """Give the place at a node."""
    return lambda node: Place(f"place {node}", "RS", 20 + 0.1 * node, 45.0)
