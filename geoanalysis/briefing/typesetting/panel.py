"""The panel of a map: key points, facts, a chart and the legend, in the largest size at which all fits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geoanalysis.briefing.document import Bars, Fact
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.rows import (
    POINTS,
    LegendGroup,
    Look,
    Row,
    bars_row,
    bullet_point,
    draw_row,
    fact_row,
    gap,
    group_rows,
    heading,
)
from geoanalysis.briefing.typesetting.sheet import Sheet
from geoanalysis.briefing.typesetting.text import Typesetter

_LOOKS: Final = (
    *((halves / 2, 1) for halves in range(26, 22, -1)),
    *((quarters / 4, 1) for quarters in range(44, 33, -1)),
    *((quarters / 4, columns) for quarters in range(36, 25, -1) for columns in (2, 3, 1)),
)
"""Text sizes (points) and numbers of columns of the legend, in the order in which they are tried."""
_LAST_LOOKS: Final = ((6.5, 2), (6.0, 2), (5.5, 2), (5.0, 3), (5.0, 2))
"""Tried with fewer and fewer points and facts; then the legend goes on shrinking."""
_COLUMN_GAP_PT: Final = 14.0
_LEGEND_WIDTH_EM: Final = 24.0
"""A single column is no wider than so many text sizes, so that counts stay near their words."""
_WIDE: Final = 1.3
"""A panel so much wider than high has its legend beside the points, not below them."""
_TOLD_SHARES: Final = (0.5, 0.58)
"""What is told takes one of these shares of the width beside the legend, whichever makes the panel lowest."""

Placed = list[tuple[Row, Box]]


@dataclass(frozen=True, slots=True)
class PanelContent:
    """What stands beside a map."""

    points: tuple[str, ...] = ()
    groups: tuple[LegendGroup, ...] = ()
    facts: tuple[Fact, ...] = ()
    facts_title: str = ""
    bars: Bars | None = None
    legend_title: str = "Legend"


def fits(content: PanelContent, box: Box, setter: Typesetter, *, size: float) -> bool:
    """Tell whether all of it has room in a box in text of that size (points)."""
    looks = (Look(size, count, setter) for count in (1, 2))
    return any(_fits(_place(content, box, look), box) for look in looks)


def fill_panel(content: PanelContent, box: Box, setter: Typesetter) -> Placed:
    """
    Set points, facts, chart and legend into a box; give each row with its place.

    The text shrinks as far as it stays legible, and the legend may take several columns; then the last points
    and facts give way to a line that says how many are missing.
    """
    for size, count in _LOOKS:
        placed = _place(content, box, Look(size, count, setter))
        if _fits(placed, box):
            return placed
    for size, count in _LAST_LOOKS:
        for shorter in _shortened(content):
            placed = _place(shorter, box, Look(size, count, setter))
            if _fits(placed, box):
                return placed
    return [(row, place) for row, place in placed if box.contains(place)]


def draw_panel(sheet: Sheet, rows: Iterable[tuple[Row, Box]]) -> None:
    """Draw rows at their places."""
    for row, box in rows:
        draw_row(sheet, row, box)


def _shortened(content: PanelContent) -> Iterator[PanelContent]:
    """Give the content with ever fewer facts, then points, each time saying how many are missing."""
    for kept in range(len(content.facts), -1, -1):
        more = len(content.facts) - kept
        told = (*content.facts[:kept], *((Fact(f"... and {more} more", ""),) if more else ()))
        last = replace(content, facts=told)
        yield last
    for kept in range(len(content.points) - 1, -1, -1):
        more = len(content.points) - kept
        yield replace(last, points=(*content.points[:kept], f"... and {more} more"))


def _fits(placed: Placed, box: Box) -> bool:
    return all(place.bottom >= box.bottom for _, place in placed)


def _place(content: PanelContent, box: Box, look: Look) -> Placed:
    """Put what is told above the legend, or beside it where the box is wide."""
    if box.width > _WIDE * box.height and content.groups and _tells(content):
        options = (_place_beside(content, box, look, share) for share in _TOLD_SHARES)
        return max(options, key=_lowest)
    placed = _stack(_told_rows(content, look, box.width), box)
    if not content.groups:
        return placed
    below = placed[-1][1].bottom if placed else box.top
    return placed + _legend(content, Box(box.left, box.bottom, box.right, below), look)


def _place_beside(content: PanelContent, box: Box, look: Look, share: float) -> Placed:
    cut = box.left + share * (box.width - _COLUMN_GAP_PT)
    told = Box(box.left, box.bottom, cut, box.top)
    rest = Box(cut + _COLUMN_GAP_PT, box.bottom, box.right, box.top)
    return _stack(_told_rows(content, look, told.width), told) + _legend(content, rest, look)


def _lowest(placed: Placed) -> float:
    return min(place.bottom for _, place in placed)


def _tells(content: PanelContent) -> bool:
    return bool(content.points or content.facts or content.bars)


def _legend(content: PanelContent, box: Box, look: Look) -> Placed:
    """Put the groups of the legend into columns under its heading."""
    placed = _stack([heading(content.legend_title, look, box.width)], box)
    top = placed[-1][1].bottom
    room = (box.width - (look.columns - 1) * _COLUMN_GAP_PT) / look.columns
    width = min(room, _LEGEND_WIDTH_EM * look.size)
    blocks = [list(group_rows(group, look, width)) for group in content.groups]
    for number, column in enumerate(_columns(blocks, look.columns)):
        left = box.left + number * (width + _COLUMN_GAP_PT)
        placed += _stack(column, Box(left, box.bottom, left + width, top))
    return placed


def _stack(rows: Iterable[Row], box: Box) -> Placed:
    """Put rows one under the other from the top of a box, and on below it if it is too short."""
    placed, top = [], box.top
    for row in rows:
        placed.append((row, Box(box.left, top - row.height, box.right, top)))
        top -= row.height
    return placed


def _columns(blocks: Sequence[list[Row]], count: int) -> list[list[Row]]:
    """Divide blocks of rows into so many columns, so that the highest one is as low as can be."""
    if count == 1:
        return [[row for block in blocks for row in block]]
    divided = [
        [[row for block in blocks[:cut] for row in block], *_columns(blocks[cut:], count - 1)]
        for cut in range(len(blocks) + 1)
    ]
    return min(divided, key=lambda parts: max(sum(row.height for row in part) for part in parts))


def _told_rows(content: PanelContent, look: Look, width: float) -> Iterator[Row]:
    if content.points:
        yield heading("Key points", look, width, POINTS)
        for words in content.points:
            yield bullet_point(words, look, width)
        yield gap(look)
    if content.facts:
        yield heading(content.facts_title, look, width, POINTS)
        for fact in content.facts:
            yield fact_row(fact, look, width)
        yield gap(look)
    if content.bars is not None:
        yield bars_row(content.bars, look)
        yield gap(look)
