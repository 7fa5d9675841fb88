"""Tables of the project as CSV text, and rows of text or of a database as tables that conform."""

from io import BytesIO
from typing import Final

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.errors import SchemaError, StoreError
from geoanalysis.domain.formulas import defuse_texts, undo_defuse_texts
from geoanalysis.domain.schemas import Kind, Schema

SPREADSHEET_MARK: Final = b"\xef\xbb\xbf"
"""Put before CSV that people open: by it Excel knows UTF-8. Our readers accept and drop it."""


def to_csv(frame: pd.DataFrame) -> bytes:
    """
    Give a table as CSV (RFC 4180, UTF-8), as `printable`.

    Raises
    ------
    StoreError
        If a text holds a NUL character.
    """
    require_no_nul(frame)
    content: bytes = printable(frame).to_csv(index=False, lineterminator="\r\n").encode()
    return content


def require_no_nul(frame: pd.DataFrame) -> None:
    """
    Refuse text that would be cut short in a file.

    Raises
    ------
    StoreError
        If a text holds a NUL character; the message names its column.
    """
    for name in frame.select_dtypes(["object", "str"]).columns:
        if frame[name].map(lambda cell: isinstance(cell, str) and "\0" in cell).any():
            raise StoreError(f"column {name}: a text contains a NUL character: remove it")


def printable(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a table for CSV or a sheet: no geometry, ISO 8601 times, text that would run defused."""
    table = defuse_texts(_without_geometry(frame))
    clocked = table.select_dtypes(["datetime", "datetimetz"]).columns
    return table.assign(**{name: _time_texts(table[name]) for name in clocked})


def from_csv(content: bytes, *, where: str) -> pd.DataFrame:
    """
    Read CSV of ours back as text cells.

    Raises
    ------
    StoreError
        If it is no UTF-8 or no table; `where` names the file in the message.
    """
    try:
        table = pd.read_csv(
            BytesIO(content), dtype=str, keep_default_na=False, na_values=[], encoding="utf-8-sig"
        )
    except (UnicodeDecodeError, ValueError) as reason:
        raise StoreError(
            f"{where} is no table in UTF-8 with commas: {str(reason).strip()}; restore it from a copy"
        ) from reason
    return undo_defuse_texts(table)


def conforming(table: pd.DataFrame, schema: Schema, *, where: str) -> pd.DataFrame:
    """
    Turn rows of text or database values into a frame that conforms to `schema`; empty text becomes missing.

    Raises
    ------
    StoreError
        If a column is missing or holds what it cannot; `where` names the file in the message.
    """
    missing = [name for name in schema.names if name not in table.columns]
    if missing:
        raise StoreError(
            f"{where}: columns are missing: {', '.join(missing)}; restore the file, or upload its rows on "
            "the Data page"
        )
    try:
        frame = schema.conform(
            pd.DataFrame({c.name: _typed(table[c.name], c.kind) for c in schema.columns}, index=table.index)
        )
    except (SchemaError, TypeError, ValueError) as reason:
        raise StoreError(f"{where}: {reason}; correct the value or restore the file") from reason
    _require_words(frame, schema, where)
    return frame


def _typed(column: pd.Series, kind: Kind) -> pd.Series:
    text = column.astype("str")
    filled = text.mask(text == "")
    if kind is Kind.TIME:
        return pd.to_datetime(filled, utc=True, format="ISO8601").astype(kind.dtype)
    if kind is Kind.DATE:
        return pd.to_datetime(filled, format="ISO8601").astype(kind.dtype)
    if kind in {Kind.INTEGER, Kind.NUMBER}:
        return pd.to_numeric(filled).astype(kind.dtype)
    return filled


def _require_words(frame: pd.DataFrame, schema: Schema, where: str) -> None:
    for column in schema.columns:
        if column.vocabulary is None:
            continue
        known = frame[column.name].isin([word.value for word in column.vocabulary])
        strangers = frame[column.name].notna() & ~known
        if strangers.any():
            row = int(strangers.idxmax())
            raise StoreError(
                f"{where}: row {row + 1}, column {column.name}: {frame[column.name][row]!r} is none of "
                f"{', '.join(column.vocabulary)}; correct it or restore the file"
            )


def _without_geometry(frame: pd.DataFrame) -> pd.DataFrame:
    if isinstance(frame, gpd.GeoDataFrame):
        return pd.DataFrame(frame.drop(columns=frame.geometry.name))
    return frame


def _time_texts(times: pd.Series) -> pd.Series:
    """ISO 8601: days where all are midnight without a zone, else to the precision that each time has."""
    known = times.dropna()
    if times.dt.tz is None and (known.dt.normalize() == known).all():
        return times.dt.strftime("%Y-%m-%d")
    return times.map(lambda time: time.isoformat().replace("+00:00", "Z"), na_action="ignore")
