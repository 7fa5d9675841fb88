"""The table of picked checkpoints: a plan as rows to edit, and edited rows as a plan."""

from dataclasses import replace

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


def plan_of(rows: pd.DataFrame, plan: Plan) -> Plan:
    """Give the plan with the deployments of the rows: edited values kept, deleted rows dropped."""
    edited = {str(place_id): row for place_id, row in rows.iterrows()}
    return replace(
        plan,
        deployments=tuple(
            replace(
                deployment,
                officers=int(edited[deployment.place_id]["officers"] or 0),
                shift=str(edited[deployment.place_id]["shift"]),
                remarks=str(edited[deployment.place_id]["remarks"] or ""),
            )
            for deployment in plan.deployments
            if deployment.place_id in edited
        ),
    )
