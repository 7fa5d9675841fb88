"""
Text that a spreadsheet would take for a formula, made harmless and back.

A cell such as ``=HYPERLINK(...)`` runs when a CSV or XLSX file is opened. Whatever writes such files defuses
its text cells, whatever reads them undoes it, so that our own files come back unchanged. Numbers are no text:
negative ones survive. Follows OWASP, "CSV Injection".
"""

import re
from collections.abc import Callable
from typing import Final

import pandas as pd

_TRIGGERS: Final = "=+\\-@\t\r\n＝＋－＠"  # noqa: RUF001 - the full-width forms run too
_DANGEROUS: Final = re.compile(f"'*[{_TRIGGERS}]")
_DEFUSED: Final = re.compile(f"'+[{_TRIGGERS}]")


def defuse(text: str) -> str:
    """
    Put an apostrophe before text that a spreadsheet would run.

    Text that begins with apostrophes and then such a character gets one more, so that nothing is lost.

    Examples
    --------
    >>> defuse("=1+1"), defuse("'=1+1"), defuse("Niš - Sofia")
    ("'=1+1", "''=1+1", 'Niš - Sofia')
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def undo_defuse(text: str) -> str:
    """
    Take the apostrophe of `defuse` away; any other text stays as it is.

    Examples
    --------
    >>> undo_defuse("'=1+1"), undo_defuse("'round midnight")
    ('=1+1', "'round midnight")
    """
    return text[1:] if _DEFUSED.match(text) else text


def defuse_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Defuse every text cell of a table; numbers, times and missing values stay as they are."""
    return _on_texts(frame, defuse)


def undo_defuse_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Undo `defuse_texts` on a table that was read back."""
    return _on_texts(frame, undo_defuse)


def _on_texts(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    changed = {
        name: frame[name].map(lambda cell: change(cell) if isinstance(cell, str) else cell)
        for name in frame.select_dtypes(["object", "str"]).columns
    }
    return frame.assign(**changed)
