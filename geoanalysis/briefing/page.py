"""The page and its parts: marking, heading, map, side panel, footer."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from geoanalysis.briefing.boxes import Box
from geoanalysis.domain.errors import InputError

_MM: Final = 72 / 25.4
PAGES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "16:9": (960.0, 540.0),
        "A4": (297 * _MM, 210 * _MM),
        "A3": (420 * _MM, 297 * _MM),
    }
)
"""Width and height in points; the paper sizes lie on their long side."""

_MARGIN: Final = 22.0
_STRIP: Final = 20.0
"""Height of the strip at the top and the bottom that bears the handling marking."""
_GAP: Final = 8.0
_TICKS: Final = 12.0
"""Room left of and below the map for the graticule's figures."""
_PANEL_GAP: Final = 16.0
_PANEL_SHARE: Final = (0.25, 0.36)
"""The side panel takes at least and at most this share of the width."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each part of the page lies."""

    page: Box
    marking_top: Box
    heading: Box
    map: Box
    panel: Box
    footer: Box
    marking_bottom: Box


def page_size(page: str) -> tuple[float, float]:
    """
    Give the width and height of a page in points.

    Raises
    ------
    InputError
        If `page` is no known page.
    """
    if page not in PAGES:
        raise InputError(f"{page!r} is no page that can be drawn: choose one of {', '.join(PAGES)}")
    return PAGES[page]


def content_width(size: tuple[float, float]) -> float:
    """Give the width between the margins of a page, in points."""
    return size[0] - 2 * _MARGIN


def lay_out(
    size: tuple[float, float], *, heading_height: float, footer_height: float, map_aspect: float
) -> Layout:
    """
    Divide a page.

    The map is as wide as `map_aspect` (width by height of the extent) asks for, within what leaves the side
    panel legible and not idle.

    Parameters
    ----------
    size
        Width and height of the page, points.
    heading_height, footer_height
        What their text needs, points.
    """
    width, height = size
    left, right = _MARGIN, width - _MARGIN
    heading = Box(left, height - _STRIP - heading_height, right, height - _STRIP)
    footer = Box(left, _STRIP, right, _STRIP + footer_height)
    bottom, top = footer.top + _GAP + _TICKS, heading.bottom - _GAP
    panel_width = _panel_width(right - left, (top - bottom) * map_aspect)
    return Layout(
        page=Box(0, 0, width, height),
        marking_top=Box(left, height - _STRIP, right, height),
        heading=heading,
        map=Box(left + _TICKS, bottom, right - panel_width - _PANEL_GAP, top),
        panel=Box(right - panel_width, bottom, right, top),
        footer=footer,
        marking_bottom=Box(left, 0, right, _STRIP),
    )


def _panel_width(width: float, map_width: float) -> float:
    least, most = (share * width for share in _PANEL_SHARE)
    return min(max(width - map_width - _TICKS - _PANEL_GAP, least), most)
