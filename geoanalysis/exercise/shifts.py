"""The check shifts of an exercise: when, by how many, how many passed, and the hits."""

from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.schemas import CHECK_SHIFTS
from geoanalysis.domain.vocabularies import Direction, Handling, Selection, UnitChecked
from geoanalysis.exercise.apportion import skewed_parts
from geoanalysis.exercise.places import BASE_HIT_RATE
from geoanalysis.exercise.published import ENDS, STARTS

SHIFT_H: Final = 8
_SLOTS: Final = ((ENDS - STARTS).days + 1) * 24 // SHIFT_H
_CHECKS_PER_SHIFT: Final = 40
_SELECTIONS: Final = {Selection.RANDOM: 0.45, Selection.TARGETED: 0.5, Selection.UNKNOWN: 0.05}
_AT_CROSSING: Final = {Direction.ENTRY: 0.55, Direction.EXIT: 0.35, Direction.UNKNOWN: 0.1}
_ON_THE_ROAD: Final = {Direction.INLAND: 0.7, Direction.TRANSIT: 0.3}
_USUAL_CHECK_SHARE: Final = 0.06
_CHECK_SHARE_LIMITS: Final = (0.01, 0.15)
_CHECKS_PER_OFFICER_HOUR: Final = 1.6
_KNOWN: Final = {"passed at a crossing": 0.88, "passed on the road": 0.6, "officers": 0.85, "hours": 0.9}
"""Shares of what is reported at all: the rest is left empty, as in real returns."""


def draw_shifts(places: pd.DataFrame, random: np.random.Generator) -> gpd.GeoDataFrame:
    """
    Draw the check shifts at places from `draw_places`; conforms to `schemas.CHECK_SHIFTS`.

    The hits of a shift are Binomial(checked, base hit rate x factor of the place).
    """
    shifts = _periods(places, random)
    at_crossing = shifts["crossing_id"].notna()
    shifts["hits"] = random.binomial(shifts["checked"], BASE_HIT_RATE * shifts["factor"])
    shifts["selection"] = _words(_SELECTIONS, len(shifts), random)
    shifts["direction"] = np.where(
        at_crossing, _words(_AT_CROSSING, len(shifts), random), _words(_ON_THE_ROAD, len(shifts), random)
    )
    shifts["passed"] = _passed(shifts, places, random)
    shifts["officers"], shifts["officer_hours"] = _officers(shifts, random)
    shifts = shifts.sort_values(["start_utc", "place"], ignore_index=True)
    shifts["shift_id"] = [f"S-{number:05d}" for number in range(1, len(shifts) + 1)]
    return CHECK_SHIFTS.conform(
        shifts.assign(unit_checked=UnitChecked.PERSON.value, handling=Handling.H1.value)
    )


def _periods(places: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Divide the checks of each place among shifts of eight hours, more shifts where more is checked."""
    counts = np.clip(-(-places["checked"] // _CHECKS_PER_SHIFT), 1, _SLOTS).to_numpy()
    rows = places.loc[np.repeat(places.index, counts)].rename_axis("place").reset_index()
    slots = [np.sort(random.choice(_SLOTS, count, replace=False)) for count in counts]
    parts = [
        skewed_parts(checked, count, 0.4, random)
        for checked, count in zip(places["checked"], counts, strict=True)
    ]
    starts = pd.Timestamp(STARTS, tz="UTC") + pd.to_timedelta(np.concatenate(slots) * SHIFT_H, unit="h")
    return rows.assign(
        checked=np.concatenate(parts), start_utc=starts, end_utc=starts + pd.Timedelta(hours=SHIFT_H)
    )


def _passed(shifts: pd.DataFrame, places: pd.DataFrame, random: np.random.Generator) -> pd.Series:
    """Draw the traffic from the usual check share of a place: where more is checked, no more pass."""
    usual = random.lognormal(np.log(_USUAL_CHECK_SHARE), 0.5, len(places)).clip(*_CHECK_SHARE_LIMITS)
    traffic = shifts["checked"] / shifts["times"] / usual[shifts["place"]]
    passed = np.maximum(traffic.round(), shifts["checked"]).astype("Int64")
    share_known = np.where(
        places["crossing_id"].notna(), _KNOWN["passed at a crossing"], _KNOWN["passed on the road"]
    )
    known = random.random(len(places)) < share_known
    return passed.where(known[shifts["place"]])


def _officers(shifts: pd.DataFrame, random: np.random.Generator) -> tuple[pd.Series, pd.Series]:
    pace = random.lognormal(np.log(_CHECKS_PER_OFFICER_HOUR), 0.4, len(shifts))
    officers = np.ceil(shifts["checked"] / (SHIFT_H * pace)).clip(lower=2).astype("Int64")
    officers = officers.where(random.random(len(shifts)) < _KNOWN["officers"])
    hours = (officers * SHIFT_H).astype("Float64").where(random.random(len(shifts)) < _KNOWN["hours"])
    return officers, hours


def _words(
    shares: Mapping[Selection, float] | Mapping[Direction, float], count: int, random: np.random.Generator
) -> np.ndarray:
    return random.choice([word.value for word in shares], count, p=list(shares.values()))
