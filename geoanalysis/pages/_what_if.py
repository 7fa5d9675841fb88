"""What a planner supposes about crossings and roads, and what a click on the map does."""

from dataclasses import replace
from functools import partial
from typing import Any, Final, cast

import geopandas as gpd
import streamlit as st
from shapely.geometry import Polygon, shape

from geoanalysis import network
from geoanalysis.domain.vocabularies import CrossingMode
from geoanalysis.pages import _data, _state
from geoanalysis.pages._controls import choose_many
from geoanalysis.pages._views import PlanView
from geoanalysis.reference.selection import within

DOES: Final = {
    "pick": "Pick checkpoints",
    "closed": "Close",
    "slowed": "Slow down",
    "manned": "Man",
    "origins": "From here",
    "destinations": "To here",
}
_SUPPOSED: Final = {"closed": "Closed", "slowed": "Slowed down", "manned": "Manned"}


def choose_what_a_click_does(view: PlanView) -> PlanView:
    """Let the user choose what a click on the map, or a shape drawn on it, does."""
    chosen = st.segmented_control(
        "A click on the map",
        list(DOES),
        format_func=DOES.__getitem__,
        default=view.clicks if view.clicks in DOES else "pick",
        required=True,
        key="plan.clicks",
        help="Clicks reach crossings and roads of the corridor; shapes take all crossings inside. A second "
        "click undoes the first.",
        persist_state="session",
    )
    return replace(view, clicks=str(chosen))


def follow_click(view: PlanView, clicked_id: str) -> None:
    """Suppose something of a crossing or road, or no longer; or let trips begin or end there."""
    if view.clicks in _SUPPOSED:
        _remember(toggled(view, clicked_id))
    elif network.road_number(clicked_id) is None:
        crossings = _data.crossings(view.on)
        names = crossings["name"][crossings["crossing_id"] == clicked_id]
        _add_ends(view, tuple(names))


def follow_drawing(view: PlanView, drawn: dict[str, object]) -> None:
    """Suppose something of all road crossings inside a shape, or let trips begin or end in it."""
    if view.clicks in _SUPPOSED:
        inside = within(_road_crossings(view), drawn)["crossing_id"]
        ids = dict.fromkeys([*getattr(view, view.clicks), *inside])
        _remember(_without(view, set(ids), **{view.clicks: tuple(ids)}))
    else:
        _add_ends(view, (network.area_words(cast("Polygon", shape(drawn))),))


def what_if_controls(view: PlanView) -> PlanView:
    """Show what is supposed, each to be taken back, and give the view as it is set."""
    names = _names(view)
    columns = st.columns(len(_SUPPOSED))
    chosen: dict[str, Any] = {}
    for column, (field, label) in zip(columns, _SUPPOSED.items(), strict=True):
        with column:
            chosen[field] = choose_many(
                label,
                list(dict.fromkeys([*getattr(view, field), *names])),
                getattr(view, field),
                key=f"plan.{field}",
                words=partial(_name, names),
                empty="none",
            )
    manned = st.toggle(
        "The checkpoints of the plan are manned",
        view.plan_manned,
        key="plan.plan_manned",
        persist_state="session",
    )
    return replace(view, **chosen, plan_manned=manned)


def toggled(view: PlanView, clicked_id: str) -> PlanView:
    """Give a view with what a click supposes of a place, or without it if it was supposed already."""
    ids = getattr(view, view.clicks)
    if clicked_id in ids:
        return _without(view, {clicked_id})
    return _without(view, {clicked_id}, **{view.clicks: (*ids, clicked_id)})


def _without(view: PlanView, ids: set[str], **kept: tuple[str, ...]) -> PlanView:
    """Suppose nothing any more of some places, except what is given: no place is both closed and manned."""
    rest: dict[str, Any] = {
        field: tuple(one for one in getattr(view, field) if one not in ids) for field in _SUPPOSED
    }
    return replace(view, **{**rest, **kept})


def _add_ends(view: PlanView, texts: tuple[str, ...]) -> None:
    ends: dict[str, Any] = {view.clicks: tuple(dict.fromkeys([*getattr(view, view.clicks), *texts]))}
    _remember(replace(view, **ends))


def _remember(view: PlanView) -> None:
    """Take over a view changed by the map; the widgets show it from the next run on."""
    for field in (*_SUPPOSED, "origins", "destinations"):
        st.session_state[f"plan.{field}"] = list(getattr(view, field))
    _state.remember(view)


def _road_crossings(view: PlanView) -> gpd.GeoDataFrame:
    crossings = _data.crossings(view.on)
    return crossings[crossings["mode"] == CrossingMode.ROAD]


def _names(view: PlanView) -> dict[str, str]:
    crossings = _road_crossings(view)
    return dict(zip(crossings["crossing_id"], crossings["name"], strict=True))


def _name(names: dict[str, str], what: str) -> str:
    return names.get(what, what)
