"""The summary in words."""

from collections.abc import Iterator
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.small_counts import NOT_TOLD, fewer_than, is_small
from geoanalysis.hotspots.counts import MIXED
from geoanalysis.hotspots.summary import CELL, CROSSING

_COUNTED: Final = (("hits", "hit"), ("checked", "check"))


def finding(row: pd.Series) -> str:
    """
    Say what one row of a summary means.

    The interval of the ratio is the Wilson interval of the hit rate over the expected rate. Where counts are
    withheld (`review.suppressed_spots`) they are called as ``not_told`` of the row says, without a ratio.

    Examples
    --------
    >>> row = {"kind": "crossing", "name": "Kalotina", "selection": "targeted", "seizures": 9, "checked": 410}
    >>> test = {"hits": 21, "hit_rate_low": 0.0337, "hit_rate_high": 0.0771, "expected": 6.8, "p_value": 1e-5}
    >>> print(finding(pd.Series(row | test | {"hotspot": True})))
    Kalotina: 21 hits in 410 checks, 3.1 times the expected rate, 95 % 2.0-4.6; not explained by the number \
of checks (selection: targeted).
    """
    if pd.notna(row["checked"]) and not row["checked"]:
        seizures = _counted(row["seizures"], "seizure", _words(row))
        return f"{row['name']}: {seizures}, no checks reported: activity, not risk."
    hits, checks = (_counted(row[name], what, _words(row)) for name, what in _COUNTED)
    counts = f"{row['name']}: {hits} in {checks}"
    if pd.isna(row["hits"]) or pd.isna(row["checked"]):
        return f"{counts}; {_excess(row)}."
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
        method(spots),
        *spots.attrs["notes"],
    )


def ratio_interval(row: pd.Series) -> tuple[float, float]:
    """Give the 95 % interval of hits over expected hits: that of the hit rate over the expected rate."""
    expected_rate = row["expected"] / row["checked"]
    return float(row["hit_rate_low"] / expected_rate), float(row["hit_rate_high"] / expected_rate)


def findings_alone(spots: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Give `findings` without the sentence of `method`, for pictures that print it elsewhere."""
    return tuple(sentence for sentence in findings(spots) if sentence != method(spots))


def method(spots: gpd.GeoDataFrame) -> str:
    """Say how a summary was made: with what its places are compared, by which test, how corrected."""
    request, least = spots.attrs["request"], spots.attrs.get("suppressed_below", 0)
    hits, checks = (
        _counted(_large(spots.attrs[name], least), what, fewer_than(least)) for name, what in _COUNTED
    )
    return (
        f"Compared with {hits} in {checks} "
        f"({request['unit_checked']}) of all that is looked at, each selection by itself; exact test, "
        f"false-discovery rate {request['fdr'] * 100:g} %, H3 cells of resolution {request['resolution']}."
    )


def _on_crossings(crossings: pd.DataFrame, limit: int) -> Iterator[str]:
    hot = crossings[crossings["hotspot"]]
    yield from (finding(row) for _, row in hot.head(limit).iterrows())
    if len(hot) > limit:
        yield f"{len(hot) - limit} more crossings have more hits than their checks explain."
    if _untested(crossings):
        yield "No crossing could be tested."
    elif hot.empty:
        yield "No crossing has clearly more hits than its checks explain."


def _on_cells(cells: pd.DataFrame) -> str:
    if _untested(cells):
        return "No hexagon could be tested."
    hot = cells[cells["hotspot"]]
    if hot.empty:
        return "No hexagon has clearly more hits than the checks in and around it explain."
    names = ", ".join(hot["name"].str.removeprefix("around "))
    have = "hexagon has" if len(hot) == 1 else "hexagons have"
    return f"{len(hot)} {have} more hits than the checks in and around explain: {names}."


def _ratio(row: pd.Series) -> str:
    low, high = ratio_interval(row)
    ratio = row["hits"] / row["expected"]
    return f"{ratio:.1f} times the expected rate, 95 % {low:.1f}-{high:.1f}"


def _judgement(row: pd.Series) -> str:
    return f"{_around(row)}not explained by the number of checks" if row["hotspot"] else _excess(row)


def _excess(row: pd.Series) -> str:
    more = f"{_around(row)}more" if row["hotspot"] else "not clearly more"
    return f"{more} than the number of checks explains"


def _around(row: pd.Series) -> str:
    return "with the hexagons around it " if row["kind"] == CELL else ""


def _selection(row: pd.Series) -> str:
    if row["selection"] != MIXED:
        return str(row["selection"])
    share = row["targeted_share"]
    made = "mixed" if pd.isna(share) else f"{share:.0%} targeted".replace("%", " %")
    return f"{made}, each kind compared with its own rate"


def _untested(places: pd.DataFrame) -> bool:
    """Say whether no place was tested; of withheld counts one cannot know, so nothing is said."""
    withheld = places["hits"].isna() | places["checked"].isna()
    return bool(places["p_value"].isna().all() and not withheld.any())


def _words(row: pd.Series) -> str:
    return str(row.get("not_told") or NOT_TOLD)


def _large(number: int | None, least: int) -> int | None:
    return None if number is None or is_small([number], least)[0] else number


def _counted(number: int | None, what: str, untold: str) -> str:
    """Give a number of things, or the words for one that is withheld."""
    if pd.isna(number) and untold == NOT_TOLD:
        return f"some {what}s (how many is not told)"
    if pd.isna(number):
        return f"{untold} {what}s"
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
