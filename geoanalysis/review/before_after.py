"""What changed where checks were intensified, around there, and elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial.distance import cdist

from geoanalysis.domain.crs import metric
from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.hotspots.periods import PlacePeriods, expected_hits
from geoanalysis.review.displacement import (
    Area,
    DifferenceInDifferences,
    DisplacementQuotient,
    difference_in_differences,
    displacement_quotient,
)

AROUND_KM: Final = 60.0
INTENSIFIED: Final = 2.0
"""Checks per period, after over before, from which on checks count as intensified."""
LEAST_CHECKS: Final = 30
"""After, without which a place is too small to have been intensified."""
_AREAS: Final = ("there", "around", "elsewhere")


@dataclass(frozen=True)
class BeforeAfter:
    """
    How checks and hits changed from before to after `split`, in three areas.

    `areas` has a row per area: ``area``, ``places``, ``checked_before`` and ``checked_after`` (per period),
    ``hits_before`` and ``hits_after`` (in all), and ``ratio_before`` and ``ratio_after``, hits over those
    expected at the rate of the selections. `treated` names the places whose checks were intensified.
    `quotient` is None where it is not defined; `change` compares intensified places with those elsewhere.
    """

    split: datetime
    treated: tuple[str, ...]
    areas: pd.DataFrame
    change: DifferenceInDifferences
    quotient: DisplacementQuotient | None
    findings: tuple[str, ...]


def before_and_after(
    periods: PlacePeriods,
    crossings: gpd.GeoDataFrame,
    split: datetime,
    *,
    treated: Collection[str] = (),
    around_km: float = AROUND_KM,
    times: float = INTENSIFIED,
) -> BeforeAfter:
    """
    Tell what an intensified check changed there and around.

    Parameters
    ----------
    periods
        Checks and hits per crossing and period, as given by `hotspots.per_period`.
    crossings
        The crossings table, EPSG:4326.
    split
        When checks were intensified, UTC.
    treated
        Where; if not given, the crossings with at least `times` as many checks per period after, and
        `LEAST_CHECKS` in all.
    around_km
        Crossings at most so far away are around, km in a straight line.
    times
        See `treated`.

    Raises
    ------
    InsufficientDataError
        If nothing was checked before or after, no crossing was intensified, or an area has no hits.
    """
    after = np.asarray(periods.starts >= pd.Timestamp(split))
    if after.all() or not after.any():
        raise InsufficientDataError(
            f"nothing was checked {'before' if after.all() else 'after'} {split:%d %b %H:%M}"
        )
    chosen = _treated(periods, after, treated, times)
    area = _areas(periods, crossings, chosen, around_km)
    expected, hits = expected_hits(periods), periods.hits.sum(axis=2)
    checked = periods.checked.sum(axis=2)
    table = pd.DataFrame([_row(name, area == name, after, checked, hits, expected) for name in _AREAS])
    change = _change(area, after, hits, expected, periods)
    quotient, why_not = _quotient(table)
    names = crossings.drop_duplicates("crossing_id").set_index("crossing_id")["name"]
    places = tuple(np.asarray(periods.place_ids)[chosen])
    said = _findings([str(names.get(place, place)) for place in places], table, change, quotient, why_not)
    return BeforeAfter(split, places, table, change, quotient, said)


def _treated(periods: PlacePeriods, after: np.ndarray, named: Collection[str], times: float) -> np.ndarray:
    if named:
        chosen = np.isin(periods.place_ids, list(named))
        words = "none of the places named reported checks"
    else:
        checked = periods.checked.sum(axis=2)
        before, since = checked[:, ~after].mean(axis=1), checked[:, after].mean(axis=1)
        enough = checked[:, after].sum(axis=1) >= LEAST_CHECKS
        chosen = (before > 0) & (since >= times * before) & enough
        words = f"no crossing was checked {times:g} times as much after: choose a place, or another time"
    if not chosen.any():
        raise InsufficientDataError(words)
    return chosen


def _areas(
    periods: PlacePeriods, crossings: gpd.GeoDataFrame, treated: np.ndarray, around_km: float
) -> np.ndarray:
    table = crossings.drop_duplicates("crossing_id").set_index("crossing_id").loc[list(periods.place_ids)]
    at = metric(table).geometry
    xy = np.column_stack([at.x, at.y])
    near = (cdist(xy, xy[treated]) <= around_km * 1000).any(axis=1)
    return np.select([treated, near], _AREAS[:2], _AREAS[2])


def _row(
    name: str,
    there: np.ndarray,
    after: np.ndarray,
    checked: np.ndarray,
    hits: np.ndarray,
    expected: np.ndarray,
) -> dict[str, object]:
    row: dict[str, object] = {"area": name, "places": int(there.sum())}
    for words, when in (("before", ~after), ("after", after)):
        found, wanted = hits[there][:, when].sum(), expected[there][:, when].sum()
        row[f"checked_{words}"] = float(checked[there][:, when].sum() / when.sum())
        row[f"hits_{words}"] = int(found)
        row[f"ratio_{words}"] = found / wanted if wanted else np.nan
    return row


def _change(
    area: np.ndarray, after: np.ndarray, hits: np.ndarray, expected: np.ndarray, periods: PlacePeriods
) -> DifferenceInDifferences:
    told = area != "around"
    place = np.repeat(np.asarray(periods.place_ids)[told], hits.shape[1])
    return difference_in_differences(
        hits[told].ravel(),
        expected[told].ravel(),
        treated=np.repeat(area[told] == "there", hits.shape[1]),
        after=np.tile(after, int(told.sum())),
        place=place,
    )


def _quotient(table: pd.DataFrame) -> tuple[DisplacementQuotient | None, str]:
    """Give the quotient on hit rates, or none and why."""
    treated, around, control = (Area(row.ratio_before, row.ratio_after) for row in table.itertuples())
    unknown = table[["ratio_before", "ratio_after"]].isna().any(axis=1)
    if unknown.any():
        return None, f"nothing was checked before or after {' and '.join(table['area'][unknown])}"
    try:
        return displacement_quotient(treated, around, control), ""
    except InsufficientDataError as reason:
        return None, str(reason)


def _findings(
    names: list[str],
    table: pd.DataFrame,
    change: DifferenceInDifferences,
    quotient: DisplacementQuotient | None,
    why_not: str,
) -> tuple[str, ...]:
    rows = table.set_index("area")
    where = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")  # noqa: PLR2004
    more = rows["checked_after"] / rows["checked_before"].where(rows["checked_before"] > 0)
    times = rows["ratio_after"] / rows["ratio_before"]
    clear = "" if change.cautious.p_value <= 0.05 else "; not clearly another"  # noqa: PLR2004 - the usual 5 %
    checks = (
        f"Checks per period at {where}: {more['there']:.1f} times as many after as before; elsewhere "
        f"{more['elsewhere']:.1f} times."
    )
    rates = (
        f"Their hit rate became {times['there']:.2f} times what it was, elsewhere {times['elsewhere']:.2f} "
        f"times: a ratio of {change.ratio:.2f}, 95 % {change.low:.2f}-{change.high:.2f}{clear} "
        f"(dispersion {change.dispersion:.2f}). This is the hit rate, not how much crime there is."
    )
    said = [checks, rates]
    if quotient is None:
        said.append(f"Displacement cannot be told: {why_not}.")
    else:
        said.append(
            f"Displacement quotient {quotient.quotient:.2f}: {_moved(quotient.quotient)}. It has no error "
            "of its own and means little where the place itself changed little."
        )
    return tuple(said)


def _moved(quotient: float) -> str:
    if quotient > 0:
        return "what surrounds these places changed the same way"
    return "what surrounds these places changed the other way" + (", by more" if quotient < -1 else "")
