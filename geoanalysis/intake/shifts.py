"""Check shifts: they end after they start, within a day, and find no more than they check."""

from typing import Final

import pandas as pd

from geoanalysis.intake.report import found
from geoanalysis.intake.rules import Rule

LONGEST: Final = pd.Timedelta(hours=24)


def shift_findings(values: pd.DataFrame, cells: pd.DataFrame) -> list[pd.DataFrame]:
    """Tell what is wrong with check shifts (columns `start_utc`, `end_utc`, `passed`, `checked`, `hits`)."""
    length = values["end_utc"] - values["start_utc"]
    return [
        found(
            cells["end_utc"][length <= pd.Timedelta(0)],
            Rule.TIME_ORDER,
            "refused",
            "the shift ends before it starts, or when it starts: correct the times (a day too early?)",
        ),
        found(
            cells["end_utc"][length > LONGEST],
            Rule.SHIFT_LENGTH,
            "refused",
            "the shift is longer than 24 h: correct the times, or give one row per shift",
        ),
        found(
            cells["hits"][values["hits"] > values["checked"]],
            Rule.HITS_OVER_CHECKED,
            "refused",
            "more hits than checks: correct one of them",
        ),
        found(
            cells["checked"][values["checked"] > values["passed"]],
            Rule.CHECKED_OVER_PASSED,
            "doubted",
            "more checks than traffic: are both in the same unit?",
        ),
    ]
