"""Scans and emerging hot spots of an action: where and when hits exceed what the checks explain."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geoanalysis.domain.crs import metric
from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.hotspots.emerging import emerging
from geoanalysis.hotspots.exposure_test import MIN_EXPECTED, upper_tail
from geoanalysis.hotspots.fdr import q_values
from geoanalysis.hotspots.periods import PlacePeriods, expected_hits
from geoanalysis.hotspots.rates import Floats
from geoanalysis.hotspots.scan import Cluster, poisson_scan

CLUSTER_COLUMNS: Final = (
    *("cluster", "place_id", "name", "cases", "expected", "relative_risk", "log_likelihood_ratio"),
    *("p_value", "starts", "ends", "places"),
)


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """How an action is scanned: `space_time` or over all periods together, as in `poisson_scan`."""

    space_time: bool = True
    max_share: float = 0.5
    max_duration: float = 0.5
    replicates: int = 999
    seed: int = 0


def scan_action(
    periods: PlacePeriods,
    places: gpd.GeoDataFrame,
    request: ScanRequest | None = None,
    *,
    distances_km: Floats | None = None,
) -> gpd.GeoDataFrame:
    """
    Find the groups of places, and stretches of time, with more hits than their checks explain.

    The exposure is the number of hits that the checks of each place and period would give at the rate of
    their selection in the whole action; so random and targeted checks are never pooled.

    Parameters
    ----------
    periods
        As given by `per_period`.
    places
        Points in EPSG:4326 with ``place_id`` and ``name``, those of `periods` among them.
    request
        How to scan.
    distances_km
        Places (in the order of `periods`) x places, as along roads, in place of straight lines.

    Returns
    -------
    GeoDataFrame
        `CLUSTER_COLUMNS` and points, EPSG:4326: a row per member of each cluster, the most likely cluster
        being number 1. ``cases`` to ``places`` are those of the cluster. Without rows if nothing stands out.

    Raises
    ------
    InsufficientDataError
        If there is only one place, or there are no hits.
    """
    request = request or ScanRequest()
    located = places.drop_duplicates("place_id").set_index("place_id").loc[list(periods.place_ids)]
    hits, expected = periods.hits.sum(axis=2), expected_hits(periods)
    if not hits.sum():
        raise InsufficientDataError("no check had a hit: there is nothing to scan for")
    if not request.space_time:
        hits, expected = hits.sum(axis=1, keepdims=True), expected.sum(axis=1, keepdims=True)
    at = metric(located).geometry
    found = poisson_scan(
        hits,
        expected,
        np.column_stack([at.x, at.y]),
        max_share=request.max_share,
        max_duration=request.max_duration,
        replicates=request.replicates,
        seed=request.seed,
        times=periods.labels if request.space_time else None,
        distances=distances_km,
    )
    return _members(found, located, pd.Timedelta(hours=periods.period_h))


def emerging_places(periods: PlacePeriods, around: csr_array, *, fdr: float = 0.05) -> pd.DataFrame:
    """
    Say what each place and its surroundings have been over the periods of an action.

    In each period the hits in and around each place are compared with what the checks there give at the rates
    of the whole action, exactly and in both directions, corrected for the number of places in the period.
    Periods in which fewer than `MIN_EXPECTED` hits are expected there tell nothing and do not count.

    Parameters
    ----------
    periods
        As given by `per_period`.
    around
        Places x places, binary, the place itself among its neighbours.
    fdr
        Largest expected share of false ones among the hot (or cold) places of a period.

    Returns
    -------
    DataFrame
        ``place_id`` and the columns of `emerging`.

    Raises
    ------
    InsufficientDataError
        With too few periods for a trend.
    """
    checked, hits = periods.checked, periods.hits.sum(axis=2)
    exposure, totals = checked.sum(axis=(0, 1)), periods.hits.sum(axis=(0, 1))
    score, state, told = np.zeros(hits.shape), np.zeros(hits.shape, int), np.zeros(hits.shape, bool)
    shares = np.divide(checked, exposure, out=np.zeros(checked.shape), where=exposure > 0)
    for period in range(hits.shape[1]):
        columns = _stand_out(around @ hits[:, period], around @ shares[:, period], totals, fdr)
        score[:, period], state[:, period], told[:, period] = columns
    return emerging(score, state, told=told).assign(place_id=list(periods.place_ids))


def _stand_out(
    found: Floats, shares: Floats, totals: Floats, fdr: float
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Give standard scores, 1 and -1 where there are clearly more and fewer hits, and where that was told."""
    expected, variance = shares @ totals, (shares * (1 - shares)) @ totals
    score = np.divide(found - expected, np.sqrt(variance), out=np.zeros(len(found)), where=variance > 0)
    told = (expected >= MIN_EXPECTED) & (variance > 0)
    state = np.zeros(len(found))
    for sign, tail in (
        (1, upper_tail(found, totals, shares)),
        (-1, 1 - upper_tail(found + 1, totals, shares)),
    ):
        state[q_values(np.where(told, tail, np.nan)) <= fdr] = sign
    return score, state, told


def _members(found: list[Cluster], located: gpd.GeoDataFrame, period: pd.Timedelta) -> gpd.GeoDataFrame:
    rows = [
        {
            "cluster": number,
            "place_id": located.index[member],
            "name": located["name"].iloc[member],
            "cases": cluster.cases,
            "expected": cluster.expected,
            "relative_risk": cluster.relative_risk,
            "log_likelihood_ratio": cluster.log_likelihood_ratio,
            "p_value": cluster.p_value,
            "starts": pd.NaT if cluster.starts is None else pd.Timestamp(cluster.starts),
            "ends": pd.NaT if cluster.ends is None else pd.Timestamp(cluster.ends) + period,
            "places": len(cluster.members),
            "geometry": located.geometry.iloc[member],
        }
        for number, cluster in enumerate(found, 1)
        for member in cluster.members
    ]
    return gpd.GeoDataFrame(
        rows, columns=[*CLUSTER_COLUMNS, "geometry"], geometry="geometry", crs=located.crs
    )
