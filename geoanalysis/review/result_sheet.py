"""The result sheet of an action, in the categories of the published ones."""

from typing import Final

import pandas as pd

from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import CrimeArea
from geoanalysis.review.published import figure_name
from geoanalysis.review.reconciliation import reconcile, recorded

COLUMNS: Final = ("group", "measure", "value", "published", "difference", "note")
NOT_RECORDED: Final = "not recorded"
_SHEET: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("Deployed", "Officers", "officers", ""),
    ("Checked", "Persons", "persons_checked", ""),
    ("Checked", "Vehicles", "vehicles_checked", ""),
    ("Checked", "Parcels", "parcels_checked", ""),
    ("Checked", "Premises", "premises_checked", ""),
    ("Checked", "Locations", "locations_checked", ""),
    ("Arrests", "In all", "arrests", ""),
    ("Arrests", "Migrant smuggling", "arrests", CrimeArea.MIGRANT_SMUGGLING.value),
    ("Arrests", "Drug trafficking", "arrests", "drug_trafficking"),
    ("Arrests", "Firearms", "arrests", CrimeArea.FIREARMS.value),
    ("Arrests", "Trafficking in human beings", "arrests", CrimeArea.HUMAN_TRAFFICKING.value),
    ("Arrests", "Document fraud", "arrests", CrimeArea.DOCUMENT_FRAUD.value),
    ("Arrests", "Other", "arrests", CrimeArea.OTHER.value),
    ("Cases", "Investigations opened", "investigations_opened", ""),
    ("Cases", "Victims identified", "victims_identified", ""),
    ("Persons", "Illegal entries", "illegal_entries", ""),
    ("Persons", "Entry refused", "refused_entry", ""),
    ("Firearms", "Firearms", "firearms", ""),
    ("Firearms", "Parts of firearms", "firearm_parts", ""),
    ("Firearms", "Ammunition, cartridges", "ammunition", ""),
    ("Firearms", "Explosives, kg", "explosives_kg", ""),
    ("Firearms", "Grenades", "grenades", ""),
    ("Drugs", "Heroin, kg", "heroin_kg", ""),
    ("Drugs", "Cocaine, kg", "cocaine_kg", ""),
    ("Drugs", "Cannabis, kg", "cannabis_kg", ""),
    ("Drugs", "Cannabis, plants", "cannabis_plants", ""),
    ("Drugs", "Synthetic drugs, kg", "synthetic_drugs_kg", ""),
    ("Other", "Forged documents", "forged_documents", ""),
    ("Other", "Stolen vehicles", "stolen_vehicles", ""),
    ("Other", "Cigarettes", "cigarettes", ""),
    ("Other", "Tobacco, kg", "tobacco_kg", ""),
    ("Other", "Cash, EUR", "cash_eur", ""),
)
"""Group, words, measure and qualifier, in the order of the published sheets."""


def result_sheet(operation: Operation, actions: pd.DataFrame) -> pd.DataFrame:
    """
    Add an action up in the categories of the published result sheets.

    Parameters
    ----------
    operation
        The whole operation, not a selection.
    actions
        Published figures, as given by `reference.load_actions`.

    Returns
    -------
    DataFrame
        `COLUMNS`: the published categories; then what was published of the action beyond them, under
        "Published too". ``value`` is what the records add up to, NaN where nothing of the kind is recorded;
        ``published`` and ``difference`` (value - published) where a figure was published of the same dates.
    """
    published = reconcile(operation, actions).set_index("measure")
    rows = [_row(operation, published, *line) for line in _SHEET]
    shown = {figure_name(measure, qualifier) for _, _, measure, qualifier in _SHEET}
    rows += [
        (
            "Published too",
            name.replace("_", " ").capitalize(),
            row.recorded,
            row.published,
            row.difference,
            row.note,
        )
        for name, row in zip(published.index, published.itertuples(), strict=True)
        if name not in shown
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(
    operation: Operation, published: pd.DataFrame, group: str, words: str, measure: str, qualifier: str
) -> tuple[str, str, float, float, float, str]:
    counted, note = recorded(operation, measure, qualifier)
    name = figure_name(measure, qualifier)
    if name in published.index:
        row = published.loc[name]
        return group, words, row["recorded"], row["published"], row["difference"], row["note"]
    return group, words, counted, float("nan"), float("nan"), note
