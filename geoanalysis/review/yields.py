"""What each checkpoint yielded for the officers' time."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.special import gammaincinv

from geoanalysis.domain.operation import Operation
from geoanalysis.hotspots.rates import LEVEL
from geoanalysis.review.intensity import placed_shifts

COLUMNS: Final = (
    *("place_id", "name", "officer_hours", "checked", "hits", "seizures", "checks_per_100_h"),
    *("hits_per_100_h", "low", "high", "seizures_per_100_h"),
)
_PER_H: Final = 100.0


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
        are the exact Poisson interval of the hits. Places whose officers are not known are left out;
        ``attrs["left_out"]`` counts them.

    References
    ----------
    Garwood 1936, doi:10.1093/biomet/28.3-4.437 (interval).
    """
    shifts = placed_shifts(operation.check_shifts, crossings)
    parts = shifts[["place_id", "officer_hours", "checked", "hits"]].astype(
        {"officer_hours": float, "checked": float, "hits": float}
    )
    known = parts[parts["officer_hours"] > 0].groupby("place_id").sum()
    names = shifts.drop_duplicates("place_id").set_index("place_id")["name"]
    events = operation.seizures.drop_duplicates("seizure_id")["crossing_id"].value_counts()
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


def poisson_interval(counts: pd.Series, *, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Give the exact interval of Poisson counts."""
    c, tail = np.asarray(counts, float), (1 - level) / 2
    low = np.where(c > 0, gammaincinv(np.maximum(c, 1), tail), 0)
    return low, gammaincinv(c + 1, 1 - tail)
