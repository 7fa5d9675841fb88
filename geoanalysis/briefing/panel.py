"""The side panel: key points and the legend, in the largest size at which all of it fits."""

from collections.abc import Iterator, Sequence
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

_SIZES: Final = tuple(quarters / 4 for quarters in range(44, 23, -1))
"""Text sizes tried, in points."""
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
    count_at: float = 0.0
    bullet: bool = False
    ruled: bool = False


def fill_panel(
    points: Sequence[str], groups: Sequence[LegendGroup], box: Box, setter: Typesetter
) -> list[Row]:
    """
    Set key points and legend so that they fit a box.

    The text shrinks as far as it stays legible; then the last key points give way to a line that says how
    many are missing.
    """
    for kept in range(len(points), -1, -1):
        missing = [f"... and {len(points) - kept} more"] * (kept < len(points))
        sizes = _SIZES if not missing else _SIZES[-1:]
        for size in sizes:
            rows = list(_rows([*points[:kept], *missing], groups, size, box.width, setter))
            if sum(row.height for row in rows) <= box.height:
                return rows
    return rows


def draw_panel(sheet: Sheet, rows: Sequence[Row], box: Box) -> None:
    """Draw the rows from the top of the box downward."""
    top = box.top
    for row in rows:
        _draw_row(sheet, row, Box(box.left, top - row.height, box.right, top))
        top -= row.height


def _rows(
    points: Sequence[str], groups: Sequence[LegendGroup], size: float, width: float, setter: Typesetter
) -> Iterator[Row]:
    if points:
        yield _heading("Key points", size)
        for words in points:
            yield _bullet(words, size, width, setter)
        yield Row((), Style(size), size * 0.7)
    if groups:
        yield _heading("Legend", size)
        width = _legend_width(groups, size, width, setter)
    for group in groups:
        yield _group_title(group.title, size, width, setter)
        for entry in group.entries:
            yield _entry(entry, size, width, setter)
        if group.note:
            style = Style(size * 0.88, colour=MUTED)
            lines = setter.wrap(group.note, style, width - _SWATCH_PT)
            yield Row(tuple(lines), style, setter.height(len(lines), style), indent=_SWATCH_PT)


def _legend_width(groups: Sequence[LegendGroup], size: float, width: float, setter: Typesetter) -> float:
    """Give the width that keeps the counts near their words."""
    words = (entry.words for group in groups for entry in group.entries)
    longest = max(setter.width(setter.printable(line, Style(size)), Style(size)) for line in words)
    return min(width, _SWATCH_PT + longest + 5 * size)


def _heading(words: str, size: float) -> Row:
    style = Style(size * 1.2, Weight.BOLD)
    return Row((words,), style, style.pitch + size * 0.75, ruled=True)


def _bullet(words: str, size: float, width: float, setter: Typesetter) -> Row:
    style = Style(size)
    lines = setter.wrap(words, style, width - _BULLET_PT)
    return Row(
        tuple(lines),
        style,
        setter.height(len(lines), style) + size * 0.35,
        indent=_BULLET_PT,
        bullet=True,
    )


def _group_title(words: str, size: float, width: float, setter: Typesetter) -> Row:
    style = Style(size * 0.95, Weight.SEMIBOLD, MUTED)
    lines = setter.wrap(words, style, width)
    return Row(tuple(lines), style, setter.height(len(lines), style) + size * 0.45)


def _entry(entry: LegendEntry, size: float, width: float, setter: Typesetter) -> Row:
    style = Style(size)
    count = "" if entry.count is None else f"{entry.count:,}".replace(",", _THIN_SPACE)
    room = width - _SWATCH_PT - setter.width(count, style) - size
    lines = setter.wrap(entry.words, style, room)
    symbol_height = 0.0 if entry.symbol.shape in {"line", "area"} else 2 * radius_pt(entry.symbol.size_px) + 3
    height = max(setter.height(len(lines), style) + size * 0.12, symbol_height)
    return Row(
        tuple(lines), style, height, indent=_SWATCH_PT, symbol=entry.symbol, count=count, count_at=width
    )


def _draw_row(sheet: Sheet, row: Row, box: Box) -> None:
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
        sheet.write([row.count], (box.left + row.count_at, top), style, part="panel", align="right")
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
        sheet.patch(Box(x - half_width, y - half_height, x + half_width, y + half_height), symbol)
    else:
        sheet.stamp(symbol, [at], [radius_pt(symbol.size_px)])
