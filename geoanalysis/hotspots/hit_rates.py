"""Hit rates with intervals by place, country or crime area, each selection by itself."""

from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from geoanalysis.hotspots.counts import STRATA, Reports, totals
from geoanalysis.hotspots.empirical_bayes import smoothed_rates
from geoanalysis.hotspots.rates import (
    LEVEL,
    Floats,
    exact_interval,
    hit_rate,
    poisson_interval,
    rates_of_selections,
    wilson_interval,
)

By: TypeAlias = Literal["crossing_id", "section", "cell", "country", "crime_area"]
COLUMNS: Final = (
    *("selection", "checked", "hits", "hit_rate", "hit_rate_low", "hit_rate_high"),
    *("smoothed", "expected", "ratio", "few"),
)
FEW: Final = 1.0
"""With fewer expected hits a rate is marked as resting on small numbers."""


def hit_rates(
    reports: Reports,
    by: By,
    *,
    pooled: bool = False,
    interval: Literal["wilson", "exact"] = "wilson",
    level: float = LEVEL,
) -> pd.DataFrame:
    """
    Give hit rates with their uncertainty.

    Parameters
    ----------
    reports
        As given by `gather`.
    by
        What makes a row. By crime area the hits are seizures (events) of that area, as checks are not
        reported by area: each has all checks of the selection as its denominator, and an exact Poisson
        interval, as one check may lead to several seizures.
    pooled
        Random and targeted checks together. Not by default: those who are chosen for a reason are hit more
        often, so a pooled rate rises with the share of targeted checks.
    interval
        Wilson's, or the exact one.
    level
        Confidence level.

    Returns
    -------
    DataFrame
        `by` and `COLUMNS`: one row per value and selection ("all" if pooled) with checks. ``smoothed`` is the
        empirical-Bayes rate within the selection, ``expected`` the hits at the rate of the selection,
        ``ratio`` hits / expected (both NaN by crime area), ``few`` tells that fewer than `FEW` hits are
        expected.
    """
    counts = _by_crime_area(reports) if by == "crime_area" else _by_shift(reports, by)
    if pooled:
        counts = counts.groupby(by, as_index=False)[["checked", "hits"]].sum().assign(selection="all")
    counts = counts[counts["checked"] > 0].sort_values([by, "selection"], ignore_index=True)
    whole = _whole(reports, pooled=pooled)
    low, high = _interval(counts, "poisson" if by == "crime_area" else interval, level)
    rate_of_all = _rate_of_all(counts, whole, by)
    expected = counts["checked"] * rate_of_all
    return counts.assign(
        hit_rate=hit_rate(counts["hits"], counts["checked"]),
        hit_rate_low=low,
        hit_rate_high=high,
        smoothed=_smoothed(counts),
        expected=expected,
        ratio=counts["hits"] / expected.where(expected > 0),
        few=expected < FEW,
    )[[by, *COLUMNS]]


def _interval(counts: pd.DataFrame, kind: str, level: float) -> tuple[Floats, Floats]:
    if kind == "poisson":
        low, high = poisson_interval(counts["hits"], level=level)
        return low / counts["checked"].to_numpy(float), high / counts["checked"].to_numpy(float)
    of_kind = wilson_interval if kind == "wilson" else exact_interval
    return of_kind(counts["hits"], counts["checked"], level=level)


def _by_shift(reports: Reports, by: str) -> pd.DataFrame:
    shifts = reports.check_shifts
    if by == "section":
        shifts = shifts.assign(section=shifts["pair"])
    known = shifts.dropna(subset=by).assign(selection=shifts["selection"].fillna("unknown"))
    return known.groupby([by, "selection"], as_index=False)[["checked", "hits"]].sum()


def _by_crime_area(reports: Reports) -> pd.DataFrame:
    """Count seizures by crime area and the selection of the shift that found them."""
    selection = reports.check_shifts.set_index("shift_id")["selection"].fillna("unknown")
    found = reports.seizures.drop_duplicates(["seizure_id", "crime_area"])
    found = found.assign(selection=found["shift_id"].map(selection[~selection.index.duplicated()]))
    areas = sorted(found["crime_area"].unique())
    rows = pd.MultiIndex.from_product([areas, STRATA], names=["crime_area", "selection"])
    hits = (
        found.dropna(subset="selection")
        .groupby(["crime_area", "selection"])
        .size()
        .reindex(rows, fill_value=0)
    )
    checked = dict(zip(STRATA, totals(reports)[0], strict=True))
    counts = hits.rename("hits").reset_index()
    return counts.assign(checked=counts["selection"].map(checked).astype(float))


def _whole(reports: Reports, *, pooled: bool) -> dict[str, float]:
    checked, hits = totals(reports)
    if pooled:
        checked, hits = checked.sum(keepdims=True), hits.sum(keepdims=True)
    selections = ("all",) if pooled else STRATA
    return dict(zip(selections, rates_of_selections(hits, checked), strict=True))


def _rate_of_all(counts: pd.DataFrame, whole: dict[str, float], by: str) -> pd.Series:
    """Places are compared with the whole action; crime areas are not compared with each other."""
    rates = counts["selection"].map(whole).astype(float)
    return rates * np.nan if by == "crime_area" else rates


def _smoothed(counts: pd.DataFrame) -> pd.Series:
    parts = [
        pd.Series(
            smoothed_rates(*part[["hits", "checked"]].to_numpy(float).T)["smoothed"].to_numpy(), part.index
        )
        for _, part in counts.groupby("selection")
    ]
    return pd.concat(parts).reindex(counts.index) if parts else pd.Series(dtype=float)
