"""Names and words of the region's alphabets brought to one spelling, so that they can be compared."""

# ruff: noqa: RUF001 - letters of the region that look like others

import re
import unicodedata
from typing import Final

from anyascii import anyascii

_GREEK: Final = (
    (re.compile("([αε])υ(?=[αεηιουωβγδζλμνρ])"), r"\1v"),
    (re.compile("([αε])υ"), r"\1f"),
)
_GREEK_PAIRS: Final = (
    *(("ου", "u"), ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "ng")),
    *(("υ", "i"), ("η", "i"), ("χ", "h"), ("φ", "f"), ("θ", "t"), ("ξ", "ks"), ("ψ", "ps"), ("β", "v")),
)
_CYRILLIC: Final = (("ъ", "a"), ("ь", ""), ("щ", "st"), ("є", "e"), ("ґ", "g"))
_LATIN_PAIRS: Final = (
    *(("shch", "st"), ("sht", "st"), ("dzh", "dz"), ("sh", "s"), ("zh", "z"), ("ch", "c"), ("ts", "c")),
    *(
        ("kh", "h"),
        ("gh", "g"),
        ("th", "t"),
        ("dh", "d"),
        ("ph", "f"),
        ("xh", "dz"),
        ("dj", "d"),
        ("gj", "g"),
    ),
    *(("ai", "e"), ("ei", "i"), ("oi", "i"), ("ou", "u"), ("nj", "n"), ("lj", "l")),
    *(("x", "ks"), ("q", "k"), ("w", "v"), ("j", "i"), ("y", "i")),
)
_REPEATED: Final = re.compile(r"([a-hj-z])\1+|(?<=[a-z])(i)i+")
"""Doubled letters, but not the Roman II that tells one crossing from its neighbour."""
_APART: Final = re.compile("[^a-z0-9]+")


def folded(text: str) -> str:
    """
    Give a name as small Latin letters, digits and single spaces, in one spelling for all alphabets.

    Cyrillic, Greek, Turkish, Albanian and Romanian spellings and the usual transcriptions of them fall
    together where they can; it serves to compare, never to be shown.

    Examples
    --------
    >>> folded("Капитан Андреево"), folded("Kapitan Andreevo")
    ('kapitan andrevo', 'kapitan andrevo')
    """
    bare = _without_marks(text)
    for pattern, replacement in _GREEK:
        bare = pattern.sub(replacement, bare)
    latin = anyascii(_replaced(bare, (*_GREEK_PAIRS, *_CYRILLIC))).casefold().replace("'", "")
    return _REPEATED.sub(r"\1\2", _APART.sub(" ", _replaced(latin, _LATIN_PAIRS))).strip()


def squeezed(text: str) -> str:
    """Give a name of a column, sheet or layer as small letters and digits only."""
    return "".join(filter(str.isalnum, text.casefold()))


def _without_marks(text: str) -> str:
    """Give small letters without accents; the dotted and the dotless i become one."""
    letters = unicodedata.normalize("NFC", text.replace("ı", "i").casefold()).replace("й", "y")
    parts = unicodedata.normalize("NFD", letters)
    return "".join(character for character in parts if unicodedata.category(character) != "Mn")


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text
