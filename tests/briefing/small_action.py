"""Actions of a few records at real crossings, and briefings on them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import geopandas as gpd
import pandas as pd

from geoanalysis.briefing import AtlasOf, Imprint, Material, Part, PlanOnMap, Wishes, briefing
from geoanalysis.briefing.document import Document
from geoanalysis.domain.operation import Deployment, Operation, Plan
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES, Schema
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.compose import Display, dossier_layers, dossier_scene, plan_scene
from geoanalysis.maps.layers import borders_layer, crossings_layer
from geoanalysis.maps.scene import Scene
from geoanalysis.reference import load_actions, load_borders, load_crossings
from geoanalysis.review import Disclosure, Dossier, dossier

FIRST, LAST = date(2022, 3, 1), date(2022, 3, 2)
"""Days of which no action was published."""
ZUPCI, BLATO, DZEPISTE = "ba-me-zupci-sitnica", "mk-al-blato-bllate", "mk-al-dzepiste-trebisht"

Records = Sequence[dict[str, Any]]

_SHIFT = {
    "country": "BA",
    "start_utc": "2022-03-01T06:00:00Z",
    "end_utc": "2022-03-01T14:00:00Z",
    "unit_checked": "person",
    "selection": "targeted",
    "handling": "H1",
}
_SEIZURE = {
    "item": 1,
    "occurred_utc": "2022-03-01T08:00:00Z",
    "country": "BA",
    "crime_area": "drugs",
    "commodity": "heroin",
    "handling": "H1",
}
_RESULT = {
    "country": "BA",
    "date": "2022-03-01",
    "crime_area": "drugs",
    "measure": "arrests",
    "unit": "count",
    "handling": "H1",
}


def action(
    shifts: Records = (),
    seizures: Records = (),
    results: Records = (),
    name: str = "Small action",
    **about: Any,
) -> Operation:
    """Give an action from what is special about each of its records."""
    return Operation(
        operation_id=name,
        name=name,
        starts=FIRST,
        ends=LAST,
        seizures=_table(SEIZURES, _SEIZURE, seizures),
        check_shifts=_table(CHECK_SHIFTS, _SHIFT, shifts),
        results=_table(RESULTS, _RESULT, results),
        **about,
    )


def _table(schema: Schema, usual: dict[str, Any], rows: Records) -> pd.DataFrame:
    if not rows:
        return schema.empty()
    numbered = [{schema.key or "measure": f"R{number}"} | usual | row for number, row in enumerate(rows, 1)]
    return schema.conform(pd.DataFrame(numbered))


def shift(crossing_id: str | None, checked: int, hits: int, **more: Any) -> dict[str, Any]:
    """Give a check shift."""
    return {"crossing_id": crossing_id, "checked": checked, "hits": hits, **more}


def plan_of(*places: str, name: str = "Plan", officers: int = 12, **about: Any) -> Plan:
    """Give a plan for crossings."""
    table = crossings().set_index("crossing_id")
    rows = [(place, table.loc[place]) for place in places]
    posts = [
        Deployment(place, r["name"], r.geometry.x, r.geometry.y, officers, "06:00-14:00") for place, r in rows
    ]
    return Plan(name, name, FIRST, tuple(posts), **about)


@cache
def crossings() -> gpd.GeoDataFrame:
    """Give the real crossings of the first day."""
    return load_crossings(FIRST)


@cache
def borders() -> gpd.GeoDataFrame:
    """Give the real borders of the first day."""
    return load_borders(FIRST)


@cache
def published() -> pd.DataFrame:
    """Give the figures published of real actions."""
    return load_actions()


def found_in(operation: Operation, up_to: Handling = Handling.H1, least: int = 0, **more: Any) -> Dossier:
    """Let the analysis rooms work."""
    return dossier(operation, crossings(), published(), disclosure=Disclosure(up_to, least), **more)


def on_map(found: Dossier) -> Scene:
    """Give the scene of an action."""
    return dossier_scene(found, dossier_layers(found, borders(), crossings()))


def planned(plan: Plan) -> PlanOnMap:
    """Give a plan on its map."""
    layers = {"borders": [borders_layer(borders())], "crossings": [crossings_layer(crossings())]}
    return PlanOnMap(plan, plan_scene(None, plan, Display(tuple(layers)), layers))


def told(found: Dossier, *parts: Part, atlas_of: AtlasOf = "hot spots", **material: Any) -> Document:
    """Give the briefing on an action; `material` is what else there is."""
    made = replace(Material(on_map(found), crossings(), found), **material)
    return briefing(made, Wishes(parts, atlas_of=atlas_of), Imprint("R"))
