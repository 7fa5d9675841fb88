"""Everything that a briefing on an action may tell, once: released, selected, and without small counts."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.domain.vocabularies import Handling, UnitChecked
from geoanalysis.hotspots import PlacePeriods, findings, gather, method, per_period, summarise, timeline
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


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What may be told: records of handling codes at most `up_to`, and counts of `least` or more (0: all)."""

    up_to: Handling = Handling.H1
    least: int = 0


@dataclass(frozen=True)
class Dossier:
    """
    Results of an action, fit to be told.

    `operation` has the records that may be told and pass the filters, `selection` says which those are,
    `left_out` what is missing. What there is too little data for is None. `planned` and `comparison` are
    there if a plan or an earlier action was given. `sheet` is of the whole action, whatever the filters.
    """

    operation: Operation
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
    def events(self) -> int:
        """How many seizures there are."""
        return int(self.operation.seizures[["country", "seizure_id"]].drop_duplicates().shape[0])

    def timeline_of(self, place_id: str) -> pd.DataFrame | None:
        """Give checks, hits and expected hits of a crossing over time, or None where they cannot be told."""
        if self.at_crossings is None or place_id not in self.at_crossings.place_ids:
            return None
        if self.spots is not None:
            hits = self.spots.loc[self.spots["place_id"] == place_id, "hits"]
            if hits.isna().any():  # the periods would add up to what is withheld
                return None
        return suppressed_timeline(timeline(self.at_crossings, place_id), self.disclosure.least)

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
        Filters; the result sheet is of all records whatever they say.
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
    spots = _if_enough(lambda: summarise(chosen.seizures, chosen.check_shifts, crossings))
    told_spots = None if spots is None else suppressed_spots(spots, rules.least)
    said, how = ((), ()) if told_spots is None else (findings(told_spots), (method(told_spots),))
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
        disclosure=rules,
        selection="" if passing is None else in_words(passing, whole),
        left_out=tuple(dict.fromkeys([*release.left_out, *(earlier.left_out if earlier else ())])),
        spots=told_spots,
        findings=tuple(words for words in said if words not in how),
        method=how,
        timeline=None if periods is None else suppressed_timeline(timeline(periods), rules.least),
        sheet=suppressed_sheet(result_sheet(whole, actions), rules.least),
        planned=_planned(plan, chosen, crossings, rules),
        comparison=None if earlier is None else _compared(earlier.operation, whole, crossings, rules),
        at_crossings=_if_enough(lambda: per_period(reports, "crossing_id", period_h=period_h)),
    )


def _if_enough(tell: Callable[[], T]) -> T | None:
    with suppress(InsufficientDataError):
        return tell()
    return None


def _planned(
    plan: Plan | None, operation: Operation, crossings: gpd.GeoDataFrame, rules: Disclosure
) -> pd.DataFrame | None:
    if plan is None:
        return None
    return suppressed_planned(planned_against_done(plan, operation, crossings), rules.least)


def _compared(
    before: Operation, after: Operation, crossings: gpd.GeoDataFrame, rules: Disclosure
) -> Comparison:
    return suppressed_comparison(compare(before, after, crossings=crossings), rules.least)
