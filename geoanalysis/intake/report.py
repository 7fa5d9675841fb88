"""What was wrong with a file, row by row, and how its doubtful parts were read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geoanalysis.intake.distinct import by_distinct
from geoanalysis.intake.personal import mask
from geoanalysis.intake.rules import Rule, Severity

COLUMNS: Final = ["row", "column", "value", "rule", "severity", "message"]
_SHOWN_CHARACTERS: Final = 40


@dataclass(frozen=True)
class IntakeReport:
    """
    The report on one file.

    `findings` has `row` (as a spreadsheet numbers them: the header is row 1; in GeoJSON and GeoPackage the
    first feature is row 1, and what concerns the whole file is row 0), `column`, `value` (shortened, personal
    data masked), `rule` (value of `Rule`), `severity` (refused: the row is left out; doubted: it is kept, but
    look at it; note: how it was read) and `message` (what is wrong and what to do).
    """

    file_name: str
    kind: str
    findings: pd.DataFrame
    rows_read: int
    rows_refused: int

    @property
    def rows_accepted(self) -> int:
        """How many rows became records."""
        return self.rows_read - self.rows_refused

    @property
    def ok(self) -> bool:
        """Whether no row was refused."""
        return self.rows_refused == 0


def found(cells: pd.Series, rule: Rule, severity: Severity, message: str | pd.Series) -> pd.DataFrame:
    """Give one finding per cell; the index of `cells` has the row numbers, its name the column."""
    if cells.empty:
        return nothing_found()
    words = message if isinstance(message, str) else message.reindex(cells.index).to_numpy()
    return pd.DataFrame(
        {
            "row": cells.index,
            "column": str(cells.name),
            "value": cells.to_numpy(),
            "rule": rule.value,
            "severity": severity,
            "message": words,
        },
        columns=COLUMNS,
    )


def found_once(
    row: int, column: str, value: str, rule: Rule, severity: Severity, message: str
) -> pd.DataFrame:
    """Give one finding."""
    return pd.DataFrame([[row, column, value, rule.value, severity, message]], columns=COLUMNS)


def nothing_found() -> pd.DataFrame:
    """Give findings without a row."""
    return pd.DataFrame(columns=COLUMNS)


def merged(findings: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put findings together in the order of the rows, with values shortened and personal data masked."""
    filled = [table for table in findings if len(table)]
    if not filled:
        return pd.DataFrame({name: pd.Series(dtype="int64" if name == "row" else "str") for name in COLUMNS})
    table = pd.concat(filled, ignore_index=True)
    outside = {name: table[name].fillna("").astype("str") for name in ("column", "value")}
    table = table.assign(**{name: by_distinct(cells, shown).astype("str") for name, cells in outside.items()})
    return table.sort_values("row", kind="stable", ignore_index=True)


def rows_refused(findings: Iterable[pd.DataFrame]) -> pd.Index:
    """Give the rows that any of the findings refuses."""
    return pd.Index([row for table in findings for row in table.loc[table["severity"] == "refused", "row"]])


def left_out(findings: pd.DataFrame, rows: pd.Index) -> pd.Index:
    """Tell which of the rows are left out: all, if a finding on the whole file refuses it."""
    refused = rows_refused([findings]).unique()
    return rows if len(refused.difference(rows)) else refused


def shown(value: str) -> str:
    """Give what stands in a file as it may be repeated: short, and without what looks personal."""
    text = " ".join(mask(value).split())
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[: _SHOWN_CHARACTERS - 1]}…"
