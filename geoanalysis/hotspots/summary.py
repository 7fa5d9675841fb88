"""The hot-spot summary: one row per crossing and per hexagon, with its counts, its interval and its test."""

from dataclasses import asdict, dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geoanalysis.domain.crs import LONLAT, require_crs
from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.domain.vocabularies import UnitChecked
from geoanalysis.hotspots.cells import RESOLUTION, cell_neighbours, cell_polygons
from geoanalysis.hotspots.counts import Counts, Reports, count, gather, totals
from geoanalysis.hotspots.empirical_bayes import smoothed_rates
from geoanalysis.hotspots.exposure_test import MIN_EXPECTED, Excess, excess_test
from geoanalysis.hotspots.fdr import q_values
from geoanalysis.hotspots.local_g import MIN_PLACES, local_g
from geoanalysis.hotspots.neighbours import distance_band
from geoanalysis.hotspots.rates import Floats, hit_rate, wilson_interval

CROSSING: Final = "crossing"
CELL: Final = "cell"
COLUMNS: Final = (
    *("kind", "place_id", "name", "selection", "targeted_share", "seizures", "checked", "hits"),
    *(
        "hit_rate",
        "hit_rate_low",
        "hit_rate_high",
        "smoothed",
        "expected",
        "ratio",
        "p_value",
        "q_value",
        "hotspot",
        "gi_z",
    ),
)
OWN_LEVEL: Final = 0.05
"""A hexagon is a hot spot only if its own hits are so unlikely, whatever lies around it."""
BAND_KM: Final = 50.0
"""Crossings this near are neighbours for Gi*."""


@dataclass(frozen=True, slots=True)
class Request:
    """
    How a summary was made.

    `fdr` is the share of false ones expected among hot spots, `resolution` that of the H3 cells,
    `unit_checked` the unit whose checks count, `band_km` how near crossings are neighbours for Gi*.
    """

    fdr: float = 0.05
    resolution: int = RESOLUTION
    unit_checked: str = UnitChecked.PERSON.value
    band_km: float = BAND_KM


def summarise(
    seizures: gpd.GeoDataFrame,
    check_shifts: gpd.GeoDataFrame,
    crossings: gpd.GeoDataFrame,
    *,
    fdr: float = 0.05,
    resolution: int = RESOLUTION,
    unit_checked: str = UnitChecked.PERSON.value,
    band_km: float = BAND_KM,
) -> gpd.GeoDataFrame:
    """
    Tell for each crossing and each H3 cell whether its hits exceed what its checks explain.

    A crossing is tested by its own hits given its own checks. A cell is tested together with the cells around
    it, and called a hot spot only if its own hits alone are unlikely too (p at most 5 %): a quiet cell beside
    a hot one stays quiet. Hits are compared within their selection only (`excess_test`); the reference is the
    whole action. Crossings and cells are corrected for multiple tests as separate families.

    Parameters
    ----------
    seizures, check_shifts
        Records that conform to `schemas.SEIZURES` and `schemas.CHECK_SHIFTS`.
    crossings
        The crossings table, EPSG:4326; those without a position are taken as unknown. A record belongs to the
        crossing that it names, and lies there.
    fdr
        Largest expected share of false ones among the hot spots.
    resolution
        H3 resolution of the cells.
    unit_checked
        Only checks of this unit count: hits per person and hits per vehicle are different rates.
    band_km
        Crossings at most so far apart are neighbours for Gi*, km.

    Returns
    -------
    GeoDataFrame
        `COLUMNS` and geometry (points and hexagons, EPSG:4326), one row per crossing and per cell where a
        check shift of the unit or a seizure was reported. ``seizures`` counts events, not items;
        ``selection`` says how those checked were chosen, "mixed" if in several ways, and ``targeted_share``
        how many of them for a reason; ``checked`` to ``ratio`` are the place's own, also for a cell.
        ``hit_rate`` is of all selections at the place together, so compare places by ``ratio``, hits over
        expected hits; ``smoothed`` is the hit rate that the empirical-Bayes ratio among the places of the
        kind gives. NaN: rates where nothing was checked, ``p_value`` with too little information, ``gi_z``
        (clustering of seizure counts among the places of the kind: activity, not risk) with too few places.
        ``attrs`` holds the ``request``, the ``checked`` and ``hits`` of the whole action, and ``notes`` on
        what was left out or could not be told.

    Raises
    ------
    InsufficientDataError
        If neither a check shift of the unit nor a seizure has a place.
    SchemaError
        If required columns are missing, or a shift has more hits than checks.
    CRSError
        If `crossings` is not in EPSG:4326.
    """
    require_crs(crossings, what="the crossings table")
    crossings = crossings[np.isfinite(crossings.geometry.x) & np.isfinite(crossings.geometry.y)]
    request = Request(fdr, resolution, str(unit_checked), band_km)
    reports = gather(seizures, check_shifts, crossings, unit_checked=unit_checked, resolution=resolution)
    tables = [_crossing_rows(reports, crossings, request), _cell_rows(reports, request)]
    summary = pd.concat([table for table in tables if len(table)] or tables, ignore_index=True)
    if summary.empty:
        raise InsufficientDataError(
            f"no {unit_checked} checks and no seizures with a known place: nothing can be told about places"
        )
    checked, hits = (int(part.sum()) for part in totals(reports))
    summary.attrs = {
        "request": asdict(request),
        "checked": checked,
        "hits": hits,
        "notes": (*_limits(summary, checked, hits, request), *reports.notes),
    }
    return summary


