"""
Operations kept as a folder or as one GeoPackage.

A folder holds ``operation.json`` (with ``"layout": 1``), ``seizures.csv``, ``check_shifts.csv``,
``results.csv`` and ``plans/*.json``; a GeoPackage holds layers of the same names, its plans as the tables
``plans`` and ``deployments``. Other files that stand in the folder stay there.
"""

import json
import shutil
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geoanalysis.domain.errors import StoreError
from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES, Schema
from geoanalysis.store import atomic, geopackage, layout, plans, records

_SCHEMAS: Final[tuple[Schema, ...]] = (SEIZURES, CHECK_SHIFTS, RESULTS)
_HEADER: Final = "operation.json"
_OURS: Final = frozenset({_HEADER, "plans", *(f"{schema.name}.csv" for schema in _SCHEMAS)})
_LAYERS: Final = ("operation", *(schema.name for schema in _SCHEMAS), *plans.PLAN_LAYERS)
_SUFFIX: Final = ".gpkg"


def load_operation(path: Path | str) -> Operation:
    """
    Read an operation from a folder or a ``.gpkg`` file.

    Raises
    ------
    StoreError
        If there is none, or if a part of it is missing, damaged or of another version; the message names the
        file and the remedy.
    """
    place = Path(path)
    if place.suffix == _SUFFIX:
        if not place.is_file():
            raise StoreError(f"{place} is missing: give the path of an operation")
        return _from_layers(geopackage.read_layers(place, _LAYERS, where=str(place)), where=str(place))
    folder = atomic.standing(place)
    if not folder.is_dir():
        raise StoreError(f"{place} is no folder: give the folder or the .gpkg file of an operation")
    return _from_folder(folder)


def save_operation(operation: Operation, path: Path | str) -> None:
    """
    Keep an operation at a folder or a ``.gpkg`` file, wholly or, on any failure, not at all.

    Raises
    ------
    StoreError
        If it cannot be written, or if `path` is a folder of something else.
    """
    place = Path(path)
    if place.suffix == _SUFFIX:
        atomic.replace_file(place, lambda draft: geopackage.write_layers(_layers(operation), draft))
        return
    _require_replaceable(place)
    atomic.replace_folder(place, lambda draft: _fill(draft, operation, atomic.standing(place)))


def operation_gpkg(operation: Operation) -> bytes:
    """Give an operation as the content of a GeoPackage file."""
    return geopackage.layers_bytes(_layers(operation))


def operation_from_gpkg(content: bytes) -> Operation:
    """
    Read an operation from the content of a GeoPackage file.

    Raises
    ------
    StoreError
        If it is no operation of ours, or damaged.
    """
    where = "the operation"
    return _from_layers(geopackage.read_layers(content, _LAYERS, where=where), where=where)


def _require_replaceable(folder: Path) -> None:
    """Never put an operation in the place of a folder that holds other work."""
    if folder.is_file():
        raise StoreError(f"{folder} is a file: choose a folder, or a name that ends in {_SUFFIX}")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _HEADER).exists():
        raise StoreError(f"{folder} holds other files and no operation: choose a new or an empty folder")


def _fill(draft: Path, operation: Operation, standing: Path) -> None:
    _keep_others(standing, draft)
    (draft / _HEADER).write_text(
        json.dumps(_header(operation), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    for schema, frame in zip(_SCHEMAS, _frames(operation), strict=True):
        (draft / f"{schema.name}.csv").write_bytes(records.to_csv(frame))
    (draft / "plans").mkdir()
    for number, plan in enumerate(operation.plans, 1):
        file = draft / "plans" / f"plan-{number:03d}.json"
        file.write_text(plans.plan_to_json(plan), encoding="utf-8")


def _keep_others(standing: Path, draft: Path) -> None:
    if not standing.is_dir():
        return
    for entry in standing.iterdir():
        if entry.is_dir() and entry.name not in _OURS:
            shutil.copytree(entry, draft / entry.name)
        elif entry.name not in _OURS:
            shutil.copy2(entry, draft / entry.name)


def _from_folder(folder: Path) -> Operation:
    header = layout.read_json(_text(folder / _HEADER), where=str(folder / _HEADER))
    tables = {}
    for schema in _SCHEMAS:
        file = folder / f"{schema.name}.csv"
        tables[schema.name] = records.from_csv(_bytes(file), where=str(file))
    files = sorted((folder / "plans").glob("*.json"))
    kept = tuple(plans.plan_from_json(_text(file), where=str(file)) for file in files)
    return _operation(header, tables, kept, where=str(folder))


def _layers(operation: Operation) -> dict[str, pd.DataFrame]:
    header = _header(operation)
    row = {**header, "countries": " ".join(header["countries"])}
    frames = {schema.name: frame for schema, frame in zip(_SCHEMAS, _frames(operation), strict=True)}
    return {"operation": pd.DataFrame([row]), **frames, **plans.plan_layers(operation.plans)}


def _from_layers(layers: Mapping[str, pd.DataFrame], *, where: str) -> Operation:
    if len(layers["operation"]) != 1:
        raise StoreError(f"{where}: the layer operation has no single row; restore the file from a copy")
    header = {str(name): value for name, value in layers["operation"].iloc[0].items()}
    layout.require_layout(header.get("layout"), where=where)
    header["countries"] = str(header.get("countries") or "").split()
    return _operation(header, layers, plans.plans_from_layers(layers, where=where), where=where)


def _header(operation: Operation) -> dict[str, Any]:
    as_of = operation.data_as_of
    return {
        "layout": layout.LAYOUT,
        "operation_id": operation.operation_id,
        "name": operation.name,
        "starts": operation.starts.isoformat(),
        "ends": operation.ends.isoformat(),
        "countries": list(operation.countries),
        "exercise": operation.exercise,
        "data_as_of": "" if as_of is None else as_of.isoformat(),
        "remarks": operation.remarks,
    }


def _frames(operation: Operation) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    return operation.seizures, operation.check_shifts, operation.results


def _operation(
    header: Mapping[str, Any], tables: Mapping[str, pd.DataFrame], kept: tuple[Plan, ...], *, where: str
) -> Operation:
    seizures, check_shifts, results = (
        records.conforming(tables[schema.name], schema, where=f"{where}: {schema.name}")
        for schema in _SCHEMAS
    )
    if header.get("exercise") not in (True, False) or not isinstance(header.get("countries"), list):
        raise StoreError(f"{where}: operation: exercise must be true or false, countries a list; correct it")
    try:
        return Operation(
            operation_id=str(header["operation_id"]),
            name=str(header["name"]),
            starts=date.fromisoformat(header["starts"]),
            ends=date.fromisoformat(header["ends"]),
            seizures=seizures,
            check_shifts=check_shifts,
            results=results,
            countries=tuple(header["countries"]),
            exercise=bool(header["exercise"]),
            data_as_of=datetime.fromisoformat(header["data_as_of"]) if header["data_as_of"] else None,
            plans=kept,
            remarks=str(header["remarks"]),
        )
    except (KeyError, TypeError, ValueError) as reason:
        raise StoreError(f"{where}: operation: {reason}; restore it from a copy") from reason


def _text(file: Path) -> str:
    try:
        return _bytes(file).decode()
    except UnicodeDecodeError as reason:
        raise StoreError(f"{file} is damaged: {reason}; restore it from a copy") from reason


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as reason:
        raise StoreError(f"{file} cannot be read: {reason.strerror}; restore it from a copy") from reason
