"""Countries and land borders, from map layers that are made of OpenStreetMap."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import Geometry, set_precision, union_all

from geoanalysis.domain.crs import metric
from geoanalysis.reference.build.layers import write_layer
from geoanalysis.reference.build.manifest import Entry, record
from geoanalysis.reference.build.options import PROJECT_DATA, DataFolder, SourceFolder

_LICENCE: Final = "ODbL 1.0, © OpenStreetMap contributors"
_BORDERS: Final = "OpenStreetMap by npm @geo-maps/countries-maritime-10m 0.6.0"
_ENTRIES: Final = {
    "countries_see": (
        "countries of South-East Europe and around it, generalised by about 100 m",
        f"{_BORDERS}; coast by npm @geo-maps/countries-land-100m 0.6.0",
    ),
    "countries_europe": (
        "countries of Europe and around it, generalised by 1 to 2 km",
        f"{_BORDERS}; coast from Natural Earth 4.1 by npm world-atlas 2.0.2",
    ),
    "borders": ("land borders, one row per pair of countries", _BORDERS),
}
_DEGREES: Final = 1e-5
"""Grid of coordinates: about a metre."""


def build_borders(source: SourceFolder, out: DataFolder = PROJECT_DATA) -> None:
    """Make countries and land borders from countries_see, countries_europe and borders_land (.geojson)."""
    europe = gpd.read_file(source / "countries_europe.geojson")
    layers = {
        "countries_see": _countries(gpd.read_file(source / "countries_see.geojson")),
        "countries_europe": _apart(_countries(europe)),
        "borders": _borders(
            gpd.read_file(source / "borders_land.geojson"), europe.set_index("iso_a3")["iso_a2"]
        ),
    }
    folder = out / "borders"
    for name, layer in layers.items():
        write_layer(layer, folder / f"{name}.parquet")
    record(folder, *(_entry(name, layer) for name, layer in layers.items()))


def _entry(name: str, layer: gpd.GeoDataFrame) -> Entry:
    title, origin = _ENTRIES[name]
    return Entry(f"{name}.parquet", title, origin, _LICENCE, "2017-11-30", len(layer))


def _countries(raw: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    named = raw.rename(columns={"iso_a2": "country"})[["country", "name", "geometry"]]
    return named.sort_values("country", ignore_index=True)


def _apart(countries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Leave to the smaller country what two of them cover: enclaves, and what both claim along the Danube."""
    shapes: dict[int, Geometry] = {}
    for index in metric(countries).area.sort_values().index:
        whole = countries.geometry[index]
        smaller = union_all([shape for shape in shapes.values() if shape.intersects(whole)])
        shapes[index] = set_precision(whole.difference(smaller), _DEGREES)
    return countries.set_geometry(gpd.GeoSeries(shapes, crs=countries.crs).reindex(countries.index))


def _borders(raw: gpd.GeoDataFrame, alpha2: pd.Series) -> gpd.GeoDataFrame:
    """Name the two countries by alpha-2 codes, in the order of the codes."""
    codes = np.column_stack([raw["iso_a3_1"].map(alpha2), raw["iso_a3_2"].map(alpha2)]).astype(str)
    names = raw[["name_1", "name_2"]].to_numpy(str)
    order = np.argsort(codes, axis=1)
    codes, names = np.take_along_axis(codes, order, 1), np.take_along_axis(names, order, 1)
    table = {
        "country_a": codes[:, 0],
        "country_b": codes[:, 1],
        "name_a": names[:, 0],
        "name_b": names[:, 1],
        "length_km": raw["length_km"],
    }
    frame = gpd.GeoDataFrame(table, geometry=raw.geometry)
    return frame.sort_values(["country_a", "country_b"], ignore_index=True)
