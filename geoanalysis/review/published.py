"""Published results of two actions side by side, with what was counted otherwise."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

COLUMNS: Final = ("measure", "before", "after", "change", "note")
_WHOLE_ACTION: Final = "ALL"
_OTHERWISE: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "firearms": ("weapons", "firearms only in one, weapons of all kinds in the other: not comparable"),
        "locations_checked": (
            "premises_checked",
            "locations where checks were made in one, premises searched in the other: not comparable",
        ),
        "cannabis_kg": ("cannabis_heroin_kg", "cannabis alone in one, with heroin and plants in the other"),
        "heroin_kg": ("cannabis_heroin_kg", "heroin alone in one, with cannabis and plants in the other"),
        "persons_checked": (
            "entities_checked",
            "persons in one; persons, vehicles, parcels and premises together in the other",
        ),
    }
)
"""Measures that were published under another name, and why they are not the same."""


def published_actions(actions: pd.DataFrame) -> pd.DataFrame:
    """Give the actions of which figures for all countries were published: id, name, first and last day."""
    whole = actions[actions["scope"] == _WHOLE_ACTION].drop_duplicates("action_id")
    return whole[["action_id", "action_name", "start_date", "end_date", "date_precision", "n_countries"]]


def compare_published(
    actions: pd.DataFrame, before: str | tuple[date, date], after: str | tuple[date, date]
) -> pd.DataFrame:
    """
    Set the published figures of two actions side by side.

    Parameters
    ----------
    actions
        Published figures, as given by `reference.load_actions`.
    before, after
        Ids of actions, or their first and last days.

    Returns
    -------
    DataFrame
        `COLUMNS`, a row per measure (and qualifier) published of either for all countries. ``change`` is
        after / before; it is NaN where one has no figure or they were counted otherwise. ``note`` says how
        they were worded, how many countries and days they are of, and which rules changed.
    """
    one, other = _figures(actions, before), _figures(actions, after)
    if one.empty or other.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    setting = _setting(one, other)
    names = [*one.index, *(name for name in other.index if name not in one.index)]
    return pd.DataFrame([_row(name, one, other, setting) for name in names], columns=list(COLUMNS))


def figures_of(actions: pd.DataFrame, of: str | tuple[date, date]) -> pd.DataFrame:
    """Choose the figures for the whole of an action, by its id, or of the first one with these days."""
    whole = actions[actions["scope"] == _WHOLE_ACTION]
    if isinstance(of, str):
        return whole[whole["action_id"] == of]
    first, last = (pd.Timestamp(day) for day in of)
    chosen = whole[(whole["start_date"] == first) & (whole["end_date"] == last)]
    return chosen[chosen["action_id"] == chosen["action_id"].iloc[0]] if len(chosen) else chosen


def figure_name(measure: str, qualifier: object = "") -> str:
    """Name a figure by its measure and, where there is one, its qualifier."""
    return measure if pd.isna(qualifier) or not qualifier else f"{measure}: {qualifier}"


def _figures(actions: pd.DataFrame, of: str | tuple[date, date]) -> pd.DataFrame:
    chosen = figures_of(actions, of)
    names = [figure_name(*pair) for pair in zip(chosen["measure"], chosen["qualifier"], strict=True)]
    return chosen.assign(name=names).drop_duplicates("name").set_index("name")


def _setting(one: pd.DataFrame, other: pd.DataFrame) -> str:
    """Say what differs between the actions as a whole."""
    said = []
    countries = [figures["n_countries"].iloc[0] for figures in (one, other)]
    if not pd.isna(countries).any() and countries[0] != countries[1]:
        said.append(f"{countries[0]} countries, then {countries[1]}")
    days = [_days(figures) for figures in (one, other)]
    if None in days:
        said.append("exact days not published")
    elif days[0] != days[1]:
        said.append(f"{days[0]} days, then {days[1]}")
    return "; ".join(said)


def _days(figures: pd.DataFrame) -> int | None:
    if figures["date_precision"].iloc[0] != "day":
        return None
    return int((figures["end_date"].iloc[0] - figures["start_date"].iloc[0]).days) + 1


def _row(
    name: str, one: pd.DataFrame, other: pd.DataFrame, setting: str
) -> tuple[str, float, float, float, str]:
    before, after = _value(one, name), _value(other, name)
    rule = _rule(name, one, other) if np.isnan(before) or np.isnan(after) else ""
    change = after / before if before > 0 and not rule else np.nan
    notes = [
        rule,
        *(_wording(figures, name) for figures in (one, other)),
        setting if not np.isnan(change) else "",
    ]
    return name, before, after, change, "; ".join(filter(None, notes))


def _value(figures: pd.DataFrame, name: str) -> float:
    return float(figures["value"].get(name, np.nan))


def _rule(name: str, one: pd.DataFrame, other: pd.DataFrame) -> str:
    """Say under which other name the action without this figure may have counted the like."""
    lacking = one if name not in one.index else other
    for first, (second, words) in _OTHERWISE.items():
        for here, there in ((first, second), (second, first)):
            if name == here and there in lacking.index:
                return f"counted as {there.replace('_', ' ')} ({_value(lacking, there):,.6g}): {words}"
    return "published of one only"


def _wording(figures: pd.DataFrame, name: str) -> str:
    """Give the words of a figure that is no plain number, with its year."""
    if name not in figures.index:
        return ""
    text = str(figures.loc[name, "value_text"])
    plain = not any(letter.isalpha() for letter in text)
    return "" if plain else f'{figures.loc[name, "start_date"]:%Y}: "{text}"'
