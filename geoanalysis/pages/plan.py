"""Plan: see borders, crossings and corridors of a day, and pick the checkpoints."""

from dataclasses import replace
from typing import Any

import geopandas as gpd
import streamlit as st

from geoanalysis import network, store
from geoanalysis.domain.errors import GeoanalysisError
from geoanalysis.domain.operation import Deployment
from geoanalysis.domain.vocabularies import CrossingMode
from geoanalysis.pages import (
    _corridor_tables,
    _data,
    _movements,
    _plan_table,
    _scenes,
    _state,
    _tables,
    _what_if,
    _words,
)
from geoanalysis.pages._controls import choose_day, choose_many, choose_one
from geoanalysis.pages._corridor_controls import corridor_controls
from geoanalysis.pages._map_view import MapEvent, map_view
from geoanalysis.pages._views import PlanView
from geoanalysis.reference.selection import deployments, within

_LAYERS = (
    "borders",
    "crossings",
    "corridor",
    "within",
    "difference",
    "road_problems",
    "intensity",
    "seizures",
)


def page() -> None:
    """Draw the page."""
    _state.take_opened_plan()
    view = _controls(_state.view(PlanView))
    _state.change_plan(replace(_state.plan(), on=view.on))
    map_column, plan_column = st.columns([1.8, 1], gap="medium")
    with plan_column:
        _show_plan(view)
    with map_column:
        _state.say_what_is_missing()
        view = _what_if.choose_what_a_click_does(view)
        map_place = st.container()
        view = _what_if.what_if_controls(view)
    _state.show(view)
    asked = _movements.answer(view)
    with map_place:
        map_view(_scenes.scene_of_plan(view), key="plan.map", draw=True, on_event=_follow)
    _corridor_tables.show_answer(asked, view)


def _controls(view: PlanView) -> PlanView:
    with st.sidebar:
        on = choose_day("Day of the action", view.on, key="plan.on")
        layers = choose_many("Show", _LAYERS, view.layers, key="plan.layers", words=_words.layer)
        measure = choose_one(
            "Check intensity as",
            list(_words.MEASURES),
            view.measure,
            key="plan.measure",
            words=_words.measure,
            disabled="intensity" not in layers,
        )
        st.caption(f"Check intensity: {_state.operation().name}. Seizures: press reports before the day.")
        view = replace(
            view,
            on=on,
            layers=layers,
            measure=measure,
            route=_tables.chosen_place(_corridor_tables.ROUTES_KEY, view.route),
            place=_tables.chosen_place(_corridor_tables.CROSSINGS_KEY, view.place),
        )
        return _crossing_controls(corridor_controls(view))


def _crossing_controls(view: PlanView) -> PlanView:
    crossings = _data.crossings(view.on)
    countries = sorted({*crossings["country_a"].dropna(), *crossings["country_b"].dropna()})
    choices = {
        "modes": ("Mode", [mode.value for mode in CrossingMode]),
        "categories": ("Category", sorted(crossings["category"].unique())),
        "countries": ("Country", countries),
        "pairs": ("Country pair", sorted(set(crossings["pair"]) - {""})),
    }
    st.subheader("Crossings")
    chosen: dict[str, Any] = {
        field: choose_many(label, values, getattr(view, field), key=f"plan.{field}", words=_words.plain)
        for field, (label, values) in choices.items()
    }
    return replace(view, **chosen)


def _follow(event: MapEvent) -> None:
    """Take over what was done on the map: a click toggles a checkpoint, a drawn area adds all inside."""
    view = _state.view(PlanView)
    if event.extent is not None:
        _state.remember(replace(view, extent=event.extent))
    picking = view.clicks == "pick"
    if event.clicked_id is not None:
        _toggle(event.clicked_id) if picking else _what_if.follow_click(view, event.clicked_id)
    if event.drawn is not None:
        if picking:
            _add(within(_scenes.crossings_of(view), event.drawn))
        else:
            _what_if.follow_drawing(view, event.drawn)


