"""Tables: columns as wide as their words ask for, rows broken at the width, pages broken at the height."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from geoanalysis.briefing.document import Table
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.layout import columns
from geoanalysis.briefing.typesetting.sheet import Sheet
from geoanalysis.briefing.typesetting.text import Style, Typesetter, Weight
from geoanalysis.symbology import ACCENT, INK, MUTED, RULE

TABLE: Final = "table"
_ON_ONE_PAGE: Final = (
    *((halves / 2, count) for halves in range(28, 17, -1) for count in (1, 2)),
    *((halves / 2, count) for halves in (17, 16) for count in (2, 1)),
)
"""Text sizes (points) and numbers of columns, in the order in which they are tried."""
_LONG: Final = (9.0, 8.5)
"""Text sizes of a table of several pages; the larger one unless it takes more pages."""
_MOST_LINES: Final = 8
_CELL_GAP_EM: Final = 1.2
_ROW_PAD_EM: Final = 0.35
_COLUMN_GAP_PT: Final = 24.0
_COLUMNS: Final = 2
_HALVINGS: Final = 12
_HALVED: Final = 0.85
"""A table goes into two columns if so much of its width without broken cells has room in one of them."""
_LEAST_WORD_EM: Final = 4.0
_MOST_NATURAL_EM: Final = 26.0


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table, or a part of one, at its place: row tops from the header on, with all lines of all cells."""

    table: Table
    box: Box
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[tuple[tuple[str, ...], ...], ...]
    size: float

    @property
    def lefts(self) -> list[float]:
        """Where the columns begin."""
        return [self.box.left + sum(self.widths[:number]) for number in range(len(self.widths))]


def place_table(table: Table, box: Box, setter: Typesetter) -> list[list[PlacedTable]]:
    """
    Break a table into pages; give for each page its parts, side by side where the table is narrow.

    A table that has room on one page gets it, in the largest size at which it does, beside itself in two
    columns if need be; a longer one goes on over as few pages as it can in small but legible text.
    """
    ways = (
        pages
        for size, count in _ON_ONE_PAGE
        for pages in _flow(table, box, setter, size, count)
        if len(pages) == 1 and len(pages[0]) == count
    )
    single = next(ways, None)
    return single or min((_long(table, box, setter, size) for size in _LONG), key=len)


def _long(table: Table, box: Box, setter: Typesetter, size: float) -> list[list[PlacedTable]]:
    """Break a long table into pages, in two columns only where no cell is broken for that."""
    halves = _flow(table, box, setter, size, 2, least_share=1.0)
    return next(halves, None) or next(_flow(table, box, setter, size, 1))


def draw_table(sheet: Sheet, placed: PlacedTable) -> None:
    """Draw a header, its rule, and the rows with quiet rules between them."""
    top = placed.box.top
    for number, (cells, height) in enumerate(zip(placed.cells, placed.heights, strict=True)):
        is_head, is_group = number == 0, len(cells) == 1
        style = _style(placed.size, is_head=is_head, is_group=is_group)
        _draw_cells(sheet, placed, cells, style, top)
        top -= height
        colour, width = (INK, 0.9) if is_head else (RULE, 0.4)
        sheet.rule((placed.box.left, top), (placed.box.right, top), colour=colour, width=width)


def _draw_cells(
    sheet: Sheet, placed: PlacedTable, cells: Sequence[tuple[str, ...]], style: Style, top: float
) -> None:
    gap = placed.size * _CELL_GAP_EM
    y = top - placed.size * _ROW_PAD_EM / 2
    for lines, left, width, column in zip(
        cells, placed.lefts, placed.widths, placed.table.columns, strict=False
    ):
        is_right = column.align == "right" and len(cells) > 1
        x = left + width - gap if is_right else left
        sheet.write(lines, (x, y), style, part=TABLE, align="right" if is_right else "left")


def _style(size: float, *, is_head: bool, is_group: bool) -> Style:
    if is_head:
        return Style(size * 0.92, Weight.SEMIBOLD, MUTED)
    return Style(size, Weight.BOLD, ACCENT) if is_group else Style(size)


def _flow(
    table: Table, box: Box, setter: Typesetter, size: float, count: int, *, least_share: float = _HALVED
) -> Iterator[list[list[PlacedTable]]]:
    """Break a table at one size into pages of so many columns; nothing if these would be too narrow."""
    natural = _natural_widths(table, setter, size)
    slots = columns(box, count, _COLUMN_GAP_PT)
    if count > 1 and least_share * sum(natural) > slots[0].width:
        return
    widths = _fitted(natural, slots[0].width, size)
    head = _broken(tuple(column.title for column in table.columns), widths, setter, size, is_head=True)
    rows = [_broken(row, widths, setter, size, is_head=False) for row in table.rows]
    parts = list(_parts(table, rows, head, slots[0].height))
    parts = _balanced(parts, table, rows, head, (count, slots[0].height))
    placed = [
        _placed(table, slots[number % len(slots)], widths, [head, *rows[start:end]], (start, end), size)
        for number, (start, end) in enumerate(parts)
    ]
    yield [placed[first : first + len(slots)] for first in range(0, len(placed), len(slots))]


