"""Text that is measured before it is set, so that it wraps and shrinks instead of running over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

import font_source_sans_pro
from anyascii import anyascii
from matplotlib.backends.backend_agg import get_hinting_flag
from matplotlib.font_manager import FontProperties, get_font

from geoanalysis.symbology import INK

FAMILY: Final = "Source Sans Pro"
SCREEN_DPI: Final = 144
"""Makes a slide of 1920 x 1080 pixels."""
LINE_PITCH: Final = 1.28
"""Distance of baselines, in font sizes."""
ASCENT: Final = 0.96
"""From the top of a line to its baseline, in font sizes; accents on capitals stay below the top."""
_DESCENT: Final = 0.27
_SUBPIXELS: Final = 64
"""FreeType gives advances in 1/64 pixel."""
_FIXED_POINT: Final = 65_536
"""FreeType gives advances without hinting in 1/65 536 pixel."""
_POINTS_PER_INCH: Final = 72
_SHRINK_PT: Final = 0.25
_ROUNDING: Final = 1e-6

Measure = Callable[[str], float]


class Weight(StrEnum):
    """Weights of Source Sans Pro, by the name of the package's file."""

    REGULAR = "SourceSansPro"
    SEMIBOLD = "SourceSansProSemibold"
    BOLD = "SourceSansProBold"

    @property
    def number(self) -> int:
        """The weight as OpenType and CSS count it."""
        return {Weight.REGULAR: 400, Weight.SEMIBOLD: 600, Weight.BOLD: 700}[self]

    @property
    def file(self) -> Path:
        """The font file."""
        return Path(font_source_sans_pro.font_files_ttf[self.value])


@dataclass(frozen=True, slots=True)
class Style:
    """Size (points), weight and colour of a text."""

    size: float
    weight: Weight = Weight.REGULAR
    colour: str = INK

    @property
    def pitch(self) -> float:
        """Distance of baselines, in points."""
        return self.size * LINE_PITCH

    def sized(self, size: float) -> "Style":
        """Give the same style in another size."""
        return replace(self, size=size)


class Face:
    """One font file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._glyphs = frozenset(get_font(path).get_charmap())
        self._advances: dict[tuple[str, float], float] = {}

    def properties(self, size: float, weight: int) -> FontProperties:
        """Give the font in a size, without registering it anywhere; its name is for formats that ask."""
        return FontProperties(family=FAMILY, weight=weight, fname=self.path, size=size)

    def printable(self, words: str) -> str:
        """Give the text on one line, with characters that the font lacks in Latin letters."""
        shown = (c if ord(c) in self._glyphs else anyascii(c) for c in " ".join(words.split()))
        return "".join(c for c in "".join(shown) if ord(c) in self._glyphs)

    def width(self, words: str, size: float) -> float:
        """
        Give the width of a line in points, before kerning.

        Pictures hint letters to their pixels, PDF and SVG do not: the wider counts, so that lines break alike
        in all of them.
        """
        return sum(self._advance(letter, size) for letter in words)

    def _advance(self, letter: str, size: float) -> float:
        if (letter, size) not in self._advances:
            font = get_font(self.path)
            font.set_size(size, SCREEN_DPI)
            hinting = get_hinting_flag()  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped
            glyph = font.load_char(ord(letter), flags=hinting)
            hinted = glyph.horiAdvance / _SUBPIXELS
            plain = glyph.linearHoriAdvance / _FIXED_POINT
            self._advances[letter, size] = max(hinted, plain) * _POINTS_PER_INCH / SCREEN_DPI
        return self._advances[letter, size]


class Typesetter:
    """Measures text in the fonts of the briefing, the same for every format and resolution."""

    def __init__(self) -> None:
        self._faces: Mapping[Weight, Face] = {weight: Face(str(weight.file)) for weight in Weight}

    def face(self, style: Style) -> Face:
        """Give the font of a style."""
        return self._faces[style.weight]

    def properties(self, style: Style) -> FontProperties:
        """Give the font of a style in its size."""
        return self.face(style).properties(style.size, style.weight.number)

    def printable(self, words: str, style: Style) -> str:
        """Give what of the text can be shown, on one line."""
        return self.face(style).printable(words)

    def width(self, words: str, style: Style) -> float:
        """Give the width of one line, in points."""
        return self.face(style).width(words, style.size)

    def height(self, lines: int, style: Style) -> float:
        """Give the height of that many lines, from the top of the first to the bottom of the last."""
        return (ASCENT + _DESCENT) * style.size + (lines - 1) * style.pitch

    def wrap(self, words: str, style: Style, width: float) -> list[str]:
        """Break a text into lines of at most `width` points."""
        return wrap(self.printable(words, style), width, lambda line: self.width(line, style))

    def fit(self, words: str, style: Style, width: float, *, least: float) -> tuple[list[str], Style]:
        """Shrink a text until it fits on one line, down to size `least`; break it there if it does not."""
        line = self.printable(words, style)
        size = style.size
        while self.width(line, style.sized(size)) > width and size - _SHRINK_PT >= least:
            size -= _SHRINK_PT
        fitted = style.sized(size)
        return self.wrap(line, fitted, width), fitted


def wrap(words: str, width: float, measure: Measure) -> list[str]:
    """
    Break a text at spaces into lines that measure at most `width`.

    A word that is longer than a line is broken within. `measure` of two texts is that of both together.

    Examples
    --------
    >>> wrap("roads within the tolerance", 12, len)
    ['roads within', 'the', 'tolerance']
    """
    lines: list[str] = []
    used, most = 0.0, width + _ROUNDING
    for word in words.split(" "):
        grown = used + measure(f" {word}")  # adding up is much faster than measuring whole lines again
        if lines and grown <= most:
            lines[-1], used = f"{lines[-1]} {word}", grown
        else:
            lines += _pieces(word, most, measure)
            used = measure(lines[-1])
    return [line for line in lines if line]


def _pieces(word: str, width: float, measure: Measure) -> Sequence[str]:
    if measure(word) <= width:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter) > width:
            cut = _after_a_joint(pieces[-1])
            pieces[-1], rest = pieces[-1][:cut], pieces[-1][cut:]
            pieces.append(rest)
        pieces[-1] += letter
    return pieces


def _after_a_joint(piece: str) -> int:
    """Give where a part of a link may end: after a joint in its second half, or else at its end."""
    last = max(piece.rfind(joint) for joint in "&~/,=") + 1
    return last if last > len(piece) / 2 else len(piece)
