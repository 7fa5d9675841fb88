"""What each checkpoint yielded for the officers' time."""

from typing import Final

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.operation import Operation
from geoanalysis.hotspots.rates import LEVEL, poisson_interval
from geoanalysis.review.intensity import placed_shifts

COLUMNS: Final = (
    *("place_id", "name", "officer_hours", "checked", "hits", "seizures", "checks_per_100_h"),
    *("hits_per_100_h", "low", "high", "seizures_per_100_h"),
)
_PER_H: Final = 100.0
_TEAM: Final = ("place_id", "start_utc", "end_utc", "selection")


def yields(operation: Operation, crossings: gpd.GeoDataFrame, *, level: float = LEVEL) -> pd.DataFrame:
    """
    Give checks, hits and seizures per hundred officer-hours of each place.

    Parameters
    ----------
    operation
        What was reported.
    crossings
        The crossings table, EPSG:4326.
    level
        Confidence level of the interval.

    Returns
    -------
    DataFrame
        `COLUMNS`, the surest high yields first (by ``low``: a place of a few hours tops no list by luck); all
        units checked together, as an officer's hour is one whatever is checked in it. ``low`` and ``high``
        are the exact Poisson interval of the hits. A team that reports several units counts its hours once;
        seizures count at the place of their shift (else of
        their crossing) where its officers are known. Places whose officers are not known
        are left out; ``attrs["left_out"]`` counts them.

    References
    ----------
    Garwood 1936, doi:10.1093/biomet/28.3-4.437 (interval).
    """
    shifts = placed_shifts(operation.check_shifts, crossings)
    shifts = shifts.astype({"officer_hours": float, "checked": float, "hits": float})
    manned = shifts[shifts["officer_hours"] > 0]
    teams = manned.drop_duplicates([*_TEAM, "officers", "officer_hours"])
    known = manned.groupby("place_id")[["checked", "hits"]].sum()
    known.insert(0, "officer_hours", teams.groupby("place_id")["officer_hours"].sum())
    names = shifts.drop_duplicates("place_id").set_index("place_id")["name"]
    events = _places_of(operation.seizures, shifts, manned).value_counts()
    hundreds = known["officer_hours"] / _PER_H
    low, high = poisson_interval(known["hits"], level=level)
    table = known.assign(
        name=names,
        seizures=events.reindex(known.index).fillna(0).astype(int),
        checks_per_100_h=known["checked"] / hundreds,
        hits_per_100_h=known["hits"] / hundreds,
        low=low / hundreds,
        high=high / hundreds,
    )
    table = table.assign(seizures_per_100_h=table["seizures"] / hundreds).astype(
        {"checked": int, "hits": int}
    )
    table = table.sort_values("low", ascending=False, kind="stable").reset_index()
    table = table.reindex(columns=list(COLUMNS))
    table.attrs["left_out"] = len(names) - len(table)
    return table


def _places_of(seizures: pd.DataFrame, shifts: pd.DataFrame, manned: pd.DataFrame) -> pd.Series:
    """Give the place of each seizure: that of its shift if officers are known of it, else of its crossing."""
    events = seizures.drop_duplicates("seizure_id")
    place = dict(zip(manned["shift_id"], manned["place_id"], strict=True))
    without_shift = ~events["shift_id"].isin(shifts["shift_id"])
    of_shift = events["shift_id"].map(place).astype("object")
    return of_shift.fillna(events["crossing_id"].where(without_shift).astype("object"))
