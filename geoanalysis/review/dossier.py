"""Everything that a briefing on an action may tell, once: released, selected, and without small counts."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.domain.small_counts import NOT_TOLD, is_small
from geoanalysis.domain.vocabularies import Handling, UnitChecked
from geoanalysis.hotspots import PlacePeriods, findings_alone, gather, method, per_period, summarise, timeline
from geoanalysis.hotspots.cells import RESOLUTION
from geoanalysis.review.comparison import Comparison, compare
from geoanalysis.review.counted_places import counted_places
from geoanalysis.review.planned import planned_against_done
from geoanalysis.review.release import releasable
from geoanalysis.review.result_sheet import result_sheet
from geoanalysis.review.selection import ReviewFilter, in_words, select
from geoanalysis.review.suppression import (
    suppressed_comparison,
    suppressed_planned,
    suppressed_sheet,
    suppressed_spots,
    suppressed_timeline,
)

T = TypeVar("T")
_COUNTS: Final = ("checked", "hits")
_OF_TOTALS: Final = ("checked_before", "hits_before", "checked_after", "hits_after")
_RATIO: Final = ("ratio", "low", "high", "p_value", "q_value")


MOST_LEAST: Final = 100
"""No threshold for small counts is higher."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What may be told: records of handling codes at most `up_to`, and counts of `least` or more (0: all)."""

    up_to: Handling = Handling.H1
    least: int = 0


@dataclass(frozen=True)
class Dossier:
    """
    Results of an action, fit to be told, also beside each other.

    Where small counts are withheld, what would give them away beside the counts of places is not told at all:
    places over time, their seizures of all crime areas together, the counts of a plan's day and of a
    comparison by crossing unless nothing in them is small, and a comparison by section and country.

    `operation` has the records that may be told and pass the filters, `selection` says which those are,
    `left_out` what is missing. What there is too little data for is None. `planned` and `comparison` are
    there if a plan or an earlier action was given. `sheet` is of the whole action, whatever the filters;
    `handling` is the most restrictive code of all that any of it was made of.
    """

    operation: Operation
    handling: Handling
    disclosure: Disclosure
    selection: str
    left_out: tuple[str, ...]
    spots: gpd.GeoDataFrame | None
    findings: tuple[str, ...]
    method: tuple[str, ...]
    timeline: pd.DataFrame | None
    sheet: pd.DataFrame
    planned: pd.DataFrame | None
    comparison: Comparison | None
    at_crossings: PlacePeriods | None

    @property
    def events(self) -> int | None:
        """How many seizures; None where that, less those told by crime area, would tell of the others."""
        if self.disclosure.least > 1 and self.counted_places()["seizures"].isna().any():
            return None
        return int(self.operation.seizures[["country", "seizure_id"]].drop_duplicates().shape[0])

    def timeline_of(self, place_id: str) -> pd.DataFrame | None:
        """
        Give checks, hits and expected hits of a crossing over time, or None where they cannot be told.

        Where small counts are withheld none is: less a crossing, the whole action over time would tell of
        the others.
        """
        if self.at_crossings is None or place_id not in self.at_crossings.place_ids:
            return None
        return None if self.disclosure.least > 1 else timeline(self.at_crossings, place_id)

    def counted_places(self) -> gpd.GeoDataFrame:
        """Give the seizures by place and crime area, small counts withheld."""
        return counted_places(self.operation.seizures, self.disclosure.least)


