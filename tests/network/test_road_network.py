"""Networks refuse what cannot be driven, and are equal where they lead to equal routes."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoanalysis.domain.errors import CRSError, InputError, PlaceError, SchemaError
from geoanalysis.network import RoadNetwork, alternative_routes, travel_time_min

NODES = pd.DataFrame(index=range(3))
ROADS = pd.DataFrame({"from_node": [0, 1], "to_node": [1, 2], "minutes": [5.0, 7.0]})


@pytest.mark.parametrize(
    ("roads", "words"),
    [
        (ROADS.drop(columns="minutes"), "lack the columns minutes"),
        (ROADS.assign(to_node=[1, 3]), "nodes are numbered 0 to 2"),
        (ROADS.assign(from_node=[-1, 1]), "ends at no node"),
        (ROADS.assign(from_node=[0.5, 1.0]), "ends at no node"),
        (ROADS.assign(minutes=[-1.0, 7.0]), "negative or missing"),
        (ROADS.assign(minutes=[np.nan, 7.0]), "negative or missing"),
    ],
)
def test_impossible_roads_are_refused(roads: pd.DataFrame, words: str) -> None:
    with pytest.raises(SchemaError, match=words):
        RoadNetwork(NODES, roads)


def test_no_roads_and_impossible_delays_are_refused() -> None:
    with pytest.raises(InputError, match="no roads"):
        RoadNetwork(NODES, ROADS.iloc[:0])
    with pytest.raises(SchemaError, match="delay"):
        RoadNetwork(NODES.assign(delay_min=[0, -5, 0]), ROADS)


def test_positions_in_metres_are_refused() -> None:
    nodes = gpd.GeoDataFrame(geometry=shapely.points([(0, 0), (1, 1), (2, 2)]), crs="EPSG:3035")
    with pytest.raises(CRSError, match="EPSG:3035"):
        RoadNetwork(nodes, ROADS)


def test_a_network_without_lines_gives_plain_tables_and_no_snapping() -> None:
    network = RoadNetwork(NODES, ROADS)
    routes = alternative_routes(network, 0, 2)
    assert type(routes) is pd.DataFrame
    assert routes["time_min"].tolist() == [12.0]
    with pytest.raises(PlaceError, match="name its nodes by number"):
        travel_time_min(network, (23.0, 42.0), 2)


def test_of_parallel_roads_the_quickest_is_driven_and_delays_count_once() -> None:
    roads = pd.concat([ROADS, ROADS.assign(minutes=[3.0, 9.0])], ignore_index=True)
    network = RoadNetwork(NODES.assign(delay_min=[0.0, 30.0, 0.0]), roads)
    assert travel_time_min(network, 0, 2)[0, 0] == 3 + 30 + 7
    assert travel_time_min(network, 1, 2)[0, 0] == 30 + 7


@given(st.permutations(range(6)), st.lists(st.floats(1, 50), min_size=9, max_size=9))
def test_names_of_nodes_make_no_difference(number: list[int], minutes: list[float]) -> None:
    tail, head = [0, 0, 1, 1, 2, 3, 3, 4, 2], [1, 2, 3, 2, 4, 4, 5, 5, 5]
    named = [[number[node] for node in side] for side in (tail, head)]
    all_ways = {"k": 1000, "max_overlap": 1.0}
    first = alternative_routes(RoadNetwork.from_arrays(tail, head, minutes), 0, 5, **all_ways)
    second = alternative_routes(RoadNetwork.from_arrays(*named, minutes), number[0], number[5], **all_ways)
    assert first["time_min"].tolist() == pytest.approx(second["time_min"].tolist())
    # of ways that take the same time either may come first
    assert sorted(first["share"]) == pytest.approx(sorted(second["share"]))


def test_equal_networks_have_equal_digests() -> None:
    digest = RoadNetwork(NODES, ROADS).digest
    assert digest == RoadNetwork(NODES.copy(), ROADS.copy(), name="another name").digest
    assert digest != RoadNetwork(NODES, ROADS.assign(minutes=[5.0, 7.1])).digest
    assert digest != RoadNetwork(NODES, ROADS.assign(oneway=True)).digest
