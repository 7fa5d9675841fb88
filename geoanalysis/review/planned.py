"""What was planned beside what was done."""

import re
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.domain.vocabularies import UnitChecked
from geoanalysis.review.intensity import placed_shifts

COLUMNS: Final = (
    *("place_id", "name", "planned_officers", "planned_shift", "shifts", "officers", "officer_hours"),
    *("checked", "hits", "state"),
)
AS_PLANNED: Final = "as planned"
FEWER: Final = "fewer officers than planned"
NOT_REPORTED: Final = "planned, nothing reported"
NOT_PLANNED: Final = "reported, not planned"


def planned_against_done(
    plan: Plan,
    operation: Operation,
    crossings: gpd.GeoDataFrame,
    *,
    unit_checked: str = UnitChecked.PERSON.value,
) -> pd.DataFrame:
    """
    Set the deployments of a plan beside the check shifts reported.

    A plan is for a day: where that day lies in the action only shifts that begin on it count, else all.

    Parameters
    ----------
    plan
        Who was to stand where.
    operation
        What was reported.
    crossings
        The crossings table, EPSG:4326.
    unit_checked
        Checks and hits of this unit are added; shifts and officers count once whatever they checked.

    Returns
    -------
    DataFrame
        `COLUMNS`: a row per place planned or reported. ``officers`` is the mean per shift where reported,
        ``state`` one of the words of this module; where either number of officers is unknown, being there
        is as planned. ``attrs["days"]`` says which days counted.
    """
    shifts = operation.check_shifts
    on_day = shifts["start_utc"].dt.date == plan.on
    in_action = operation.starts <= plan.on <= operation.ends
    done = _done(shifts[on_day] if in_action else shifts, crossings, unit_checked)
    rows = [(d.place_id, d.name, d.officers or np.nan, d.shift) for d in plan.deployments]
    wanted = pd.DataFrame(rows, columns=["place_id", "name", "planned_officers", "planned_shift"])
    wanted = wanted.assign(place_id=[_crossing_of(place, done.index) for place in wanted["place_id"]])
    both = wanted.set_index("place_id").join(done.rename(columns={"name": "reported"}), how="outer")
    both["name"] = both["name"].fillna(both["reported"])
    table = both.assign(state=_states(both)).reset_index(names="place_id").reindex(columns=list(COLUMNS))
    table = table.sort_values(["state", "name"], ignore_index=True)
    table.attrs["days"] = f"{plan.on:%d %B %Y}" if in_action else "all days of the action"
    return table


def _done(shifts: pd.DataFrame, crossings: gpd.GeoDataFrame, unit_checked: str) -> pd.DataFrame:
    placed = placed_shifts(shifts, crossings)
    of_unit = placed["unit_checked"] == unit_checked
    times = placed.drop_duplicates(["place_id", "start_utc", "end_utc", "selection"])
    per_shift = times.groupby(["place_id", "start_utc"])[["officers", "officer_hours"]].sum(min_count=1)
    people = per_shift.groupby("place_id").agg(
        shifts=("officers", "size"), officers=("officers", "mean"), officer_hours=("officer_hours", "sum")
    )
    counts = placed[of_unit].groupby("place_id")[["checked", "hits"]].sum()
    names = placed.drop_duplicates("place_id").set_index("place_id")["name"]
    return people.join(counts).join(names).astype({"officers": float, "officer_hours": float})


def _crossing_of(place_id: str, known: pd.Index) -> str:
    """Find the place of a post: one crossing may have several, numbered after a hash sign."""
    return place_id if place_id in known else re.sub(r"#\d+$", "", place_id)


def _states(both: pd.DataFrame) -> list[str]:
    planned, done = both["planned_shift"].notna(), both["shifts"].notna()
    fewer = both["officers"].astype(float) < both["planned_officers"].astype(float)
    return list(np.select([~planned, ~done, fewer], [NOT_PLANNED, NOT_REPORTED, FEWER], AS_PLANNED))
