"""Where something is closed, slowed down or manned, as marks on a map."""

import geopandas as gpd
import pytest
import shapely

from geoanalysis.domain.crs import LONLAT
from geoanalysis.network import RoadNetwork, WhatIf, road_name, road_number, what_if_places


@pytest.fixture
def network() -> RoadNetwork:
    nodes = gpd.GeoDataFrame(geometry=shapely.points([(23.0, 42.0), (24.0, 42.0), (24.0, 43.0)]), crs=LONLAT)
    lines = shapely.linestrings([[(23.0, 42.0), (24.0, 42.0)], [(24.0, 42.0), (24.0, 43.0)]])
    columns = {"from_node": [0, 1], "to_node": [1, 2], "minutes": [40.0, 50.0], "ref": ["E80", ""]}
    return RoadNetwork(nodes, gpd.GeoDataFrame(columns, geometry=lines, crs=LONLAT))


@pytest.fixture
def crossings() -> gpd.GeoDataFrame:
    columns = {"crossing_id": ["bg-rs-kalotina", "bg-tr-lesovo"], "name": ["Kalotina", "Lesovo"]}
    return gpd.GeoDataFrame(columns, geometry=shapely.points([(22.8, 43.0), (26.6, 42.0)]), crs=LONLAT)


def test_crossings_and_the_middle_of_roads_are_marked(
    network: RoadNetwork, crossings: gpd.GeoDataFrame
) -> None:
    what_if = WhatIf(
        closed=frozenset({"bg-rs-kalotina", "road 1"}),
        manned=frozenset({"bg-tr-lesovo"}),
        slowed_min={"road 0": 30.0},
    )
    marks = what_if_places(network, crossings, what_if)
    found = {row.id: (row.name, row.done, row.geometry.coords[0]) for row in marks.itertuples(index=False)}
    assert found == {
        "bg-tr-lesovo": ("Lesovo", "manned", (26.6, 42.0)),
        "road 0": ("road 0 (E80)", "slowed", (23.5, 42.0)),
        "bg-rs-kalotina": ("Kalotina", "closed", (22.8, 43.0)),
        "road 1": ("road 1", "closed", (24.0, 42.5)),
    }
    assert marks.crs == LONLAT


def test_what_is_not_there_is_left_out(network: RoadNetwork, crossings: gpd.GeoDataFrame) -> None:
    gone = WhatIf(closed=frozenset({"elsewhere", "road 2", "road -1", "road x"}))
    assert what_if_places(network, crossings, gone).empty
    assert what_if_places(network, crossings, WhatIf()).empty


@pytest.mark.parametrize(
    ("text", "number"), [("road 17", 17), ("road", None), ("road x", None), ("17", None)]
)
def test_a_road_is_known_by_its_number(text: str, number: int | None) -> None:
    assert road_number(text) == number


def test_a_road_is_named_by_its_sign(network: RoadNetwork) -> None:
    assert [road_name(network, number) for number in (0, 1)] == ["road 0 (E80)", "road 1"]
