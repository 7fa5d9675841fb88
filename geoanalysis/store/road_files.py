"""A road network kept as one GeoPackage: nodes, roads, and what is to be said of it."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.errors import StoreError
from geoanalysis.store import atomic, geopackage, layout

_NODE_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {"country": "str", "pair": "str", "crossing_id": "str"}
)
_ROAD_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "from_node": "int64",
        "to_node": "int64",
        "minutes": "float64",
        "length_km": "float64",
        "oneway": "bool",
        "road_class": "str",
        "link": "bool",
        "ref": "str",
        "country": "str",
    }
)
_LAYERS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"nodes": _NODE_TYPES, "roads": _ROAD_TYPES}
)


class RoadFile(NamedTuple):
    """Nodes and roads, EPSG:4326, and what is said of them: texts by name."""

    nodes: gpd.GeoDataFrame
    roads: gpd.GeoDataFrame
    about: dict[str, str]


def write_roads(content: RoadFile, path: Path | str) -> None:
    """
    Write a road network, whole or not at all.

    Raises
    ------
    StoreError
        If the name does not end in .gpkg, or the place cannot be written to.
    """
    place = Path(path)
    require_suffix(place)
    about = {"layout": layout.LAYOUT, **content.about}
    layers = {
        "nodes": content.nodes[[*_NODE_TYPES, "geometry"]],
        "roads": content.roads[[*_ROAD_TYPES, "geometry"]],
        "about": pd.DataFrame([about]),
    }
    atomic.replace_file(place, lambda draft: geopackage.write_layers(layers, draft))


def read_roads(path: Path | str) -> RoadFile:
    """
    Read a road network.

    Raises
    ------
    StoreError
        If there is none at that place, or it is damaged or of another version.
    """
    place = Path(path)
    if not place.is_file():
        raise StoreError(f"{place} is missing: build it with `python -m geoanalysis roads build`")
    try:
        (about,) = geopackage.read_layers(place, ("about",), where=str(place))["about"].to_dict("records")
        layout.require_layout(about.pop("layout"), where=str(place))
        nodes, roads = (_typed(place, layer, types) for layer, types in _LAYERS.items())
    except (KeyError, TypeError, ValueError) as reason:
        raise StoreError(
            f"{place} is no road network of ours, or is damaged ({reason}): build it again"
        ) from reason
    return RoadFile(nodes, roads, {str(name): str(text or "") for name, text in about.items()})


def require_suffix(path: Path) -> None:
    """Refuse a name that does not end in .gpkg with a `StoreError`, such as before a long build."""
    if path.suffix.lower() != ".gpkg":
        raise StoreError(f"{path}: a road network is a .gpkg file; choose a name that ends so")


def _typed(place: Path, layer: str, types: Mapping[str, str]) -> gpd.GeoDataFrame:
    parts = [
        gpd.GeoDataFrame(
            {name: rows[name].astype(kind) for name, kind in types.items()},
            geometry=geopackage.geometries_of(rows["geom"]),
            crs=LONLAT,
        )
        for rows in geopackage.read_parts(place, layer, where=str(place))
    ]
    return pd.concat(parts, ignore_index=True)
