"""Where the bundled data lies, and what is in it."""

import json
from pathlib import Path
from typing import Final

import pandas as pd

from geoanalysis.domain.errors import InputError

MANIFEST: Final = "manifest.json"
_COLUMNS: Final = ["file", "title", "source", "licence", "as_of", "rows", "sha256"]


def data_folder() -> Path:
    """Give the folder ``data`` of the project, which lies beside the package."""
    return Path(__file__).parents[2] / "data"


def data_file(name: str) -> Path:
    """
    Give the path of a bundled file, named relative to the data folder.

    Raises
    ------
    InputError
        If it is not there; the message says how to get it back.
    """
    path = data_folder() / name
    if not path.is_file():
        raise InputError(
            f"{path} is missing: restore the data folder of the project, or make the file anew "
            "(python -m geoanalysis.reference.build --help)"
        )
    return path


def data_files() -> pd.DataFrame:
    """
    List what is bundled, one row per file, as the manifests beside the data say.

    Returns
    -------
    DataFrame
        `file` (relative to the data folder), `title`, `source`, `licence`, `as_of` (which day or period the
        content describes, as text), `rows`, `sha256` (of the file).
    """
    folder = data_folder()
    entries = [
        {**entry, "file": f"{path.parent.relative_to(folder).as_posix()}/{entry['file']}"}
        for path in sorted(folder.glob(f"*/{MANIFEST}"))
        for entry in json.loads(path.read_text("utf-8"))
    ]
    return pd.DataFrame(entries, columns=_COLUMNS)
