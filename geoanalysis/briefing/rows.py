"""Rows of the side panel: headings, key points and legend entries, measured and then drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from matplotlib.collections import LineCollection

from geoanalysis.briefing.boxes import Box
from geoanalysis.briefing.legend import LegendGroup
from geoanalysis.briefing.sheet import Sheet
from geoanalysis.briefing.symbols import line_pen, radius_pt
from geoanalysis.briefing.text import Style, Typesetter, Weight
from geoanalysis.maps.scene import LegendEntry
from geoanalysis.symbology import ACCENT, MUTED, Symbol

_SWATCH_PT: Final = 26.0
_LINE_PT: Final = 18.0
_AREA_WIDTH_PT: Final = 15.0
_BULLET_PT: Final = 9.0
_RULE: Final = "#c5ced4"
_THIN_SPACE: Final = "\u202f"


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of the panel: text with what stands before, behind and below it."""

    lines: tuple[str, ...]
    style: Style
    height: float
    indent: float = 0.0
    symbol: Symbol | None = None
    count: str = ""
    bullet: bool = False
    ruled: bool = False


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


def heading(words: str, look: Look) -> Row:
    """Give the heading of a part of the panel, with a rule below it."""
    style = Style(look.size * 1.2, Weight.BOLD)
    return Row((words,), style, style.pitch + look.size * 0.75, ruled=True)


def bullet_point(words: str, look: Look, width: float) -> Row:
    """Give a key point."""
    style = Style(look.size)
    lines = look.setter.wrap(words, style, width - _BULLET_PT)
    height = look.setter.height(len(lines), style) + look.size * 0.35
    return Row(tuple(lines), style, height, indent=_BULLET_PT, bullet=True)


def _words(
    words: str, style: Style, look: Look, width: float, *, indent: float = 0.0, above: float = 0.0
) -> Row:
    """Give plain text, with room above it in text sizes."""
    lines = look.setter.wrap(words, style, width - indent)
    height = look.setter.height(len(lines), style) + look.size * above
    return Row(tuple(lines), style, height, indent=indent)


def _entry(entry: LegendEntry, look: Look, width: float) -> Row:
    style, setter = Style(look.size), look.setter
    count = "" if entry.count is None else f"{entry.count:,}".replace(",", _THIN_SPACE)
    room = width - _SWATCH_PT - setter.width(count, style) - look.size
    lines = setter.wrap(entry.words, style, room)
    symbol_height = 0.0 if entry.symbol.shape in {"line", "area"} else 2 * radius_pt(entry.symbol.size_px) + 3
    height = max(setter.height(len(lines), style) + look.size * 0.12, symbol_height)
    return Row(tuple(lines), style, height, indent=_SWATCH_PT, symbol=entry.symbol, count=count)


def draw_row(sheet: Sheet, row: Row, box: Box) -> None:
    """Draw a row into its place."""
    text_height = sheet.type.height(len(row.lines), row.style)
    is_entry = row.symbol is not None
    top = box.centre[1] + text_height / 2 if is_entry else box.top
    if not (is_entry or row.bullet or row.ruled):
        top = box.bottom + text_height
    sheet.write(row.lines, (box.left + row.indent, top), row.style, part="panel")
    if row.symbol is not None:
        at = (box.left + _SWATCH_PT / 2 - 3, box.centre[1])
        _draw_swatch(sheet, row.symbol, at, row.style.size)
    if row.count:
        style = Style(row.style.size, colour=MUTED)
        sheet.write([row.count], (box.right, top), style, part="panel", align="right")
    if row.bullet:
        sheet.dots(
            [(box.left + 2.5, top - row.style.size * 0.65)], radius=row.style.size * 0.16, colour=ACCENT
        )
    if row.ruled:
        y = box.bottom + row.style.size * 0.35
        sheet.rule((box.left, y), (box.right, y), colour=_RULE)


def _draw_swatch(sheet: Sheet, symbol: Symbol, at: tuple[float, float], size: float) -> None:
    x, y = at
    if symbol.shape == "line":
        ends = [[(x - _LINE_PT / 2, y), (x + _LINE_PT / 2, y)]]
        sheet.axes.add_collection(LineCollection(ends, zorder=3, **line_pen(symbol)), autolim=False)
    elif symbol.shape == "area":
        half_width, half_height = _AREA_WIDTH_PT / 2, size * 0.4
        sheet.swatch(Box(x - half_width, y - half_height, x + half_width, y + half_height), symbol)
    else:
        sheet.stamp(symbol, [at], [radius_pt(symbol.size_px)])
