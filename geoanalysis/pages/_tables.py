"""Tables that answer to clicks: choosing a row chooses the place, choosing a place marks the row."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

_NUMBER = st.column_config.NumberColumn
HOTSPOT_COLUMNS = {
    "name": "Place",
    "hotspot": st.column_config.CheckboxColumn("Hot spot", help="q is at most 5 %"),
    "selection": st.column_config.TextColumn("Selection", help="how those checked were chosen"),
    "seizures": _NUMBER("Seizures", help="events, not items"),
    "checked": _NUMBER("Checked", help="persons checked"),
    "hits": _NUMBER("Hits", help="checks with a positive result"),
    "expected": _NUMBER("Expected hits", format="%.1f", help="hits if this place had the hit rate of all"),
    "hit_rate": _NUMBER("Hit rate", format="percent", help="hits / checked"),
    "hit_rate_low": _NUMBER("95 % from", format="percent", help="Wilson interval"),
    "hit_rate_high": _NUMBER("95 % to", format="percent", help="Wilson interval"),
    "p_value": _NUMBER("p", format="%.4f", help="exact: so many hits or more, given the checks"),
    "q_value": _NUMBER("q", format="%.4f", help="p corrected for the number of places looked at"),
    "gi_z": _NUMBER("Gi* z", format="%.2f", help="clustering of counts: activity, not risk"),
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


def place_table(rows: pd.DataFrame, columns: Mapping[str, Any], *, key: str, place: str, words: str) -> None:
    """Draw rows that have a `place_id`, with the row of `place` marked."""
    places = rows["place_id"].tolist()
    st.session_state[key] = {"selection": {"rows": [places.index(place)] if place in places else []}}
    st.session_state[_shown(key)] = places
    st.dataframe(
        rows[list(columns)],
        column_config=columns,
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        alt=words,
    )


def chosen_place(key: str, place: str) -> str:
    """Give the place of the row chosen in a table since it was drawn, or `place` if none was."""
    rows = st.session_state.get(key, {}).get("selection", {}).get("rows", [])
    places = st.session_state.get(_shown(key), [])
    chosen = places[rows[0]] if rows and rows[0] < len(places) else ""
    return chosen or place


def _shown(key: str) -> str:
    return f"{key}.places"
