"""From the view looked at last to what a briefing is made of, kept between reruns."""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from geoanalysis import briefing, review
from geoanalysis.briefing import Part
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.compose import Display, dossier_layers, dossier_scene, plan_scene
from geoanalysis.maps.scene import REGION, Extent, Scene
from geoanalysis.pages import _data, _layers, _scenes, _state
from geoanalysis.pages._views import BriefView, PlanView, ReviewView

_OF_AN_ACTION = frozenset({Part.SUMMARY, Part.PLACES, Part.TIMELINE, Part.RESULTS})
_NOT_COUNTED = {
    "clusters": "Clusters of the scan",
    "density": "Seizures along roads",
    "border_density": "Seizures along borders",
}
"""Layers whose counts cannot be withheld one by one."""


def material(view: _state.View, wanted: BriefView) -> briefing.Material:
    """
    Let the analysis rooms make what the contents ask for, with only what may be told.

    Raises
    ------
    InputError
        If the plan may not be shown.
    """
    rules = review.Disclosure(Handling(wanted.up_to), int(wanted.least))
    found = _found(view, wanted, rules)
    plan = _state.plan() if _state.plan().deployments or not isinstance(view, ReviewView) else None
    needs_plan = not isinstance(view, ReviewView) or Part.PLAN in wanted.contents or _checkpoints(wanted)
    if plan is not None and needs_plan:
        review.require_releasable(plan, rules.up_to)
    scene = _scenes.scene_of(view, found)
    extent = REGION if isinstance(view, ReviewView) else view.extent
    planned = None if plan is None or not needs_plan else _on_map(plan, extent)
    return briefing.Material(
        scene,
        _data.crossings(scene.on),
        found if _tells_of_action(view, wanted) else None,
        planned,
        _earlier(view, rules) if Part.COMPARISON in wanted.contents else None,
        _other_plan(plan, rules) if Part.COMPARISON in wanted.contents else None,
        shows_plan=not isinstance(view, ReviewView),
    )


def left_out(view: _state.View, wanted: BriefView) -> tuple[str, ...]:
    """Say what a threshold and handling codes leave out that would be shown."""
    said = []
    names = [name for layer, name in _NOT_COUNTED.items() if layer in getattr(view, "layers", ())]
    if wanted.least > 1 and isinstance(view, ReviewView) and names:
        said.append(f"{' and '.join(names)}: not shown, since small counts are not told.")
    kept = _state.kept_plans() if Part.COMPARISON in wanted.contents else ()
    if any(plan.handling.value > wanted.up_to for plan in kept):
        said.append(f"Plans of handling codes above {wanted.up_to} are not compared.")
    return tuple(said)


def minute() -> datetime:
    """Give the present minute: a page made twice in a minute is the same."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


@st.cache_data(max_entries=64, show_spinner=False)
def page_count(digest: str, form: briefing.PageForm, _document: briefing.Document) -> int:  # noqa: ARG001
    """Give the number of pages that a briefing takes in a form; its digest is the cache key."""
    return len(briefing.leaves(_document, form))


@st.cache_data(max_entries=64, show_spinner="Drawing the page ...")
def preview(
    digest: str,  # noqa: ARG001 - the cache key
    form: briefing.PageForm,
    page: int,
    _document: briefing.Document,
) -> bytes:
    """Give a page as it will be printed."""
    return briefing.render(_document, _data.basemap(), ".png", briefing.Printing(form, page))


def _tells_of_action(view: _state.View, wanted: BriefView) -> bool:
    """Tell whether the briefing is on an action: a plan alone is not mixed with what happens to be open."""
    asked = _OF_AN_ACTION.intersection(wanted.contents)
    return isinstance(view, ReviewView) or bool(asked)


def _checkpoints(wanted: BriefView) -> bool:
    return Part.ATLAS in wanted.contents and wanted.atlas_of == "checkpoints"


def _found(view: _state.View, wanted: BriefView, rules: review.Disclosure) -> review.Dossier | None:
    shows_action = isinstance(view, PlanView) and "intensity" in view.layers
    if not (_tells_of_action(view, wanted) or shows_action):
        return None
    operation = _state.operation()
    passing = _scenes.passing(view) if isinstance(view, ReviewView) else review.ReviewFilter()
    planned = Part.PLAN in wanted.contents and isinstance(view, ReviewView)
    plan = _state.plan() if planned and _state.plan().deployments else None
    before = _state.kept_operation() if Part.COMPARISON in wanted.contents else None
    return _dossier(fingerprint(operation, plan, before), passing, rules, operation, plan, before)


def _earlier(view: _state.View, rules: review.Disclosure) -> Scene | None:
    """Give the scene of the action kept, filtered as the view is but for the time."""
    kept = _state.kept_operation()
    if kept is None:
        return None
    passing = _scenes.passing(view) if isinstance(view, ReviewView) else review.ReviewFilter()
    passing = replace(passing, starts_utc=None, ends_utc=None)
    found = _dossier(fingerprint(kept), passing, rules, kept, None, None)
    crossings, borders = _data.crossings(kept.starts), _data.borders(kept.starts)
    return dossier_scene(found, dossier_layers(found, borders, crossings))


def _other_plan(plan: Plan | None, rules: review.Disclosure) -> briefing.PlanOnMap | None:
    others = [
        kept
        for kept in _state.kept_plans()
        if plan is not None
        and kept.deployments != plan.deployments
        and kept.handling.value <= rules.up_to.value
    ]
    return _on_map(others[-1], REGION) if others else None


def _on_map(plan: Plan, extent: Extent) -> briefing.PlanOnMap:
    """Show a plan by itself: its checkpoints would drown among the layers of the Plan page."""
    layers = {
        "borders": _layers.borders(plan.on),
        "crossings": _layers.crossings(_data.crossings(plan.on)),
    }
    return briefing.PlanOnMap(plan, plan_scene(None, plan, Display(tuple(layers), extent), layers))


@st.cache_resource(max_entries=8, show_spinner="Gathering the results ...")
def _dossier(
    content: str,  # noqa: ARG001 - the cache key of what follows the rules
    passing: review.ReviewFilter,
    rules: review.Disclosure,
    _operation: Operation,
    _plan: Plan | None,
    _before: Operation | None,
) -> review.Dossier:
    crossings = _data.crossings(_operation.starts)
    return review.dossier(
        _operation,
        crossings,
        _data.actions(),
        disclosure=rules,
        passing=passing,
        plan=_plan,
        before=_before,
    )
