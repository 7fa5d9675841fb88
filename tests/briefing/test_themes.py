"""Both themes: everything that has a meaning stands out from what lies under it."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest

from geoanalysis import symbology
from geoanalysis.briefing.typesetting.symbols import contrast, ink_on
from geoanalysis.symbology import (
    ACCENT,
    ALERT,
    CRIME_AREAS,
    DARK,
    EU_LAND,
    INK,
    INTENSITY_RAMP,
    LAND,
    LIGHT,
    MUTED,
    PAPER,
    SEA,
    SHARE_RAMP,
    Symbol,
    Theme,
)

GROUNDS = (PAPER, LAND, EU_LAND)
SYMBOL_CONTRAST, TEXT_CONTRAST = 3.0, 4.5
FOOT, COUNTRY = "#4b5962", "#66727b"
TEXTS = [
    *((INK, ground) for ground in (*GROUNDS, SEA)),
    *((FOOT, ground) for ground in (*GROUNDS, SEA)),
    *((ACCENT, ground) for ground in (PAPER, LAND)),
    *((COUNTRY, ground) for ground in (LAND, EU_LAND)),
    (ALERT, PAPER),
    (MUTED, PAPER),
    (PAPER, INK),
]
"""What is written in which colour on what; paper on ink is the notice of an exercise."""


def symbols_in(value: object) -> Iterator[Symbol]:
    if isinstance(value, Symbol):
        yield value
    elif isinstance(value, Mapping | tuple):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from symbols_in(one)


SYMBOLS = list(dict.fromkeys(symbol for value in vars(symbology).values() for symbol in symbols_in(value)))


def apart(one: str, other: str, theme: Theme) -> float:
    return contrast(theme.shade(one), theme.shade(other))


def visible(symbol: Symbol, ground: str, theme: Theme) -> float:
    """Give the contrast of what stands out most of a symbol: its fill, or its edge if it has one."""
    edged = symbol.stroke is not None and symbol.shape != "line"
    filled = symbol.fill_opacity > 0.5
    colours = [*([symbol.fill] if filled else []), *([symbol.stroke] if edged else [])]
    return max(apart(colour, ground, theme) for colour in colours)


def named(symbol: Symbol) -> str:
    return f"{symbol.words} {symbol.fill}"


def test_all_symbols_are_looked_at() -> None:
    assert len(SYMBOLS) >= 40
    assert set(CRIME_AREAS.values()) < set(SYMBOLS)


@pytest.mark.parametrize("symbol", SYMBOLS, ids=named)
@pytest.mark.parametrize("ground", GROUNDS)
def test_symbols_stand_out_in_the_dark(symbol: Symbol, ground: str) -> None:
    quiet = visible(symbol, ground, LIGHT)  # thin internal borders are meant to be hardly seen
    assert visible(symbol, ground, DARK) >= min(SYMBOL_CONTRAST, quiet)


@pytest.mark.parametrize("colour", [*SHARE_RAMP, *INTENSITY_RAMP])
@pytest.mark.parametrize("ground", GROUNDS)
def test_classes_of_ramps_stand_out_in_the_dark(colour: str, ground: str) -> None:
    assert apart(colour, ground, DARK) >= min(SYMBOL_CONTRAST, apart(colour, ground, LIGHT))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ramp", [SHARE_RAMP, INTENSITY_RAMP])
def test_each_class_of_a_ramp_stands_out_more_than_the_last(ramp: tuple[str, ...], theme: Theme) -> None:
    steps = [apart(colour, EU_LAND, theme) for colour in ramp]
    assert all(more > 1.2 * less for less, more in pairwise(steps))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(("colour", "ground"), TEXTS)
def test_text_is_legible(colour: str, ground: str, theme: Theme) -> None:
    # names of countries are large, spaced and haloed: 4.49 in the light theme
    assert apart(colour, ground, theme) >= TEXT_CONTRAST - 0.02


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("symbol", CRIME_AREAS.values(), ids=named)
def test_counts_are_legible_on_their_symbols(symbol: Symbol, theme: Theme) -> None:
    assert apart(ink_on(symbol.fill, theme), symbol.fill, theme) >= 3.8


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_land_of_the_eu_other_land_and_sea_differ(theme: Theme) -> None:
    grounds = [theme.shade(colour) for colour in (EU_LAND, LAND, SEA)]
    assert min(contrast(*pair) for pair in pairwise(grounds)) >= 1.07


def test_shades_are_colours() -> None:
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for pair in DARK.shades.items() for colour in pair)
