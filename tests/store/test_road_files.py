"""Road networks in files: the same when read back, and refused with a sentence when damaged."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.errors import InputError, StoreError
from geoanalysis.network import RoadNetwork, load_network, save_network


@pytest.fixture
def network() -> RoadNetwork:
    nodes = {"country": ["BG", "", "RS"], "pair": ["", "BG-RS", ""], "crossing_id": ["", "kalotina", ""]}
    roads = {
        "from_node": [0, 1],
        "to_node": [1, 2],
        "minutes": [7.25, 8.5],
        "length_km": [10.125, 9.5],
        "oneway": [True, False],
        "road_class": ["motorway", "ferry"],
        "link": [False, True],
        "ref": ["A6;E80", ""],
        "country": ["BG", "RS"],
    }
    lines = [shapely.LineString([(22.9, 42.98), (22.85, 43.0), (22.8334, 42.9975)])]
    lines += [shapely.LineString([(22.8334, 42.9975), (22.78, 43.01)])]
    points = shapely.points([(22.9, 42.98), (22.8334, 42.9975), (22.78, 43.01)])
    return RoadNetwork(
        gpd.GeoDataFrame(nodes, geometry=points, crs=LONLAT),
        gpd.GeoDataFrame(roads, geometry=lines, crs=LONLAT),
        name="detailed road network",
        as_of=date(2021, 8, 6),
    )


def test_a_network_is_the_same_when_read_back(network: RoadNetwork, tmp_path: Path) -> None:
    save_network(network, tmp_path / "roads.gpkg")
    again = load_network(tmp_path / "roads.gpkg")
    assert (again.name, again.as_of, again.digest) == (network.name, network.as_of, network.digest)
    assert_geodataframe_equal(again.edges, network.edges, check_like=True)
    assert_geodataframe_equal(again.nodes, network.nodes, check_like=True)


def test_a_gis_reads_it_too(network: RoadNetwork, tmp_path: Path) -> None:
    save_network(network, tmp_path / "roads.gpkg")
    roads = pyogrio.read_dataframe(tmp_path / "roads.gpkg", layer="roads")
    assert roads.geometry.to_list() == network.edges.geometry.to_list()
    about = pyogrio.read_dataframe(tmp_path / "roads.gpkg", layer="about")
    assert "OpenStreetMap contributors" in about["source"].item()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE roads SET to_node = 99", "ends at no node"),
        ("UPDATE roads SET minutes = -1", "negative or missing"),
        ("UPDATE roads SET minutes = 'soon'", "damaged"),
        ("UPDATE roads SET geom = x'00'", "geometry is missing or damaged"),
        ("UPDATE roads SET geom = x'4750000100000000'", "damaged"),
        ("UPDATE about SET layout = 99", "has layout 99"),
        ("UPDATE about SET as_of = 'yesterday'", "damaged"),
        ("DELETE FROM about", "damaged"),
        ("ALTER TABLE roads RENAME COLUMN minutes TO hours", "minutes"),
        ("DROP TABLE nodes", "the layer nodes is missing"),
    ],
)
def test_a_damaged_network_is_refused(network: RoadNetwork, tmp_path: Path, damage: str, words: str) -> None:
    path = tmp_path / "roads.gpkg"
    save_network(network, path)
    with closing(sqlite3.connect(path)) as database:
        for trigger in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{trigger[0]}"')
        database.execute(damage)
        database.commit()
    with pytest.raises(StoreError, match=words):
        load_network(path)


def test_half_a_file_and_no_file_are_refused(network: RoadNetwork, tmp_path: Path) -> None:
    path = tmp_path / "roads.gpkg"
    save_network(network, path)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(StoreError, match="damaged"):
        load_network(path)
    with pytest.raises(StoreError, match="is missing: build it"):
        load_network(tmp_path / "none.gpkg")


def test_what_cannot_be_kept_leaves_nothing(network: RoadNetwork, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"\.gpkg"):
        save_network(network, tmp_path / "roads.csv")
    with pytest.raises(InputError, match="without lines"):
        save_network(RoadNetwork.from_arrays([0], [1], [5.0]), tmp_path / "roads.gpkg")
    assert list(tmp_path.iterdir()) == []
