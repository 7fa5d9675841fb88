"""Cells made clean: no invisible characters, no formula marks of our own exports, nothing personal."""

import re
from collections.abc import Iterable
from typing import Final

import pandas as pd

from geoanalysis.domain.formulas import undo_defuse
from geoanalysis.domain.schemas import Column, Kind, Schema
from geoanalysis.intake.personal import REMOVED, masked
from geoanalysis.intake.report import found
from geoanalysis.intake.rules import Rule

LONGEST: Final = 2000
"""The most characters of a text."""

_INVISIBLE: Final = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad"
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""Control characters but tab and line ends, zero-width ones, and those that turn the direction of writing."""
_SPACES: Final = " \xa0\u2007\u202f"
_LINE_SPACES: Final = f"{_SPACES}\t\r\n"
_BLANKS: Final = re.compile(r"[-\u2013\u2014]|#?n/a|null|nan", re.IGNORECASE)
"""What people write in a cell that has nothing in it."""
_OWN_REFERENCES: Final = frozenset({"seizure_id", "shift_id"})
_MATCHED_LATER: Final = "crossing_id"


def cleaned(cells: pd.DataFrame, schema: Schema) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """
    Give the cells clean, and what was found.

    Invisible characters are taken out and text is cut to `LONGEST` with doubt. What looks personal is masked
    with doubt in free text, and refused in an id, which would no longer tell records apart.
    """
    columns: dict[str, pd.Series] = {}
    findings: list[pd.DataFrame] = []
    for column in schema.columns:
        columns[column.name], found_here = _cleaned(cells[column.name].rename(column.name), column)
        findings += found_here
    return pd.DataFrame(columns, index=cells.index), findings


def _cleaned(cells: pd.Series, column: Column) -> tuple[pd.Series, list[pd.DataFrame]]:
    visible, findings = _visible(_undone(cells))
    if column.kind is not Kind.TEXT:
        stripped = visible.str.strip(_LINE_SPACES)
        return stripped.mask(stripped.str.fullmatch(_BLANKS), ""), findings
    short, cut = _short(visible.str.strip(_SPACES))
    clean, personal = _impersonal(short)
    return clean, [*findings, cut, *personal]


def _undone(cells: pd.Series) -> pd.Series:
    """Take away the apostrophe before what a spreadsheet would run."""
    led = cells.str.startswith("'")
    return cells.mask(led, cells[led].map(undo_defuse).reindex(cells.index)) if led.any() else cells


def _visible(cells: pd.Series) -> tuple[pd.Series, list[pd.DataFrame]]:
    hidden = cells.str.contains(_INVISIBLE)
    if not hidden.any():
        return cells, []
    message = "invisible characters were taken out: check the text"
    shown = cells.str.replace(_INVISIBLE, "", regex=True)
    return shown, [found(shown[hidden], Rule.TEXT_CONTROL, "doubted", message)]


def _short(cells: pd.Series) -> tuple[pd.Series, pd.DataFrame]:
    long = cells.str.len() > LONGEST
    message = f"the text has more than {LONGEST} characters and was cut: shorten it"
    return cells.str.slice(0, LONGEST), found(cells[long], Rule.TEXT_LONG, "doubted", message)


def _impersonal(cells: pd.Series) -> tuple[pd.Series, Iterable[pd.DataFrame]]:
    if cells.name == _MATCHED_LATER:
        return cells, []
    clean = masked(cells, ids=cells.name in _OWN_REFERENCES)
    personal = clean[clean != cells]
    if cells.name in _OWN_REFERENCES:
        message = "the id looks like personal data: give an opaque reference"
        return clean, [found(personal, Rule.TEXT_PERSONAL, "refused", message)]
    message = f"what looks personal was replaced by {REMOVED}: take it out of your file too"
    return clean, [found(personal, Rule.TEXT_PERSONAL, "doubted", message)]
