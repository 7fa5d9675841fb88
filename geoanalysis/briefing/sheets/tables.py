"""Pages of a table."""

from collections.abc import Sequence
from typing import Final

from geoanalysis.briefing.document import TableSheet
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.sheet import Passage, Sheet
from geoanalysis.briefing.typesetting.tables import PlacedTable, draw_table, place_table
from geoanalysis.briefing.typesetting.text import Style, Typesetter
from geoanalysis.symbology import MUTED

NOTES: Final = "notes"
_NOTE: Final = Style(8.0, colour=MUTED)
_GAP_PT: Final = 6.0


def place_table_sheet(body: TableSheet, box: Box, setter: Typesetter) -> list[list[PlacedTable]]:
    """Break a table into pages, with room for its notes below it on each."""
    height = sum(_height(note, box, setter) + _GAP_PT for note in body.notes)
    return place_table(body.table, Box(box.left, box.bottom + height, box.right, box.top), setter)


def draw_table_sheet(sheet: Sheet, body: TableSheet, parts: Sequence[PlacedTable], box: Box) -> None:
    """Draw the parts of a table that lie on one page, and the notes below them."""
    for part in parts:
        draw_table(sheet, part)
    top = min((part.box.bottom for part in parts), default=box.top) - _GAP_PT
    for note in body.notes:
        height = _height(note, box, sheet.type)
        sheet.write(sheet.type.wrap(note, _NOTE, box.width), (box.left, top), _NOTE, part=NOTES)
        place = Box(box.left, top - height, box.right, top)
        sheet.passages.append(Passage(NOTES, note, place, _NOTE))
        top -= height + _GAP_PT


def _height(note: str, box: Box, setter: Typesetter) -> float:
    return setter.height(len(setter.wrap(note, _NOTE, box.width)), _NOTE)
