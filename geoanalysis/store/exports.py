"""Tables and other content that leave the tool as files."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyogrio
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from geoanalysis.domain.crs import LONLAT, require_crs
from geoanalysis.domain.errors import StoreError
from geoanalysis.store import atomic, geopackage, records

_EXCEL_ROWS: Final = 1_048_575


def write_table(frame: pd.DataFrame, path: Path | str) -> None:
    """
    Write a table as CSV, GeoJSON, GeoPackage or XLSX, as its suffix says, whole or not at all.

    In CSV and XLSX a geometry becomes the columns ``lon`` and ``lat`` of a point in it, and text that would
    run as a formula is led by an apostrophe; reading it with this project takes that away.

    Raises
    ------
    StoreError
        If the suffix is another one, the table does not fit the format, or the place cannot be written to.
    CRSError
        If a geometry is not in EPSG:4326.
    """
    place = Path(path)
    if place.suffix.lower() not in _WRITERS:
        raise StoreError(f"{place}: choose a name that ends in {', '.join(_WRITERS)}")
    if isinstance(frame, gpd.GeoDataFrame):
        require_crs(frame, LONLAT, what=place.name)
    atomic.replace_file(place, lambda draft: _WRITERS[place.suffix.lower()](frame, draft))


def write_layers(layers: Mapping[str, pd.DataFrame], path: Path | str) -> None:
    """
    Write several tables, EPSG:4326 where they have positions, as one file, whole or not at all.

    A GeoPackage has them as layers. GeoJSON has all rows in one collection, with `layer` to tell them apart;
    those of a table without positions have no geometry.

    Raises
    ------
    StoreError
        If the suffix is neither .gpkg nor .geojson, or the place cannot be written to.
    """
    place = Path(path)
    if place.suffix.lower() == ".gpkg":
        atomic.replace_file(place, lambda draft: geopackage.write_layers(layers, draft))
    elif place.suffix.lower() == ".geojson":
        rows = pd.concat([table.assign(layer=name) for name, table in layers.items()], ignore_index=True)
        write_table(gpd.GeoDataFrame(rows, geometry="geometry", crs=LONLAT), place)
    else:
        raise StoreError(f"{place}: choose a name that ends in .gpkg or .geojson")


def write_bytes(content: bytes, path: Path | str) -> None:
    """
    Write a file, whole or not at all.

    Raises
    ------
    StoreError
        If the place cannot be written to.
    """
    atomic.replace_file(Path(path), lambda draft: _write(content, draft))


def table_csv(frame: pd.DataFrame) -> bytes:
    """Give a table as CSV for a spreadsheet: as `write_table`, with the mark by which Excel knows UTF-8."""
    return records.SPREADSHEET_MARK + records.to_csv(flat_table(frame))


def flat_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a table with positions in the columns ``lon`` and ``lat`` instead of a geometry."""
    if not isinstance(frame, gpd.GeoDataFrame):
        return frame
    table = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    if {"lon", "lat"} <= set(table.columns):
        return table
    points = frame.representative_point()
    return table.assign(lon=points.x.round(6), lat=points.y.round(6))


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    _write(records.to_csv(flat_table(frame)), path)


def _write_xlsx(frame: pd.DataFrame, path: Path) -> None:
    if len(frame) > _EXCEL_ROWS:
        raise StoreError(f"{len(frame)} rows are more than an XLSX sheet holds: write .csv or .gpkg instead")
    sheet = records.printable(flat_table(frame)).map(_fit_for_excel)
    sheet.to_excel(path, sheet_name="table", index=False, engine="openpyxl")


def _fit_for_excel(cell: object) -> object:
    """Show control characters, which XLSX cannot hold, as replacement characters; end lines as XML does."""
    if not isinstance(cell, str):
        return cell
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", cell.replace("\r\n", "\n").replace("\r", "\n"))


def _write_geojson(frame: pd.DataFrame, path: Path) -> None:
    if not isinstance(frame, gpd.GeoDataFrame):
        raise StoreError("a table without positions cannot be GeoJSON: write .csv, .xlsx or .gpkg instead")
    try:
        pyogrio.write_dataframe(frame, path, driver="GeoJSON", RFC7946="YES", WRITE_NAME="NO")
    except RuntimeError as reason:
        raise StoreError(f"cannot write {path.name}: {reason}; is the disk full?") from reason


def _write_gpkg(frame: pd.DataFrame, path: Path) -> None:
    geopackage.write_layers({path.stem: frame}, path)


_WRITERS: Final[dict[str, Callable[[pd.DataFrame, Path], None]]] = {
    ".csv": _write_csv,
    ".geojson": _write_geojson,
    ".gpkg": _write_gpkg,
    ".xlsx": _write_xlsx,
}
