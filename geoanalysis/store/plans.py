"""Plans as files: JSON beside an operation, CSV and GeoPackage to hand on and take back unchanged."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.errors import StoreError
from geoanalysis.domain.operation import Deployment, Plan
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.store import geopackage, layout, records

PLAN_LAYERS: Final = ("plans", "deployments")
_PLACE_COLUMNS: Final = tuple(field.name for field in fields(Deployment))
_PLAN_COLUMNS: Final = ("plan_id", "plan_name", "on", "handling", "plan_remarks")
_REMEDY: Final = "download the plan again, or correct the file"


def plan_to_csv(plan: Plan) -> bytes:
    """
    Give a plan as CSV for a spreadsheet: one row per deployment, the plan's own words repeated on each.

    A plan without deployments has one row without a place.
    """
    head = dict(zip(_PLAN_COLUMNS, _head(plan), strict=True))
    rows = [{**head, **asdict(deployment)} for deployment in plan.deployments]
    table = pd.DataFrame(rows or [head], columns=[*_PLAN_COLUMNS, *_PLACE_COLUMNS])
    return records.SPREADSHEET_MARK + records.to_csv(table)


def plan_from_csv(content: bytes) -> Plan:
    """
    Read a plan back from `plan_to_csv`.

    Raises
    ------
    StoreError
        If columns are missing, the rows belong to more than one plan, or a value cannot be.
    """
    table = records.from_csv(content, where="the plan")
    missing = [name for name in (*_PLAN_COLUMNS, *_PLACE_COLUMNS) if name not in table.columns]
    if missing:
        raise StoreError(f"the plan: columns are missing: {', '.join(missing)}; {_REMEDY}")
    heads = table[list(_PLAN_COLUMNS)].drop_duplicates()
    if len(heads) != 1:
        raise StoreError(f"the plan: {len(heads)} plans stand in the file instead of one; {_REMEDY}")
    manned = table.loc[(table[list(_PLACE_COLUMNS)] != "").any(axis="columns"), list(_PLACE_COLUMNS)]
    return _plan(heads.iloc[0].tolist(), manned.to_dict("records"), where="the plan")


def plan_to_gpkg(plan: Plan) -> bytes:
    """Give a plan as a GeoPackage: the layers ``plans`` (a table of one row) and ``deployments`` (points)."""
    return geopackage.layers_bytes(plan_layers([plan]))


def plan_from_gpkg(content: bytes) -> Plan:
    """
    Read a plan back from `plan_to_gpkg`; a deployment that was moved on a map comes back where it stands.

    Raises
    ------
    StoreError
        If the file is damaged or holds another number of plans than one.
    """
    plans = plans_from_layers(
        geopackage.read_layers(content, PLAN_LAYERS, where="the plan"), where="the plan"
    )
    if len(plans) != 1:
        raise StoreError(f"the plan: {len(plans)} plans stand in the file instead of one; {_REMEDY}")
    return plans[0]


def load_plan(path: Path | str) -> Plan:
    """
    Read a plan from a file that `plan_to_csv`, `plan_to_gpkg` or `plan_to_json` gave.

    Raises
    ------
    StoreError
        If it cannot be read, or is none of these.
    """
    place = Path(path)
    readers: dict[str, Callable[[bytes], Plan]] = {
        ".csv": plan_from_csv,
        ".gpkg": plan_from_gpkg,
        ".json": lambda content: plan_from_json(content.decode(), where=str(place)),
    }
    if place.suffix.lower() not in readers:
        raise StoreError(f"{place}: a plan is a file that ends in {', '.join(readers)}")
    try:
        return readers[place.suffix.lower()](place.read_bytes())
    except OSError as reason:
        raise StoreError(f"{place} cannot be read: {reason.strerror}; check the name") from reason
    except UnicodeDecodeError as reason:
        raise StoreError(f"{place} is damaged: {reason}; {_REMEDY}") from reason


def plan_to_json(plan: Plan) -> str:
    """Give a plan as JSON, as it is kept in the folder of an operation."""
    head = dict(zip(_PLAN_COLUMNS, _head(plan), strict=True))
    places = [asdict(deployment) for deployment in plan.deployments]
    return (
        json.dumps({"layout": layout.LAYOUT, **head, "deployments": places}, ensure_ascii=False, indent=1)
        + "\n"
    )


def plan_from_json(text: str, *, where: str) -> Plan:
    """
    Read a plan back from `plan_to_json`.

    Raises
    ------
    StoreError
        If it is no such JSON; `where` names the file in the message.
    """
    content = layout.read_json(text, where=where)
    missing = [name for name in (*_PLAN_COLUMNS, "deployments") if name not in content]
    if missing:
        raise StoreError(f"{where}: {', '.join(missing)} missing; {_REMEDY}")
    return _plan([content[name] for name in _PLAN_COLUMNS], content["deployments"], where=where)


def plan_layers(plans: Sequence[Plan]) -> dict[str, pd.DataFrame]:
    """Give plans as a table and their deployments as points that name their plan by its number."""
    heads = pd.DataFrame([_head(plan) for plan in plans], columns=list(_PLAN_COLUMNS), dtype="str")
    places = [{"plan": i, **asdict(d)} for i, plan in enumerate(plans, 1) for d in plan.deployments]
    table = pd.DataFrame(places, columns=["plan", *_PLACE_COLUMNS]).astype(
        {"plan": "int64", "officers": "int64", "lon": "float64", "lat": "float64"}
    )
    texts = dict.fromkeys(("place_id", "name", "shift", "remarks"), "str")
    points = gpd.points_from_xy(table["lon"], table["lat"])
    located = gpd.GeoDataFrame(table.drop(columns=["lon", "lat"]).astype(texts), geometry=points, crs=LONLAT)
    return {"plans": heads, "deployments": located}


def plans_from_layers(layers: Mapping[str, pd.DataFrame], *, where: str) -> tuple[Plan, ...]:
    """
    Read plans back from `plan_layers`.

    Raises
    ------
    StoreError
        If columns are missing or a value cannot be; `where` names the file in the message.
    """
    try:
        heads = layers["plans"][list(_PLAN_COLUMNS)].fillna("").to_numpy().tolist()
        places = [_located(row) for row in layers["deployments"].to_dict("records")]
        return tuple(
            _plan(head, [place for place in places if place["plan"] == number], where=where)
            for number, head in enumerate(heads, 1)
        )
    except (KeyError, ValueError) as reason:
        raise StoreError(f"{where}: the layers of plans are damaged: {reason}; {_REMEDY}") from reason


def _head(plan: Plan) -> list[str]:
    return [plan.plan_id, plan.name, plan.on.isoformat(), plan.handling.value, plan.remarks]


def _located(row: Mapping[str, Any]) -> dict[str, Any]:
    point = geopackage.point_of(row["geom"])
    return {**row, "lon": point.x, "lat": point.y}


def _plan(head: Sequence[Any], places: Sequence[Mapping[str, Any]], *, where: str) -> Plan:
    try:
        plan_id, name, on, handling, remarks = (str(value) for value in head)
        return Plan(
            plan_id,
            name,
            date.fromisoformat(on),
            tuple(_deployment(place, number) for number, place in enumerate(places, 1)),
            Handling(handling),
            remarks,
        )
    except (KeyError, TypeError, ValueError) as reason:
        raise StoreError(f"{where} cannot be read: {reason}; {_REMEDY}") from reason


def _deployment(place: Mapping[str, Any], number: int) -> Deployment:
    """Give one deployment; a value that cannot be is told with the number of its row."""
    try:
        deployment = Deployment(
            place_id=str(place["place_id"]),
            name=str(place["name"]),
            lon=float(place["lon"]),
            lat=float(place["lat"]),
            officers=int(place["officers"]),
            shift=str(place["shift"]),
            remarks=str(place["remarks"]),
        )
    except (TypeError, ValueError) as reason:
        raise ValueError(f"deployment {number}: {reason}") from reason
    if not (abs(deployment.lon) <= 180 and abs(deployment.lat) <= 90) or deployment.officers < 0:  # noqa: PLR2004
        raise ValueError(f"deployment {number}: the position or the officers are out of range")
    return deployment
