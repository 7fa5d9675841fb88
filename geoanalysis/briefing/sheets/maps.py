"""Pages with a map: one with its panel, or two side by side."""

from dataclasses import replace
from typing import Final

from geoanalysis.briefing.cartography.frame import MapView, aspect_of, fit_extent
from geoanalysis.briefing.cartography.legend import legend_groups
from geoanalysis.briefing.cartography.picture import Picture, draw_picture
from geoanalysis.briefing.document import MapWithPanel, SideBySide
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.layout import columns, divide, framed
from geoanalysis.briefing.typesetting.panel import PanelContent, draw_panel, fill_panel
from geoanalysis.briefing.typesetting.sheet import Passage, Sheet
from geoanalysis.briefing.typesetting.text import Style, Weight
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import Scene

_NAME: Final = Style(12.0, Weight.SEMIBOLD)
_LEAST_NAME_PT: Final = 8.0
_MAPS_SHARE: Final = 0.62
_GAP_PT: Final = 8.0
NAME: Final = "name"


def draw_map_page(sheet: Sheet, body: MapWithPanel, box: Box, basemap: Basemap) -> tuple[Picture, ...]:
    """Draw a map and its panel into the body of a page."""
    scene = body.scene.shown()
    map_box, panel = divide(box, aspect_of(scene.extent))
    picture = _draw_map(sheet, scene, map_box, basemap)
    groups = tuple(legend_groups(scene, picture))
    content = PanelContent(body.points, groups, body.facts, body.facts_title, body.bars)
    draw_panel(sheet, fill_panel(content, panel, sheet.type))
    return (picture,)


def draw_side_by_side(sheet: Sheet, body: SideBySide, box: Box, basemap: Basemap) -> tuple[Picture, ...]:
    """Draw two maps of one frame, each under its name and above its legend; what differs in between."""
    cut = box.top - _MAPS_SHARE * box.height
    scenes = [replace(scene.shown(), extent=body.left.extent) for scene in (body.left, body.right)]
    tops = columns(Box(box.left, cut, box.right, box.top), 2)
    pictures = tuple(
        _draw_named_map(sheet, scene, half, basemap) for scene, half in zip(scenes, tops, strict=True)
    )
    below = Box(box.left, box.bottom, box.right, cut - _GAP_PT)
    told, left, right = columns(below, 3)
    draw_panel(sheet, fill_panel(_told(body), told, sheet.type))
    for scene, picture, place in zip(scenes, pictures, (left, right), strict=True):
        content = PanelContent(groups=tuple(legend_groups(scene, picture)), legend_title=scene.title)
        draw_panel(sheet, fill_panel(content, place, sheet.type))
    return pictures


def _told(body: SideBySide) -> PanelContent:
    return PanelContent(body.points, (), body.facts, body.facts_title)


def _draw_named_map(sheet: Sheet, scene: Scene, box: Box, basemap: Basemap) -> Picture:
    lines, style = sheet.type.fit(scene.title, _NAME, box.width, least=_LEAST_NAME_PT)
    height = sheet.type.height(len(lines), style) + _GAP_PT / 2
    sheet.write(lines, (box.left, box.top), style, part=NAME)
    place = Box(box.left, box.top - height, box.right, box.top)
    sheet.passages.append(Passage(NAME, scene.title, place, style))
    return _draw_map(sheet, scene, framed(Box(box.left, box.bottom, box.right, box.top - height)), basemap)


def _draw_map(sheet: Sheet, scene: Scene, box: Box, basemap: Basemap) -> Picture:
    return draw_picture(sheet, scene, basemap, MapView(fit_extent(scene.extent, box.width / box.height), box))
