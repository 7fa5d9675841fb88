"""What was recorded beside what was published: differences are shown, not hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import Commodity, CrimeArea, Unit, UnitChecked
from geoanalysis.review.published import figure_name, figures_of
from geoanalysis.review.totals import in_kilograms

COLUMNS: Final = ("measure", "published", "recorded", "difference", "note")

_CHECKS: Final[Mapping[str, UnitChecked]] = MappingProxyType(
    {
        "persons_checked": UnitChecked.PERSON,
        "vehicles_checked": UnitChecked.VEHICLE,
        "parcels_checked": UnitChecked.PARCEL,
        "premises_checked": UnitChecked.PREMISES,
    }
)
_SEIZED: Final[Mapping[str, tuple[Commodity, Unit]]] = MappingProxyType(
    {
        "firearms": (Commodity.FIREARM, Unit.PIECE),
        "firearm_parts": (Commodity.FIREARM_PART, Unit.PIECE),
        "ammunition": (Commodity.AMMUNITION, Unit.CARTRIDGE),
        "explosives_kg": (Commodity.EXPLOSIVE, Unit.KG),
        "heroin_kg": (Commodity.HEROIN, Unit.KG),
        "cocaine_kg": (Commodity.COCAINE, Unit.KG),
        "cannabis_kg": (Commodity.CANNABIS, Unit.KG),
        "cannabis_plants": (Commodity.CANNABIS, Unit.PLANT),
        "synthetic_drugs_kg": (Commodity.SYNTHETIC_DRUG, Unit.KG),
        "tobacco_kg": (Commodity.TOBACCO, Unit.KG),
        "cigarettes": (Commodity.TOBACCO, Unit.CIGARETTE),
        "cash_eur": (Commodity.CASH, Unit.EUR),
        "forged_documents": (Commodity.DOCUMENT, Unit.PIECE),
    }
)
_CRIME_AREAS: Final[Mapping[str, CrimeArea]] = MappingProxyType(
    {
        **{area.value: area for area in CrimeArea},
        "drug_trafficking": CrimeArea.DRUGS,
    }
)
"""Qualifiers of published figures that are crime areas."""

_WHOLE_ACTION: Final = "ALL"
_DECIMALS: Final = 6
"""Kept of a sum: a milligram, of kilograms."""


@dataclass(frozen=True, slots=True)
class _Recorded:
    value: float
    words: str


def reconcile(operation: Operation, actions: pd.DataFrame) -> pd.DataFrame:
    """
    Set the totals of an operation beside the figures published of the action of the same dates.

    Parameters
    ----------
    operation
        The whole operation, not a selection.
    actions
        Published figures, as given by `reference.load_actions`.

    Returns
    -------
    DataFrame
        `COLUMNS`, one row per figure published for the whole action, in the order of `actions`; without
        rows where nothing was published of those days. ``difference`` is recorded - published; it is NaN,
        like ``recorded``, where the operation holds nothing of the kind. ``note`` says what was counted,
        how the figure was worded, and where sources disagree.
    """
    published = figures_of(actions, (operation.starts, operation.ends))
    rows = [_compare(operation, figure) for _, figure in published.iterrows()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def recorded(operation: Operation, measure: str, qualifier: str = "") -> tuple[float, str]:
    """
    Add up what an operation holds of a published measure.

    Parameters
    ----------
    operation
        The whole operation.
    measure, qualifier
        As in the published figures.

    Returns
    -------
    tuple
        The number, NaN where nothing of the kind is recorded, and what was counted.
    """
    found = _recorded(operation, measure, qualifier)
    return round(found.value, _DECIMALS), found.words


def _compare(operation: Operation, figure: pd.Series) -> tuple[str, float, float, float, str]:
    measure, published = str(figure["measure"]), float(figure["value"])
    qualifier = "" if pd.isna(figure["qualifier"]) else str(figure["qualifier"])
    value, words = recorded(operation, measure, qualifier)
    notes = [words, _wording(figure), figure["note"]]
    said = "; ".join(str(note) for note in notes if not pd.isna(note) and note)
    return figure_name(measure, qualifier), published, value, round(value - published, _DECIMALS), said


def _wording(figure: pd.Series) -> str:
    """Give the published words where they are more than the number."""
    text = figure["value_text"]
    plain = pd.isna(text) or str(text).replace(" ", "").replace(",", "") == f"{figure['value']:g}"
    return "" if plain else f'published as "{text}"'


def _recorded(operation: Operation, measure: str, qualifier: str) -> _Recorded:
    counted = None if qualifier else _counted(operation, measure)
    found = counted or _from_results(operation.results, measure, qualifier)
    return found or _Recorded(np.nan, "not recorded")


def _counted(operation: Operation, measure: str) -> _Recorded | None:
    shifts = operation.check_shifts
    if measure == "locations_checked":
        return _places(shifts)
    if measure in _CHECKS:
        of_unit = shifts[shifts["unit_checked"] == _CHECKS[measure]]
        return _sum(of_unit["checked"], "checks of check shifts")
    items = in_kilograms(operation.seizures)
    if measure in _SEIZED:
        commodity, unit = _SEIZED[measure]
        chosen = items[(items["commodity"] == commodity) & (items["unit"] == unit)]
        return _sum(chosen["quantity"], f"{commodity} in {unit}, of seizures")
    return _sum(items.loc[items["remarks"] == measure, "quantity"], "seizures so remarked")


def _places(shifts: pd.DataFrame) -> _Recorded | None:
    """Count the places of shifts: crossings, named points, and positions where there is no name."""
    name = shifts["crossing_id"].fillna(shifts["place_name"])
    places = shifts[["lon", "lat"]].where(name.isna()).assign(name=name).dropna(how="all").drop_duplicates()
    return _Recorded(float(len(places)), "places of check shifts") if len(places) else None


def _from_results(results: pd.DataFrame, measure: str, qualifier: str) -> _Recorded | None:
    """Add up the results of countries; where there are none, those of all countries together."""
    chosen = results[results["measure"] == measure]
    if qualifier:
        chosen = chosen[chosen["crime_area"] == _CRIME_AREAS.get(qualifier, qualifier)]
    together = chosen["country"] == _WHOLE_ACTION
    return _sum(chosen.loc[~together if (~together).any() else together, "value"], "results")


def _sum(values: pd.Series, words: str) -> _Recorded | None:
    known = values.dropna()
    return _Recorded(float(known.sum()), words) if len(known) else None
