"""Two actions or two plans side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from geoanalysis.briefing.contents.material import Material, PlanOnMap
from geoanalysis.briefing.contents.tables import change_words, changes_table, number, published_table
from geoanalysis.briefing.document import Fact, Page, SideBySide, TableSheet
from geoanalysis.maps.scene import Scene
from geoanalysis.review import Comparison

_MOST_CHANGES: Final = 15
_MOST_NAMED: Final = 6
_AS_PUBLISHED: Final = "As published; change: after / before, where both were counted alike."
_PLANS: Final = "Checkpoints are the same where their ids are."
_CHANGED: Final = "What changed"
_HOW_TO_READ: Final = (
    "Rate ratio: hits per check after, over hits per check before, each selection by itself; exact 95 % "
    "interval. q: p corrected for the number of rows looked at."
)


def comparison_pages(material: Material, scene: Scene) -> Iterator[Page]:
    """Give the pages of a comparison; none where there is nothing to compare with."""
    found = material.found
    if found is not None and found.comparison is not None and material.earlier is not None:
        yield from _of_actions(found.comparison, material.earlier, scene)
    if material.plan is not None and material.other_plan is not None:
        yield _of_plans(material.other_plan, material.plan)


def _of_actions(comparison: Comparison, before: Scene, after: Scene) -> Iterator[Page]:
    names = comparison.before, comparison.after
    title = f"{names[0]} and {names[1]}" if names[0] != names[1] else f"{names[0]}: two of that name"
    facts = tuple(fact for _, row in comparison.totals.iterrows() for fact in _total_facts(row))
    points = tuple(_point(row) for _, row in comparison.totals.iterrows())
    left = replace(before, title=f"Before: {before.title}")
    body = SideBySide(left, replace(after, title=f"After: {after.title}"), points, facts, _CHANGED)
    yield Page(title, f"{before.subtitle}, then {after.subtitle}", body, (_HOW_TO_READ, *after.method))
    if len(comparison.crossings):
        table = changes_table(comparison.crossings.head(_MOST_CHANGES))
        yield Page(
            "Crossings by how certain a change of the hit rate is",
            title,
            TableSheet(table, (_HOW_TO_READ,)),
            after.method,
        )
    if (comparison.published["before"] != comparison.published["after"]).any():
        yield Page(
            "Published figures of both actions",
            title,
            TableSheet(published_table(comparison.published)),
            (_AS_PUBLISHED,),
        )


def _total_facts(row: pd.Series) -> Iterator[Fact]:
    for words, name in (("Hits", "hits"), ("Checks", "checked")):
        before, after = (change_words(row[f"{name}_{when}"]) for when in ("before", "after"))
        yield Fact(f"{words}, {row['selection']}", f"{before} → {after}")


def _point(row: pd.Series) -> str:
    if not np.isfinite(row["ratio"]):
        return f"{str(row['selection']).capitalize()} checks: {row['words']}."
    interval = f"95 % {number(row['low'], '{:.2f}')}–{number(row['high'], '{:.2f}')}"
    return f"{str(row['selection']).capitalize()} checks: hit rate × {row['ratio']:.2f} ({interval})."


def _of_plans(before: PlanOnMap, after: PlanOnMap) -> Page:
    one, other = before.plan, after.plan
    shared = set(one.place_ids) & set(other.place_ids)
    officers = [sum(d.officers for d in plan.deployments) for plan in (one, other)]
    facts = (
        Fact("Checkpoints", f"{len(one.deployments)} → {len(other.deployments)}"),
        Fact("Officers", f"{officers[0]} → {officers[1]}"),
        Fact("In both", str(len(shared))),
        Fact(f"Only in {one.name}", str(len(set(one.place_ids) - shared))),
        Fact(f"Only in {other.name}", str(len(set(other.place_ids) - shared))),
    )
    only = [d.name for d in other.deployments if d.place_id not in shared]
    gone = [d.name for d in one.deployments if d.place_id not in shared]
    points = tuple(
        f"{words}: {_named(names)}." for words, names in (("Added", only), ("Given up", gone)) if names
    )
    body = SideBySide(before.scene, after.scene, points, facts, _CHANGED)
    title = f"{one.name} and {other.name}"
    return Page(title, f"{before.scene.subtitle}; {after.scene.subtitle}", body, (_PLANS,))


def _named(names: Sequence[str]) -> str:
    """Name the first places and count the rest: the maps name more of them, the tables all."""
    more = len(names) - _MOST_NAMED
    return "; ".join(names) if more <= 1 else f"{'; '.join(names[:_MOST_NAMED])}; and {more} more"
