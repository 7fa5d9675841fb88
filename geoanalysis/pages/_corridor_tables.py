"""The alternatives, crossings and changes of a corridor as tables below the map."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from geoanalysis.network import Corridors, Differences
from geoanalysis.pages import _data, _tables
from geoanalysis.pages._movements import Answer, what_changes
from geoanalysis.pages._views import PlanView

ROUTES_KEY: Final = "plan.routes"
CROSSINGS_KEY: Final = "plan.crossings"
_NUMBER = st.column_config.NumberColumn
_TEXT = st.column_config.TextColumn
_PERCENT = "percent"
_DECIMALS: Final = 3
_ROUTE_COLUMNS: Final[dict[str, Any]] = {
    "trip": "From and to",
    "rank": _NUMBER("No.", width=40),
    "hours": _NUMBER("Hours", format="%.1f", width=60, help="driving and borders"),
    "length_km": _NUMBER("km", format="%.0f", width=60),
    "share": _NUMBER(
        "Share", format=_PERCENT, width=60, help="of these trips; path-size logit, an assumption"
    ),
    "stretch": _NUMBER("Times best", format="%.2f", width=80),
    "overlap": _NUMBER("In common", format=_PERCENT, width=80, help="with an alternative before it, at most"),
    "crossings": _TEXT("Crossings in order", width=640),
    "countries": _TEXT("Countries", width=150),
}
_CROSSING_COLUMNS: Final[dict[str, Any]] = {
    "name": _TEXT("Crossing", width=280),
    "pair": "Border",
    "share": _NUMBER("Share", format=_PERCENT, help="of all trips, expected"),
    "delay_min": _NUMBER("Delay, min", format="%.0f", help="observed waits, or the delay assumed"),
    "if_closed": _TEXT(
        "If closed", help="how much longer trips take at most if this crossing alone is closed"
    ),
}
_CHANGE_COLUMNS: Final[dict[str, Any]] = {
    "name": _TEXT("Crossing", width=280),
    "pair": "Border",
    "before": _NUMBER("Before", format=_PERCENT),
    "after": _NUMBER("After", format=_PERCENT),
    "change": _NUMBER("Change", format=_PERCENT),
}


def show_answer(asked: Answer, view: PlanView) -> None:
    """Draw what was found, what is missing, and what changes."""
    for problem in asked.problems:
        st.warning(problem)
    if asked.found is None:
        return
    st.markdown(_summary(asked.found))
    changed = asked.changed
    names = ["Alternatives", "Crossings", *(["What changes"] if changed else [])]
    tabs = st.tabs(names)
    with tabs[0]:
        _show_routes(asked.found, view)
    with tabs[1]:
        _show_crossings(asked.found, view)
    if changed is not None:
        with tabs[2]:
            _show_changes(changed, *what_changes(asked))


def _summary(found: Corridors) -> str:
    best = found.routes.loc[found.routes["time_min"].idxmin()]
    state = f", state of {found.as_of:%B %Y}" if found.as_of else ""
    return (
        f"**{found.name}** on the {found.network}{state}: best {best.time_min / 60:.1f} h, "
        f"{best.length_km:,.0f} km. Shares are what a model expects, not counts."
    )


def _show_routes(found: Corridors, view: PlanView) -> None:
    names = _crossing_names(view)
    routes = found.routes
    rows = pd.DataFrame(routes.drop(columns=routes.geometry.name)).assign(
        place_id=routes.index.astype(str),
        trip=routes["origin"] + " to " + routes["destination"],
        hours=routes["time_min"] / 60,
        share=routes["share"].round(_DECIMALS),
        overlap=routes["overlap"].round(_DECIMALS),
        crossings=routes["crossings"].map(lambda ids: _in_a_row(names.get(one, one) for one in ids)),
        countries=routes["countries"].map(_in_a_row),
    )
    one_trip = len(set(rows["trip"])) == 1
    columns = {name: column for name, column in _ROUTE_COLUMNS.items() if name != "trip" or not one_trip}
    _tables.place_table(
        rows,
        columns,
        key=ROUTES_KEY,
        place=view.route,
        words="Alternatives, quickest first; a row marks its way",
    )


def _show_crossings(found: Corridors, view: PlanView) -> None:
    table = found.crossings
    rows = table.round({"share": _DECIMALS}).assign(
        place_id=table["crossing_id"], if_closed=table["if_closed_min"].map(_closed_words)
    )
    _tables.place_table(
        rows, _CROSSING_COLUMNS, key=CROSSINGS_KEY, place=view.place, words="Crossings by expected share"
    )


def _show_changes(changed: Differences, words: str) -> None:
    st.markdown(words)
    for reason in changed.cut_off:
        st.warning(reason)
    st.dataframe(
        changed.crossings[list(_CHANGE_COLUMNS)].round(_DECIMALS),
        column_config=_CHANGE_COLUMNS,
        hide_index=True,
        alt="Crossings that gain and lose, those that gain most first",
    )


def _crossing_names(view: PlanView) -> dict[str, str]:
    crossings = _data.crossings(view.on)
    return dict(zip(crossings["crossing_id"], crossings["name"], strict=True))


def _in_a_row(names: Iterable[str]) -> str:
    return " → ".join(names)


def _closed_words(minutes: float) -> str:
    if np.isinf(minutes):
        return "no way left"
    return f"+{minutes:.0f} min"
