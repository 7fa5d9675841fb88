"""Bytes of a text file as text: UTF-8 and UTF-16 with a mark, anything else is asked about, never guessed."""

import codecs
from typing import Final

import chardet

from geoanalysis.domain.errors import UnreadableFileError

_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_REGIONAL: Final = frozenset(
    {"windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "iso-8859-2", "cp852"}
)
_SAMPLE_BYTES: Final = 20_000
_HOW_TO_SAVE: Final = (
    "save it as UTF-8 (Excel: Save as, 'CSV UTF-8'; LibreOffice: Save as, 'Edit filter settings', Unicode "
    "(UTF-8)), or as .xlsx"
)


def decoded(data: bytes, *, name: str) -> str:
    """
    Give the text of a file.

    Raises
    ------
    UnreadableFileError
        If it is neither UTF-8 nor UTF-16 with its mark; the message proposes an encoding and says how to save
        the file as UTF-8.
    """
    encoding = next((known for mark, known in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as reason:
        raise UnreadableFileError(
            f"{name} is not in UTF-8 (line {_line(data, reason.start)}){_proposal(data)} {_HOW_TO_SAVE}"
        ) from reason
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableFileError(
            f"{name} is no plain text, or UTF-16 without its mark (NUL in line {line}): {_HOW_TO_SAVE}"
        )
    return text


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def _proposal(data: bytes) -> str:
    """Name what the lines beyond ASCII look like: one of the region's encodings, or UTF-8 with damage."""
    telling = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:_SAMPLE_BYTES]
    read = telling.decode(errors="replace")
    damaged = read.count("\ufffd")
    if sum(not letter.isascii() for letter in read) > 2 * damaged:
        return f", although it looks like it: {damaged} characters are damaged; correct them, or"
    guesses = (guess["encoding"] for guess in chardet.detect_all(telling, ignore_threshold=True))
    likely = next((guess for guess in guesses if guess and guess.casefold() in _REGIONAL), None)
    return f"; it looks like {likely}:" if likely else ":"
