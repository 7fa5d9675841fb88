"""Tables that answer to clicks: choosing a row chooses the place, choosing a place marks the row."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from geoanalysis.pages import _words

_NUMBER = st.column_config.NumberColumn
_UNKNOWN = "–"
HOTSPOT_COLUMNS = {
    "name": "Place",
    "hotspot": st.column_config.CheckboxColumn("Hot spot", help="q is at most 5 %"),
    "selection": st.column_config.TextColumn(
        "Selection",
        help="how those checked were chosen; mixed: random and targeted, each compared with its own rate",
    ),
    "seizures": _NUMBER("Seizures", help="events, not items"),
    "checked": _NUMBER("Checked", help="persons checked"),
    "hits": _NUMBER("Hits", help="checks with a positive result"),
    "expected": _NUMBER("Expected hits", format="%.1f", help="hits if this place had the hit rate of all"),
    "ratio": _NUMBER("Times expected", format="%.2f", help="hits / expected hits"),
    "hit_rate": _NUMBER(
        "Hit rate",
        format="percent",
        help="hits / checked, of all selections here: compare by *Times expected*",
    ),
    "hit_rate_low": _NUMBER("95 % from", format="percent", help="Wilson interval"),
    "hit_rate_high": _NUMBER("95 % to", format="percent", help="Wilson interval"),
    "p_value": _NUMBER(
        "p",
        format="%.2g",
        help="exact: so many hits or more, given the checks; of a hexagon: with its neighbours",
    ),
    "q_value": _NUMBER("q", format="%.2g", help="p corrected for the number of places looked at"),
    "smoothed": _NUMBER("Smoothed rate", format="percent", help="leans on the mean where checks are few"),
}
LOCAL_COLUMNS: dict[str, Any] = {
    "name": "Place",
    "neighbours": _NUMBER("Neighbours"),
    "gi_rate_z": _NUMBER("Gi* of rates, z", format="%.2f", help="of smoothed hits over expected hits"),
    "gi_rate_q": _NUMBER("q", format="%.2g"),
    "moran_quadrant": "Like its neighbours",
    "moran_q": _NUMBER("Moran q", format="%.2g"),
    "gi_counts_z": _NUMBER("Gi* of counts, z", format="%.2f", help="seizures: activity, not risk"),
    "gi_counts_q": _NUMBER("q of counts", format="%.2g"),
}
BIVARIATE_COLUMNS: dict[str, Any] = {
    "name": "Place",
    "quadrant": st.column_config.TextColumn("Here and around", help="first area here, second area around"),
    "i": _NUMBER("I", format="%.2f"),
    "q_value": _NUMBER("q", format="%.2g"),
    "first_rate": _NUMBER("First, per expected hit", format="%.2g"),
    "second_rate": _NUMBER("Second, per expected hit", format="%.2g"),
}
RATE_COLUMNS: dict[str, Any] = {
    "where": "Where",
    "selection": "Selection",
    "checked": _NUMBER("Checked"),
    "hits": _NUMBER("Hits"),
    "hit_rate": _NUMBER("Hit rate", format="percent"),
    "hit_rate_low": _NUMBER("95 % from", format="percent"),
    "hit_rate_high": _NUMBER("95 % to", format="percent"),
    "smoothed": _NUMBER("Smoothed rate", format="percent"),
    "expected": _NUMBER("Expected hits", format="%.1f"),
    "ratio": _NUMBER("Times expected", format="%.2f"),
    "few": st.column_config.CheckboxColumn("Few", help="fewer than 1 hit expected: small numbers"),
}
CLUSTER_COLUMNS: dict[str, Any] = {
    "cluster": _NUMBER("Cluster", help="1 is the most likely"),
    "name": "Place",
    "cases": _NUMBER("Hits", help="of the whole cluster"),
    "expected": _NUMBER("Expected", format="%.1f"),
    "relative_risk": _NUMBER("Times the rate elsewhere", format="%.2f"),
    "log_likelihood_ratio": _NUMBER("LLR", format="%.2f"),
    "p_value": _NUMBER("p", format="%.3f", help="corrected for looking everywhere"),
    "starts": st.column_config.DatetimeColumn("From", format="D MMM HH:mm", timezone="UTC"),
    "ends": st.column_config.DatetimeColumn("To", format="D MMM HH:mm", timezone="UTC"),
}
EMERGING_COLUMNS: dict[str, Any] = {
    "name": "Place",
    "category": "What it has been",
    "periods": _NUMBER("Periods that tell", help="with at least one hit expected in and around"),
    "hot": _NUMBER("Periods hot"),
    "cold": _NUMBER("Periods cold"),
    "trend_z": _NUMBER("Trend z", format="%.2f"),
    "trend_p": _NUMBER("Trend p", format="%.2g"),
}
YIELD_COLUMNS: dict[str, Any] = {
    "name": "Place",
    "officer_hours": _NUMBER("Officer-hours", format="%.0f"),
    "checked": _NUMBER("Checked", help="all units"),
    "hits": _NUMBER("Hits"),
    "seizures": _NUMBER("Seizures"),
    "checks_per_100_h": _NUMBER("Checks per 100 h", format="%.0f"),
    "hits_per_100_h": _NUMBER("Hits per 100 h", format="%.1f"),
    "low": _NUMBER("95 % from", format="%.1f"),
    "high": _NUMBER("95 % to", format="%.1f"),
    "seizures_per_100_h": _NUMBER("Seizures per 100 h", format="%.1f"),
}
PLANNED_COLUMNS: dict[str, Any] = {
    "name": "Place",
    "state": "State",
    "planned_officers": _NUMBER("Officers planned", format="%.0f"),
    "planned_shift": "Shift planned",
    "shifts": _NUMBER("Shifts reported"),
    "officers": _NUMBER("Officers reported", format="%.1f"),
    "officer_hours": _NUMBER("Officer-hours", format="%.0f"),
    "checked": _NUMBER("Checked"),
    "hits": _NUMBER("Hits"),
}
CHANGE_COLUMNS: dict[str, Any] = {
    "name": "Where",
    "selection": "Selection",
    "checked_before": _NUMBER("Checked before"),
    "hits_before": _NUMBER("Hits before"),
    "checked_after": _NUMBER("Checked after"),
    "hits_after": _NUMBER("Hits after"),
    "ratio": _NUMBER("Rate, times", format="%.2f"),
    "low": _NUMBER("95 % from", format="%.2f"),
    "high": _NUMBER("95 % to", format="%.2f"),
    "q_value": _NUMBER("q", format="%.2g"),
}
AREA_COLUMNS: dict[str, Any] = {
    "area": "Where",
    "places": _NUMBER("Crossings"),
    "checked_before": _NUMBER("Checked per period before", format="%.0f"),
    "checked_after": _NUMBER("Checked per period after", format="%.0f"),
    "hits_before": _NUMBER("Hits before"),
    "hits_after": _NUMBER("Hits after"),
    "ratio_before": _NUMBER("Hits / expected before", format="%.2f"),
    "ratio_after": _NUMBER("Hits / expected after", format="%.2f"),
}
SHEET_COLUMNS: dict[str, Any] = {
    "group": "Group",
    "measure": "Measure",
    "value": _NUMBER("Recorded", format="localized"),
    "published": _NUMBER("Published", format="localized"),
    "difference": _NUMBER("Difference", format="localized"),
    "note": st.column_config.TextColumn("Note", width=600),
}
PUBLISHED_PAIR_COLUMNS: dict[str, Any] = {
    "measure": "Measure",
    "before": _NUMBER("Before", format="localized"),
    "after": _NUMBER("After", format="localized"),
    "change": _NUMBER("Times", format="%.2f", help="empty where it was counted otherwise"),
    "note": st.column_config.TextColumn("Note", width=700),
}
INTENSITY_COLUMNS = {
    "name": "Place",
    "passed": _NUMBER("Passed", help="traffic; empty where unknown"),
    "checked": _NUMBER("Checked"),
    "hits": _NUMBER("Hits"),
    "officer_hours": _NUMBER("Officer-hours", format="%.0f"),
    "check_share": _NUMBER("Share checked", format="percent", help="checked / passed"),
    "checks_per_officer_hour": _NUMBER("Checks per officer-hour", format="%.1f"),
}

PUBLISHED_COLUMNS: dict[str, Any] = {
    "measure": "Measure",
    "published": _NUMBER("Published", format="localized"),
    "recorded": _NUMBER("Recorded here", format="localized"),
    "difference": _NUMBER("Difference", format="localized"),
    "note": st.column_config.TextColumn("Note", width=800),
}


def total_columns(totals: pd.DataFrame) -> dict[str, Any]:
    """Name the columns of totals; where one adds up a commodity, its unit stands behind a comma."""
    named: dict[str, Any] = {column: _total_words(column) for column in totals}
    numbers = totals.select_dtypes("number").columns
    return named | {column: _NUMBER(named[column], format="localized") for column in numbers}


def _total_words(column: str) -> str:
    commodity, _, unit = column.rpartition("_")
    words = f"{commodity}, {unit}" if commodity and column != "crime_area" else column
    return _words.plain(words).capitalize()


def place_table(rows: pd.DataFrame, columns: Mapping[str, Any], *, key: str, place: str, words: str) -> None:
    """Draw rows that have a `place_id`, with the row of `place` marked."""
    places = rows["place_id"].tolist()
    marked = [places.index(place)] if place in places else []
    st.session_state[key] = {"selection": {"rows": marked}}
    st.session_state[_shown(key)] = (places, marked)
    st.dataframe(
        rows[list(columns)],
        column_config=columns,
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        placeholder=_UNKNOWN,
        alt=words,
    )


def plain_table(rows: pd.DataFrame, columns: Mapping[str, Any], words: str) -> None:
    """Draw rows to read; what is not known, or divided by nothing, is a dash."""
    shown = rows[list(columns)].replace([np.inf, -np.inf], np.nan)
    st.dataframe(shown, column_config=columns, hide_index=True, placeholder=_UNKNOWN, alt=words)


def chosen_place(key: str, place: str) -> str:
    """Give the place of the row marked since the table was drawn, none if it was unmarked, else `place`."""
    if key not in st.session_state or _shown(key) not in st.session_state:
        return place
    places, marked = st.session_state[_shown(key)]
    rows = list(st.session_state[key]["selection"]["rows"])
    if rows == marked:
        return place
    return str(places[rows[0]]) if rows else ""


def _shown(key: str) -> str:
    return f"{key}.places"
