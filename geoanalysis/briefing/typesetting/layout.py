"""The page and its parts: marking, heading, body and footer; and the body's: map and side panel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.domain.errors import InputError
from geoanalysis.symbology import DARK, LIGHT, Theme

_MM: Final = 72 / 25.4
PAPERS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "16:9": (960.0, 540.0),
        "A4": (297 * _MM, 210 * _MM),
        "A3": (420 * _MM, 297 * _MM),
    }
)
"""Width and height in points, lying on the long side."""
THEMES: Final[Mapping[str, Theme]] = MappingProxyType({theme.name: theme for theme in (LIGHT, DARK)})

MARGIN: Final = 22.0
_STRIP: Final = 20.0
"""Height of the strip at the top and the bottom that bears the handling marking."""
_GAP: Final = 8.0
_TICKS: Final = 12.0
"""Room left of and below the map for the graticule's figures."""
_PANEL_GAP: Final = 16.0
_PANEL_SHARE: Final = (0.25, 0.42)
"""A panel beside the map takes at least and at most this share of the width."""
_STRIP_SHARE: Final = (0.3, 0.54)
"""A panel below the map takes at least and at most this share of the height."""
_SHARE_STEP: Final = 0.04


@dataclass(frozen=True, slots=True)
class PageForm:
    """
    How pages look: ``16:9``, ``A4`` or ``A3``, lying or standing, ``light`` or ``dark``.

    Raises
    ------
    InputError
        If there is no such paper or theme.
    """

    paper: str = "16:9"
    portrait: bool = False
    theme: str = LIGHT.name

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        for chosen, known in ((self.paper, PAPERS), (self.theme, THEMES)):
            if chosen not in known:
                raise InputError(f"{chosen!r} is no page that can be drawn: choose one of {', '.join(known)}")

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = PAPERS[self.paper]
        return (height, width) if self.portrait else (width, height)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each part of the page lies."""

    page: Box
    marking_top: Box
    heading: Box
    body: Box
    footer: Box
    marking_bottom: Box


def content_width(size: tuple[float, float]) -> float:
    """Give the width between the margins of a page, in points."""
    return size[0] - 2 * MARGIN


def lay_out(size: tuple[float, float], *, heading_height: float, footer_height: float) -> Layout:
    """Divide a page of that width and height; heights are what the text needs; all in points."""
    width, height = size
    left, right = MARGIN, width - MARGIN
    heading = Box(left, height - _STRIP - heading_height, right, height - _STRIP)
    footer = Box(left, _STRIP, right, _STRIP + footer_height)
    return Layout(
        page=Box(0, 0, width, height),
        marking_top=Box(left, height - _STRIP, right, height),
        heading=heading,
        body=Box(left, footer.top + _GAP, right, heading.bottom - _GAP),
        footer=footer,
        marking_bottom=Box(left, 0, right, _STRIP),
    )


def divisions(body: Box, aspect: float) -> Iterator[tuple[Box, Box]]:
    """
    Give ways to divide a body into map and panel: beside the map where the page lies, else below it.

    At first the map is as wide as `aspect` (width by height of the extent) asks for, within what leaves the
    panel legible and not idle; then the panel grows step by step. `framed` takes the room for degrees off.
    """
    least, most = _shares(body)
    share = min(max(_wanted(body, aspect), least), most)
    while share < most:
        yield _divided(body, share)
        share += _SHARE_STEP
    yield _divided(body, most)


def stands(body: Box) -> bool:
    """Tell whether a body is higher than wide, so that its panel lies below the map."""
    return body.height > body.width


def _shares(body: Box) -> tuple[float, float]:
    return _STRIP_SHARE if stands(body) else _PANEL_SHARE


def _wanted(body: Box, aspect: float) -> float:
    """Give the share of the body that a map of that aspect leaves."""
    if stands(body):
        return 1 - body.width / aspect / body.height
    return 1 - ((body.height - _TICKS) * aspect + _TICKS + _PANEL_GAP) / body.width


def _divided(body: Box, share: float) -> tuple[Box, Box]:
    if stands(body):
        cut = body.bottom + share * body.height
        below = Box(body.left, body.bottom, body.right, cut - _GAP)
        return Box(body.left, cut, body.right, body.top), below
    cut = body.right - share * body.width
    return (
        Box(body.left, body.bottom, cut - _PANEL_GAP, body.top),
        Box(cut, body.bottom, body.right, body.top),
    )


def framed(box: Box) -> Box:
    """Give what is left for a map once its degrees have room left of and below it."""
    return Box(box.left + _TICKS, box.bottom + _TICKS, box.right, box.top)


def columns(box: Box, count: int, gap: float = _PANEL_GAP) -> list[Box]:
    """Divide a box into columns of equal width."""
    width = (box.width - (count - 1) * gap) / count
    lefts = [box.left + number * (width + gap) for number in range(count)]
    return [Box(left, box.bottom, left + width, box.top) for left in lefts]
