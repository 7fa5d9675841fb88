"""Charts that answer to clicks, drawn from the tables of the analysis rooms."""

from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geoanalysis.symbology import ACCENT, ALERT, INK, MUTED

_HEIGHT: Final = 300
_PROFILE_HEIGHT: Final = 230
_TICKS: Final = 6
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def funnel(places: pd.DataFrame, limits: pd.DataFrame, *, key: str, place: str) -> None:
    """Draw hits over expected hits of each place, within the limits of chance; `place` is ringed."""
    x = alt.X("expected:Q", scale=alt.Scale(type="log"), title="expected hits (at the rate of the selection)")
    lines = alt.Chart(limits).encode(x=x)
    edges = [
        lines.mark_line(color=MUTED, strokeDash=dash, strokeWidth=1).encode(y=f"{side}:Q")
        for level, dash in (("95", [2, 2]), ("99\\.8", [1, 0]))
        for side in (f"low_{level}", f"high_{level}")
    ]
    one = alt.Chart(pd.DataFrame({"one": [1.0]})).mark_rule(color=INK, strokeWidth=0.8).encode(y="one:Q")
    chosen = alt.selection_point(name="place", fields=["place_id"], on="click", toggle=False)
    points = alt.Chart(places).encode(
        x=x,
        y=alt.Y("ratio:Q", title="hits / expected"),
        tooltip=[
            alt.Tooltip("name:N", title="Place"),
            alt.Tooltip("hits:Q", title="Hits"),
            alt.Tooltip("checked:Q", title="Checked", format=","),
            alt.Tooltip("ratio:Q", title="Times the expected rate", format=".2f"),
        ],
    )
    marks = points.mark_point(filled=True, size=45).encode(
        color=alt.condition("datum.hotspot", alt.value(ALERT), alt.value(ACCENT)),
        shape=alt.condition("datum.hotspot", alt.value("diamond"), alt.value("circle")),
        opacity=alt.condition("datum.expected < 1", alt.value(0.3), alt.value(0.8)),
    )
    layers = [*edges, one, marks.add_params(chosen)]
    if (places["place_id"] == place).any():
        there = points.transform_filter(alt.datum.place_id == place)
        layers.append(there.mark_point(filled=False, size=220, color="#111111", strokeWidth=2.4))
    chart = alt.layer(*layers).properties(height=_HEIGHT)
    _selectable(chart, key, "Funnel: hits over expected hits of each place", "place")


def timeline(periods: pd.DataFrame, *, key: str, words: str) -> None:
    """Draw hits per period beside those that the checks lead one to expect."""
    chosen = alt.selection_point(name="period", fields=["moment"], on="click", toggle=False)
    moment = periods["starts"].dt.strftime("%Y-%m-%dT%H:%M:%S")
    drawn = periods.assign(start=moment, moment=moment)
    x = alt.X("start:T", title=None, axis=alt.Axis(format="%d %b %H:%M", labelAngle=0, tickCount=_TICKS))
    base = alt.Chart(drawn).encode(
        x=x,
        tooltip=[
            alt.Tooltip("start:T", title="From (UTC)", format="%d %b %H:%M"),
            alt.Tooltip("hits:Q", title="Hits"),
            alt.Tooltip("expected:Q", title="Expected", format=".1f"),
            alt.Tooltip("checked:Q", title="Checked", format=","),
        ],
    )
    bars = base.mark_bar(color=ACCENT, size=14).encode(y=alt.Y("hits:Q", title="hits")).add_params(chosen)
    ticks = base.mark_tick(color=ALERT, thickness=2.5, width=20).encode(y="expected:Q")
    _selectable(alt.layer(bars, ticks).properties(height=_HEIGHT), key, words, "period")


def lorenz(curves: pd.DataFrame) -> None:
    """Draw Lorenz curves: the share of events at the fullest share of places (or checks)."""
    even = alt.Chart(pd.DataFrame({"places": [0.0, 1.0], "events": [0.0, 1.0]}))
    lines = alt.Chart(curves).encode(
        x=alt.X("places:Q", title="share of places, or of checks, fullest first", axis=alt.Axis(format="%")),
        y=alt.Y("events:Q", title="share of events", axis=alt.Axis(format="%")),
        color=alt.Color("what:N", title=None, scale=alt.Scale(range=[MUTED, ALERT])),
    )
    diagonal = even.mark_line(color=MUTED, strokeDash=[3, 3], strokeWidth=1).encode(
        x="places:Q", y="events:Q"
    )
    chart = alt.layer(diagonal, lines.mark_line(strokeWidth=2)).properties(height=_HEIGHT)
    st.altair_chart(chart, alt="Lorenz curves of hits over places and over checks")


def weekly_profile(profile: pd.DataFrame) -> None:
    """Draw hits over expected hits by weekday and hour; hours without expected hits stay empty."""
    known = profile[profile["expected"] > 0]
    drawn = known.assign(day=[WEEKDAYS[day] for day in known["weekday"]])
    shade = alt.Color(
        "ratio:Q",
        title="hits / expected",
        scale=alt.Scale(scheme="blueorange", domain=[0, 2], clamp=True),
    )
    tooltip = [
        alt.Tooltip("day:N", title="Day"),
        alt.Tooltip("hour:O", title="Hour"),
        alt.Tooltip("ratio:Q", title="Hits / expected", format=".2f"),
        alt.Tooltip("hits:Q", title="Hits", format=".1f"),
        alt.Tooltip("checked:Q", title="Checks", format=",.0f"),
    ]
    x = alt.X("hour:O", title="hour, UTC", axis=alt.Axis(labelAngle=0))
    y = alt.Y("day:O", sort=list(WEEKDAYS), title=None)
    chart = alt.Chart(drawn).mark_rect().encode(x=x, y=y, color=shade, tooltip=tooltip)
    st.altair_chart(
        chart.properties(height=_PROFILE_HEIGHT), alt="Hits over expected hits by weekday and hour"
    )


def chosen(key: str, field: str) -> str | None:
    """Give what was clicked in a chart since the last run, "" if unmarked, None if nothing was done."""
    if key not in st.session_state:
        return None
    marked = _marked(key, field)
    before = st.session_state.get(f"{key}.seen", "")
    st.session_state[f"{key}.seen"] = marked
    return None if marked == before else marked


def _marked(key: str, field: str) -> str:
    state: Any = st.session_state[key]
    points: list[Any] = next(iter(state["selection"].values()), []) if state and "selection" in state else []
    return str(points[0].get(field, "")) if points else ""


def _selectable(chart: Any, key: str, words: str, parameter: str) -> None:
    st.altair_chart(chart, key=key, on_select="rerun", selection_mode=parameter, alt=words)
