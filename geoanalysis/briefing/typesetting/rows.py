"""Rows of the panel: headings, key points, facts, legend entries and a small chart, measured, then drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geoanalysis.briefing.document import Bars, Fact
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.charts import draw_bars
from geoanalysis.briefing.typesetting.sheet import Passage, Sheet
from geoanalysis.briefing.typesetting.symbols import radius_pt
from geoanalysis.briefing.typesetting.text import Style, Typesetter, Weight
from geoanalysis.briefing.typesetting.words import grouped
from geoanalysis.maps.scene import LegendEntry
from geoanalysis.symbology import ACCENT, MUTED, RULE, Symbol

_SWATCH_PT: Final = 26.0
_LINE_PT: Final = 18.0
_AREA_WIDTH_PT: Final = 15.0
_BULLET_PT: Final = 9.0
_BARS_EM: Final = 11.0
_MOST_VALUE_SHARE: Final = 0.55
_UNKNOWN: Final = "–"
LEGEND: Final = "panel"
POINTS: Final = "points"
"""Parts of the panel: the legend belongs to the picture, what else is text can be set again."""


@dataclass(frozen=True, slots=True)
class PairedEntry:
    """One line of a legend of two maps, with what the left and the right one hold of it."""

    symbol: Symbol
    words: str
    counts: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class LegendGroup:
    """The entries of one layer under its title; `note` explains what the symbols do not."""

    title: str
    entries: tuple[LegendEntry | PairedEntry, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of the panel: text with what stands before, behind and below it, or a chart."""

    lines: tuple[str, ...]
    style: Style
    height: float
    words: str = ""
    part: str = LEGEND
    indent: float = 0.0
    symbol: Symbol | None = None
    values: tuple[str, ...] = ()
    bullet: bool = False
    ruled: bool = False
    bars: Bars | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Text size (points) and number of columns of the legend."""

    size: float
    columns: int
    setter: Typesetter


def group_rows(group: LegendGroup, look: Look, width: float) -> Iterator[Row]:
    """Give a group of the legend: its title, its entries and its note."""
    yield _words(group.title, Style(look.size * 0.95, Weight.SEMIBOLD, MUTED), look, width, above=0.45)
    for entry in group.entries:
        yield _entry(entry, look, width)
    if group.note:
        style = Style(look.size * 0.88, colour=MUTED)
        yield _words(group.note, style, look, width, indent=_SWATCH_PT)


def heading(words: str, look: Look, width: float, part: str = LEGEND) -> Row:
    """Give the heading of a part of the panel, with a rule below it."""
    style = Style(look.size * 1.2, Weight.BOLD)
    lines = look.setter.wrap(words, style, width)
    height = look.setter.height(len(lines), style) + look.size * 0.75
    return Row(tuple(lines), style, height, words, part, ruled=True)


def bullet_point(words: str, look: Look, width: float) -> Row:
    """Give a key point."""
    style = Style(look.size)
    lines = look.setter.wrap(words, style, width - _BULLET_PT)
    height = look.setter.height(len(lines), style) + look.size * 0.35
    return Row(tuple(lines), style, height, words, POINTS, indent=_BULLET_PT, bullet=True)


def fact_row(fact: Fact, look: Look, width: float) -> Row:
    """Give a fact: its value on the right, on several lines if it is long."""
    style, setter = Style(look.size), look.setter
    strong = Style(look.size, Weight.SEMIBOLD)
    values = setter.wrap(fact.value, strong, width * _MOST_VALUE_SHARE)
    room = width - max((setter.width(line, strong) for line in values), default=0.0) - look.size
    lines = setter.wrap(fact.words, style, room)
    height = setter.height(max(len(lines), len(values)), style) + look.size * 0.2
    return Row(tuple(lines), style, height, fact.words, POINTS, values=tuple(values))


def bars_row(bars: Bars, look: Look) -> Row:
    """Give a small chart, with room around it."""
    return Row((), Style(look.size), look.size * _BARS_EM, bars=bars)


def gap(look: Look) -> Row:
    """Give empty room between parts."""
    return Row((), Style(look.size), look.size * 0.7)


def _words(
    words: str, style: Style, look: Look, width: float, *, indent: float = 0.0, above: float = 0.0
) -> Row:
    """Give plain text, with room above it in text sizes."""
    lines = look.setter.wrap(words, style, width - indent)
    height = look.setter.height(len(lines), style) + look.size * above
    return Row(tuple(lines), style, height, words, indent=indent)


def _count_words(entry: LegendEntry | PairedEntry) -> tuple[str, ...]:
    if isinstance(entry, LegendEntry):
        return () if entry.count is None else (grouped(entry.count),)
    if entry.counts == (None, None):
        return ()
    return (" | ".join(_UNKNOWN if count is None else grouped(count) for count in entry.counts),)


def _entry(entry: LegendEntry | PairedEntry, look: Look, width: float) -> Row:
    style, setter = Style(look.size), look.setter
    count = _count_words(entry)
    room = width - _SWATCH_PT - sum(setter.width(line, style) for line in count) - look.size
    lines = setter.wrap(entry.words, style, room)
    symbol_height = 0.0 if entry.symbol.shape in {"line", "area"} else 2 * radius_pt(entry.symbol.size_px) + 3
    height = max(setter.height(len(lines), style) + look.size * 0.12, symbol_height)
    return Row(tuple(lines), style, height, entry.words, indent=_SWATCH_PT, symbol=entry.symbol, values=count)


def draw_row(sheet: Sheet, row: Row, box: Box) -> None:
    """Draw a row into its place."""
    top = _top_of_text(sheet, row, box)
    sheet.write(row.lines, (box.left + row.indent, top), row.style, part=row.part)
    if row.values:
        style = _value_style(row)
        sheet.write(row.values, (box.right, top), style, part=row.part, align="right")
    _draw_extras(sheet, row, box, top)
    if row.part == POINTS:
        _pass_on(sheet, row, box)


def _pass_on(sheet: Sheet, row: Row, box: Box) -> None:
    """Let formats with text of their own set the row again."""
    place = Box(box.left + row.indent, box.bottom, box.right, box.top)
    sheet.passages.append(Passage(POINTS, row.words, place, row.style, bullet=row.bullet))
    if row.values:
        values = Passage(POINTS, " ".join(row.values), place, _value_style(row), "right")
        sheet.passages.append(values)


def _value_style(row: Row) -> Style:
    """Facts are read by their values, the legend by its words."""
    return (
        Style(row.style.size, Weight.SEMIBOLD) if row.part == POINTS else Style(row.style.size, colour=MUTED)
    )


def _top_of_text(sheet: Sheet, row: Row, box: Box) -> float:
    """Give where the text begins: legend entries are centred, notes stand on the bottom, the rest hangs."""
    text_height = sheet.type.height(len(row.lines), row.style)
    if row.symbol is not None:
        return box.centre[1] + text_height / 2
    return box.top if row.part == POINTS or row.ruled else box.bottom + text_height


def _draw_extras(sheet: Sheet, row: Row, box: Box, top: float) -> None:
    """Draw what is no text: swatch, bullet, rule or chart."""
    size = row.style.size
    if row.symbol is not None:
        _draw_swatch(sheet, row.symbol, (box.left + _SWATCH_PT / 2 - 3, box.centre[1]), size)
    if row.bullet:
        place = (box.left + 2.5, top - size * 0.65)
        sheet.dots([place], radius=size * 0.16, colour=ACCENT, part=POINTS)
    if row.ruled:
        y = box.bottom + size * 0.35
        sheet.rule((box.left, y), (box.right, y), colour=RULE)
    if row.bars is not None:
        draw_bars(sheet, row.bars, box, size)


def _draw_swatch(sheet: Sheet, symbol: Symbol, at: tuple[float, float], size: float) -> None:
    x, y = at
    if symbol.shape == "line":
        sheet.stroke([(x - _LINE_PT / 2, y), (x + _LINE_PT / 2, y)], symbol)
    elif symbol.shape == "area":
        half_width, half_height = _AREA_WIDTH_PT / 2, size * 0.4
        sheet.swatch(Box(x - half_width, y - half_height, x + half_width, y + half_height), symbol)
    else:
        sheet.stamp(symbol, [at], [radius_pt(symbol.size_px)])
