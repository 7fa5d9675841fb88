"""The layers of a scene on the map, in their order, and the point symbols on top."""

from collections.abc import Iterable, Sequence
from typing import Final

import geopandas as gpd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection

from geoanalysis.briefing.cartography.frame import MapView
from geoanalysis.briefing.cartography.land import DETAIL_PT, areas, cut, lines
from geoanalysis.briefing.cartography.mark import Mark
from geoanalysis.briefing.cartography.marks import Marks
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.sheet import Halo, Sheet
from geoanalysis.briefing.typesetting.symbols import ink_on, line_pen, pen
from geoanalysis.briefing.typesetting.text import ASCENT, Style, Weight
from geoanalysis.maps.scene import Layer
from geoanalysis.symbology import INK, MUTED, Symbol, Theme

_HOME_DOT_PT: Final = 1.1
_NUMBER: Final = Style(6.8, Weight.BOLD)
_HALF_FIGURE: Final = 0.33
"""From the baseline to the middle of a figure, in font sizes."""
_SHAPES_ZORDER: Final = 2.0
_MARKS_ZORDER: Final = 2.0
_SELECTED_ZORDER: Final = 4.0


def draw_shapes(axes: Axes, layers: Sequence[Layer], view: MapView, theme: Theme) -> None:
    """Draw the lines and areas of the layers, a later layer over an earlier one."""
    for number, layer in enumerate(layers):
        for style in reversed(list(layer.symbols)):
            features = layer.features[layer.features["style"] == style]
            _draw_style(axes, features, theme.symbol(layer.symbols[style]), view, _SHAPES_ZORDER + number)


def draw_marks(sheet: Sheet, marks: Marks, clip: Box) -> None:
    """Draw the point symbols of every layer, with the number where one stands for several things."""
    for number, layer in enumerate(marks.layers):
        zorder = _MARKS_ZORDER + number / 100
        _draw_ties(sheet, layer)
        for symbol in dict.fromkeys(mark.symbol for mark in layer):
            _stamp(sheet, [mark for mark in layer if mark.symbol == symbol], clip, zorder)
        _write_counts(sheet, layer, zorder)
    if marks.selected is not None:
        _stamp(sheet, [marks.selected], clip, _SELECTED_ZORDER)


def _draw_style(axes: Axes, features: gpd.GeoDataFrame, symbol: Symbol, view: MapView, zorder: float) -> None:
    shapes = cut(features.geometry[~features.geom_type.isin(["Point", "MultiPoint"])], view.frame)
    shapes = shapes.simplify(view.metres_per_point * DETAIL_PT)
    drawing: LineCollection | PathCollection
    if symbol.shape == "line":
        drawing = LineCollection(lines(shapes), zorder=zorder, **line_pen(symbol))
    else:
        drawing = PathCollection(areas(shapes), zorder=zorder, **pen(symbol))
    axes.add_collection(drawing, autolim=False)


def _stamp(sheet: Sheet, marks: Sequence[Mark], clip: Box, zorder: float) -> None:
    places = [(mark.x, mark.y) for mark in marks]
    sheet.stamp(marks[0].symbol, places, [mark.radius for mark in marks], zorder=zorder, clip=clip)


def _draw_ties(sheet: Sheet, marks: Iterable[Mark]) -> None:
    """Tie crowds that were pushed apart to their true places."""
    ties = {mark.home: mark.tie for mark in marks if mark.tie is not None}
    for home, centre in ties.items():
        sheet.rule(home, centre, colour=MUTED, width=0.5)
        sheet.dots([home], radius=_HOME_DOT_PT, colour=INK)


def _write_counts(sheet: Sheet, marks: Iterable[Mark], zorder: float) -> None:
    for mark in marks:
        if mark.figure:
            sheet.write(
                [mark.figure],
                (mark.x, mark.y + _NUMBER.size * (ASCENT - _HALF_FIGURE)),
                Style(_NUMBER.size, _NUMBER.weight, ink_on(mark.symbol.fill, sheet.theme)),
                part="count",
                align="center",
                zorder=zorder,
                halo=Halo(1.2, mark.symbol.fill),
            )
