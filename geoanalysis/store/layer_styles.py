"""
Layers in a GeoPackage that QGIS draws as it finds them: styles in the table in which QGIS keeps its own.

The table, its entries in the lists of the file and its triggers are as QGIS 3 makes them when it saves a
style; it finds the style of a layer by the names of the table and of the geometry column.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geoanalysis.store import geopackage

LAYER_STYLES: Final = "layer_styles"
"""The name of the table, which no layer may have."""

_TABLE: Final = """
CREATE TABLE "layer_styles" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "f_table_catalog" TEXT(256), "f_table_schema" TEXT(256), "f_table_name" TEXT(256),
    "f_geometry_column" TEXT(256), "styleName" TEXT(30), "styleQML" TEXT, "styleSLD" TEXT,
    "useAsDefault" BOOLEAN, "description" TEXT, "owner" TEXT(30), "ui" TEXT(30),
    "update_time" DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
);
INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)
    VALUES ('layer_styles', 'attributes', 'layer_styles', 0);
INSERT INTO gpkg_ogr_contents (table_name, feature_count) VALUES ('layer_styles', 0);
CREATE TRIGGER "trigger_insert_feature_count_layer_styles" AFTER INSERT ON "layer_styles" BEGIN
    UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1
    WHERE lower(table_name) = lower('layer_styles'); END;
CREATE TRIGGER "trigger_delete_feature_count_layer_styles" AFTER DELETE ON "layer_styles" BEGIN
    UPDATE gpkg_ogr_contents SET feature_count = feature_count - 1
    WHERE lower(table_name) = lower('layer_styles'); END;
"""
_STYLE: Final = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
                          styleQML, styleSLD, useAsDefault, description, owner)
    SELECT '', '', table_name, column_name, substr(:name, 1, 30), :qml, '', 1, :description, ''
    FROM gpkg_geometry_columns WHERE table_name = :layer
"""
_DESCRIPTION: Final = "UPDATE gpkg_contents SET description = :description WHERE table_name = :layer"


@dataclass(frozen=True, slots=True)
class LayerStyle:
    """How QGIS draws a layer at first: the name of the style, its QML, and what the layer shows."""

    layer: str
    name: str
    qml: str
    description: str


def styled_gpkg(layers: Mapping[str, pd.DataFrame], styles: Sequence[LayerStyle]) -> bytes:
    """
    Give frames as the content of a GeoPackage file, some of them with a style for QGIS.

    Frames with positions are layers, the others tables. The description of a style is that of its layer too.

    Raises
    ------
    StoreError
        If it cannot be written whole, or a text holds a NUL character.
    """
    content = geopackage.layers_bytes(layers)
    return _with_styles(content, styles) if styles else content


def _with_styles(content: bytes, styles: Sequence[LayerStyle]) -> bytes:
    rows = [
        {"layer": style.layer, "name": style.name, "qml": style.qml, "description": style.description}
        for style in styles
    ]
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        database.executescript(_TABLE)
        database.executemany(_STYLE, rows)
        database.executemany(_DESCRIPTION, rows)
        database.commit()
        return database.serialize()