def _toggle(place_id: str) -> None:
    """Take a crossing or the middle of a road into the plan, or any checkpoint out of it."""
    plan = _state.plan()
    road = network.road_number(place_id)
    if road is not None:
        _state.change_plan(plan.toggle(_point_on(road, _state.view(PlanView))))
        return
    picked = [deployment for deployment in plan.deployments if deployment.place_id == place_id]
    for deployment in picked or deployments(_data.crossings(plan.on), [place_id]):
        _state.change_plan(plan.toggle(deployment))


def _point_on(road: int, view: PlanView) -> Deployment:
    """Give a checkpoint in the middle of a road."""
    edges = _data.road_network(view.on, view.network).edges
    at = edges.geometry.iloc[road].interpolate(0.5, normalized=True)
    ref = str(edges["ref"].iloc[road])
    return Deployment(f"point {at.x:.4f} {at.y:.4f}", f"Road {ref}".strip(), at.x, at.y)


def _add(chosen: gpd.GeoDataFrame) -> None:
    plan = _state.plan()
    fresh = [place for place in chosen["crossing_id"] if place not in plan.place_ids]
    _state.change_plan(replace(plan, deployments=(*plan.deployments, *deployments(chosen, fresh))))


def _show_plan(view: PlanView) -> None:
    plan = _state.plan()
    key = f"plan.name.{plan.plan_id}"
    given = "" if key in st.session_state else plan.name
    name = st.text_input("Plan", given, key=key, max_chars=80)
    _state.change_plan(replace(plan, name=name))
    counts = st.columns(2)
    counts[0].metric("Checkpoints", len(plan.deployments))
    counts[1].metric("Officers", sum(deployment.officers for deployment in plan.deployments))
    _add_by_name(view)
    if plan.deployments:
        _edit_rows()
    else:
        st.info("Click crossings on the map, draw a polygon around them, or add them by name.")
    _show_files()


def _add_by_name(view: PlanView) -> None:
    crossings = _scenes.crossings_of(view)
    names = dict(zip(crossings["crossing_id"], crossings["name"], strict=True))

    def take() -> None:
        _add(crossings[crossings["crossing_id"] == st.session_state["plan.add"]])
        st.session_state["plan.add"] = None

    rest = [place for place in names if place not in _state.plan().place_ids]
    st.selectbox(
        "Add a crossing",
        rest,
        None,
        format_func=names.__getitem__,
        key="plan.add",
        on_change=take,
        placeholder=f"{len(rest)} on the map",
    )


def _edit_rows() -> None:
    """Show the plan as a table; a changed plan is a new table, so that no edit is lost or made twice."""
    key = f"plan.rows.{_state.plan_hash()}"
    st.data_editor(
        _plan_table.rows_of(_state.plan()),
        column_config=_plan_table.COLUMNS,
        hide_index=True,
        num_rows="delete",
        key=key,
        on_change=_take_edits,
        args=(key,),
        alt="Checkpoints of the plan",
    )


def _take_edits(key: str) -> None:
    _state.change_plan(_plan_table.edited(_state.plan(), st.session_state[key]))


def _show_files() -> None:
    plan = _state.plan()
    buttons = st.columns([1, 1.4, 0.8])
    file_name = f"{plan.plan_id}_{plan.on}_{_state.plan_hash() or 'empty'}_{plan.handling}"
    buttons[0].download_button(
        "Save as CSV", store.plan_to_csv(plan), f"{file_name}.csv", "text/csv", on_click="ignore"
    )
    buttons[1].download_button(
        "Save as GeoPackage", lambda: store.plan_to_gpkg(plan), f"{file_name}.gpkg", on_click="ignore"
    )
    buttons[2].button("Undo", on_click=_state.undo_plan, disabled=not _state.undo_steps())
    uploaded = st.file_uploader("Open a plan (CSV or GeoPackage)", ["csv", "gpkg"], key="plan.upload")
    if uploaded is not None:
        _open(uploaded.name, uploaded.getvalue())


def _open(name: str, content: bytes) -> None:
    try:
        opened = store.plan_from_gpkg(content) if name.endswith(".gpkg") else store.plan_from_csv(content)
    except GeoanalysisError as error:
        st.error(f"{name}: {error} The plan was not changed.")
        return
    if _state.take_once("plan.upload", content):
        _state.open_plan(opened)
        st.rerun()
