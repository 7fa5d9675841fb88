"""Operations and plans kept: a folder or one GeoPackage; tables that leave the tool as files."""

from geoanalysis.store.exports import flat_table, table_csv, write_bytes, write_layers, write_table
from geoanalysis.store.layer_styles import LAYER_STYLES, LayerStyle, styled_gpkg
from geoanalysis.store.operations import (
    load_operation,
    operation_from_gpkg,
    operation_gpkg,
    save_operation,
)
from geoanalysis.store.plans import load_plan, plan_from_csv, plan_from_gpkg, plan_to_csv, plan_to_gpkg

__all__ = [
    "LAYER_STYLES",
    "LayerStyle",
    "flat_table",
    "load_operation",
    "load_plan",
    "operation_from_gpkg",
    "operation_gpkg",
    "plan_from_csv",
    "plan_from_gpkg",
    "plan_to_csv",
    "plan_to_gpkg",
    "save_operation",
    "styled_gpkg",
    "table_csv",
    "write_bytes",
    "write_layers",
    "write_table",
]
