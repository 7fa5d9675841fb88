"""A file from outside: how large it may be, and of which kind it is by its content."""

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePath
from typing import Final

from geoanalysis.domain.errors import UnreadableFileError

MAX_MEGABYTES: Final = 50
"""The largest file that is read, in MB of 1 048 576 bytes."""
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 200

_BYTES_PER_MEGABYTE: Final = 1_048_576
_HEAD_BYTES: Final = 4096
_ACCEPTED: Final = "CSV (.csv), Excel (.xlsx), GeoJSON (.geojson) and GeoPackage (.gpkg) files are accepted"


@dataclass(frozen=True, slots=True)
class Upload:
    """The content of a file with the name that it had; nothing is ever opened by that name."""

    name: str
    data: bytes


Source = str | Path | Upload


class FileKind(Enum):
    """The accepted kinds of files, by what people call them."""

    CSV = "CSV"
    XLSX = "Excel workbook (.xlsx)"
    GEOJSON = "GeoJSON"
    GPKG = "GeoPackage"


_SUFFIXES: Final = {
    ".csv": FileKind.CSV,
    ".txt": FileKind.CSV,
    ".tsv": FileKind.CSV,
    ".xlsx": FileKind.XLSX,
    ".geojson": FileKind.GEOJSON,
    ".json": FileKind.GEOJSON,
    ".gpkg": FileKind.GPKG,
}
_BINARY: Final = {
    b"PK\x03\x04": FileKind.XLSX,
    b"SQLite format 3\x00": FileKind.GPKG,
}
_STRANGERS: Final = {
    b"\xd0\xcf\x11\xe0": "an old Excel or another Office file: save it as .xlsx",
    b"%PDF": "a PDF: ask for the table that it was made from",
    b"\x1f\x8b": "a compressed file: unpack it first",
    b"Rar!": "an archive: unpack it first",
    b"7z\xbc\xaf": "an archive: unpack it first",
}
_ENCODED_MARKS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_GEODATA_SCRIPT: Final = re.compile(r'"type"\s*:\s*"(gdal_\w+|Topology)"')


def opened(source: Source) -> Upload:
    """
    Take a file in, whole, if it is not too large.

    Raises
    ------
    UnreadableFileError
        If it is missing, empty, larger than `MAX_MEGABYTES`, or cannot be read.
    """
    upload = source if isinstance(source, Upload) else _from_disk(Path(source))
    _require_size(upload.name, len(upload.data))
    return upload


def kind_of(upload: Upload) -> FileKind:
    """
    Tell the kind of a file by its content, which must be what its name says.

    Raises
    ------
    UnreadableFileError
        If it is none of the accepted kinds, or another one than its name says.
    """
    name = display_name(upload)
    claimed = _SUFFIXES.get(PurePath(name).suffix.lower())
    if claimed is None:
        raise UnreadableFileError(f"{name}: {_ACCEPTED}; save it as one of them")
    actual = _by_content(name, upload.data)
    if actual is not claimed:
        raise UnreadableFileError(
            f"{name}: the name says {claimed.value}, the content is {actual.value}: give it the right "
            "ending, or export it again"
        )
    return actual


def display_name(upload: Upload) -> str:
    """Give the last part of the name, as it is shown."""
    return PurePath(upload.name.replace("\\", "/")).name


def _from_disk(path: Path) -> Upload:
    try:
        if not path.is_file():
            raise UnreadableFileError(f"{path}: there is no such file; check the path")
        _require_size(path.name, path.stat().st_size)
        return Upload(path.name, path.read_bytes())
    except (OSError, ValueError) as reason:
        if isinstance(reason, UnreadableFileError):
            raise
        raise UnreadableFileError(
            f"{path} cannot be read: {reason}; check the path and its rights"
        ) from reason


def _require_size(name: str, size: int) -> None:
    if size == 0:
        raise UnreadableFileError(f"{name} is empty (0 bytes): export it again")
    if size > MAX_MEGABYTES * _BYTES_PER_MEGABYTE:
        raise UnreadableFileError(
            f"{name} has {size / _BYTES_PER_MEGABYTE:.1f} MB, the limit is {MAX_MEGABYTES} MB: split it into "
            "several files (by day or by country), or leave out columns that the template does not have"
        )


def _by_content(name: str, data: bytes) -> FileKind:
    for signature, kind in _BINARY.items():
        if data.startswith(signature):
            return kind
    for signature, remedy in _STRANGERS.items():
        if data.startswith(signature):
            raise UnreadableFileError(f"{name} is {remedy}. {_ACCEPTED}")
    return _by_text(name, _head(data))


def _by_text(name: str, head: str) -> FileKind:
    if head.startswith("<"):
        raise UnreadableFileError(
            f"{name} is an XML or HTML document, which may point to other files and servers; it was not "
            f"opened. {_ACCEPTED}: export the data itself"
        )
    script = _GEODATA_SCRIPT.search(head)
    if script is not None and head.startswith("{"):
        raise UnreadableFileError(
            f"{name} is JSON of type {script.group(1)}, which is no GeoJSON; it was not opened. Export the "
            "data itself as a GeoJSON FeatureCollection"
        )
    return FileKind.GEOJSON if head.startswith(("{", "[")) else FileKind.CSV


def _head(data: bytes) -> str:
    encoding = _ENCODED_MARKS.get(data[:2], "utf-8")
    return data[:_HEAD_BYTES].decode(encoding, errors="replace").lstrip("\ufeff\u0000 \t\r\n")
