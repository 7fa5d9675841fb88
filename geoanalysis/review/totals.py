"""What was seized in all, by country, crime area or commodity."""

from typing import Literal

import pandas as pd

from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import Unit

_G_PER_KG = 1000
_DECIMALS = 6
"""Kept of a sum, so that it shows no trace of binary arithmetic: a milligram, of kilograms."""


def totals(operation: Operation, by: Literal["country", "crime_area", "commodity", "unit"]) -> pd.DataFrame:
    """
    Count seizures and add up what was seized.

    Quantities are added only within one unit, and one commodity or crime area; grams become kilograms, and
    lines without a quantity count as seizures but add nothing.

    Parameters
    ----------
    operation
        The records to count, as given by `select`.
    by
        What makes a row.

    Returns
    -------
    DataFrame
        By country and crime area: one row each, ``seizures`` (events) and one column per commodity and unit
        seized (``heroin_kg``, ``firearm_piece`` ...). By commodity: one row per commodity and unit,
        ``seizures`` and ``quantity``; by unit: the same per crime area and unit (kilograms of drugs in all).
        An event with lines of several crime areas or commodities counts in each of their rows, so those rows
        may add up to more than all events.
    """
    items = in_kilograms(operation.seizures)
    if by in {"commodity", "unit"}:
        groups = items.groupby(["commodity" if by == "commodity" else "crime_area", "unit"], dropna=False)
        table = groups.agg(seizures=("seizure_id", "nunique"), quantity=("quantity", "sum"))
        return table.reset_index().fillna({"unit": ""}).round(_DECIMALS)
    events = items.groupby(by)["seizure_id"].nunique().rename("seizures")
    measured = items.dropna(subset="unit")
    column = measured["commodity"] + "_" + measured["unit"]
    quantities = measured.pivot_table(
        index=by, columns=column, values="quantity", aggfunc="sum", fill_value=0.0
    )
    return events.to_frame().join(quantities).fillna(0.0).round(_DECIMALS).reset_index()


def in_kilograms(seizures: pd.DataFrame) -> pd.DataFrame:
    """Give the items of seizures as a plain table in which grams are kilograms."""
    grams = seizures["unit"] == Unit.G.value
    return pd.DataFrame(seizures.drop(columns=["geometry"])).assign(
        quantity=seizures["quantity"].where(~grams, seizures["quantity"] / _G_PER_KG),
        unit=seizures["unit"].mask(grams, Unit.KG.value),
    )
