"""The manifest beside each data folder's files: one entry per file, checked by a test."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from geoanalysis.reference.files import MANIFEST


@dataclass(frozen=True, slots=True)
class Entry:
    """
    What a bundled file is.

    `as_of` says which day or period the content describes, not when the file was made.
    """

    file: str
    title: str
    source: str
    licence: str
    as_of: str
    rows: int


def sha256(path: Path) -> str:
    """Give the SHA-256 checksum of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def record(folder: Path, *entries: Entry) -> None:
    """Put the entries, with their files' checksums, into the manifest of `folder`; the others there stay."""
    path = folder / MANIFEST
    known = json.loads(path.read_text("utf-8")) if path.exists() else []
    by_file = {entry["file"]: entry for entry in known}
    by_file |= {e.file: asdict(e) | {"sha256": sha256(folder / e.file)} for e in entries}
    text = json.dumps([by_file[file] for file in sorted(by_file)], indent=2, ensure_ascii=False)
    path.write_text(text + "\n", "utf-8", newline="\n")
