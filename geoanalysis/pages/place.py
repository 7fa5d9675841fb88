"""Checkpoints: what the plan achieves once smugglers go round it, and what the optimiser would man."""

from dataclasses import replace
from functools import partial
from tempfile import TemporaryDirectory
from typing import Any, Final

import pandas as pd
import streamlit as st

from geoanalysis import placement, store
from geoanalysis.pages import _data, _placing, _scenes, _state
from geoanalysis.pages._controls import choose_many, choose_number, choose_one, choose_or_write
from geoanalysis.pages._map_view import MapEvent, map_view
from geoanalysis.pages._views import PlaceView
from geoanalysis.placement import CheckpointProblem, Evaluation
from geoanalysis.reference.selection import deployments

_PERCENT: Final = partial(st.column_config.NumberColumn, format="percent")
_ASSUMED: Final = (
    ("officers_1", "Officers at level 1", 1, 200, 1),
    ("detection_1", "found at level 1, %", 0, 100, 5),
    ("officers_2", "Officers at level 2", 1, 400, 1),
    ("detection_2", "found at level 2, %", 0, 100, 5),
    ("officers_3", "Officers at level 3", 1, 800, 1),
    ("detection_3", "found at level 3, %", 0, 100, 5),
    ("unmanned", "found where the plan mans nothing, %", 0, 50, 1),
    ("risk", "Risk on the road, % per hour", 0, 50, 0.5),
    ("tolerance", "Longest detour, % (0: any)", 0, 200, 5),
)
_ROSTER: Final = (
    ("shifts", "Shifts", 1, 200, 1),
    ("shift_h", "Hours of a shift", 1, 24, 1),
    ("crews", "Crews that take turns (0: as many as teams)", 0, 400, 1),
    ("rest", "Shifts of rest after one on duty", 0, 10, 1),
    ("travel_km", "A crew is sent at most so far, km (0: any)", 0, 2000, 50),
    ("seed", "Seed", 0, 9999, 1),
)
_HONEST: Final = (
    "Detection rates, weights and risk are **assumptions; nothing public calibrates them**. Smugglers are "
    "taken to know the plan and to take the best way left; green border, sea and air are outside."
)


def page() -> None:
    """Draw the page."""
    _state.take_opened_plan()
    view = _controls(_state.view(PlaceView))
    _state.show(view)
    try:
        made = _placing.made_of(view)
        found = _placing.suggestion(view)
    except ValueError as reason:
        st.error(str(reason))
        return
    map_column, side = st.columns([1.6, 1], gap="medium")
    with map_column:
        _state.say_what_is_missing()
        map_view(_scenes.scene_of_place(view), key="place.map", on_event=_follow)
        st.caption(_HONEST)
    arcs, levels = _placing.picked(view, made, _state.plan())
    mine = placement.evaluate(made.problem, arcs, level=levels)
    with side:
        _show_figures(view, made, found, mine, len(arcs))
        _show_additions(made, arcs, levels)
    _show_tables(view, made, found, mine)


def _controls(view: PlaceView) -> PlaceView:
    with st.sidebar:
        chosen: dict[str, Any] = {
            "kind": choose_one(
                "Suggest", list(_placing.KINDS), view.kind, key="place.kind", words=_placing.KINDS.__getitem__
            ),
            "teams": choose_number("Teams", view.teams, low=0, high=200, step=1, key="place.teams"),
            "level": choose_number(
                "Intensity level of a team", view.level, low=1, high=3, step=1, key="place.level"
            ),
        }
        if chosen["kind"] == "roster":
            chosen |= _numbers(view, _ROSTER)
        if chosen["kind"] in {"fixed", "officers"}:
            chosen["prove_s"] = choose_number(
                "Prove it for at most, s", view.prove_s, low=1, high=600, step=5, key="place.prove_s"
            )
        for side, label in (("origins", "From"), ("destinations", "To")):
            chosen[side] = choose_or_write(
                label,
                _data.ends_offered(_state.plan().on),
                getattr(view, side),
                key=f"place.{side}",
                most=20,
                words="As on the Plan page.",
            )
        chosen["network"] = choose_one(
            "Roads",
            _data.road_networks(),
            view.network,
            key="place.network",
            words=lambda name: name or "schematic, bundled",
        )
        return replace(view, **chosen, **_constraints(view), **_assumptions(view))


def _constraints(view: PlaceView) -> dict[str, Any]:
    named = _placing.names()
    with st.expander("Constraints"):
        chosen: dict[str, Any] = {
            field: choose_many(
                label,
                list(named),
                getattr(view, field),
                key=f"place.{field}",
                words=lambda one: named.get(one, one),
                empty="none",
            )
            for field, label in (("required", "Manned in any case"), ("forbidden", "Never manned"))
        }
        for field, label, words in (
            ("quotas", "At most, by country", "Such as `BG 3`: places whose first country it is"),
            ("cover", "At least, by border section", "Such as `BG-TR 1`"),
            (
                "costs",
                "Cost, by crossing",
                "Such as `rs-bg-gradina-kalotina 2`; others cost 1. Not for rosters",
            ),
        ):
            chosen[field] = choose_or_write(
                label, [], getattr(view, field), key=f"place.{field}", most=40, words=words
            )
        chosen["travellers"] = choose_number(
            "Lawful travellers a day at manned places, at most (0: any)",
            view.travellers,
            low=0,
            high=1e6,
            step=1000,
            key="place.travellers",
            words="Where they are known; the mean over shifts of a roster.",
        )
        chosen["external"] = st.toggle(
            "External EU border only", view.external, key="place.external", persist_state="session"
        )
    return chosen


