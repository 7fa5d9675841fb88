"""Symbols of the scene as outlines on paper: the same shapes, colours and sizes as on the screen."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from matplotlib.path import Path

from geoanalysis.symbology import INK, PAPER, Shape, Symbol, Theme

PT_PER_PX: Final = 0.75
"""A CSS pixel is 1/96 inch, a point 1/72."""
_DASHES_PX: Final = (5.0, 3.0)
_LINEAR_BELOW: Final = 0.04045


def _polygon(*corners: tuple[float, float]) -> Path:
    return Path(np.array([*corners, corners[0]]), closed=True)


def _plus(arm: float, reach: float) -> Path:
    half = [(arm, reach), (arm, arm), (reach, arm), (reach, -arm), (arm, -arm), (arm, -reach)]
    return _polygon(*half, *((-x, -y) for x, y in half))


_OUTLINES: Final[Mapping[Shape, Path]] = MappingProxyType(
    {
        "circle": Path.unit_circle(),
        "square": _polygon((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "triangle": _polygon((0, 1.2), (1.1, -0.9), (-1.1, -0.9)),
        "diamond": _polygon((0, 1.25), (1.25, 0), (0, -1.25), (-1.25, 0)),
        "cross": _plus(0.4, 1.1),
    }
)
"""Outlines in radii, the same as the browser's; with corners beyond the radius all look alike in size."""


def outline(symbol: Symbol) -> Path:
    """Give the outline of a point symbol in units of its radius; anything without one is a circle."""
    return _OUTLINES.get(symbol.shape, _OUTLINES["circle"])


def radius_pt(size_px: float) -> float:
    """Turn a size on the screen into points on paper."""
    return size_px * PT_PER_PX


def pen(symbol: Symbol) -> dict[str, Any]:
    """Give the colours, width and dashes of a point or area symbol as matplotlib names them."""
    return {
        "facecolors": [(symbol.fill, symbol.fill_opacity)],
        "edgecolors": [symbol.stroke or "none"],
        "linewidths": [symbol.stroke_px * PT_PER_PX if symbol.stroke else 0.0],
        "linestyles": [_dashes(symbol, symbol.stroke_px)],
    }


def line_pen(symbol: Symbol) -> dict[str, Any]:
    """Give the colour, width and dashes of a line symbol as matplotlib names them."""
    return {
        "colors": [(symbol.fill, symbol.fill_opacity)],
        "linewidths": [symbol.size_px * PT_PER_PX],
        "linestyles": [_dashes(symbol, symbol.size_px)],
        "capstyle": "butt" if symbol.dashed else "round",
    }


def ink_on(colour: str, theme: Theme) -> str:
    """Give paper or ink, whichever stands out more on a colour of a theme (WCAG 2.2 contrast ratio)."""
    background = theme.shade(colour)
    return max(PAPER, INK, key=lambda ink: contrast(theme.shade(ink), background))


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two hex colours, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _dashes(symbol: Symbol, width_px: float) -> tuple[float, tuple[float, ...] | None]:
    """Give dashes of a fixed length; matplotlib counts them in line widths."""
    if not symbol.dashed:
        return (0.0, None)
    return (0.0, tuple(dash / width_px for dash in _DASHES_PX))


def _luminance(colour: str) -> float:
    """Relative luminance of a hex colour, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
