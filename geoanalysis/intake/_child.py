"""
Read one GeoJSON or GeoPackage file in a process of its own, that cannot do anything else.

Run by `vectors` as ``python -I _child.py DRIVER MAX_ROWS MAX_COLUMNS LAYER`` with the file on standard input
and nothing in the environment but the drivers to leave out: GDAL chooses a driver by content, so a file can
otherwise make it open other files and servers (GDAL, "Security considerations"). Gives Arrow on standard
output. What it refuses it says on standard error, and ends with `REFUSED`.
"""

import contextlib
import sqlite3
import sys
from typing import Any

REFUSED = 3
_MEMORY_BYTES = 3 << 29
_CPU_S = 120
_GEOMETRY = b"geoarrow.wkb"
_STANDARD_PREFIXES = ("rtree_", "gpkg_", "trigger_insert_feature_count_", "trigger_delete_feature_count_")


class RefusalError(Exception):
    """The file is readable but not to be read; the text says why and what to do."""


def main() -> int:
    """Read, or refuse."""
    _limit_resources()
    driver, max_rows, max_columns, layer = sys.argv[1:]
    data = sys.stdin.buffer.read()
    try:
        content = _read(data, driver, (int(max_rows), int(max_columns)), layer)
    except RefusalError as reason:
        sys.stderr.write(str(reason))
        return REFUSED
    sys.stdout.buffer.write(content)
    return 0


def _limit_resources() -> None:
    """Allow no file to be written, and so much memory and time; Windows has no such limits."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - absent on Windows

        for limit, most in (
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_AS, _MEMORY_BYTES),
            (resource.RLIMIT_CPU, _CPU_S),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):  # a lower limit stands already, or none can be set
                resource.setrlimit(limit, (most, most))


def _read(data: bytes, driver: str, limits: tuple[int, int], wanted: str) -> bytes:
    layer, count, data = _layer_of(data, wanted) if driver == "GPKG" else (None, None, data)
    import pyogrio  # noqa: PLC0415 - after the limits are set, and only for what is to be read

    if set(pyogrio.list_drivers()) != {driver}:
        raise RefusalError("the reader could not be confined on this machine; save the file as CSV")
    options = {"DATE_AS_STRING": "YES"} if driver == "GeoJSON" else {}
    meta, table = pyogrio.read_arrow(data, layer=layer, max_features=limits[0] + 1, **options)
    _require_limits(table, *limits)
    if count is not None and table.num_rows != count:
        raise RefusalError(
            f"the layer {layer} has {count} rows, but {table.num_rows} can be read: it is damaged, export it "
            "again"
        )
    return _packed(table, str(meta["crs"] or ""))


def _require_limits(table: Any, max_rows: int, max_columns: int) -> None:
    if table.num_rows > max_rows:
        raise RefusalError(f"it has more than {max_rows} rows: split it, by day or by country")
    if table.num_columns > max_columns:
        raise RefusalError(
            f"it has more than {max_columns} columns: leave out those the template does not have"
        )


def _packed(table: Any, crs: str) -> bytes:
    """Give an Arrow stream: the attributes as texts, the geometry last as WKB, the CRS in the metadata."""
    import pyarrow as pa  # noqa: PLC0415 - after the limits are set

    is_geometry = [_GEOMETRY in (field.metadata or {}).values() for field in table.schema]
    columns = list(zip(table.column_names, table.columns, is_geometry, strict=True))
    names = [name for name, _, geometry in columns if not geometry]
    texts = [_text(column) for _, column, geometry in columns if not geometry]
    shapes = [column for _, column, geometry in columns if geometry] or [pa.nulls(table.num_rows)]
    made = pa.Table.from_arrays([*texts, shapes[0].cast(pa.binary())], [*names, "geometry"])
    made = made.replace_schema_metadata({"crs": crs})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, made.schema) as stream:
        stream.write_table(made)
    return bytes(sink.getvalue())


def _text(column: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - after the limits are set

    if pa.types.is_binary(column.type) or pa.types.is_nested(column.type):
        return pa.nulls(len(column), pa.string())
    return column.cast(pa.string())


def _layer_of(data: bytes, wanted: str) -> tuple[str, int, bytes]:
    """Inspect a GeoPackage as a database, and give the layer to read with its true number of rows."""
    data = data[:18] + b"\x01\x01" + data[20:]  # no journal comes with an upload
    try:
        with contextlib.closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(data)
            database.execute("PRAGMA trusted_schema = OFF")
            _require_plain(database)
            layer = _chosen_layer(database, wanted)
            quoted = '"' + layer.replace('"', '""') + '"'
            (count,) = database.execute(f"SELECT count(*) FROM {quoted}").fetchone()  # noqa: S608 - quoted
    except (sqlite3.Error, UnicodeDecodeError) as reason:
        raise RefusalError("it is damaged or no GeoPackage: export it again") from reason
    return layer, int(count), data


def _require_plain(database: sqlite3.Connection) -> None:
    """Refuse what runs by itself: triggers, views and virtual tables beyond those that the standard has."""
    entries = database.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    strangers = [
        f"{kind} {name}"
        for kind, name, sql in entries
        if (kind in {"trigger", "view"} and not name.startswith(_STANDARD_PREFIXES))
        or (sql.upper().startswith("CREATE VIRTUAL") and not name.startswith("rtree_"))
    ]
    if strangers:
        raise RefusalError(
            f"it holds database code beyond the GeoPackage standard ({', '.join(strangers[:3])}), which was "
            "not run: export the layer alone into a new GeoPackage"
        )
    if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise RefusalError("it is damaged: export it again")


def _chosen_layer(database: sqlite3.Connection, wanted: str) -> str:
    """Choose the layer of a wanted name, or the only one."""
    layers = [
        str(name)
        for (name,) in database.execute(
            "SELECT table_name FROM gpkg_contents JOIN sqlite_master ON name = table_name AND type = 'table' "
            "WHERE data_type IN ('features', 'attributes')"
        )
    ]
    named = [layer for layer in layers if layer.casefold().replace("-", "_").replace(" ", "_") == wanted]
    if named or len(layers) == 1:
        return (named or layers)[0]
    names = ", ".join(sorted(layers)[:10]) or "none"
    raise RefusalError(
        f"it has no layer named {wanted} (layers: {names}): rename the layer, or export it alone"
    )


if __name__ == "__main__":
    sys.exit(main())
