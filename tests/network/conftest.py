"""A small world whose minutes can be added up by hand."""

from collections.abc import Callable, Sequence
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geoanalysis.domain.crs import LONLAT
from geoanalysis.network import RoadNetwork
from geoanalysis.reference import load_crossings

ACTION = date(2022, 10, 26)
Road = tuple[int, int, float]
MakeNetwork = Callable[..., RoadNetwork]


def _network(roads: Sequence[Road], crossings: dict[int, tuple[str, str]] | None = None) -> RoadNetwork:
    """Give a network of two-way roads; node n is at n/10 degrees east of 23° E, 42.6° N."""
    count = max(max(road[:2]) for road in roads) + 1
    places = [(23 + number / 10, 42.6) for number in range(count)]
    posts = crossings or {}
    nodes = gpd.GeoDataFrame(
        {
            "country": ["" if number in posts else "BG" for number in range(count)],
            "pair": [posts.get(number, ("", ""))[0] for number in range(count)],
            "crossing_id": [posts.get(number, ("", ""))[1] for number in range(count)],
        },
        geometry=shapely.points(places),
        crs=LONLAT,
    )
    edges = pd.DataFrame(roads, columns=["from_node", "to_node", "minutes"]).astype({"minutes": "float64"})
    lines = [shapely.LineString([places[a], places[b]]) for a, b, _ in roads]
    return RoadNetwork(nodes, gpd.GeoDataFrame(edges.assign(length_km=1.0), geometry=lines, crs=LONLAT))


@pytest.fixture(scope="session")
def make_network() -> MakeNetwork:
    """
    Give a maker of small networks: two-way roads with minutes, and border nodes with pair and crossing.

    Node n is at 23° + n/10 E, 42.6° N, whatever the minutes say.
    """
    return _network


@pytest.fixture(scope="session")
def crossings() -> gpd.GeoDataFrame:
    """Give the crossings on the first day of the action."""
    return load_crossings(ACTION)
