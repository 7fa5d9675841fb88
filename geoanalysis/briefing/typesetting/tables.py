"""Tables: columns as wide as their words ask for, rows broken at the width, pages broken at the height."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from geoanalysis.briefing.document import Table
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.layout import columns
from geoanalysis.briefing.typesetting.sheet import Sheet
from geoanalysis.briefing.typesetting.text import Style, Typesetter, Weight
from geoanalysis.symbology import ACCENT, INK, MUTED

TABLE: Final = "table"
_SIZES: Final = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
_LONG_TABLE: Final = 9.0
_MOST_LINES: Final = 8
_CELL_GAP_EM: Final = 1.2
_ROW_PAD_EM: Final = 0.35
_COLUMN_GAP_PT: Final = 24.0
_HALVED: Final = 0.75
"""A table goes into two columns if so much of its width without broken cells has room in one of them."""
_LEAST_WORD_EM: Final = 4.0
_MOST_NATURAL_EM: Final = 26.0
_STRIPE: Final = "#c5ced4"


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

    The text shrinks so that the table has one page, unless it is too long for that anyway.
    """
    for size in _SIZES:
        pages = _flow(table, box, setter, size)
        if len(pages) == 1:
            return pages
    return _flow(table, box, setter, _LONG_TABLE)


def draw_table(sheet: Sheet, placed: PlacedTable) -> None:
    """Draw a header, its rule, and the rows with quiet rules between them."""
    top = placed.box.top
    for number, (cells, height) in enumerate(zip(placed.cells, placed.heights, strict=True)):
        is_head, is_group = number == 0, len(cells) == 1
        style = _style(placed.size, is_head=is_head, is_group=is_group)
        _draw_cells(sheet, placed, cells, style, top)
        top -= height
        colour, width = (INK, 0.9) if is_head else (_STRIPE, 0.4)
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


def _flow(table: Table, box: Box, setter: Typesetter, size: float) -> list[list[PlacedTable]]:
    """Break a table at one size into pages of one column, or two where it is narrow enough."""
    natural = _natural_widths(table, setter, size)
    halves = columns(box, 2, _COLUMN_GAP_PT)
    slots = halves if _HALVED * sum(natural) <= halves[0].width and len(table.rows) > 1 else [box]
    widths = _fitted(natural, slots[0].width, size)
    head = _broken(tuple(column.title for column in table.columns), widths, setter, size, is_head=True)
    rows = [_broken(row, widths, setter, size, is_head=False) for row in table.rows]
    parts = _balanced(list(_parts(table, rows, head, slots[0].height)), table, rows, head, len(slots))
    placed = [
        _placed(table, slots[number % len(slots)], widths, [head, *rows[start:end]], (start, end), size)
        for number, (start, end) in enumerate(parts)
    ]
    return [placed[first : first + len(slots)] for first in range(0, len(placed), len(slots))]


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
    parts: list[tuple[int, int]], table: Table, rows: Sequence[_Broken], head: _Broken, slots: int
) -> list[tuple[int, int]]:
    """Give the last page columns of equal height instead of a full and a nearly empty one."""
    first = (len(parts) - 1) // slots * slots
    start = parts[first][0]
    rest = Table(table.columns, table.rows[start:])
    height = sum(height for _, height in rows[start:]) / slots + head[1]
    steps = sorted({height, *(height + row[1] * k for row in rows[start:] for k in (0.5, 1, 1.5, 2, 3))})
    for tried in steps if slots > 1 and rest.rows else ():
        even = list(_parts(rest, rows[start:], head, tried))
        if len(even) <= slots and len(parts) - first == slots:
            return [*parts[:first], *((start + one, start + other) for one, other in even)]
    return parts


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
