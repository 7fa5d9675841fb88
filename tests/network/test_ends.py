"""Where trips begin and end: several nodes of a place, areas, crossings, and places that are too far."""

from collections.abc import Callable
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.errors import InputError, PlaceError
from geoanalysis.network import End, RoadNetwork, schematic_network, travel_time_min
from geoanalysis.network.ends import access, as_ends
from geoanalysis.reference import Place

MakeNetwork = Callable[..., RoadNetwork]
GEOD = Geod(ellps="WGS84")


@pytest.fixture
def motorway() -> RoadNetwork:
    """Give two carriageways 100 m apart, each one-way, joined at both ends; and a stub 5 m from the first."""
    south, north = 42.6, 42.6009
    places = [(23.0, south), (23.1, south), (23.2, south), (23.2, north), (23.1, north), (23.0, north)]
    places += [(23.1, south + 0.00005), (23.1001, south + 0.00005)]
    roads = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0), (6, 7)]
    edges = pd.DataFrame(roads, columns=["from_node", "to_node"]).assign(minutes=5.0, oneway=True)
    return RoadNetwork(gpd.GeoDataFrame(geometry=shapely.points(places), crs=LONLAT), edges)


def test_a_place_is_joined_to_both_carriageways_but_to_no_stub(motorway: RoadNetwork) -> None:
    found = access(motorway, End("here", shapely.Point(23.1, 42.6)))
    assert set(found.nodes) == {1, 4}
    metres = GEOD.inv(23.1, 42.6, 23.1, 42.6009)[2]
    assert found.minutes[found.nodes == 4] == pytest.approx(metres / 1000 / 30 * 60, rel=0.01)


def test_from_there_one_drives_either_way(motorway: RoadNetwork) -> None:
    east, west = travel_time_min(motorway, (23.1, 42.6), [2, 0])[0]
    assert east == pytest.approx(5, abs=0.3)
    assert west == pytest.approx(10, abs=0.3)


@pytest.mark.parametrize(
    ("area", "nodes"),
    [
        (shapely.box(23.05, 42.55, 23.25, 42.6005), {1, 2}),
        (
            shapely.MultiPolygon(
                [shapely.box(22.9, 42.5, 23.05, 42.6001), shapely.box(23.15, 42.6005, 23.3, 43)]
            ),
            {0, 3},
        ),
    ],
)
def test_an_area_is_joined_to_all_roads_in_it_at_once(
    motorway: RoadNetwork, area: shapely.Geometry, nodes: set[int]
) -> None:
    found = access(motorway, End("the area", area))
    assert set(found.nodes) == nodes
    assert (found.minutes == 0).all()


def test_an_area_without_roads_is_joined_like_a_place(motorway: RoadNetwork) -> None:
    found = access(motorway, End("the area", shapely.box(23.09, 42.7, 23.11, 42.72)))
    assert found.minutes.min() == pytest.approx(GEOD.inv(23.1, 42.71, 23.1, 42.6009)[2] / 500, rel=0.01)


def test_a_place_in_its_own_country(make_network: MakeNetwork) -> None:
    network = make_network([(0, 1, 5.0), (1, 2, 5.0)])
    network.nodes.loc[0, "country"] = "RS"
    close = shapely.Point(23.0, 42.6)
    assert set(access(network, End("here", close, "RS")).nodes) == {0}
    assert set(access(network, End("here", close, "TR")).nodes) == {0}


@pytest.mark.parametrize(("lon", "lat"), [(18.0, 35.5), (0.0, 0.0)])
def test_a_place_at_sea_is_refused_with_the_nearest_road(lon: float, lat: float) -> None:
    network = schematic_network(date(2022, 10, 26))
    with pytest.raises(PlaceError, match="km from the nearest road of the schematic network") as refused:
        travel_time_min(network, (lon, lat), (23.3, 42.7))
    said = str(refused.value)
    stated_km = float(said.split(" lies ")[1].split(" km", maxsplit=1)[0])
    near_lon, near_lat = map(float, said.split("(at ")[1].split(")", maxsplit=1)[0].split(","))
    assert stated_km == pytest.approx(GEOD.inv(lon, lat, near_lon, near_lat)[2] / 1000, abs=0.6)
    assert stated_km > 50


@pytest.mark.parametrize("place", [(200.0, 42.0), (23.0, 95.0), (np.nan, 42.0), (np.inf, 42.0)])
def test_what_is_no_position_is_refused(place: tuple[float, float]) -> None:
    network = schematic_network(date(2022, 10, 26))
    with pytest.raises(PlaceError, match="longitude, then latitude"):
        travel_time_min(network, place, (23.3, 42.7))


def test_trips_from_a_crossing_lose_its_delay_once(make_network: MakeNetwork) -> None:
    network = make_network([(0, 1, 5.0), (1, 2, 7.0)], {1: ("BG-TR", "lesovo")})
    network.nodes.loc[1, "delay_min"] = 30.0
    post = End("Lesovo", crossing_ids=("lesovo",))
    assert travel_time_min(network, post, 2)[0, 0] == 37
    assert travel_time_min(network, 0, post)[0, 0] == 35


def test_crossings_that_cannot_be_used_and_nodes_that_are_not_there(make_network: MakeNetwork) -> None:
    network = make_network([(0, 1, 5.0), (1, 2, 7.0)], {1: ("BG-TR", "lesovo")})
    with pytest.raises(PlaceError, match="none of its crossings can be used"):
        access(network, End("Kalotina", crossing_ids=("kalotina",)))
    with pytest.raises(PlaceError, match="nodes 0 to 2"):
        access(network, End("node 3", node=3))
    with pytest.raises(PlaceError, match="has no position"):
        access(network, End("nowhere"))


def test_what_counts_as_ends() -> None:
    points = gpd.GeoSeries(shapely.points([(23.0, 42.0), (24.0, 42.0)]), crs=LONLAT)
    place = Place("Sofia", "BG", 23.3, 42.7)
    assert [end.name for end in as_ends([(23.0, 42.0), place, 7])] == ["23.000, 42.000", "Sofia", "node 7"]
    assert len(as_ends(points)) == len(as_ends([0, 1])) == 2
    assert len(as_ends((0, 1))) == len(as_ends([23.0, 42.0])) == 1
    with pytest.raises(InputError, match="is no place"):
        as_ends("Sofia")  # type: ignore[arg-type]
