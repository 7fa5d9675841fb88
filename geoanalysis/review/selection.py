"""Choosing the records of an action that a reviewer looks at."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import pandas as pd

from geoanalysis.domain.operation import Operation


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """
    What passes: the window from `starts_utc` up to but not at `ends_utc`, and the words named.

    What is None or empty lets all pass. Crime areas and commodities do not touch check shifts, because checks
    and hits are not reported by crime area.
    """

    starts_utc: datetime | None = None
    ends_utc: datetime | None = None
    crime_areas: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


def select(operation: Operation, passing: ReviewFilter) -> Operation:
    """
    Give the operation with only the records that pass.

    A check shift or a day of results that lies partly in the window passes whole: its counts cannot be cut.
    Results of all countries together (ALL) pass only while no country is asked for.
    """
    seizures, shifts, results = operation.seizures, operation.check_shifts, operation.results
    days = pd.to_datetime(results["date"]).dt.tz_localize("UTC")
    happened = seizures["occurred_utc"]
    of_seizures = (
        _overlaps(happened, happened, passing)
        & _named(seizures["crime_area"], passing.crime_areas)
        & _named(seizures["commodity"], passing.commodities)
        & _named(seizures["country"], passing.countries)
    )
    of_shifts = _overlaps(shifts["start_utc"], shifts["end_utc"], passing) & _named(
        shifts["country"], passing.countries
    )
    of_results = (
        _overlaps(days, days + timedelta(days=1), passing)
        & _named(results["crime_area"], passing.crime_areas)
        & _named(results["country"], passing.countries)
    )
    return replace(
        operation,
        seizures=seizures[of_seizures].reset_index(drop=True),
        check_shifts=shifts[of_shifts].reset_index(drop=True),
        results=results[of_results].reset_index(drop=True),
    )


def in_words(passing: ReviewFilter, operation: Operation) -> str:
    """Say what a filter lets pass of an operation; nothing where all passes."""
    first, last = window(operation)
    starts, ends = max(passing.starts_utc or first, first), min(passing.ends_utc or last, last)
    said = []
    if (starts, ends) != (first, last):
        said.append(f"{starts:%d %b %H:%M} to {ends:%d %b %H:%M} UTC, shifts counted whole")
    if passing.countries:
        said.append(f"reported by {', '.join(passing.countries)}")
    seized = [word.replace("_", " ") for word in (*passing.crime_areas, *passing.commodities)]
    if seized:
        said.append(f"seizures of {', '.join(seized)}")
    return "; ".join(said)


def countries(operation: Operation) -> list[str]:
    """Give the countries that reported seizures or checks."""
    reporting = pd.concat([operation.seizures["country"], operation.check_shifts["country"]])
    return sorted(reporting.dropna().unique())


def window(operation: Operation) -> tuple[datetime, datetime]:
    """Give the whole days, UTC, that hold the operation and all its seizures and check shifts."""
    shifts, seizures = operation.check_shifts, operation.seizures
    moments = pd.concat([shifts["start_utc"], shifts["end_utc"], seizures["occurred_utc"]]).dropna()
    starts, ends = (datetime.combine(day, time(), UTC) for day in (operation.starts, operation.ends))
    if moments.empty:
        return starts, ends + timedelta(days=1)
    first, last = moments.min().floor("D").to_pydatetime(), moments.max().ceil("D").to_pydatetime()
    return min(starts, first), max(ends + timedelta(days=1), last)


def _overlaps(starts: pd.Series, ends: pd.Series, passing: ReviewFilter) -> pd.Series:
    inside = pd.Series(data=True, index=starts.index)
    if passing.ends_utc is not None:
        inside &= starts < passing.ends_utc
    if passing.starts_utc is not None:
        inside &= (ends > passing.starts_utc) | (starts >= passing.starts_utc)
    return inside


def _named(values: pd.Series, names: Collection[str]) -> pd.Series:
    return values.isin(names) if names else pd.Series(data=True, index=values.index)


def without_window(operation: Operation, starts_utc: datetime, ends_utc: datetime) -> Operation:
    """Give the operation with only the records that lie wholly outside a window: the rest of the action."""
    seizures, shifts = operation.seizures, operation.check_shifts
    inside, happened = ReviewFilter(starts_utc, ends_utc), seizures["occurred_utc"]
    of_seizures = ~_overlaps(happened, happened, inside)
    of_shifts = ~_overlaps(shifts["start_utc"], shifts["end_utc"], inside)
    return replace(
        operation,
        seizures=seizures[of_seizures].reset_index(drop=True),
        check_shifts=shifts[of_shifts].reset_index(drop=True),
    )