def _assumptions(view: PlaceView) -> dict[str, Any]:
    with st.expander("Assumptions"):
        return _numbers(view, _ASSUMED)


def _numbers(view: PlaceView, asked: tuple[tuple[str, str, float, float, float], ...]) -> dict[str, Any]:
    return {
        field: choose_number(label, getattr(view, field), low=low, high=high, step=step, key=f"place.{field}")
        for field, label, low, high, step in asked
    }


def _follow(event: MapEvent) -> None:
    view = _state.view(PlaceView)
    if event.extent is not None:
        _state.remember(replace(view, extent=event.extent))
    if event.clicked_id is not None:
        plan = _state.plan()
        for deployment in [d for d in plan.deployments if d.place_id == event.clicked_id] or deployments(
            _data.crossings(plan.on), [event.clicked_id]
        ):
            _state.change_plan(plan.toggle(deployment))


def _show_figures(
    view: PlaceView, made: CheckpointProblem, found: _placing.Suggestion, mine: Evaluation, places: int
) -> None:
    plan = _state.plan()
    st.subheader("Who gets through")
    rows = {
        f"Picked: {plan.name}": (places, mine.unchecked, mine.planned, mine.rerouted, None, ""),
        "Suggested": (
            len(found.probability),
            found.unchecked,
            found.planned,
            found.rerouted,
            found.bound,
            found.status,
        ),
    }
    for kept in _state.kept_plans():
        where, at = _placing.picked(view, made, kept)
        value = placement.evaluate(made.problem, where, level=at)
        rows[f"Kept: {kept.name}"] = (len(where), value.unchecked, value.planned, value.rerouted, None, "")
    columns = ["Places", "Unchecked", "As planned", "Re-routed", "Bound", "Proof"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    percents = {name: _PERCENT(name) for name in columns[1:5]}
    st.dataframe(table, column_config={**percents, "_index": "Plan"}, alt="Evasion of the plans")
    st.caption(
        "Evasion. *As planned* holds only while nobody changes route: read *Re-routed*, after smugglers have "
        "gone round. A roster's figure is a guarantee against smugglers who know how often each place is "
        "manned. *Bound*: no such plan has less."
    )
    if made.unreachable:
        st.warning("No road joins " + "; ".join(" and ".join(pair) for pair in made.unreachable) + ".")
    missing = len(plan.deployments) - places
    if missing:
        st.info(
            f"{missing} checkpoints of the plan lie where no load of these passes, and count for nothing."
        )
    buttons = st.columns(3)
    buttons[0].button("Take over", on_click=lambda: _state.change_plan(_placing.taken_over(view, found)))
    buttons[1].button("Undo", on_click=_state.undo_plan, disabled=not _state.undo_steps(), key="place.undo")
    buttons[2].button("Keep to compare", on_click=_state.keep_plan, disabled=not plan.deployments)


def _show_additions(made: CheckpointProblem, arcs: list[int], levels: list[int]) -> None:
    if not arcs:
        st.info("Click crossings on the map to pick checkpoints, or take the suggestion over.")
        return
    named = _placing.names()
    table = pd.DataFrame(
        {
            "Checkpoint": [named[place] for place in made.places(arcs)],
            "Level": levels,
            "Adds": placement.additions(made.problem, arcs, levels),
        }
    )
    columns = {"Adds": _PERCENT("Adds", help="how much more would get through without it")}
    st.dataframe(table.sort_values("Adds", ascending=False), column_config=columns, hide_index=True)


def _show_tables(
    view: PlaceView, made: CheckpointProblem, found: _placing.Suggestion, mine: Evaluation
) -> None:
    tabs = st.tabs(["Worst pairs", "Suggestion", "Number of teams", "Priorities", "Sensitivity"])
    with tabs[0]:
        _show_pairs(placement.worst_pairs(made, mine))
    with tabs[1]:
        _show_suggestion(view, found)
    places = [deployment.place_id for deployment in _state.plan().deployments]
    with tabs[2]:
        if st.toggle("Compute (some seconds)", key="place.curve"):
            _show_curve(_curve(_placing.question(view), made.content, made, tuple(places)))
    with tabs[3]:
        if st.toggle("Compute (some seconds)", key="place.priorities"):
            listed = _priorities(_placing.question(view), made.content, made)
            names = _placing.names()
            listed.insert(0, "place", [names.get(p, p) for p in made.places(listed["arc"])])
            columns: dict[str, Any] = {n: _PERCENT(n) for n in ("evasion", "alone", "bound", "price")}
            columns["spent"] = st.column_config.NumberColumn("teams")
            st.dataframe(listed.drop(columns=["arc", "level"]), column_config=columns, hide_index=True)
            st.caption(
                "Each beginning is a plan; *price* is what that costs against a plan for its budget alone."
            )
    with tabs[4]:
        _show_sensitivity(view, found, places)


def _show_pairs(pairs: pd.DataFrame) -> None:
    names = _placing.names()
    ways = {
        column: [" → ".join(names.get(p, p) for p in way) for way in pairs[column]]
        for column in ("before", "after")
    }
    columns: dict[str, Any] = {
        **{name: _PERCENT(name) for name in ("weight", "unchecked", "planned", "rerouted")},
        "hours": st.column_config.NumberColumn("hours", format="%.1f"),
        "before": "way before",
        "after": "way after re-routing",
    }
    st.dataframe(pairs.assign(**ways), column_config=columns, hide_index=True, alt="Worst pairs")


def _show_suggestion(view: PlaceView, found: _placing.Suggestion) -> None:
    names = _placing.names()
    table = pd.DataFrame(
        {
            "place_id": list(found.probability),
            "place": [names.get(place, place) for place in found.probability],
            "probability": list(found.probability.values()),
            "officers": list(found.officers.values()),
        }
    ).sort_values("probability", ascending=False)
    st.dataframe(table, column_config={"probability": _PERCENT("manned in")}, hide_index=True)
    about = pd.DataFrame({"made_by": _placing.in_words(view)})
    stem = f"suggestion_{view.kind}_{_state.plan().on}"
    row = st.container(horizontal=True)
    row.download_button(
        "CSV",
        store.table_csv(table.assign(made_by=". ".join(about["made_by"]))),
        f"{stem}.csv",
        "text/csv",
        on_click="ignore",
    )
    row.download_button(
        "GeoPackage",
        lambda: _file({"suggestion": _placing.suggested_places(view), "about": about}),
        f"{stem}.gpkg",
    )
    if found.schedule is not None:
        rota = found.schedule.assign(place=found.schedule["place_id"].map(names))
        starts = pd.Timestamp(_state.plan().on) + pd.to_timedelta(
            (rota["shift"] - 1) * view.shift_h, unit="h"
        )
        rota.insert(1, "starts", starts.dt.strftime("%Y-%m-%d %H:%M"))
        by_shift = rota.pivot_table(
            index=["shift", "starts"], columns="team", values="place", aggfunc="first"
        )
        st.dataframe(by_shift.add_prefix("team ").reset_index(), alt="Roster")
        row.download_button("Roster as XLSX", lambda: _sheet(rota, about), f"roster_{_state.plan().on}.xlsx")


def _file(layers: dict[str, pd.DataFrame]) -> bytes:
    with TemporaryDirectory() as folder:
        store.write_layers(layers, f"{folder}/layers.gpkg")
        with open(f"{folder}/layers.gpkg", "rb") as written:  # noqa: PTH123 - read back at once
            return written.read()


def _sheet(rota: pd.DataFrame, about: pd.DataFrame) -> bytes:
    words = pd.DataFrame({"shift": about["made_by"]})
    with TemporaryDirectory() as folder:
        store.write_table(pd.concat([rota, words], ignore_index=True), f"{folder}/roster.xlsx")
        with open(f"{folder}/roster.xlsx", "rb") as written:  # noqa: PTH123 - read back at once
            return written.read()


@st.cache_data(max_entries=16, show_spinner="Planning for every number of teams ...")
def _curve(
    asked: PlaceView,
    content: str,  # noqa: ARG001 - the cache key
    _made: CheckpointProblem,
    places: tuple[str, ...],
) -> pd.DataFrame:
    numbers = sorted({1, 2, 3, 5, 7, 10, 15, 20, int(asked.teams)} - {0})
    return placement.evasion_by_teams(_made, numbers, level=int(asked.level), picks=places)


@st.cache_data(max_entries=16, show_spinner="Putting checkpoints in order ...")
def _priorities(asked: PlaceView, content: str, _made: CheckpointProblem) -> pd.DataFrame:  # noqa: ARG001
    problem = _made.problem.at_level(int(asked.level))
    return placement.priority_list(problem, int(asked.teams)).steps


def _show_curve(curve: pd.DataFrame) -> None:
    st.line_chart(curve.set_index("teams"), y_label="evasion after re-routing", x_label="teams")
    percents = {name: _PERCENT(name) for name in curve.columns[1:]}
    st.dataframe(curve, column_config=percents, hide_index=True)


def _show_sensitivity(view: PlaceView, found: _placing.Suggestion, places: list[str]) -> None:
    table = placement.sensitivity(
        lambda model: _placing.made_under(view, model),
        _placing.model_of(view),
        level=int(view.level),
        picks=places,
        probability=found.probability,
    )
    percents = {name: _PERCENT(name) for name in table.columns}
    st.dataframe(table, column_config=percents, hide_index=True, alt="Sensitivity")
    st.caption("Plans as they are, valued where detection and risk are other than assumed.")
