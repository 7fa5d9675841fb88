"""Degrees along the edges of the map."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from geoanalysis.briefing.cartography.frame import Floats, MapView
from geoanalysis.briefing.typesetting.sheet import Sheet
from geoanalysis.briefing.typesetting.text import Style
from geoanalysis.briefing.typesetting.words import degrees_words
from geoanalysis.symbology import INK, MUTED

_FIGURES: Final = Style(6.4, colour=MUTED)
_TICK_PT: Final = 3.0
_CORNER_PT: Final = 14.0
_STEPS_DEG: Final = (10.0, 5.0, 2.0, 1.0, 0.5, 0.25, 0.1, 0.05, 1 / 60)
_LEAST_TICKS: Final = 3


def draw_graticule(sheet: Sheet, view: MapView) -> None:
    """Mark meridians along the lower edge and parallels along the left one."""
    box = view.box
    step = _step(view)
    for degrees, share in crossed(view.frame.edge("bottom")[:, 0], step):
        x = box.left + share * box.width
        sheet.rule((x, box.bottom), (x, box.bottom - _TICK_PT), colour=INK, width=0.5)
        if box.left + _CORNER_PT < x < box.right - _CORNER_PT:
            at = (x, box.bottom - _TICK_PT - 0.5)
            sheet.write([degrees_words(degrees, "E", "W")], at, _FIGURES, part="graticule", align="center")
    for degrees, share in crossed(view.frame.edge("left")[:, 1], step):
        y = box.bottom + share * box.height
        sheet.rule((box.left, y), (box.left - _TICK_PT, y), colour=INK, width=0.5)
        if box.bottom + _CORNER_PT < y < box.top - _CORNER_PT:
            at = (box.left - _TICK_PT - 1.5, y)
            sheet.write_upright(degrees_words(degrees, "N", "S"), at, _FIGURES, part="graticule")


def crossed(along: Floats, step: float) -> Iterator[tuple[float, float]]:
    """
    Give the multiples of `step` that an edge crosses, each with its share of the way along the edge.

    Parameters
    ----------
    along
        Degrees at even distances along the edge, growing.
    """
    shares = np.linspace(0, 1, len(along))
    first, last = int(np.ceil(along[0] / step)), int(np.floor(along[-1] / step))
    for number in range(first, last + 1):
        yield number * step, float(np.interp(number * step, along, shares))


def _step(view: MapView) -> float:
    """Give the widest spacing that still marks both edges a few times."""
    edges = view.frame.edge("bottom")[:, 0], view.frame.edge("left")[:, 1]
    span = min(float(edge[-1] - edge[0]) for edge in edges)
    return next((step for step in _STEPS_DEG if span / step >= _LEAST_TICKS), _STEPS_DEG[-1])
