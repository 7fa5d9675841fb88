"""
Files and folders that are replaced whole or not at all, also when the process is killed.

A file is written beside its place, brought to the disk and renamed over the old one, which the operating
system does in one step. A folder cannot be renamed over another, so it takes two steps: the old one is
renamed to `.NAME.previous`, then the new one takes its place. Killed between the two, `standing` finds the
complete old folder under its other name, and the next save puts it back before it begins. What a killed
process left unfinished is never read, and swept away by a later save.

One process at a time may save to a place: this is a way to keep files, not a database.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from geoanalysis.domain.errors import StoreError

_STALE_AFTER_S: Final = 3600.0


def replace_file(path: Path, write: Callable[[Path], None]) -> None:
    """
    Let `write` make a file, and put it at `path` once it is complete and on the disk.

    Raises
    ------
    StoreError
        If the folder is missing, full or not writable. Whatever stood at `path` is then unchanged.
    """
    place = path.resolve()
    with _drafts_beside(place) as drafts:
        draft = drafts / place.name
        write(draft)
        _sync(draft)
        draft.replace(place)
        _sync_folder(place.parent)


def replace_folder(path: Path, fill: Callable[[Path], None]) -> None:
    """
    Let `fill` make the content of a folder, and put the folder at `path` once it is complete and on the disk.

    Raises
    ------
    StoreError
        If the folder around it is missing, full or not writable. Whatever stood at `path` is then unchanged.
    """
    place = path.resolve()
    with _drafts_beside(place) as drafts:
        _put_back(place)
        draft = drafts / place.name
        draft.mkdir()
        fill(draft)
        for inner in draft.rglob("*"):
            _sync_folder(inner) if inner.is_dir() else _sync(inner)
        _sync_folder(draft)
        _swap(draft, place, drafts)


def standing(path: Path) -> Path:
    """Give where the folder `path` is to be read: there, or where a killed save left the old one."""
    place = path.resolve()
    return place if place.exists() or not _previous(place).exists() else _previous(place)


def _swap(draft: Path, place: Path, drafts: Path) -> None:
    previous = _previous(place)
    if place.exists():
        if previous.exists():
            previous.rename(drafts / "older")
        place.rename(previous)
    try:
        draft.rename(place)
    except OSError:
        _put_back(place)
        raise
    _sync_folder(place.parent)
    if previous.exists():
        previous.rename(drafts / "previous")


def _put_back(place: Path) -> None:
    if not place.exists() and _previous(place).exists():
        _previous(place).rename(place)


def _previous(place: Path) -> Path:
    return place.with_name(f".{place.name}.previous")


@contextmanager
def _drafts_beside(place: Path) -> Iterator[Path]:
    """Give a folder for drafts on the same disk as `place`, and take it away afterwards."""
    prefix = f".{place.name}.saving-"
    try:
        _sweep(place.parent, prefix)
        drafts = Path(tempfile.mkdtemp(prefix=prefix, dir=place.parent))
        try:
            yield drafts
        finally:
            shutil.rmtree(drafts, ignore_errors=True)
    except OSError as reason:
        raise StoreError(
            f"cannot write {place}: {reason.strerror or reason}; choose a folder that exists, has room and "
            "may be written to. Nothing was changed"
        ) from reason


def _sweep(folder: Path, prefix: str) -> None:
    for entry in folder.iterdir():
        if entry.name.startswith(prefix) and entry.stat().st_mtime < time.time() - _STALE_AFTER_S:
            shutil.rmtree(entry, ignore_errors=True)


def _sync(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk; Windows offers no way to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
