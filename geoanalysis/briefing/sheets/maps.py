"""Pages with a map: one with its panel, or two side by side."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geoanalysis.briefing.cartography.frame import MapView, aspect_of, fit_extent
from geoanalysis.briefing.cartography.legend import expected_groups, legend_groups, paired_groups
from geoanalysis.briefing.cartography.picture import Picture, draw_picture
from geoanalysis.briefing.document import MapWithPanel, SideBySide
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.layout import columns, divisions, framed
from geoanalysis.briefing.typesetting.panel import PanelContent, draw_panel, fill_panel, fits
from geoanalysis.briefing.typesetting.sheet import Passage, Sheet
from geoanalysis.briefing.typesetting.text import Style, Typesetter, Weight
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import Scene

_NAME: Final = Style(12.0, Weight.SEMIBOLD)
_LEAST_NAME_PT: Final = 8.0
_GAP_PT: Final = 8.0
_LEGIBLE_PT: Final = (9.0, 8.0, 7.0)
"""The map gives way to its panel until the text is as large as the first, or else the next, of these."""
_LEGEND_OF_BOTH: Final = "Legend (counts: left | right)"
NAME: Final = "name"


def draw_map_page(sheet: Sheet, body: MapWithPanel, box: Box, basemap: Basemap) -> tuple[Picture, ...]:
    """Draw a map and its panel into the body of a page."""
    scene = body.scene.shown()
    content = PanelContent(
        body.points, tuple(expected_groups(scene)), body.facts, body.facts_title, body.bars
    )
    region, panel = _divide(box, aspect_of(scene.extent), content, sheet.type)
    picture = _draw_map(sheet, scene, framed(region), basemap)
    groups = tuple(legend_groups(scene, picture))
    draw_panel(sheet, fill_panel(replace(content, groups=groups), panel, sheet.type))
    return (picture,)


def draw_side_by_side(sheet: Sheet, body: SideBySide, box: Box, basemap: Basemap) -> tuple[Picture, ...]:
    """Draw two maps of one frame, each under its name, and what differs with the legend of both."""
    scenes = [replace(scene.shown(), extent=body.left.extent) for scene in (body.left, body.right)]
    expected = paired_groups(*(expected_groups(scene) for scene in scenes))
    content = PanelContent(
        body.points, tuple(expected), body.facts, body.facts_title, legend_title=_LEGEND_OF_BOTH
    )
    region, panel = _divide(box, 2 * aspect_of(body.left.extent), content, sheet.type)
    halves = columns(region, 2)
    names = [sheet.type.fit(scene.title, _NAME, halves[0].width, least=_LEAST_NAME_PT) for scene in scenes]
    top = region.top - max(sheet.type.height(len(lines), style) for lines, style in names) - _GAP_PT / 2
    for scene, half, (lines, style) in zip(scenes, halves, names, strict=True):
        _write_name(sheet, scene.title, Box(half.left, top, half.right, half.top), lines, style)
    places = [framed(Box(half.left, half.bottom, half.right, top)) for half in halves]
    pictures = tuple(
        _draw_map(sheet, scene, place, basemap) for scene, place in zip(scenes, places, strict=True)
    )
    groups = paired_groups(*(legend_groups(*pair) for pair in zip(scenes, pictures, strict=True)))
    draw_panel(sheet, fill_panel(replace(content, groups=tuple(groups)), panel, sheet.type))
    return pictures


def _divide(box: Box, aspect: float, content: PanelContent, setter: Typesetter) -> tuple[Box, Box]:
    """Divide a body so that the map is as large as the text beside it allows."""
    ways = list(divisions(box, aspect))
    legible = (way for size in _LEGIBLE_PT for way in ways if fits(content, way[1], setter, size=size))
    return next(legible, ways[-1])


def _write_name(sheet: Sheet, name: str, place: Box, lines: Sequence[str], style: Style) -> None:
    sheet.write(lines, (place.left, place.top), style, part=NAME)
    sheet.passages.append(Passage(NAME, name, place, style))


def _draw_map(sheet: Sheet, scene: Scene, box: Box, basemap: Basemap) -> Picture:
    return draw_picture(sheet, scene, basemap, MapView(fit_extent(scene.extent, box.width / box.height), box))
