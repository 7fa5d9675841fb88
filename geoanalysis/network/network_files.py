"""Road networks kept in files."""

from datetime import date
from pathlib import Path

import geopandas as gpd

from geoanalysis.domain.errors import InputError, StoreError
from geoanalysis.domain.marking import ATTRIBUTION
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.store.road_files import RoadFile, read_roads, write_roads


def save_network(network: RoadNetwork, path: Path | str) -> None:
    """
    Keep a network, before it is made one for a day, as a GeoPackage that a GIS opens too.

    Raises
    ------
    InputError
        If it has no lines or no positions.
    StoreError
        If the name does not end in .gpkg, or the place cannot be written to.
    """
    if not isinstance(network.edges, gpd.GeoDataFrame) or not isinstance(network.nodes, gpd.GeoDataFrame):
        raise InputError("a network without lines and positions cannot be kept: build it from an extract")
    about = {
        "name": network.name,
        "as_of": network.as_of.isoformat() if network.as_of else "",
        "source": ATTRIBUTION,
    }
    write_roads(RoadFile(network.nodes, network.edges, about), path)


def load_network(path: Path | str) -> RoadNetwork:
    """
    Read a network that `save_network` kept.

    Raises
    ------
    StoreError
        If there is none at that place, or it is damaged or of another version.
    """
    nodes, edges, about = read_roads(path)
    try:
        as_of = date.fromisoformat(about["as_of"]) if about["as_of"] else None
        return RoadNetwork(nodes, edges, name=about["name"], as_of=as_of)
    except (InputError, KeyError, ValueError) as reason:
        raise StoreError(f"{path} is damaged ({reason}): build it again") from reason
