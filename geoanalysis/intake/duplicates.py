"""Records that are there twice: certainly, by their id, or probably, from two countries."""

from collections.abc import Iterator, Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from geoanalysis.domain.crs import LONLAT, metric
from geoanalysis.intake.report import found
from geoanalysis.intake.rules import Rule

SAME_KM: Final = 5.0
SAME_H: Final = 24.0
SAME_SHARE: Final = 0.02
"""So near in place, time and quantity, two countries' seizures of one commodity may be the same one."""

_COUNT: Final = ("country", "date", "crime_area", "measure", "unit")


def repeated_keys(values: pd.DataFrame, cells: pd.DataFrame, key: Sequence[str]) -> list[pd.DataFrame]:
    """Refuse rows whose key stands in an earlier row; the column named is the first of the key."""
    keyed = values[list(key)].dropna()
    repeated = keyed.duplicated()
    message = _same_as(keyed, repeated, "it was left out; remove it, or give it its own " + " and ".join(key))
    return [found(cells[key[0]][keyed.index[repeated]], Rule.DUP_EXACT, "refused", message)]


def repeated_counts(values: pd.DataFrame, cells: pd.DataFrame) -> list[pd.DataFrame]:
    """Refuse results that stand there twice, and doubt two values of one measure, area, day and country."""
    keyed = values.dropna(subset=list(_COUNT))
    same = keyed.duplicated()
    other = keyed.duplicated(list(_COUNT)) & ~same
    counts = cells["value"]
    return [
        found(
            counts[keyed.index[same]],
            Rule.DUP_EXACT,
            "refused",
            _same_as(keyed, same, "it was left out; remove it"),
        ),
        found(
            counts[keyed.index[other]],
            Rule.DUP_KEY,
            "doubted",
            _same_as(keyed[list(_COUNT)], other, "if both count the same, remove one: they are added up"),
        ),
    ]


def probable_duplicates(values: pd.DataFrame, cells: pd.DataFrame) -> list[pd.DataFrame]:
    """Doubt seizures that two countries seem to report: both sides of a border, one seizure."""
    known = values.dropna(subset=["commodity", "unit", "country", "quantity", "occurred_utc", "lon", "lat"])
    known = known[(known["quantity"] > 0) & known["lon"].between(-180, 180) & known["lat"].between(-85, 85)]
    twins = pd.Series({row: twin for group in _groups(known) for row, twin in _twins(group)}, dtype="int64")
    message = twins.map(
        "row {} reports about as much of it at the same place and time from another country: if it is the "
        "same seizure, keep one".format
    )
    return [found(cells["seizure_id"][twins.index.sort_values()], Rule.DUP_PROBABLE, "doubted", message)]


def _same_as(keyed: pd.DataFrame, repeated: pd.Series, what_to_do: str) -> pd.Series:
    """Say of each repeated row which was the first."""
    rows = pd.Series(keyed.index, index=keyed.index)
    first = rows.groupby([keyed[name] for name in keyed], dropna=False).transform("first")
    return first[repeated].map(f"the same as row {{}}: {what_to_do}".format)


def _groups(known: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give the rows by commodity and unit, as far as they come from several countries."""
    for _, group in known.groupby(["commodity", "unit"]):
        if (group["country"] != group["country"].iloc[0]).any():
            yield group


def _twins(group: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Give each row with the nearest of another country, if that is within the limits."""
    scaled = _scaled(group)
    rows = group.index.to_numpy()
    for country in group["country"].unique():
        own = (group["country"] == country).to_numpy()
        distance, nearest = KDTree(scaled[~own]).query(scaled[own], p=np.inf, distance_upper_bound=1.0)
        near = np.isfinite(distance)
        yield from zip(rows[own][near].tolist(), rows[~own][nearest[near]].tolist(), strict=True)


def _scaled(group: pd.DataFrame) -> np.ndarray:
    """Give place, time and quantity as coordinates in which the limits are 1."""
    points = metric(gpd.GeoDataFrame(geometry=gpd.points_from_xy(group["lon"], group["lat"]), crs=LONLAT))
    hours = (group["occurred_utc"] - pd.Timestamp("2000-01-01", tz="UTC")) / pd.Timedelta(hours=1)
    return np.column_stack(
        [
            points.geometry.x / (SAME_KM * 1000),
            points.geometry.y / (SAME_KM * 1000),
            hours / SAME_H,
            np.log(group["quantity"]) / np.log1p(SAME_SHARE),
        ]
    )
