"""The pages of a briefing, in order."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import pandas as pd

from geoanalysis.briefing.contents.atlas import atlas_pages
from geoanalysis.briefing.contents.compared import comparison_pages
from geoanalysis.briefing.contents.figures import (
    AS_ENTERED,
    bars_of,
    checkpoint_line,
    intervals,
    key_figures,
    peaks,
)
from geoanalysis.briefing.contents.material import Material, Wishes
from geoanalysis.briefing.contents.tables import places_table, plan_table, planned_table, sheet_table
from geoanalysis.briefing.contents.templates import Part
from geoanalysis.briefing.document import (
    About,
    Document,
    Fact,
    Imprint,
    MapWithPanel,
    Page,
    Summary,
    TableSheet,
    Timeline,
)
from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.domain.marking import EXERCISE_NOTICE
from geoanalysis.domain.small_counts import fewer_than
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.hotspots.summary import CROSSING
from geoanalysis.maps.compose import day_in_words
from geoanalysis.maps.scene import Scene
from geoanalysis.review import Dossier
from geoanalysis.review.planned import NOT_PLANNED

_OF_ALL_RECORDS: Final = frozenset({Part.SUMMARY, Part.RESULTS, Part.PLAN, Part.COMPARISON})
_MOST_PLACES: Final = 15
_MOST_UNPLANNED: Final = 20
_ON_MAP: Final = 14
"""So many checkpoints are listed beside their map; the table after it has all."""
_ADDED_UP: Final = "Sums of the records as reported; published figures as their sources give them."
_HOW_TO_READ: Final = (
    "Expected hits: those that the place would have at the hit rate of all that is looked at, each selection "
    "by itself. Times expected: hits / expected hits. q: p of an exact test, corrected for the number of "
    "places looked at; a hot spot has at most 5 %."
)


def briefing(material: Material, wishes: Wishes, imprint: Imprint) -> Document:
    """
    Make a briefing of what is at hand.

    Raises
    ------
    InsufficientDataError
        If there is nothing for any of the parts asked for.
    """
    made = {part: tuple(_MAKERS[part](material, wishes)) for part in wishes.parts}
    pages = tuple(page for of_part in made.values() for page in of_part)
    if not pages:
        parts = ", ".join(wishes.parts)
        raise InsufficientDataError(
            f"there is nothing to tell in {parts}: choose other contents, or open what has something to tell"
        )
    return Document(
        _about(material, wishes, imprint),
        pages,
        _tables(material, wishes.parts),
        tuple(part.value for part, of_part in made.items() if not of_part),
    )


def proposed_headline(material: Material) -> str:
    """Propose the headline: what the analysis found first of all."""
    found = material.found
    if found is None or found.spots is None:
        return material.scene.title
    crossings = found.spots[(found.spots["kind"] == CROSSING) & found.spots["hotspot"]]
    if crossings.empty:
        return "No crossing has clearly more hits than its checks explain"
    if len(crossings) == 1:
        return f"{crossings['name'].iloc[0]} has more hits than its checks explain"
    return f"{len(crossings)} crossings have more hits than their checks explain"


def proposed_findings(material: Material) -> tuple[str, ...]:
    """Propose the findings: what the analysis says in words, with numbers and intervals."""
    found = material.found
    of_action = () if found is None or not material.shows_plan else found.findings
    return (*material.scene.parameters, *of_action)


def _about(material: Material, wishes: Wishes, imprint: Imprint) -> About:
    scene, found, plan = material.scene, material.found, material.plan
    told = () if found is None else found.left_out
    if found is not None and found.disclosure.least > 1:
        small = f"Counts of {fewer_than(found.disclosure.least)} and what gives them away are not told."
        told = (*told, small)
    codes = [
        scene.handling,
        *([_handling(found, wishes.parts)] if found else []),
        *([plan.plan.handling] if plan else []),
    ]
    exercise = found is not None and found.operation.exercise
    return About(
        action=scene.title if found is None else found.operation.name,
        on=scene.on,
        handling=max(codes, key=lambda code: code.value),
        imprint=imprint,
        marking=wishes.marking,
        notices=(EXERCISE_NOTICE,) * exercise,
        sources=scene.sources,
        data_as_of=scene.data_as_of or (found.operation.data_as_of if found else None),
        left_out=tuple(dict.fromkeys([*told, *wishes.left_out])),
    )


def _handling(found: Dossier, parts: Collection[Part]) -> Handling:
    """Give the code of what is told: some parts are of all records, whatever the filters let pass."""
    return found.handling if _OF_ALL_RECORDS.intersection(parts) else found.operation.handling


def _titled(material: Material, wishes: Wishes) -> Scene:
    return replace(material.scene, title=wishes.title or material.scene.title)


def _points(material: Material, wishes: Wishes) -> tuple[str, ...]:
    return proposed_findings(material) if wishes.findings is None else wishes.findings


def _summary(material: Material, wishes: Wishes) -> Iterator[Page]:
    found = material.found
    if found is None:
        return
    title = wishes.headline or proposed_headline(material)
    places = () if found.spots is None else intervals(found.spots)
    figures, points = key_figures(found), _points(material, wishes)
    if not (figures or points or places):
        return
    body = Summary(figures, points, places, "Times the expected hits, with 95 % interval")
    yield Page(title, _of(material, wishes), body, found.method)


def _map(material: Material, wishes: Wishes) -> Iterator[Page]:
    scene = _titled(material, wishes)
    yield Page(scene.title, scene.subtitle, MapWithPanel(scene, _points(material, wishes)), scene.method)


def _places(material: Material, wishes: Wishes) -> Iterator[Page]:
    found = material.found
    if found is None or found.spots is None:
        return
    crossings = found.spots[found.spots["kind"] == CROSSING]
    ranked = crossings.sort_values(
        ["hotspot", "p_value", "name"], ascending=[False, True, True], kind="stable"
    )
    told = ranked[ranked["checked"].isna() | (ranked["checked"] > 0)].head(_MOST_PLACES)
    title = "Crossings by how certain an excess of hits is"
    subtitle = f"{len(told)} of {len(crossings)} crossings with records. {_of(material, wishes)}"
    yield Page(title, subtitle, TableSheet(places_table(told), (_HOW_TO_READ,)), found.method)


def _timeline(material: Material, wishes: Wishes) -> Iterator[Page]:
    found = material.found
    if found is None or found.timeline is None:
        return
    body = Timeline(bars_of(found.timeline), peaks(found.timeline))
    yield Page("Checks and hits over time", _of(material, wishes), body, found.method)


def _results(material: Material, wishes: Wishes) -> Iterator[Page]:
    found = material.found
    if found is None:
        return
    table = sheet_table(found.sheet)
    if not table.rows:
        return
    notes: tuple[str, ...] = (
        "In the categories of the published result sheets. Difference: recorded less published.",
    )
    if found.disclosure.least > 1:
        notes = (*notes, "Published figures are public and stay, however small.")
    if found.selection:
        notes = (*notes, "Of the whole action, whatever was filtered elsewhere.")
    yield Page("Results", _of(material, wishes), TableSheet(table, notes), (_ADDED_UP,))


def _plan(material: Material, wishes: Wishes) -> Iterator[Page]:
    if material.plan is None:
        return
    plan, scene = material.plan.plan, material.plan.scene
    if material.shows_plan:
        scene = replace(scene, title=wishes.title or scene.title)
    facts = tuple(checkpoint_line(deployment) for deployment in plan.deployments[:_ON_MAP])
    if len(plan.deployments) > _ON_MAP:
        facts = (*facts, Fact(f"... and {len(plan.deployments) - _ON_MAP} more, on the next page", ""))
    body = MapWithPanel(scene, scene.parameters, facts, "Checkpoints")
    yield Page(scene.title, scene.subtitle, body, (*scene.method, AS_ENTERED))
    if material.found is not None and material.found.planned is not None:
        title = f"Planned and done: {scene.title}"
        days = material.found.planned.attrs.get("days", "the action")
        how = f"Check shifts of {days}, checks and hits of persons; officers: mean of the shifts."
        yield Page(title, _of(material, wishes), _planned_and_done(material.found.planned), (how,))
    elif plan.deployments:
        title = f"Checkpoints: {scene.title}"
        yield Page(title, scene.subtitle, TableSheet(plan_table(plan)), (AS_ENTERED,))


def _planned_and_done(planned: pd.DataFrame) -> TableSheet:
    """Give every place of the plan, and of those without one only the most productive."""
    unplanned = planned[planned["state"] == NOT_PLANNED]
    told = unplanned.sort_values(["hits", "name"], ascending=[False, True], kind="stable").head(
        _MOST_UNPLANNED
    )
    table = planned_table(pd.concat([planned.drop(index=unplanned.index), told]))
    if len(unplanned) == len(told):
        return TableSheet(table)
    chosen = f"the {len(told)} with the most hits" if told["hits"].notna().any() else f"{len(told)} by name"
    note = f"Of {len(unplanned)} places reported without being planned, {chosen}."
    return TableSheet(table, (note,))


def _of(material: Material, wishes: Wishes) -> str:
    """Name what a page is of: the action, where the view is one of a plan."""
    found, scene = material.found, _titled(material, wishes)
    if found is None or not material.shows_plan:
        return f"{scene.title} · {scene.subtitle}"
    days = f"{day_in_words(found.operation.starts)} to {day_in_words(found.operation.ends)}"
    return " · ".join(filter(None, [found.operation.name, days, found.selection]))


def _comparison(material: Material, wishes: Wishes) -> Iterator[Page]:
    yield from comparison_pages(material, _titled(material, wishes))


def _atlas(material: Material, wishes: Wishes) -> Iterator[Page]:
    yield from atlas_pages(material, wishes.atlas_of, _of(material, wishes))


_MAKERS: Final[Mapping[Part, Callable[[Material, Wishes], Iterator[Page]]]] = MappingProxyType(
    {
        Part.SUMMARY: _summary,
        Part.MAP: _map,
        Part.PLACES: _places,
        Part.TIMELINE: _timeline,
        Part.RESULTS: _results,
        Part.PLAN: _plan,
        Part.COMPARISON: _comparison,
        Part.ATLAS: _atlas,
    }
)


def _tables(material: Material, parts: tuple[Part, ...]) -> dict[str, pd.DataFrame]:
    """Give the tables behind the parts, for those who go on calculating."""
    found, plan = material.found, material.plan
    tables: dict[str, pd.DataFrame] = {}
    if plan is not None and Part.PLAN in parts:
        tables["plan"] = pd.DataFrame(plan.plan.deployments)
    if found is None:
        return tables
    tables |= {
        name: table
        for part, name, table in (
            (Part.RESULTS, "result_sheet", found.sheet),
            (Part.TIMELINE, "timeline", found.timeline),
            (Part.PLACES, "places", found.spots),
            (Part.PLAN, "planned_and_done", found.planned),
        )
        if part in parts and table is not None
    }
    if found.comparison is not None and material.earlier is not None and Part.COMPARISON in parts:
        changes = {
            "changes": found.comparison.totals,
            "changes_by_crossing": found.comparison.crossings,
            "changes_by_section": found.comparison.sections,
            "changes_by_country": found.comparison.countries,
            "changes_published": found.comparison.published,
        }
        tables |= {name: table for name, table in changes.items() if len(table)}
    return tables
