"""
The map data of a briefing as one GeoPackage that QGIS draws as the briefing does.

Every row carries the handling marking, so that a layer keeps it when it is copied out of the file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoanalysis.briefing.formats.qgis_styles import Drawn, categorized_qml
from geoanalysis.briefing.formats.texts import distinct
from geoanalysis.domain.crs import require_crs
from geoanalysis.domain.marking import EXERCISE_NOTICE, handling_marking
from geoanalysis.maps.scene import Layer, Scene
from geoanalysis.store import LAYER_STYLES, LayerStyle, flat_table, styled_gpkg

_ABOUT: Final = "about"
_TAKEN: Final = (_ABOUT, LAYER_STYLES, "qgis_projects")
_OF_THE_FORMAT: Final = re.compile("(gpkg|rtree|sqlite)_", re.IGNORECASE)
_LONGEST_NAME: Final = 50
_COLUMNS_OF_GDAL: Final = ("fid", "geom")
_DRAWN: Final[tuple[Drawn, ...]] = ("points", "lines", "areas")
"""By the dimension of the geometries."""
_MULTI: Final = (shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)
_KINDS_OF_VALUES: Final = frozenset(
    {"boolean", "bytes", "date", "datetime", "datetime64", "empty", "floating", "integer", "string"}
)


@dataclass(frozen=True, slots=True)
class _Part:
    """What becomes a layer of the file: features with one type of geometry, and how they are drawn."""

    name: str
    title: str
    rows: gpd.GeoDataFrame
    qml: str


def briefing_gpkg(
    scenes: Sequence[Scene], tables: Mapping[str, pd.DataFrame], said: Sequence[tuple[str, str]]
) -> bytes:
    """
    Give what the maps and tables of a briefing show as the content of a GeoPackage file.

    Parameters
    ----------
    scenes
        Each layer that is shown and has features becomes one of the file, of the same name, in EPSG:4326,
        and with a style for QGIS. A layer with several types of geometry becomes ``KEY_points``,
        ``KEY_lines`` and ``KEY_areas``; a name that is taken gets a number. To the columns of the features
        come `words` (of the legend), `shown` (on which map), `handling` and, in an exercise, `notice`.
    tables
        Each becomes a table of the file; positions in it become the columns `lon` and `lat`.
    said
        What must be known of all of it, as names and values: handling marking, age of the data, sources. They
        become the table ``about``.

    Raises
    ------
    StoreError
        If a text holds a NUL character, or the file cannot be written whole.
    CRSError
        If a layer is not in EPSG:4326.
    """
    parts = [part for scene in scenes for layer in scene.shown().layers for part in _parts(layer, scene)]
    wanted = [*(part.name for part in parts), *tables]
    names = distinct([_safe(name) for name in wanted], taken=_TAKEN, longest=_LONGEST_NAME)
    frames = [*(part.rows for part in parts), *(_storable(flat_table(table)) for table in tables.values())]
    about = pd.DataFrame(list(said), columns=["name", "value"], dtype="str")
    styles = [LayerStyle(name, name, part.qml, part.title) for name, part in zip(names, parts, strict=False)]
    return styled_gpkg({**dict(zip(names, frames, strict=True)), _ABOUT: about}, styles)


def _safe(name: str) -> str:
    """Give a name for a table: letters, figures and underscores, and none that SQLite or GDAL keeps."""
    plain = re.sub(r"\W+", "_", name).strip("_") or "table"
    return f"table_{plain}" if _OF_THE_FORMAT.match(plain) else plain


def _parts(layer: Layer, scene: Scene) -> Iterator[_Part]:
    if layer.features.empty:
        return
    require_crs(layer.features, what=f"the layer {layer.key}")
    rows = _storable(_marked(layer, scene))
    dimensions = _dimensions(rows.geometry)
    mixed = len(set(dimensions)) > 1
    for dimension in sorted(set(dimensions)):
        drawn = _DRAWN[dimension]
        name = f"{layer.key}_{drawn}" if mixed else layer.key
        yield _part(name, layer, rows[dimensions == dimension], drawn)


def _part(name: str, layer: Layer, rows: gpd.GeoDataFrame, drawn: Drawn) -> _Part:
    """Style the rows with the symbols that they have, as the legend does."""
    used = set(rows["style"])
    symbols = {style: symbol for style, symbol in layer.symbols.items() if style in used}
    qml = categorized_qml(symbols, drawn, sized="size_px" in rows)
    geometries = _of_one_type(rows.geometry.to_numpy(), _DRAWN.index(drawn))
    return _Part(name, layer.title, rows.set_geometry(geometries, crs=rows.crs), qml)


def _marked(layer: Layer, scene: Scene) -> gpd.GeoDataFrame:
    words = {style: symbol.words for style, symbol in layer.symbols.items()}
    features = layer.features.assign(
        words=layer.features["style"].map(words),
        shown=f"{scene.title}, {scene.subtitle}",
        handling=handling_marking(scene.handling),
    )
    if EXERCISE_NOTICE not in scene.notices:
        return features
    return features.assign(notice=EXERCISE_NOTICE)


def _dimensions(geometries: gpd.GeoSeries) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Give 0, 1 or 2 for each geometry; one that is missing stays with the others."""
    dimensions = np.asarray(shapely.get_dimensions(geometries.to_numpy()), dtype="int64")
    known = dimensions[dimensions >= 0]
    return np.where(dimensions < 0, known.min(initial=2) if len(known) else 0, dimensions)


def _of_one_type(geometries: "np.ndarray[tuple[int], np.dtype[np.object_]]", dimension: int) -> list[object]:
    """Make all geometries flat, and multiple ones where some are."""
    flat = shapely.force_2d(geometries)
    if len(set(shapely.get_type_id(flat[~shapely.is_missing(flat)]))) <= 1:
        return list(flat)
    return [None if geometry is None else _multiple(geometry, dimension) for geometry in flat]


def _multiple(geometry: shapely.Geometry, dimension: int) -> object:
    """Give the parts of that dimension as one geometry: of a collection, what the layer can draw."""
    parts = shapely.get_parts(shapely.get_parts(geometry))  # a collection may hold multiple ones
    return _MULTI[dimension](parts[shapely.get_dimensions(parts) == dimension])


def _storable(table: pd.DataFrame) -> pd.DataFrame:
    """Give the table with columns whose names and values the format can hold."""
    shape = table.geometry.name if isinstance(table, gpd.GeoDataFrame) else None
    others = [place for place, column in enumerate(table.columns) if column != shape]
    names = distinct([str(table.columns[place]) for place in others], taken=_COLUMNS_OF_GDAL)
    columns = {name: _plain(table.iloc[:, place]) for name, place in zip(names, others, strict=True)}
    if shape is None:
        return pd.DataFrame(columns, index=table.index)
    return gpd.GeoDataFrame(columns, geometry=table.geometry, crs=table.crs)


def _plain(column: pd.Series) -> pd.Series:
    """Turn values for which the format has no type, as spans of time, into text."""
    if pd.api.types.infer_dtype(column, skipna=True) in _KINDS_OF_VALUES:
        return column
    return column.astype("object").map(str, na_action="ignore")
