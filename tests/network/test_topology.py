"""How a network hangs together, on one that can be counted by hand."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geoanalysis.domain.crs import LONLAT
from geoanalysis.network import RoadNetwork, Topology, topology

# 0 - 1 = border 2 = 3 - 4 (two ways), 4 > 5 one way, and 6 - 7 apart; 8 ends beside the border
PLACES = [(22.0, 43.0), (22.5, 43.0), (22.6, 43.0), (22.7, 43.0), (23.2, 43.0)]
PLACES += [(23.5, 43.0), (25.0, 42.0), (25.2, 42.0), (22.61, 43.01), (22.6, 43.2)]
ROADS = [
    (0, 1, 40.0, False, "RS"),
    (1, 2, 8.0, False, "RS"),
    (2, 3, 8.0, False, "BG"),
    (3, 4, 40.0, False, "BG"),
    (4, 5, 24.0, True, "BG"),
    (6, 7, 16.0, False, "BG"),
    (3, 8, 7.0, False, "BG"),
    (1, 9, 22.0, False, "RS"),
]


@pytest.fixture
def report() -> Topology:
    columns = ["from_node", "to_node", "length_km", "oneway", "country"]
    roads = pd.DataFrame(ROADS, columns=columns).assign(minutes=1.0, road_class="primary")
    lines = [shapely.LineString([PLACES[a], PLACES[b]]) for a, b, *_ in ROADS]
    countries = ["RS", "RS", "", "BG", "BG", "BG", "BG", "BG", "BG", ""]
    nodes = {"country": countries, "pair": "", "crossing_id": ""}
    frame = gpd.GeoDataFrame(nodes, geometry=shapely.points(PLACES), crs=LONLAT)
    frame.loc[[2, 9], ["pair"]] = "BG-RS"
    frame.loc[2, "crossing_id"] = "kalotina"
    frame.loc[9, "crossing_id"] = "one-sided"
    return topology(RoadNetwork(frame, gpd.GeoDataFrame(roads, geometry=lines, crs=LONLAT)), crossings())


def crossings() -> gpd.GeoDataFrame:
    rows = [
        ("kalotina", "BG", "RS", True, (22.6, 43.0)),
        ("one-sided", "BG", "RS", True, (22.6, 43.2)),
        ("no-road", "BG", "RS", True, (22.6, 43.5)),
        ("shut", "BG", "RS", False, (22.6, 43.6)),
        ("elsewhere", "GR", "TR", True, (26.3, 41.0)),
    ]
    table = pd.DataFrame(rows, columns=["crossing_id", "country_a", "country_b", "open", "at"])
    table = table.assign(
        name=table["crossing_id"], mode="road", pair=table["country_a"] + "-" + table["country_b"]
    )
    return gpd.GeoDataFrame(table, geometry=shapely.points(table["at"].tolist()), crs=LONLAT)


def test_components_by_length(report: Topology) -> None:
    assert (report.nodes, report.roads, report.components) == (10, 8, 2)
    assert report.km.to_dict() == {"primary": 165.0}
    assert report.main_share == pytest.approx(149 / 165)


def test_strong_components_leave_out_what_one_cannot_come_back_from(report: Topology) -> None:
    assert report.strong_components == 3
    assert report.strong_share == pytest.approx((149 - 24) / 149)


def test_each_problem_is_named_where_it_is(report: Topology) -> None:
    found = report.problems.groupby("kind")["name"].agg(list).to_dict()
    assert found == {
        "no road at the crossing": ["no-road"],
        "not reachable from both sides": ["one-sided"],
        "loose end at a border": ["22.6100,43.0100", "22.6000,43.2000"],
    }
    assert report.problems.crs == LONLAT


def test_the_text_says_the_same(report: Topology) -> None:
    text = "\n".join(report.lines())
    assert "10 nodes, 8 roads, 165 km" in text
    assert "2 components; the main one has 90.3% of the length" in text
    assert "1 x no road at the crossing: no-road" in text
