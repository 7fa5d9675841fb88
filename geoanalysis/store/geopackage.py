"""
GeoPackage files: written by GDAL, read as plain SQLite.

Reading needs no GDAL: positions stand in columns beside the geometry, or are decoded from it here. So a file
from outside never reaches a GDAL driver, and the count of rows that GDAL caches in the file, which concurrent
writers leave wrong, is never believed.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyogrio
from shapely import Point, from_wkb
from shapely.errors import GEOSException

from geoanalysis.domain.errors import StoreError
from geoanalysis.store import records

_SIGNATURE: Final = b"SQLite format 3\0"
_LONGEST_VALUE_BYTES: Final = 10_000_000
_ROWS_AT_ONCE: Final = 20_000
_ENVELOPE_BYTES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def write_layers(layers: Mapping[str, pd.DataFrame], path: Path) -> None:
    """
    Write frames as the layers of a new GeoPackage; frames without geometry become plain tables.

    Times are kept to the millisecond, which is all the format holds.

    Raises
    ------
    StoreError
        If it cannot be written whole, or a text holds a NUL character.
    """
    for frame in layers.values():
        records.require_no_nul(frame)
    try:
        for name, frame in layers.items():
            kind = {"geometry_type": _geometry_type(frame)} if isinstance(frame, gpd.GeoDataFrame) else {}
            pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", use_arrow=True, **kind)
        with _opened(path) as database:
            written = {name: _count(database, name) for name in layers}
    except (RuntimeError, sqlite3.Error) as reason:
        raise StoreError(f"cannot write the GeoPackage {path.name}: {reason}; is the disk full?") from reason
    if written != {name: len(frame) for name, frame in layers.items()}:
        raise StoreError(f"the GeoPackage {path.name} was not written whole: {written}; is the disk full?")


def layers_bytes(layers: Mapping[str, pd.DataFrame]) -> bytes:
    """Give frames as the content of a GeoPackage file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layers.gpkg"
        write_layers(layers, path)
        return path.read_bytes()


def read_layers(source: Path | bytes, names: tuple[str, ...], *, where: str) -> dict[str, pd.DataFrame]:
    """
    Read layers of a GeoPackage with all their columns as they stand in the database.

    Raises
    ------
    StoreError
        If the file is none, is damaged, or lacks a layer; `where` names the file in the message.
    """
    try:
        with _opened(source) as database:
            return {name: _rows(database, name, where) for name in names}
    except (sqlite3.Error, OSError, OverflowError) as reason:
        raise StoreError(f"{where} is damaged or no GeoPackage: {reason}; restore it from a copy") from reason


def read_parts(source: Path, name: str, *, where: str) -> Iterator[pd.DataFrame]:
    """
    Read a layer as `read_layers` does, some rows at a time: for layers too large to be objects all at once.

    Raises
    ------
    StoreError
        As `read_layers`.
    """
    try:
        with _opened(source) as database:
            yield from _parts(database, name, where)
    except (sqlite3.Error, OSError, OverflowError) as reason:
        raise StoreError(f"{where} is damaged or no GeoPackage: {reason}; restore it from a copy") from reason


def point_of(blob: object) -> Point:
    """
    Decode the point of a GeoPackage geometry (OGC 12-128r18, clause 2.1.3).

    Raises
    ------
    ValueError
        If it is no point or no geometry.
    """
    (geometry,) = geometries_of([blob])
    if not isinstance(geometry, Point) or geometry.is_empty:
        raise ValueError("a geometry is no point")
    return geometry


def geometries_of(blobs: Iterable[object]) -> npt.NDArray[np.object_]:
    """
    Decode GeoPackage geometries (OGC 12-128r18, clause 2.1.3), many at once.

    Raises
    ------
    ValueError
        If one is missing or damaged.
    """
    try:
        return np.asarray(from_wkb([_wkb(blob) for blob in blobs]))
    except (GEOSException, IndexError, KeyError) as reason:
        raise ValueError(f"a geometry is damaged: {reason}") from reason


def _wkb(blob: object) -> bytes:
    if not isinstance(blob, bytes) or blob[:2] != b"GP":
        raise ValueError("a geometry is missing or damaged")
    return blob[8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 0b111] :]


def _geometry_type(frame: gpd.GeoDataFrame) -> str:
    """One type for the layer, so that an empty one has it too: points unless the rows say otherwise."""
    kinds = set(frame.geom_type.dropna())
    if not kinds:
        return "Point"
    return kinds.pop() if len(kinds) == 1 else "Unknown"


@contextmanager
def _opened(source: Path | bytes) -> Iterator[sqlite3.Connection]:
    """Open a database to read only, with limits that a hostile one cannot exceed."""
    head = source[:16] if isinstance(source, bytes) else _head(source)
    if head != _SIGNATURE:
        raise sqlite3.DatabaseError("it does not begin as one")
    uri = ":memory:" if isinstance(source, bytes) else f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        if isinstance(source, bytes):
            database.deserialize(_without_journal(source))
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE_BYTES)
        database.execute("PRAGMA trusted_schema = OFF")
        yield database


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)


def _without_journal(content: bytes) -> bytes:
    """Mark a database that was copied with a write-ahead journal as one without: in memory there is none."""
    return content[:18] + b"\x01\x01" + content[20:]


def _rows(database: sqlite3.Connection, name: str, where: str) -> pd.DataFrame:
    return pd.concat(_parts(database, name, where), ignore_index=True)


def _parts(database: sqlite3.Connection, name: str, where: str) -> Iterator[pd.DataFrame]:
    """Read a table, never a view, and only the columns stored in it; at least one part, maybe empty."""
    kind = database.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    if kind != ("table",):
        raise StoreError(f"{where}: the layer {name} is missing; restore the file from a copy")
    columns = [row[1] for row in database.execute("SELECT * FROM pragma_table_info(?)", (name,))]
    wanted = ", ".join(_quoted(column) for column in columns)
    found = database.execute(f"SELECT {wanted} FROM {_quoted(name)} ORDER BY rowid")  # noqa: S608 - quoted
    rows = found.fetchmany(_ROWS_AT_ONCE)
    while True:
        yield pd.DataFrame(rows, columns=columns, dtype=object)
        if not (rows := found.fetchmany(_ROWS_AT_ONCE)):
            return


def _count(database: sqlite3.Connection, name: str) -> int:
    (count,) = database.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()  # noqa: S608 - quoted
    return int(count)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
