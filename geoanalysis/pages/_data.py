"""What pages read, kept between reruns by date, parameters and content hash; shared by all sessions."""

from datetime import date
from pathlib import Path

import geopandas as gpd
import streamlit as st

from geoanalysis import hotspots, network, reference, review, store
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.operation import Operation
from geoanalysis.maps.basemap import Basemap
from geoanalysis.network import RoadNetwork

_CITIES_OFFERED = 400
EXERCISE = Path("actions", "exercise_2022")

_quietly = st.cache_resource(max_entries=8, show_spinner=False)

borders = _quietly(reference.load_borders)
crossings = _quietly(reference.load_crossings)
places = _quietly(reference.load_places)
press_events = _quietly(reference.load_press_events)
actions = _quietly(reference.load_actions)
data_files = _quietly(reference.data_files)
_reading_roads = st.cache_resource(max_entries=4, show_spinner="Reading the road network ...")
_schematic = _reading_roads(network.schematic_network)
_network_file = _reading_roads(network.load_network)


@st.cache_resource(show_spinner=False)
def basemap() -> Basemap:
    """Give land, water and place names."""
    return Basemap.bundled()


@st.cache_resource(show_spinner=False)
def city_names() -> list[str]:
    """Give the names of the largest cities, to choose ends of a corridor from."""
    largest = places().nlargest(_CITIES_OFFERED, "population")
    return sorted(largest["name"].unique())


@st.cache_resource(show_spinner="Reading the exercise ...")
def exercise() -> Operation:
    """Give the bundled exercise."""
    return store.load_operation(reference.data_folder() / EXERCISE)


@st.cache_resource(show_spinner=False)
def ends_offered(on: date) -> list[str]:
    """Give texts that name ends of trips: cities, ports and border sections."""
    return [
        *city_names(),
        *network.port_choices(crossings(on)),
        *network.border_choices(crossings(on)),
    ]


def road_networks() -> list[str]:
    """Name the road networks at hand: the bundled one, without a name, and those in files."""
    return ["", *sorted(path.name for path in _roads_folder().glob("*.gpkg"))]


def road_network(on: date, file_name: str) -> RoadNetwork:
    """Give the bundled road network of a day, or one in a file."""
    return _network_file(_roads_folder() / file_name) if file_name else _schematic(on)


@st.cache_resource(max_entries=4, show_spinner="Looking for gaps in the roads ...")
def topology(on: date, file_name: str) -> network.Topology:
    """Tell how a road network hangs together."""
    return network.topology(road_network(on, file_name), crossings(on))


def _roads_folder() -> Path:
    return reference.data_folder() / "roads"


def intensity(operation: Operation) -> gpd.GeoDataFrame:
    """Give the check intensity of every place of the operation."""
    return _intensity(fingerprint(operation.check_shifts), operation)


def summary(operation: Operation) -> gpd.GeoDataFrame:
    """Give the hot-spot summary of the operation, one row per crossing and per hexagon."""
    return _summary(fingerprint(operation.seizures, operation.check_shifts), operation)


@st.cache_resource(max_entries=32, show_spinner=False)
def _intensity(content: str, _operation: Operation) -> gpd.GeoDataFrame:  # noqa: ARG001 - the cache key
    return review.check_intensity(_operation.check_shifts, crossings(_operation.starts))


@st.cache_resource(max_entries=32, show_spinner="Comparing hits with checks ...")
def _summary(content: str, _operation: Operation) -> gpd.GeoDataFrame:  # noqa: ARG001 - the cache key
    return hotspots.summarise(_operation.seizures, _operation.check_shifts, crossings(_operation.starts))
