"""Operations and plans kept: a folder or one GeoPackage; tables that leave the tool as files."""

from geoanalysis.store.exports import table_csv, write_bytes, write_layers, write_table
from geoanalysis.store.operations import (
    load_operation,
    operation_from_gpkg,
    operation_gpkg,
    save_operation,
)
from geoanalysis.store.plans import plan_from_csv, plan_from_gpkg, plan_to_csv, plan_to_gpkg

__all__ = [
    "load_operation",
    "operation_from_gpkg",
    "operation_gpkg",
    "plan_from_csv",
    "plan_from_gpkg",
    "plan_to_csv",
    "plan_to_gpkg",
    "save_operation",
    "table_csv",
    "write_bytes",
    "write_layers",
    "write_table",
]
