"""The page that a chief reads if no other: figures, findings and the clearest places."""

from collections.abc import Sequence
from typing import Final

from geoanalysis.briefing.document import KeyFigure, Summary
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.charts import draw_intervals
from geoanalysis.briefing.typesetting.layout import columns, stands
from geoanalysis.briefing.typesetting.panel import PanelContent, draw_panel, fill_panel
from geoanalysis.briefing.typesetting.sheet import Passage, Sheet
from geoanalysis.briefing.typesetting.text import Style, Weight
from geoanalysis.symbology import ACCENT, LAND

FIGURES: Final = "figures"
_VALUE: Final = Style(26.0, Weight.BOLD, ACCENT)
_LEAST_VALUE_PT: Final = 12.0
_WORDS: Final = Style(10.5, Weight.SEMIBOLD)
_NOTE: Final = Style(8.5, colour="#4b5962")
_LEAST_PT: Final = 6.0
_TILE_PT: Final = 76.0
_TILE_PAD_PT: Final = 8.0
_GAP_PT: Final = 12.0
_MOST_IN_A_ROW: Final = 6
_TITLE: Final = Style(12.0, Weight.BOLD)
_CHART_TEXT_PT: Final = 9.5
_MOST_PITCH_PT: Final = 60.0


def draw_summary(sheet: Sheet, body: Summary, box: Box) -> None:
    """Draw the figures as tiles on top, findings below, and the clearest places beside or under them."""
    below = _draw_tiles(sheet, body.figures, box)
    if not body.intervals:
        draw_panel(sheet, fill_panel(PanelContent(body.findings), below, sheet.type))
        return
    told, chart = _stacked(below) if stands(box) else columns(below, 2, 2 * _GAP_PT)
    rows = fill_panel(PanelContent(body.findings), told, sheet.type)
    draw_panel(sheet, rows)
    if stands(box):
        lowest = min((place.bottom for _, place in rows), default=told.top)
        chart = Box(box.left, box.bottom, box.right, lowest - _GAP_PT)
    _draw_chart(sheet, body, chart)


def _stacked(box: Box) -> tuple[Box, Box]:
    middle = box.centre[1]
    upper = Box(box.left, middle + _GAP_PT / 2, box.right, box.top)
    return upper, Box(box.left, box.bottom, box.right, middle - _GAP_PT / 2)


def _draw_tiles(sheet: Sheet, figures: Sequence[KeyFigure], box: Box) -> Box:
    """Draw tiles in rows; give what is left below them."""
    if not figures:
        return box
    in_a_row = min(len(figures), _MOST_IN_A_ROW if box.width > box.height else _MOST_IN_A_ROW // 2)
    top = box.top
    for first in range(0, len(figures), in_a_row):
        row = Box(box.left, top - _TILE_PT, box.right, top)
        for figure, tile in zip(figures[first:], columns(row, in_a_row, _GAP_PT), strict=False):
            _draw_tile(sheet, figure, tile)
        top -= _TILE_PT + _GAP_PT
    return Box(box.left, box.bottom, box.right, top)


def _draw_tile(sheet: Sheet, figure: KeyFigure, tile: Box) -> None:
    sheet.rectangle(tile, fill=LAND, zorder=1)
    inner = tile.padded(-_TILE_PAD_PT)
    top = inner.top
    rooms = (
        (figure.value, _VALUE, _LEAST_VALUE_PT),
        (figure.words, _WORDS, _LEAST_PT),
        (figure.note, _NOTE, _LEAST_PT),
    )
    for words, look, least in rooms:
        lines, style = _fitted(sheet, words, look, least, (inner.width, top - inner.bottom))
        height = sheet.type.height(len(lines), style) if lines else 0.0
        sheet.write(lines, (inner.left, top), style, part=FIGURES)
        if lines:
            place = Box(inner.left, top - height, inner.right, top)
            sheet.passages.append(Passage(FIGURES, words, place, style))
        top -= height


def _fitted(
    sheet: Sheet, words: str, look: Style, least: float, room: tuple[float, float]
) -> tuple[list[str], Style]:
    """Shrink a text to a line, or to as many as there is room for; what has no room at all is cut."""
    lines, style = sheet.type.fit(words, look, room[0], least=max(least, look.size * 0.75))
    while len(lines) > 1 and sheet.type.height(len(lines), style) > room[1] and style.size > least:
        style = style.sized(style.size - 0.5)
        lines = sheet.type.wrap(words, style, room[0])
    while lines and sheet.type.height(len(lines), style) > room[1]:
        lines = lines[:-1]
    return lines, style


def _draw_chart(sheet: Sheet, body: Summary, box: Box) -> None:
    lines, style = sheet.type.fit(body.intervals_title, _TITLE, box.width, least=9.0)
    sheet.write(lines, (box.left, box.top), style, part="chart")
    top = box.top - sheet.type.height(len(lines), style) - _GAP_PT
    height = min(top - box.bottom, len(body.intervals) * _MOST_PITCH_PT)
    draw_intervals(sheet, body.intervals, Box(box.left, top - height, box.right, top), _CHART_TEXT_PT)
