"""From reported records to counts per place and selection."""

from dataclasses import dataclass
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.errors import SchemaError
from geoanalysis.domain.schemas import CHECK_SHIFTS, SEIZURES
from geoanalysis.domain.vocabularies import Selection
from geoanalysis.hotspots.cells import cell_ids
from geoanalysis.hotspots.places import place_names, positions
from geoanalysis.hotspots.rates import Floats, hit_rate

STRATA: Final = tuple(selection.value for selection in Selection)
"""The selections, in the order of the columns of `Counts`."""

MIXED: Final = "mixed"


@dataclass(frozen=True)
class Reports:
    """
    The records that take part in a summary, each with the places that it counts for.

    These are the `crossing_id`, the border section (`pair`) and the `cell`.

    They are missing where the place is not known; such shifts count for the action as a whole only. `notes`
    says what was left out.
    """

    seizures: pd.DataFrame
    check_shifts: pd.DataFrame
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """Seizures (events) per place; checks and hits, places x `STRATA`."""

    place_ids: tuple[str, ...]
    seizures: Floats
    checked: Floats
    hits: Floats

    @property
    def targeted_share(self) -> Floats:
        """The share of checks that were targeted; NaN where nothing was checked."""
        return hit_rate(self.checked[:, STRATA.index(Selection.TARGETED.value)], self.checked.sum(axis=1))

    @property
    def selection(self) -> list[str]:
        """How those checked at each place were chosen, or "mixed"."""
        return [_selection_word(made) for made in self.checked > 0]


def gather(
    seizures: pd.DataFrame,
    check_shifts: pd.DataFrame,
    crossings: gpd.GeoDataFrame,
    *,
    unit_checked: str,
    resolution: int,
) -> Reports:
    """
    Choose the records that take part and find their places.

    Raises
    ------
    SchemaError
        If required columns are missing, or a shift has more hits than checks.
    """
    shifts = CHECK_SHIFTS.conform(check_shifts)
    of_unit = shifts["unit_checked"] == unit_checked
    counted = shifts["checked"].notna() & shifts["hits"].notna()
    used = _with_places(shifts[of_unit & counted], crossings, resolution)
    _require_fewer_hits_than_checks(used)
    events = _with_places(SEIZURES.conform(seizures), crossings, resolution)
    notes = (
        _left_out(~of_unit, f"check shifts of other units than {unit_checked}"),
        _left_out(of_unit & ~counted, "check shifts without counts of checks and hits"),
        _left_out(used["cell"].isna(), "check shifts without a place (they count for the whole action only)"),
        _left_out(events["cell"].isna(), "seizures without a place"),
    )
    return Reports(events, used, tuple(filter(None, notes)))


def count(reports: Reports, by: Literal["crossing_id", "cell"]) -> Counts:
    """Count events, checks and hits per place; places are sorted by id."""
    shifts = reports.check_shifts.dropna(subset=by)
    events = reports.seizures.dropna(subset=by).drop_duplicates([by, "seizure_id"])
    place_ids = np.unique(np.concatenate([shifts[by].to_numpy(object), events[by].to_numpy(object)]))
    place = pd.Index(place_ids).get_indexer(shifts[by])
    found = pd.Index(place_ids).get_indexer(events[by])
    return Counts(
        tuple(place_ids),
        np.bincount(found, minlength=len(place_ids)).astype(float),
        _by_stratum(place, shifts, "checked", len(place_ids)),
        _by_stratum(place, shifts, "hits", len(place_ids)),
    )


def totals(reports: Reports) -> tuple[Floats, Floats]:
    """Give the checks and the hits of the whole action per stratum."""
    shifts, everywhere = reports.check_shifts, np.zeros(len(reports.check_shifts), np.intp)
    return _by_stratum(everywhere, shifts, "checked", 1)[0], _by_stratum(everywhere, shifts, "hits", 1)[0]


def _with_places(records: pd.DataFrame, crossings: gpd.GeoDataFrame, resolution: int) -> pd.DataFrame:
    at = positions(records, crossings)
    pair = (
        crossings.drop_duplicates("crossing_id").set_index("crossing_id").get("pair", pd.Series(dtype="str"))
    )
    return pd.DataFrame(records.drop(columns="geometry")).assign(
        crossing_id=records["crossing_id"].where(records["crossing_id"].isin(crossings["crossing_id"])),
        cell=cell_ids(at["lon"], at["lat"], resolution=resolution).to_numpy(),
        pair=records["crossing_id"].map(pair).replace("", pd.NA),
        place_name=place_names(records, crossings),
    )


def _by_stratum(place: np.ndarray, shifts: pd.DataFrame, column: str, places: int) -> Floats:
    stratum = pd.Index(STRATA).get_indexer(shifts["selection"].fillna(Selection.UNKNOWN.value))
    cells = place * len(STRATA) + stratum
    sums = np.bincount(cells, shifts[column].to_numpy(float), minlength=places * len(STRATA))
    return sums.astype(float).reshape(places, len(STRATA))


def _selection_word(made: np.ndarray) -> str:
    strata = np.flatnonzero(made)
    if strata.size > 1:
        return MIXED
    return STRATA[strata[0]] if strata.size else Selection.UNKNOWN.value


def _require_fewer_hits_than_checks(shifts: pd.DataFrame) -> None:
    wrong = shifts.loc[shifts["hits"] > shifts["checked"], "shift_id"]
    if len(wrong):
        raise SchemaError(
            f"check shifts with more hits than checks: {len(wrong)} (the first is {wrong.iloc[0]}): correct "
            "the counts, a hit is a check with a positive result"
        )


def _left_out(rows: pd.Series, what: str) -> str:
    return f"Left out: {what}: {int(rows.sum())}." if rows.any() else ""
