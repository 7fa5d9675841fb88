"""Published results of past joint actions, and seizures reported in public."""

import re
from typing import Final

import pandas as pd

from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.reference.build.manifest import Entry, record
from geoanalysis.reference.build.options import PROJECT_DATA, DataFolder, SourceFolder
from geoanalysis.reference.build.press import as_seizures
from geoanalysis.reference.build.tables import read_table, write_table

_PARTIAL_DATE: Final = re.compile(r"(\d{4})(-\d{2})?(-\d{2})?")


def build_actions(source: SourceFolder, out: DataFolder = PROJECT_DATA) -> None:
    """Make joint_actions.csv and press_events.csv from joint_actions and press_events_geocoded (.csv)."""
    folder = out / "actions"
    actions = _with_whole_dates(read_table(source / "joint_actions.csv"))
    write_table(actions, folder / "joint_actions.csv")
    crossings = read_table(out / "checkpoints" / "crossings.csv")
    events = as_seizures(read_table(source / "press_events_geocoded.csv"), crossings)
    times = events["occurred_utc"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    write_table(events[SEIZURES.names].assign(occurred_utc=times), folder / "press_events.csv")
    record(folder, _actions_entry(len(actions)), _events_entry(len(events)))


def _actions_entry(rows: int) -> Entry:
    return Entry(
        "joint_actions.csv",
        "published results of past joint actions, one figure per row",
        "press releases of the agencies and states taking part, named row by row",
        "facts, cited",
        "2015 to 2024",
        rows,
    )


def _events_entry(rows: int) -> Entry:
    return Entry(
        "press_events.csv",
        "seizures reported in public at named places: a convenience sample, never for rates",
        "press reports, named row by row",
        "facts, cited; positions © OpenStreetMap contributors (ODbL) and GeoNames (CC BY 4.0)",
        "2001 to 2026",
        rows,
    )


def _with_whole_dates(actions: pd.DataFrame) -> pd.DataFrame:
    """Give first and last days as whole dates where only a month or a year is published."""
    return actions.assign(
        start_date=actions["start_date"].map(first_day, na_action="ignore"),
        end_date=actions["end_date"].map(_last_day, na_action="ignore"),
    )


def first_day(text: str) -> str:
    """Give the first day of a year, a month or a day written in ISO 8601."""
    found = _PARTIAL_DATE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no date")
    return f"{found[1]}{found[2] or '-01'}{found[3] or '-01'}"


def _last_day(text: str) -> str:
    freq = {4: "Y", 7: "M"}.get(len(text), "D")
    return str(pd.Period(text, freq=freq).end_time.date())