def dossier(
    operation: Operation,
    crossings: gpd.GeoDataFrame,
    actions: pd.DataFrame,
    *,
    disclosure: Disclosure | None = None,
    passing: ReviewFilter | None = None,
    plan: Plan | None = None,
    before: Operation | None = None,
    period_h: float = 8.0,
) -> Dossier:
    """
    Gather what a briefing on an action may tell.

    Parameters
    ----------
    operation
        The whole action.
    crossings
        The crossings table of its first day, EPSG:4326.
    actions
        Published figures, as given by `reference.load_actions`.
    disclosure
        What may be told; by default records up to H1, whatever their number.
    passing
        Filters, those of an earlier action without the times; the result sheet is of all records.
    plan
        Is set beside what was done.
    before
        An earlier action to compare with, under the same rules.
    period_h
        Length of a period of the timeline, hours.
    """
    rules = disclosure or Disclosure()
    release = releasable(operation, rules.up_to)
    whole, chosen = release.operation, select(release.operation, passing or ReviewFilter())
    earlier = None if before is None else releasable(before, rules.up_to)
    whenever = replace(passing or ReviewFilter(), starts_utc=None, ends_utc=None)
    spots = _if_enough(lambda: summarise(chosen.seizures, chosen.check_shifts, crossings))
    told_spots = None if spots is None else _by_area_only(suppressed_spots(spots, rules.least), rules.least)
    reports = gather(
        chosen.seizures,
        chosen.check_shifts,
        crossings,
        unit_checked=UnitChecked.PERSON.value,
        resolution=RESOLUTION,
    )
    periods = _if_enough(lambda: per_period(reports, "all", period_h=period_h))
    return Dossier(
        operation=chosen,
        handling=max(whole.handling, earlier.operation.handling if earlier else Handling.H0),
        disclosure=rules,
        selection="" if passing is None else in_words(passing, whole),
        left_out=tuple(dict.fromkeys([*release.left_out, *(earlier.left_out if earlier else ())])),
        spots=told_spots,
        findings=() if told_spots is None else findings_alone(told_spots),
        method=() if told_spots is None else (method(told_spots),),
        timeline=None if periods is None else suppressed_timeline(timeline(periods), rules.least),
        sheet=suppressed_sheet(result_sheet(whole, actions), rules.least),
        planned=_planned(plan, chosen, crossings, told_spots, rules.least),
        comparison=None
        if earlier is None
        else _compared(select(earlier.operation, whenever), chosen, crossings, rules.least),
        at_crossings=_if_enough(lambda: per_period(reports, "crossing_id", period_h=period_h)),
    )


def _if_enough(tell: Callable[[], T]) -> T | None:
    with suppress(InsufficientDataError):
        return tell()
    return None


def _by_area_only(spots: gpd.GeoDataFrame, least: int) -> gpd.GeoDataFrame:
    """Leave out the seizures of a place where those of its crime areas are told without the small ones."""
    if least <= 1:
        return spots
    return spots.assign(
        seizures=pd.Series(pd.NA, spots.index, "Int64"), gi_z=pd.Series(float("nan"), spots.index)
    )


def _planned(
    plan: Plan | None,
    operation: Operation,
    crossings: gpd.GeoDataFrame,
    spots: gpd.GeoDataFrame | None,
    least: int,
) -> pd.DataFrame | None:
    """Set a plan beside what was done; its counts whole or not at all, since those of places are told too."""
    if plan is None:
        return None
    done = planned_against_done(plan, operation, crossings)
    table = suppressed_planned(done, least)
    if least <= 1:
        return table
    on_all_days = planned_against_done(replace(plan, on=date.max), operation, crossings)
    for column in _COUNTS:
        others = done["place_id"].map(on_all_days.set_index("place_id")[column]) - done[column]
        small = is_small(done[column], least).any() or is_small(others, least).any()
        if small or (spots is not None and spots[column].isna().any()):
            table["not_told"] = table["not_told"].mask(done[column].notna(), NOT_TOLD)
            table[column] = pd.Series(pd.NA, table.index, "Int64")
    return table


def _compared(before: Operation, after: Operation, crossings: gpd.GeoDataFrame, least: int) -> Comparison:
    """Compare; by crossing only where nothing is small, since each selection lies in counts of places."""
    compared = suppressed_comparison(compare(before, after, crossings=crossings), least)
    if least <= 1:
        return compared
    small = compared.crossings[list(_OF_TOTALS)].isna().any(axis=None)
    return replace(
        compared,
        totals=_all_selections_or_none(compared.totals),
        crossings=compared.crossings.iloc[:0] if small else compared.crossings,
        sections=compared.sections.iloc[:0],
        countries=compared.countries.iloc[:0],
    )


def _all_selections_or_none(totals: pd.DataFrame) -> pd.DataFrame:
    """Withhold a count of every selection where it is withheld of one: that of all together is told."""
    hidden = [column for column in _OF_TOTALS if totals[column].isna().any()]
    if not hidden:
        return totals
    told = totals.assign(**{column: pd.Series(pd.NA, totals.index, "Int64") for column in hidden})
    return told.assign(
        **dict.fromkeys(_RATIO, float("nan")), words="not told for each selection, since some are small"
    )
