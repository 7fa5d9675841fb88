"""Both themes: everything that has a meaning stands out from what lies under it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest

from geoanalysis import symbology
from geoanalysis.briefing.typesetting.symbols import contrast
from geoanalysis.symbology import (
    ACCENT,
    ALERT,
    CROSSING,
    DARK,
    EU_LAND,
    INK,
    LAND,
    LIGHT,
    MUTED,
    NOT_HOTSPOT,
    PAPER,
    SEA,
    Symbol,
)

GROUNDS = (PAPER, LAND, EU_LAND)
TEXT = {"ink": INK, "muted": MUTED, "accent": ACCENT, "footer and cities": "#4b5962"}
QUIET = {"countries": "#66727b"}


def _symbols_in(value: object) -> Iterator[Symbol]:
    if isinstance(value, Symbol):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _symbols_in(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _symbols_in(one)


SYMBOLS = list(dict.fromkeys(symbol for value in vars(symbology).values() for symbol in _symbols_in(value)))


def visible(symbol: Symbol, ground: str, theme: symbology.Theme) -> float:
    """Give the contrast of what stands out most of a symbol: its fill or its edge."""
    colours = [symbol.fill] * (symbol.fill_opacity > 0.5) + [symbol.stroke] * (symbol.stroke is not None)
    return max(contrast(theme.shade(colour), theme.shade(ground)) for colour in colours if colour)
