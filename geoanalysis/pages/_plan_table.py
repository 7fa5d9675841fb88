"""The table of picked checkpoints: a plan as rows to edit, and the plan with its rows edited."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from geoanalysis.domain.operation import Plan

SHIFTS = ("24h", "day", "night")
COLUMNS = {
    "name": st.column_config.TextColumn("Checkpoint", disabled=True, width=205),
    "officers": st.column_config.NumberColumn(
        "Officers", min_value=0, max_value=2000, step=1, required=True, width=90
    ),
    "shift": st.column_config.SelectboxColumn("Shift", options=list(SHIFTS), required=True, width=75),
    "remarks": st.column_config.TextColumn("Remarks"),
}


def rows_of(plan: Plan) -> pd.DataFrame:
    """Give one row per deployment, indexed by place."""
    rows = {
        deployment.place_id: [getattr(deployment, column) for column in COLUMNS]
        for deployment in plan.deployments
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(COLUMNS))


def edited(plan: Plan, changes: Mapping[str, Any]) -> Plan:
    """
    Give the plan with what was changed in its table.

    Parameters
    ----------
    plan
        As the table showed it.
    changes
        Of the data editor: ``edited_rows`` (new cells by row number) and ``deleted_rows``.
    """
    kept = [
        replace(deployment, **_cells(changes["edited_rows"].get(row, {})))
        for row, deployment in enumerate(plan.deployments)
        if row not in changes["deleted_rows"]
    ]
    return replace(plan, deployments=tuple(kept))


def _cells(new: Mapping[str, Any]) -> dict[str, Any]:
    """Give new cells as a deployment keeps them; an emptied one is 0 or no text."""
    return {column: int(value or 0) if column == "officers" else value or "" for column, value in new.items()}
