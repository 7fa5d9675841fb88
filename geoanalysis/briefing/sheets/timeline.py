"""The page of a timeline."""

from typing import Final

from geoanalysis.briefing.document import Timeline
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.charts import draw_bars
from geoanalysis.briefing.typesetting.panel import PanelContent, draw_panel, fill_panel
from geoanalysis.briefing.typesetting.sheet import Sheet

_CHART_SHARE: Final = 0.68
_GAP_PT: Final = 12.0
_TEXT_PT: Final = 10.0


def draw_timeline(sheet: Sheet, body: Timeline, box: Box) -> None:
    """Draw a chart over the page, with key points below it if there are any."""
    if not body.points:
        draw_bars(sheet, body.bars, box, _TEXT_PT)
        return
    cut = box.top - _CHART_SHARE * box.height
    draw_bars(sheet, body.bars, Box(box.left, cut, box.right, box.top), _TEXT_PT)
    below = Box(box.left, box.bottom, box.right, cut - _GAP_PT)
    draw_panel(sheet, fill_panel(PanelContent(body.points), below, sheet.type))
