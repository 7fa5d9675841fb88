"""Near repeats among the seizures of an action."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np

from geoanalysis.domain.crs import LONLAT, metric
from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.hotspots.counts import Reports
from geoanalysis.hotspots.near_repeat import NearRepeats, knox
from geoanalysis.hotspots.places import positions

DISTANCES_KM = (0.0, 1.0, 10.0, 25.0, 50.0)
DELAYS_H = (0.0, 6.0, 12.0, 24.0, 48.0)


def near_repeats_of(
    reports: Reports,
    crossings: gpd.GeoDataFrame,
    *,
    distances_km: Sequence[float] = DISTANCES_KM,
    delays_h: Sequence[float] = DELAYS_H,
    permutations: int = 999,
    seed: int = 0,
) -> NearRepeats:
    """
    Tell whether seizures that are close in space are also close in time.

    Seizures follow checks, which come in shifts: read the ratio of far pairs at short delays beside that of
    near ones.

    Parameters
    ----------
    reports
        As given by `gather`; seizures count as events.
    crossings
        The crossings table, EPSG:4326.
    distances_km, delays_h
        Edges of the bands, km in a straight line and hours, as `knox` takes them.
    permutations, seed
        As in `knox`.

    Raises
    ------
    InsufficientDataError
        With fewer than two seizures with a place and a time.
    """
    events = reports.seizures.drop_duplicates("seizure_id")
    at = positions(events, crossings)
    told = at.notna().all(axis=1) & events["occurred_utc"].notna()
    if told.sum() <= 1:
        raise InsufficientDataError("near repeats need two seizures with a place and a time")
    points = metric(
        gpd.GeoDataFrame(geometry=gpd.points_from_xy(at["lon"][told], at["lat"][told]), crs=LONLAT)
    )
    xy_km = np.column_stack([points.geometry.x, points.geometry.y]) / 1000
    hours = (events["occurred_utc"][told] - events["occurred_utc"][told].min()).dt.total_seconds() / 3600
    return knox(xy_km, hours, distances=distances_km, delays=delays_h, permutations=permutations, seed=seed)
