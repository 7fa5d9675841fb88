"""The side panel: key points and the legend, in the largest size at which all of it fits."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from geoanalysis.briefing.boxes import Box
from geoanalysis.briefing.legend import LegendGroup
from geoanalysis.briefing.rows import Look, Row, bullet_point, draw_row, group_rows, heading
from geoanalysis.briefing.sheet import Sheet
from geoanalysis.briefing.text import Style, Typesetter

_LOOKS: Final = (
    *((quarters / 4, 1) for quarters in range(44, 33, -1)),
    *((quarters / 4, columns) for quarters in range(36, 25, -1) for columns in (2, 1)),
)
"""Text sizes (points) and numbers of columns of the legend, in the order in which they are tried."""
_COLUMN_GAP_PT: Final = 14.0
_LEGEND_WIDTH_EM: Final = 24.0
"""A single column is no wider than so many text sizes, so that counts stay near their words."""


def fill_panel(
    points: Sequence[str], groups: Sequence[LegendGroup], box: Box, setter: Typesetter
) -> list[tuple[Row, Box]]:
    """
    Set key points and legend into a box; give each row with its place.

    The text shrinks as far as it stays legible, and the legend may take two columns; then the last key points
    give way to a line that says how many are missing.
    """
    for size, columns in _LOOKS:
        placed = _place(points, groups, box, Look(size, columns, setter))
        if _fits(placed, box):
            return placed
    for kept in range(len(points) - 1, -1, -1):
        shown = [*points[:kept], f"... and {len(points) - kept} more"]
        placed = _place(shown, groups, box, Look(*_LOOKS[-1], setter))
        if _fits(placed, box):
            break
    return placed


def draw_panel(sheet: Sheet, rows: Iterable[tuple[Row, Box]]) -> None:
    """Draw rows at their places."""
    for row, box in rows:
        draw_row(sheet, row, box)


def _fits(placed: Iterable[tuple[Row, Box]], box: Box) -> bool:
    return all(place.bottom >= box.bottom for _, place in placed)


def _place(
    points: Sequence[str], groups: Sequence[LegendGroup], box: Box, look: Look
) -> list[tuple[Row, Box]]:
    """Put the key points above the legend's columns."""
    placed = _stack(list(_head_rows(points, groups, look, box.width)), box)
    if not groups:
        return placed
    top = placed[-1][1].bottom
    width = min(
        (box.width - (look.columns - 1) * _COLUMN_GAP_PT) / look.columns, _LEGEND_WIDTH_EM * look.size
    )
    blocks = [list(group_rows(group, look, width)) for group in groups]
    for number, column in enumerate(_columns(blocks, look.columns)):
        left = box.left + number * (width + _COLUMN_GAP_PT)
        placed += _stack(column, Box(left, box.bottom, left + width, top))
    return placed


def _stack(rows: Iterable[Row], box: Box) -> list[tuple[Row, Box]]:
    """Put rows one under the other from the top of a box, and on below it if it is too short."""
    placed, top = [], box.top
    for row in rows:
        placed.append((row, Box(box.left, top - row.height, box.right, top)))
        top -= row.height
    return placed


def _columns(blocks: Sequence[list[Row]], columns: int) -> list[list[Row]]:
    """Divide blocks of rows into columns, one or two, so that the higher one is as low as can be."""
    cuts = range(len(blocks) + 1) if columns > 1 else [len(blocks)]
    divided = [
        [[row for block in part for row in block] for part in (blocks[:cut], blocks[cut:])] for cut in cuts
    ]
    return min(divided, key=lambda parts: max(sum(row.height for row in part) for part in parts))


def _head_rows(
    points: Sequence[str], groups: Sequence[LegendGroup], look: Look, width: float
) -> Iterator[Row]:
    if points:
        yield heading("Key points", look)
        for words in points:
            yield bullet_point(words, look, width)
        yield Row((), Style(look.size), look.size * 0.7)
    if groups:
        yield heading("Legend", look)
