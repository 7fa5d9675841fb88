"""The summary in words."""

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.hotspots.counts import MIXED
from geoanalysis.hotspots.summary import CELL, CROSSING


def finding(row: pd.Series) -> str:
    """
    Say what one row of a summary means.

    The interval of the ratio is the Wilson interval of the hit rate over the expected rate.

    Examples
    --------
    >>> row = {"kind": "crossing", "name": "Kalotina", "selection": "targeted", "seizures": 9, "checked": 410}
    >>> test = {"hits": 21, "hit_rate_low": 0.0337, "hit_rate_high": 0.0771, "expected": 6.8, "p_value": 1e-5}
    >>> print(finding(pd.Series(row | test | {"hotspot": True})))
    Kalotina: 21 hits in 410 checks, 3.1 times the expected rate, 95 % 2.0-4.6; not explained by the number \
of checks (selection: targeted).
    """
    if not row["checked"]:
        return (
            f"{row['name']}: {_counted(row['seizures'], 'seizure')}, no checks reported: activity, not risk."
        )
    counts = f"{row['name']}: {_counted(row['hits'], 'hit')} in {_counted(row['checked'], 'check')}"
    if np.isnan(row["p_value"]):
        return f"{counts}; too little information for a test ({row['expected']:.1f} hits expected)."
    return f"{counts}, {_ratio(row)}; {_judgement(row)} (selection: {_selection(row)})."


def findings(spots: gpd.GeoDataFrame, *, limit: int = 8) -> tuple[str, ...]:
    """
    Say what a summary means: its hot spots, most certain first, how it was made, and what it leaves open.

    Parameters
    ----------
    spots
        As given by `summarise`, whole.
    limit
        So many crossings are described at most; the others are counted.
    """
    by_certainty = spots.sort_values("p_value", kind="stable")
    return (
        *_on_crossings(by_certainty[by_certainty["kind"] == CROSSING], limit),
        _on_cells(by_certainty[by_certainty["kind"] == CELL]),
        _method(spots.attrs),
        *spots.attrs["notes"],
    )


def _on_crossings(crossings: pd.DataFrame, limit: int) -> Iterator[str]:
    hot = crossings[crossings["hotspot"]]
    yield from (finding(row) for _, row in hot.head(limit).iterrows())
    if len(hot) > limit:
        yield f"{len(hot) - limit} more crossings have more hits than their checks explain."
    if crossings["p_value"].isna().all():
        yield "No crossing could be tested."
    elif hot.empty:
        yield "No crossing has clearly more hits than its checks explain."


def _on_cells(cells: pd.DataFrame) -> str:
    if cells["p_value"].isna().all():
        return "No hexagon could be tested."
    hot = cells[cells["hotspot"]]
    if hot.empty:
        return "No hexagon has clearly more hits than the checks in and around it explain."
    names = ", ".join(hot["name"].str.removeprefix("around "))
    have = "hexagon has" if len(hot) == 1 else "hexagons have"
    return f"{len(hot)} {have} more hits than the checks in and around explain: {names}."


def _method(attrs: dict[Any, Any]) -> str:
    request = attrs["request"]
    return (
        f"Compared with {_counted(attrs['hits'], 'hit')} in {_counted(attrs['checked'], 'check')} "
        f"({request['unit_checked']}) of all that is looked at, each selection by itself; exact test, "
        f"false-discovery rate {request['fdr'] * 100:g} %, H3 cells of resolution {request['resolution']}."
    )


def _ratio(row: pd.Series) -> str:
    expected_rate = row["expected"] / row["checked"]
    low, high = row["hit_rate_low"] / expected_rate, row["hit_rate_high"] / expected_rate
    ratio = row["hits"] / row["expected"]
    return f"{ratio:.1f} times the expected rate, 95 % {low:.1f}-{high:.1f}"


def _judgement(row: pd.Series) -> str:
    if not row["hotspot"]:
        return "not clearly more than the number of checks explains"
    around = "with the hexagons around it " if row["kind"] == CELL else ""
    return f"{around}not explained by the number of checks"


def _selection(row: pd.Series) -> str:
    if row["selection"] != MIXED:
        return str(row["selection"])
    return f"{row['targeted_share']:.0%} targeted, each kind compared with its own rate".replace("%", " %")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
