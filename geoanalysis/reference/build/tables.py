"""How tables are read and written: plain CSV, one line per row, the same frame gives the same bytes."""

from pathlib import Path

import pandas as pd


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV file (UTF-8); only empty cells are missing, so that Namibia and text like ``NA`` survive."""
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a CSV file (UTF-8)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False, lineterminator="\n")
