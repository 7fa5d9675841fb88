"""A real briefing with everything in it, in the longest real words: what pages must have room for."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import geopandas as gpd

from geoanalysis.briefing.contents.build import briefing
from geoanalysis.briefing.contents.material import Material, PlanOnMap, Wishes
from geoanalysis.briefing.contents.templates import Part, template
from geoanalysis.briefing.document import Document, Imprint
from geoanalysis.domain.operation import Deployment, Operation, Plan
from geoanalysis.maps.compose import Display, dossier_layers, dossier_scene, plan_scene
from geoanalysis.maps.scene import Scene
from geoanalysis.reference import load_actions, load_borders, load_crossings
from geoanalysis.review import Dossier, dossier, without_window
from geoanalysis.store import load_operation

EXERCISE = Path(__file__).parents[2] / "data" / "actions" / "exercise_2022"
PRODUCED = datetime(2022, 11, 2, 7, 30, tzinfo=UTC)
LONG_TITLE = (
    "Gemeinsame Aktionstage Südosteuropa 2022: Κοινές Ημέρες Δράσης στα εξωτερικά σύνορα, "
    "Съвместни дни за действие на външните граници"
)
LONG_HEADLINE = (
    "Three crossings have more hits than their checks explain, and at Karasovići – Debeli Brijeg the hit "
    "rate rose although half as many persons were checked as in the first days"
)
LONG_EARLIER = (
    "Κοινές Ημέρες Δράσης στα εξωτερικά σύνορα της Νοτιοανατολικής Ευρώπης – Съвместни дни за действие 2021"
)
LONG_MARKING = (
    "LIMITED – only for the participants of the Joint Action Days South East Europe and the "
    "operational analysis project"
)
LONG_LINK = (
    "http://localhost:8501/brief?page=review&operation=4be19a3c52d1&layers=borders,hotspots,seizures"
    "&west=12.0&south=34.5&east=31.0&north=49.5&selected=hr-me-karasovici-debeli-brijeg"
)
FINDINGS = tuple(
    f"{number} of the crossings between Karasovići – Debeli Brijeg and Nădlac II – Csanádpalota (motorway) "
    "have more hits than their checks explain at a false-discovery rate of 5 %, most of them at night and in "
    "lorries."
    for number in range(1, 8)
)
LEFT_OUT = (
    "3 of 1 204 records are marked H2 and may not be told.",
    "2 reports of North Macedonia have no place and are on no map, but in the totals.",
)
_ON = date(2022, 10, 26)
_LAST_DAYS = datetime(2022, 10, 28, tzinfo=UTC), datetime(2022, 10, 31, tzinfo=UTC)
_REMARKS = "Lorries first; the dog team of the neighbours comes at 02:00"
IMPRINT = Imprint("EMPACT-JAD-SEE-2022/047 v1.2 (4be19a3c52d1)", LONG_LINK, PRODUCED)


@cache
def full_document() -> Document:
    """
    Give the template "full" of the exercise, with what it leaves out.

    Behind its pages come the table of a plan without an action and a checkpoint's page of the atlas.
    """
    material, wishes = _material(), _wishes()
    full = briefing(material, wishes, IMPRINT)
    planned = briefing(replace(material, found=None), replace(wishes, parts=(Part.PLAN,)), IMPRINT)
    atlas = replace(wishes, parts=(Part.ATLAS,), atlas_of="checkpoints")
    checkpoints = briefing(material, atlas, IMPRINT)
    return replace(full, pages=(*full.pages, *planned.pages[1:], checkpoints.pages[0]))


@cache
def plain_document() -> Document:
    """Give a briefing as it is every day, in short words, with the template "full"."""
    busiest = _busiest(_crossings())
    plans = _plan("Plan A", busiest.head(20), 12), _plan("Plan B", busiest.iloc[8:28], 8)
    return briefing(
        _told(plans, "The first two days"),
        Wishes(template("full")),
        Imprint("4be19a3c52d1", produced=PRODUCED),
    )


def _wishes() -> Wishes:
    return Wishes(
        template("full"),
        title=LONG_TITLE,
        headline=LONG_HEADLINE,
        findings=FINDINGS,
        marking=LONG_MARKING,
        left_out=LEFT_OUT,
    )


def _material() -> Material:
    crossings = _crossings()
    longest = crossings.loc[crossings["name"].str.len().nlargest(40).index]
    plans = (
        _plan("Σχέδιο: the crossings with the longest names, night shifts doubled", longest, 12),
        _plan("План Б: the thirty busiest crossings of the region", _busiest(crossings).head(30), 24),
    )
    return _told(plans, LONG_EARLIER)


def _told(plans: tuple[Plan, Plan], earlier_name: str) -> Material:
    """Give the exercise with a plan, another plan, and its own first days for an earlier action."""
    operation, crossings = load_operation(EXERCISE), load_crossings(_ON)
    days = {"starts": date(2021, 9, 15), "ends": date(2021, 9, 18)}  # figures were published of these too
    earlier = replace(without_window(operation, *_LAST_DAYS), name=earlier_name, **days)
    found = dossier(operation, crossings, load_actions(), plan=plans[0], before=earlier)
    earlier_scene = _scene_of(dossier(earlier, crossings, load_actions()), crossings)
    plan, other = (_on_map(one, operation, found, crossings) for one in plans)
    return Material(_scene_of(found, crossings), crossings, found, plan, earlier_scene, other)


def _scene_of(found: Dossier, crossings: gpd.GeoDataFrame) -> Scene:
    return dossier_scene(found, dossier_layers(found, load_borders(_ON), crossings))


def _on_map(plan: Plan, operation: Operation, found: Dossier, crossings: gpd.GeoDataFrame) -> PlanOnMap:
    layers = dossier_layers(found, load_borders(_ON), crossings)
    return PlanOnMap(plan, plan_scene(operation, plan, Display(("borders", "crossings")), layers))


def _plan(name: str, crossings: gpd.GeoDataFrame, officers: int) -> Plan:
    deployments = (
        Deployment(
            row.crossing_id, row.name, row.geometry.x, row.geometry.y, officers, "22:00-06:00", _REMARKS
        )
        for row in crossings.itertuples(index=False)
    )
    return Plan(name, name, _ON, tuple(deployments))


@cache
def _crossings() -> gpd.GeoDataFrame:
    crossings = load_crossings(_ON)
    return crossings[crossings["mode"] == "road"]


def _busiest(crossings: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return crossings.sort_values(["persons_per_year", "crossing_id"], ascending=[False, True])