_Broken = tuple[tuple[tuple[str, ...], ...], float]
"""The lines of the cells of a row, and its height."""


def _natural_widths(table: Table, setter: Typesetter, size: float) -> list[float]:
    """Give what each column would take on one line, up to a limit, with its gap."""
    head, plain = _style(size, is_head=True, is_group=False), Style(size)
    rows = [row for row in table.rows if len(row) > 1 or len(table.columns) == 1]
    widths = []
    for number, column in enumerate(table.columns):
        cells = (setter.width(setter.printable(row[number], plain), plain) for row in rows)
        widest = max(setter.width(setter.printable(column.title, head), head), *cells, 0.0)
        widths.append(min(widest, size * _MOST_NATURAL_EM) + size * _CELL_GAP_EM)
    return widths


def _fitted(natural: Sequence[float], width: float, size: float) -> tuple[float, ...]:
    """Stretch or shrink columns to the width: the widest give way first, narrow ones stay whole."""
    if sum(natural) <= width:
        spare = (width - sum(natural)) / len(natural)
        return tuple(one + spare for one in natural)
    least = min(width / len(natural), size * _LEAST_WORD_EM)
    low, high = 0.0, max(natural)
    for _ in range(40):
        cap = (low + high) / 2
        low, high = (low, cap) if sum(min(one, max(cap, least)) for one in natural) > width else (cap, high)
    return tuple(min(one, max(low, least)) for one in natural)


def _broken(
    row: Sequence[str], widths: Sequence[float], setter: Typesetter, size: float, *, is_head: bool
) -> _Broken:
    is_group = len(row) == 1 and len(widths) > 1
    style = _style(size, is_head=is_head, is_group=is_group)
    rooms = [sum(widths)] if is_group else widths
    gap = size * _CELL_GAP_EM
    cells = tuple(
        _capped(setter.wrap(cell, style, room - gap)) for cell, room in zip(row, rooms, strict=True)
    )
    most = max(len(lines) for lines in cells)
    return cells, setter.height(max(most, 1), style) + size * _ROW_PAD_EM


def _capped(lines: Sequence[str]) -> tuple[str, ...]:
    """Cut a cell that would fill the page by itself, and show that it was cut."""
    return tuple(lines) if len(lines) <= _MOST_LINES else (*lines[: _MOST_LINES - 1], "…")


def _parts(table: Table, rows: Sequence[_Broken], head: _Broken, height: float) -> Iterator[tuple[int, int]]:
    """Give the stretches of rows that fit under a header; no heading stands alone at the end of one."""
    start = 0
    while start < len(rows) or (start == 0 and not rows):
        end, used = start, head[1]
        while end < len(rows) and (used + rows[end][1] <= height or end == start):
            used += rows[end][1]
            end += 1
        while end < len(rows) and end - start > 1 and len(table.rows[end - 1]) == 1:
            end -= 1
        yield start, end
        if not rows:
            return
        start = end


def _balanced(
    parts: list[tuple[int, int]],
    table: Table,
    rows: Sequence[_Broken],
    head: _Broken,
    slots: tuple[int, float],
) -> list[tuple[int, int]]:
    """Give the last page columns of equal height instead of a full and a nearly empty one."""
    count, high = slots
    first = (len(parts) - 1) // count * count
    if len(parts) - first < _COLUMNS:
        return parts
    start = parts[first][0]
    rest = Table(table.columns, table.rows[start:])
    even, low = parts[first:], head[1]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        tried = list(_parts(rest, rows[start:], head, middle))
        if len(tried) > count:
            low = middle
        else:
            high = middle
            even = [(start + one, start + other) for one, other in tried]
    return [*parts[:first], *even]


def _placed(
    table: Table,
    slot: Box,
    widths: tuple[float, ...],
    rows: Sequence[_Broken],
    stretch: tuple[int, int],
    size: float,
) -> PlacedTable:
    heights = tuple(height for _, height in rows)
    box = Box(slot.left, slot.top - sum(heights), slot.left + sum(widths), slot.top)
    part = Table(table.columns, table.rows[stretch[0] : stretch[1]])
    return PlacedTable(part, box, widths, heights, tuple(cells for cells, _ in rows), size)
