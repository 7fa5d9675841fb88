"""One action against another, or one stretch of time against the rest."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis import reference
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import UnitChecked
from geoanalysis.hotspots import Reports, gather, q_values
from geoanalysis.hotspots.cells import RESOLUTION
from geoanalysis.review.published import compare_published
from geoanalysis.review.rate_ratios import rate_ratio

COLUMNS: Final = (
    *("name", "selection", "checked_before", "hits_before", "checked_after", "hits_after"),
    *("ratio", "low", "high", "p_value", "q_value", "words"),
)


@dataclass(frozen=True)
class Comparison:
    """
    What changed from action `before` to action `after`.

    `crossings`, `sections` and `countries` are tables of `COLUMNS` after the id of their rows, one row per
    place and selection, sorted by p-value; the ratio is that of hit rates, after to before. `totals` compares
    the whole actions, one row per selection. `published` holds what was published of actions of the same
    dates, and is empty where nothing was.
    """

    before: str
    after: str
    totals: pd.DataFrame
    crossings: pd.DataFrame
    sections: pd.DataFrame
    countries: pd.DataFrame
    published: pd.DataFrame


def compare(
    before: Operation,
    after: Operation,
    *,
    crossings: gpd.GeoDataFrame | None = None,
    unit_checked: str = UnitChecked.PERSON.value,
) -> Comparison:
    """
    Compare the hit rates of two actions by crossing, border section and country, each selection by itself.

    Parameters
    ----------
    before, after
        The actions, or two selections of one (as `select` gives them).
    crossings
        The crossings table, EPSG:4326; that of the day on which `after` starts if not given.
    unit_checked
        Only checks of this unit count.

    Returns
    -------
    Comparison
        Intervals are exact, 95 %; q-values correct for the number of rows of a table. A ratio is NaN where
        one action checked nothing; ``words`` says then which.
    """
    table = reference.load_crossings(after.starts) if crossings is None else crossings
    one, other = (
        gather(action.seizures, action.check_shifts, table, unit_checked=unit_checked, resolution=RESOLUTION)
        for action in (before, after)
    )
    names = table.drop_duplicates("crossing_id").set_index("crossing_id")["name"]
    return Comparison(
        before.name,
        after.name,
        _changes(one, other, None),
        _changes(one, other, "crossing_id", names),
        _changes(one, other, "pair"),
        _changes(one, other, "country"),
        compare_published(reference.load_actions(), _dates(before), _dates(after)),
    )


def _changes(one: Reports, other: Reports, by: str | None, names: pd.Series | None = None) -> pd.DataFrame:
    keys = ["selection"] if by is None else [by, "selection"]
    counts = [_counts(reports, keys, when) for reports, when in ((one, "before"), (other, "after"))]
    both = counts[0].join(counts[1], how="outer").fillna(0).reset_index()
    ratio = rate_ratio(both["hits_after"], both["checked_after"], both["hits_before"], both["checked_before"])
    table = pd.concat([both, ratio], axis=1).assign(q_value=q_values(ratio["p_value"]))
    table["name"] = table[keys[0]] if names is None else table[keys[0]].map(names)
    table["words"] = [_in_words(row) for _, row in table.iterrows()]
    whole = ["checked_before", "hits_before", "checked_after", "hits_after"]
    ids = [] if by is None else [by]
    return (
        table.astype(dict.fromkeys(whole, int))
        .sort_values("p_value", kind="stable", ignore_index=True)
        .reindex(columns=[*ids, *COLUMNS])
    )


def _counts(reports: Reports, keys: list[str], when: str) -> pd.DataFrame:
    shifts = reports.check_shifts.assign(selection=reports.check_shifts["selection"].fillna("unknown"))
    sums = shifts.dropna(subset=keys).groupby(keys)[["checked", "hits"]].sum().astype(float)
    return sums.rename(columns=lambda name: f"{name}_{when}")


def _in_words(row: pd.Series) -> str:
    counts = (
        f"{row['hits_before']:.0f} hits in {row['checked_before']:.0f} checks, then "
        f"{row['hits_after']:.0f} in {row['checked_after']:.0f}"
    )
    if not row["checked_before"] or not row["checked_after"]:
        return f"{counts}: nothing was checked {'before' if not row['checked_before'] else 'after'}"
    if np.isnan(row["ratio"]):
        return f"{counts}: no hits to compare"
    if not row["hits_before"]:
        return f"{counts}: no hits before, so no ratio (at least {row['low']:.2g} with 95 %)"
    clear = "" if row["q_value"] <= 0.05 else "; not clearly another"  # noqa: PLR2004 - the usual 5 %
    return f"{counts}: hit rate times {row['ratio']:.2g}, 95 % {row['low']:.2g}-{row['high']:.2g}{clear}"


def _dates(action: Operation) -> tuple[date, date]:
    return action.starts, action.ends