def _crossing_rows(reports: Reports, crossings: gpd.GeoDataFrame, request: Request) -> gpd.GeoDataFrame:
    counts = count(reports, "crossing_id")
    table = crossings.drop_duplicates("crossing_id").set_index("crossing_id").loc[list(counts.place_ids)]
    places = gpd.GeoDataFrame({"name": table["name"].to_list()}, geometry=table.geometry.array, crs=LONLAT)
    near = distance_band(places, band_km=request.band_km)
    test = _test(counts.hits, counts.checked, reports)
    return _rows(CROSSING, places, counts, test, _gi_z(counts.seizures, near)).assign(
        hotspot=lambda rows: rows["q_value"] <= request.fdr
    )


def _cell_rows(reports: Reports, request: Request) -> gpd.GeoDataFrame:
    counts = count(reports, "cell")
    near = cell_neighbours(counts.place_ids)
    names = _cell_names(reports, counts.place_ids)
    places = gpd.GeoDataFrame({"name": names}, geometry=cell_polygons(counts.place_ids))
    around = _test(near @ counts.hits, near @ counts.checked, reports)
    own = _test(counts.hits, counts.checked, reports, least_expected=0)
    test = Excess(own.expected, around.p_value)
    return _rows(CELL, places, counts, test, _gi_z(counts.seizures, near)).assign(
        hotspot=lambda rows: (rows["q_value"] <= request.fdr) & (own.p_value <= OWN_LEVEL)
    )


def _test(hits: Floats, checked: Floats, reports: Reports, *, least_expected: float = MIN_EXPECTED) -> Excess:
    total_checked, total_hits = totals(reports)
    return excess_test(hits.sum(axis=1), checked, total_hits, total_checked, least_expected=least_expected)


def _rows(
    kind: str, places: gpd.GeoDataFrame, counts: Counts, test: Excess, gi_z: Floats
) -> gpd.GeoDataFrame:
    checked, hits = counts.checked.sum(axis=1), counts.hits.sum(axis=1)
    low, high = wilson_interval(hits, checked)
    columns = {
        "kind": kind,
        "place_id": list(counts.place_ids),
        "name": places["name"],
        "selection": counts.selection,
        "targeted_share": counts.targeted_share,
        "seizures": counts.seizures.astype(int),
        "checked": checked.astype(int),
        "hits": hits.astype(int),
        "hit_rate": hit_rate(hits, checked),
        "hit_rate_low": low,
        "hit_rate_high": high,
        "smoothed": smoothed_rates(hits, test.expected)["smoothed"] * hit_rate(test.expected, checked),
        "expected": test.expected,
        "ratio": hit_rate(hits, test.expected),
        "p_value": test.p_value,
        "q_value": q_values(test.p_value),
        "hotspot": False,
        "gi_z": gi_z,
    }
    return gpd.GeoDataFrame(columns, geometry=places.geometry)


def _gi_z(values: Floats, near: csr_array) -> Floats:
    if len(values) < MIN_PLACES:
        return np.full(len(values), np.nan)
    return np.asarray(local_g(values, near)["z"])


def _cell_names(reports: Reports, cells: tuple[str, ...]) -> list[str]:
    """Name each cell by the place in it with the most checks, then the most seizures."""
    reported = pd.concat([reports.check_shifts, reports.seizures.assign(checked=0)])
    by_place = reported.groupby(["cell", "place_name"], as_index=False).agg(
        checked=("checked", "sum"), records=("cell", "size")
    )
    ordered = by_place.sort_values(["checked", "records"], ascending=False, kind="stable")
    first = ordered.drop_duplicates("cell").set_index("cell")["place_name"].to_dict()
    return [f"around {first[cell]}" if cell in first else f"cell {cell}" for cell in cells]


def _limits(summary: gpd.GeoDataFrame, checked: int, hits: int, request: Request) -> list[str]:
    """Say what could not be told, and why."""
    limits = []
    if not checked:
        limits.append(f"No {request.unit_checked} checks are reported: counts are activity, not risk.")
    elif not hits:
        limits.append("No check had a hit: there is nothing to compare.")
    elif summary["p_value"].isna().all():
        limits.append(f"No place expects {MIN_EXPECTED:.0f} hit or more and has others to compare with.")
    for kind, z in summary.groupby("kind")["gi_z"]:
        if len(z) < MIN_PLACES:
            limits.append(f"Gi* needs {MIN_PLACES} places of a kind; there are {len(z)} ({kind}).")
    return limits
