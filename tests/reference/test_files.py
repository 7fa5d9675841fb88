"""What is bundled is what the manifests and the SOURCES.md say."""

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from geoanalysis.domain.errors import InputError
from geoanalysis.reference import data_file, data_files, data_folder

FILES = data_files()
LISTED = FILES["file"].tolist()
MEGABYTE = 1_000_000


def rows_of(path: Path) -> int:
    return len(pd.read_csv(path) if path.suffix == ".csv" else pd.read_parquet(path))


@pytest.mark.parametrize("name", LISTED)
def test_every_file_is_as_its_manifest_says(name: str) -> None:
    entry = FILES.set_index("file").loc[name]
    path = data_file(name)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
    assert rows_of(path) == entry["rows"]
    assert entry[["title", "source", "licence", "as_of"]].str.strip().ne("").all()


@pytest.mark.parametrize("name", LISTED)
def test_sources_name_every_file_with_its_checksum(name: str) -> None:
    folder, file = name.split("/")
    told = (data_folder() / folder / "SOURCES.md").read_text("utf-8")
    assert f"`{file}`" in told
    assert FILES.set_index("file").loc[name, "sha256"] in told


def test_nothing_is_bundled_unlisted() -> None:
    there = {
        path.relative_to(data_folder()).as_posix()
        for path in data_folder().glob("*/*")
        if path.is_file() and path.name not in {"manifest.json", "SOURCES.md"}
    }
    assert there == set(LISTED)


def test_borders_are_small() -> None:
    assert sum(path.stat().st_size for path in (data_folder() / "borders").iterdir()) < 4 * MEGABYTE


def test_a_missing_file_says_what_to_do() -> None:
    with pytest.raises(InputError, match=r"borders/none\.parquet is missing: restore .*reference\.build"):
        data_file("borders/none.parquet")


def test_manifests_hold_plain_entries() -> None:
    for path in data_folder().glob("*/manifest.json"):
        entries = json.loads(path.read_text("utf-8"))
        assert [entry["file"] for entry in entries] == sorted(entry["file"] for entry in entries)
