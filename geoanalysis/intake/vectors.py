"""
GeoJSON and GeoPackage files, read in a confined child process.

GDAL picks a driver by what stands in a file, and some of its drivers open whatever other file or server the
content names. So it never sees an outside file in this process: `_child` gets the bytes on its standard
input, an environment in which all drivers but one are left out, limits on memory, time and writing, and no
way to import anything of the user's.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
from pyproj.exceptions import CRSError as UnknownCRSError
from shapely import from_wkb

from geoanalysis.domain.crs import GEOD, lonlat
from geoanalysis.domain.errors import UnreadableFileError
from geoanalysis.domain.schemas import Schema
from geoanalysis.intake._child import REFUSED
from geoanalysis.intake.encodings import decoded
from geoanalysis.intake.folding import squeezed
from geoanalysis.intake.personal import mask
from geoanalysis.intake.report import found
from geoanalysis.intake.rules import Rule
from geoanalysis.intake.source import MAX_COLUMNS, MAX_ROWS, FileKind
from geoanalysis.intake.tables import RawTable

_DRIVERS: Final = {FileKind.GEOJSON: "GeoJSON", FileKind.GPKG: "GPKG"}
_TIMEOUT_S: Final = 120
_NEEDED_BY_WINDOWS: Final = ("SYSTEMROOT", "WINDIR")
_SAME_PLACE_M: Final = 100
_CHILD: Final = Path(__file__).with_name("_child.py")


def read_vectors(data: bytes, kind: FileKind, schema: Schema, *, name: str) -> RawTable:
    """
    Read the features of a file as texts, a point as the columns `lon` and `lat` (EPSG:4326).

    Of several layers, that with the name of the schema is read.

    Raises
    ------
    UnreadableFileError
        If it is damaged, too large, holds database code, has no layer to choose, or no known CRS.
    """
    content = decoded(data, name=name).encode() if kind is FileKind.GEOJSON else data
    table = _arrow(_child_output(content, kind, schema, name), name)
    cells = table.select(range(table.num_columns - 1)).to_pandas()
    rows = pd.RangeIndex(1, len(cells) + 1, name="row")
    texts = pd.DataFrame(
        {
            number: cells.iloc[:, number].astype("str").fillna("").to_numpy()
            for number in range(cells.shape[1])
        },
        index=rows,
        dtype="str",
    )
    headers = tuple(map(str, cells.columns))
    shapes = table.column(table.num_columns - 1).to_numpy(zero_copy_only=False)
    if pd.isna(shapes).all():
        return RawTable(headers, texts, header_row=0)
    return _with_positions(
        headers, texts, _points(shapes, rows, table.schema.metadata[b"crs"].decode(), name)
    )


def _child_output(data: bytes, kind: FileKind, schema: Schema, name: str) -> bytes:
    driver = _DRIVERS[kind]
    command = [sys.executable, "-I", str(_CHILD), driver, str(MAX_ROWS), str(MAX_COLUMNS), schema.name]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, with words of our own
            command,
            input=data,
            env=_environment(driver),
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as reason:
        raise UnreadableFileError(
            f"{name} took longer than {_TIMEOUT_S} s to read: split it, or save it as CSV"
        ) from reason
    if done.returncode == REFUSED:
        raise UnreadableFileError(f"{name}: {mask(done.stderr.decode(errors='replace'))}")
    if done.returncode:
        raise UnreadableFileError(
            f"{name} is damaged or no {kind.value}: open it in QGIS and export it again, or save it as CSV"
        )
    return done.stdout


def _environment(driver: str) -> dict[str, str]:
    """Give the whole environment of the child: one driver, one thread, no network."""
    kept = {key: os.environ[key] for key in _NEEDED_BY_WINDOWS if key in os.environ}
    skipped = ",".join(known for known in pyogrio.list_drivers() if known != driver)
    return {
        **kept,
        "OGR_SKIP": skipped,
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
        "PROJ_NETWORK": "OFF",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _arrow(stream: bytes, name: str) -> pa.Table:
    try:
        return pa.ipc.open_stream(stream).read_all()
    except pa.ArrowException as reason:
        raise UnreadableFileError(f"{name} could not be read to its end: export it again") from reason


def _points(shapes: np.ndarray, rows: pd.Index, crs: str, name: str) -> gpd.GeoSeries:
    """Give the geometries in EPSG:4326."""
    if not crs:
        raise UnreadableFileError(
            f"{name} does not say in which coordinate reference system it is: set it (in QGIS: Layer, Set "
            "CRS) and export it again as EPSG:4326"
        )
    try:
        return lonlat(gpd.GeoSeries(from_wkb(shapes, on_invalid="ignore"), index=rows, crs=crs))
    except UnknownCRSError as reason:
        raise UnreadableFileError(
            f"{name}: its coordinate reference system {crs[:40]} is not known: export it again as EPSG:4326"
        ) from reason


def _with_positions(headers: tuple[str, ...], texts: pd.DataFrame, shapes: gpd.GeoSeries) -> RawTable:
    """Put the geometry in the place of the columns `lon` and `lat`; where it has none, those stay."""
    shapes = shapes[shapes.notna() & ~shapes.is_empty]
    strangers = shapes.geom_type[shapes.geom_type != "Point"].rename("geometry")
    points = shapes[shapes.geom_type == "Point"]
    written = {axis: _column(headers, texts, axis) for axis in ("lon", "lat")}
    rest = [number for number, header in enumerate(headers) if squeezed(header) not in written]
    taken = {
        axis: values.map(repr).astype("str").reindex(texts.index).fillna(written[axis])
        for axis, values in (("lon", points.x), ("lat", points.y))
    }
    table = texts[rest].assign(**taken)
    return RawTable(
        (*(headers[number] for number in rest), "lon", "lat"),
        table.set_axis(range(table.shape[1]), axis="columns"),
        header_row=0,
        findings=(_not_points(strangers), _two_positions(written, points)),
    )


def _column(headers: tuple[str, ...], texts: pd.DataFrame, header: str) -> pd.Series:
    number = next((n for n, known in enumerate(headers) if squeezed(known) == header), None)
    return pd.Series("", index=texts.index, dtype="str") if number is None else texts[number]


def _not_points(types: pd.Series) -> pd.DataFrame:
    return found(
        types, Rule.GEO_NOT_POINT, "refused", "a record has one position: give points (in QGIS: Centroids)"
    )


def _two_positions(written: dict[str, pd.Series], points: gpd.GeoSeries) -> pd.DataFrame:
    """Doubt rows whose columns say another place than the geometry, which is the one taken."""
    lon, lat = (pd.to_numeric(written[axis], errors="coerce")[points.index] for axis in ("lon", "lat"))
    both = lon.between(-180, 180) & lat.between(-90, 90)
    away_m = pd.Series(
        GEOD.inv(lon[both], lat[both], points[both].x, points[both].y)[2],
        index=lon[both].index,
        dtype="float64",
    )
    away_m = away_m[away_m > _SAME_PLACE_M]
    values = (written["lon"] + ", " + written["lat"])[away_m.index].rename("geometry")
    message = away_m.map(
        "the columns lon and lat are {:.0f} m from the geometry: the geometry was taken".format
    )
    return found(values, Rule.GEO_TWO_POSITIONS, "doubted", message)
