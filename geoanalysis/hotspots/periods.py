"""Checks and hits per place and period."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
import pandas as pd

from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.hotspots.counts import STRATA, Reports
from geoanalysis.hotspots.rates import Floats, rates_of_selections

_MOST_PERIODS = 2000
_HOUR_S = 3600
_EPOCH_WEEKDAY = 3
"""1 January 1970 was a Thursday."""


@dataclass(frozen=True)
class PlacePeriods:
    """
    Counts of places (sorted by id) x periods x `STRATA`; `starts` are the beginnings of the periods, UTC.

    A shift counts whole in the period that holds its middle.
    """

    place_ids: tuple[str, ...]
    starts: pd.DatetimeIndex
    checked: Floats
    hits: Floats
    period_h: float

    @property
    def labels(self) -> list[datetime]:
        """The beginnings of the periods."""
        return [moment.to_pydatetime() for moment in self.starts]


def per_period(
    reports: Reports, by: Literal["crossing_id", "cell", "country", "all"], *, period_h: float = 8.0
) -> PlacePeriods:
    """
    Count checks and hits per place and period.

    Parameters
    ----------
    reports
        As given by `gather`.
    by
        What a place is; shifts without one are left out. ``all`` takes all shifts as one place.
    period_h
        Length of a period, hours, counted from midnight UTC of the first day.

    Raises
    ------
    InsufficientDataError
        If no shift has a place, or there would be thousands of periods.
    """
    shifts = reports.check_shifts.assign(all="all").dropna(subset=[by, "start_utc", "end_utc"])
    if shifts.empty:
        raise InsufficientDataError("no check shift has a place and a time: nothing can be told over time")
    middle = shifts["start_utc"] + (shifts["end_utc"] - shifts["start_utc"]) / 2
    first = middle.min().floor("D")
    period = ((middle - first).dt.total_seconds() // (period_h * 3600)).astype(int).to_numpy()
    periods = int(period.max()) + 1
    if periods > _MOST_PERIODS:
        raise InsufficientDataError(f"{periods} periods of {period_h:g} h are too many: choose longer ones")
    place_ids, place = np.unique(shifts[by].to_numpy(str), return_inverse=True)
    stratum = pd.Index(STRATA).get_indexer(shifts["selection"].fillna("unknown"))
    shape = len(place_ids), periods, len(STRATA)
    cell = np.ravel_multi_index((place, period, stratum), shape)
    checked, hits = (
        np.bincount(cell, shifts[column].to_numpy(float), np.prod(shape)).astype(float).reshape(shape)
        for column in ("checked", "hits")
    )
    starts = pd.date_range(first, periods=periods, freq=pd.Timedelta(hours=period_h))
    return PlacePeriods(tuple(place_ids), starts, checked, hits, period_h)


def expected_hits(periods: PlacePeriods) -> Floats:
    """Give the hits that each place and period would have at the rate of its selections: places x periods."""
    checked, hits = periods.checked.sum(axis=(0, 1)), periods.hits.sum(axis=(0, 1))
    return np.asarray(periods.checked @ rates_of_selections(hits, checked))


def timeline(periods: PlacePeriods, place_id: str = "") -> pd.DataFrame:
    """
    Give checks, hits and expected hits over time, of one place or of all.

    Returns
    -------
    DataFrame
        ``starts``, ``ends`` (UTC), ``checked``, ``hits``, ``expected``.
    """
    chosen = [periods.place_ids.index(place_id)] if place_id in periods.place_ids else slice(None)
    return pd.DataFrame(
        {
            "starts": periods.starts,
            "ends": periods.starts + pd.Timedelta(hours=periods.period_h),
            "checked": periods.checked[chosen].sum(axis=(0, 2)).astype(int),
            "hits": periods.hits[chosen].sum(axis=(0, 2)).astype(int),
            "expected": expected_hits(periods)[chosen].sum(axis=0),
        }
    )


def _rates(shifts: pd.DataFrame) -> Floats:
    """Give the hit rate of the selection of each shift, in all these shifts."""
    selection = shifts["selection"].fillna("unknown")
    sums = shifts.assign(selection=selection).groupby("selection")[["hits", "checked"]].sum().astype(float)
    rates = rates_of_selections(sums["hits"].to_numpy(), sums["checked"].to_numpy())
    return np.asarray(selection.map(dict(zip(sums.index, rates, strict=True))), float)


def weekly_profile(reports: Reports) -> pd.DataFrame:
    """
    Give checks, hits and expected hits by weekday and hour, UTC.

    The counts of a shift are spread evenly over its hours, so they are no whole numbers.

    Returns
    -------
    DataFrame
        168 rows: ``weekday`` (0 Monday), ``hour``, ``checked``, ``hits``, ``expected`` (hits at the rates of
        the selections) and ``ratio`` (hits / expected; NaN where none are expected).
    """
    shifts = reports.check_shifts.dropna(subset=["start_utc", "end_utc"])
    start, end = (
        shifts[name].dt.tz_convert(None).to_numpy("datetime64[s]").astype(np.int64)
        for name in ("start_utc", "end_utc")
    )
    first, last = start // _HOUR_S, np.maximum(-(-end // _HOUR_S), start // _HOUR_S + 1)
    row = np.repeat(np.arange(len(shifts)), last - first)
    hour = (
        first[row] + np.arange(len(row)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
    )
    overlap_s = np.minimum(end[row], (hour + 1) * _HOUR_S) - np.maximum(start[row], hour * _HOUR_S)
    length_s = (end - start)[row]
    share = np.divide(overlap_s, length_s, out=np.zeros(len(row)), where=length_s > 0)
    cell = (hour + _EPOCH_WEEKDAY * 24) % 168
    checked, hits = (
        np.bincount(cell, share * shifts[name].to_numpy(float)[row], 168) for name in ("checked", "hits")
    )
    expected = np.bincount(cell, share * (shifts["checked"].to_numpy(float) * _rates(shifts))[row], 168)
    ratio = np.divide(hits, expected, out=np.full(168, np.nan), where=expected > 0)
    weekday, of_day = np.divmod(np.arange(168), 24)
    return pd.DataFrame(
        {
            "weekday": weekday,
            "hour": of_day,
            "checked": checked,
            "hits": hits,
            "expected": expected,
            "ratio": ratio,
        }
    )
