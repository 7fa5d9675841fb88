"""Adding records to an operation, so that sending a file twice changes nothing."""

from dataclasses import replace
from typing import Final

import pandas as pd

from geoanalysis.domain.operation import Operation
from geoanalysis.domain.schemas import RESULTS

_IDENTITY: Final = {
    "seizures": ["country", "seizure_id", "item"],
    "check_shifts": ["country", "shift_id"],
    "results": RESULTS.names,
}
"""What makes a record the same record, by table of the operation; equal results but for a value add up."""


def add_records(operation: Operation, table: str, records: pd.DataFrame) -> Operation:
    """
    Give the operation with records added; one that is there already is replaced by its later version.

    Parameters
    ----------
    operation
        Stays as it is.
    table
        ``seizures``, ``check_shifts`` or ``results``.
    records
        Rows that conform to the schema of that table.
    """
    together = pd.concat([getattr(operation, table), records], ignore_index=True)
    latest = together.drop_duplicates(_IDENTITY[table], keep="last").reset_index(drop=True)
    return replace(operation, **{table: latest})
