"""What a map needs beside its content: notices, north arrow, scale bar and locator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any, Final

import geopandas as gpd
import numpy as np
from matplotlib.patches import Polygon
from matplotlib_scalebar.scalebar import ScaleBar
from pyproj import Transformer

from geoanalysis.briefing.cartography.frame import Frame, MapView
from geoanalysis.briefing.cartography.land import OFF_MAP, cut, fill_areas, reach
from geoanalysis.briefing.typesetting.boxes import Box, overlaps
from geoanalysis.briefing.typesetting.sheet import Halo, Sheet
from geoanalysis.briefing.typesetting.text import FAMILY, Style, Typesetter, Weight
from geoanalysis.domain.crs import LONLAT, METRIC
from geoanalysis.domain.marking import EXERCISE_NOTICE
from geoanalysis.maps.basemap import Basemap
from geoanalysis.symbology import ACCENT, INK, PAPER, SEA

_LOCATOR_PT: Final = (92.0, 74.0)
_MOST_SCALE_PT: Final = 130.0
_SCALE_HEIGHT_PT: Final = 24.0
_SCALE_PAD_PT: Final = 8.0
_NORTH_PT: Final = (24.0, 40.0)
_EDGE_PT: Final = 7.0
_NOTICE: Final = Style(12.0, Weight.BOLD, PAPER)
_QUIET_NOTICE: Final = Style(9.5, Weight.SEMIBOLD)
_LEAST_NOTICE_PT: Final = 8.0
_SCALE: Final = Style(8.0, Weight.SEMIBOLD)
_NORTH: Final = Style(9.5, Weight.BOLD)
_ZORDER: Final = 5.0
_LOCATOR_LAND: Final = "#c9d1d6"
_LOCATOR_TIMES: Final = 3.5
_LOCATOR_SPAN_M: Final = (900_000.0, 4_600_000.0)
_MOST_LOCATED: Final = 0.35
"""A frame that fills more of the basemap than this needs no locator."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What must not be overlooked, in a frame of its own."""

    lines: tuple[str, ...]
    style: Style
    box: Box


@dataclass(frozen=True, slots=True)
class Furniture:
    """Where everything stands on the map."""

    notices: tuple[Notice, ...]
    north: Box
    scale: Box
    locator: Box | None

    @property
    def boxes(self) -> list[Box]:
        """All that labels must keep clear of."""
        boxes = [*(notice.box for notice in self.notices), self.north, self.scale]
        return boxes if self.locator is None else [*boxes, self.locator]


def arrange(
    view: MapView, notices: Sequence[str], symbols: Sequence[Box], setter: Typesetter, *, located: bool
) -> Furniture:
    """Put notices and north arrow at the top; scale bar and locator below, where they hide fewer symbols."""
    box = view.box.padded(-_EDGE_PT)
    north = Box(box.right - _NORTH_PT[0], box.top - _NORTH_PT[1], box.right, box.top)
    scale_width = scale_km(view) * 1000 / view.metres_per_point + 2 * _SCALE_PAD_PT
    scales = _corners(box, (scale_width, _SCALE_HEIGHT_PT))
    locators = _corners(box, _LOCATOR_PT)
    usual, swapped = (scales[0], locators[1]), (scales[1], locators[0])
    hidden = overlaps([*usual, *swapped], symbols)
    scale, locator = usual if hidden[:2].sum() <= hidden[2:].sum() else swapped
    width = box.width - _NORTH_PT[0] - _EDGE_PT
    placed = _stack(notices, (box.left, box.top), width, setter)
    return Furniture(placed, north, scale, locator if located else None)


def needs_locator(frame: Frame, countries: gpd.GeoDataFrame) -> bool:
    """Tell whether the basemap reaches far enough beyond the frame to show where that is."""
    west, south, east, north = reach(countries).to_crs(METRIC).total_bounds
    shown = frame.outline().to_crs(METRIC).area.iloc[0]
    return bool(shown < _MOST_LOCATED * (east - west) * (north - south))


def draw_furniture(sheet: Sheet, furniture: Furniture, view: MapView, basemap: Basemap) -> None:
    """Draw everything at its place."""
    _draw_notices(sheet, furniture.notices)
    _draw_north(sheet, furniture.north, view)
    _draw_scale(sheet, furniture.scale, view)
    if furniture.locator is not None:
        _draw_locator(sheet, furniture.locator, view.frame, basemap)


def _corners(box: Box, size: tuple[float, float]) -> tuple[Box, Box]:
    """Give the lower left and the lower right corner."""
    width, height = size
    return (
        Box(box.left, box.bottom, box.left + width, box.bottom + height),
        Box(box.right - width, box.bottom, box.right, box.bottom + height),
    )


def _stack(
    notices: Iterable[str], corner: tuple[float, float], width: float, setter: Typesetter
) -> tuple[Notice, ...]:
    """Put one notice under the other from the upper left corner."""
    placed: list[Notice] = []
    left, top = corner
    for words in notices:
        look = _NOTICE if words == EXERCISE_NOTICE else _QUIET_NOTICE
        lines, style = setter.fit(words, look, width - look.size, least=_LEAST_NOTICE_PT)
        if not lines:
            continue
        right = left + max(setter.width(line, style) for line in lines) + style.size
        bottom = top - setter.height(len(lines), style) - style.size * 0.5
        placed.append(Notice(tuple(lines), style, Box(left, bottom, right, top)))
        top = bottom - _EDGE_PT / 2
    return tuple(placed)


def _draw_notices(sheet: Sheet, notices: Iterable[Notice]) -> None:
    for notice in notices:
        box, style = notice.box, notice.style
        fill = INK if style.colour != INK else PAPER
        sheet.rectangle(box, fill=fill, stroke=INK, zorder=_ZORDER)
        top = (box.centre[0], box.top - style.size * 0.25)
        sheet.write(notice.lines, top, style, part="notice", align="center")


def _draw_north(sheet: Sheet, box: Box, view: MapView) -> None:
    """Draw an arrow to true north as it is at the arrow's own place."""
    x, y = box.centre[0], box.bottom + box.height * 0.36
    turn = _bearing(view, x, y)
    ahead, aside = np.array([np.sin(turn), np.cos(turn)]), np.array([np.cos(turn), -np.sin(turn)])
    middle = np.array([x, y])
    tip, notch = middle + ahead * 14, middle - ahead * 7
    for side, fill in ((-1, INK), (1, PAPER)):
        foot = middle - ahead * 12 + aside * side * 7
        sheet.axes.add_patch(
            Polygon(
                [tip, foot, notch],
                closed=True,
                facecolor=sheet.theme.shade(fill),
                edgecolor=sheet.theme.shade(INK),
                linewidth=0.7,
                zorder=_ZORDER,
            )
        )
    sheet.write(["N"], (x + ahead[0] * 14, box.top), _NORTH, part="north", align="center", halo=Halo(2.2))


def _bearing(view: MapView, x: float, y: float) -> float:
    """Give the direction of true north at a place on the page, radians clockwise from up."""
    west, south, _, _ = view.frame.bounds_m
    there = (
        west + (x - view.box.left) * view.metres_per_point,
        south + (y - view.box.bottom) * view.metres_per_point,
    )
    lonlat = Transformer.from_crs(view.frame.crs, LONLAT, always_xy=True)
    lon, lat = lonlat.transform(*there)
    north = lonlat.transform(lon, lat + 0.01, direction="INVERSE")
    return float(np.arctan2(north[0] - there[0], north[1] - there[1]))


def scale_km(view: MapView) -> float:
    """Give the length of the scale bar: 1, 2 or 5 times a power of ten, as long as there is room for."""
    most_km = _MOST_SCALE_PT * view.metres_per_point / 1000
    power = 10.0 ** floor(log10(most_km))
    return max(step * power for step in (1, 2, 5) if step * power <= most_km)


def _draw_scale(sheet: Sheet, box: Box, view: MapView) -> None:
    sheet.rectangle(box, fill=PAPER, zorder=_ZORDER - 0.1)
    axes = sheet.inset(box, zorder=11)
    axes.patch.set_visible(False)
    axes.set(xlim=(0, box.width * view.metres_per_point), ylim=(0, box.height * view.metres_per_point))
    length_km = scale_km(view)
    axes.add_artist(
        ScaleBar(
            1,
            fixed_value=length_km if length_km >= 1 else length_km * 1000,
            fixed_units="km" if length_km >= 1 else "m",
            scale_formatter=lambda value, unit: f"{value:g} {unit}",
            location="center",
            width_fraction=0.12,
            scale_loc="top",
            sep=2,
            pad=0,
            border_pad=0,
            frameon=False,
            color=sheet.theme.shade(INK),
            font_properties=_font(_SCALE),
            rotation="horizontal-only",
        )
    )


def _font(style: Style) -> dict[str, Any]:
    """Name a font for a library that makes its own texts."""
    file = str(style.weight.file)
    return {"family": FAMILY, "weight": style.weight.number, "fname": file, "size": style.size}


def _draw_locator(sheet: Sheet, box: Box, frame: Frame, basemap: Basemap) -> None:
    """Draw the frame in its part of the continent."""
    axes, shade = sheet.inset(box, zorder=11), sheet.theme.shade
    window = _window(frame, box)
    axes.set(facecolor=shade(OFF_MAP), xlim=window.bounds_m[::2], ylim=window.bounds_m[1::2])
    axes.spines[:].set(visible=True, edgecolor=shade(INK), linewidth=0.7)
    fill_areas(axes, cut(reach(basemap.countries), window), shade(SEA), zorder=0)
    land = cut(basemap.coarse.geometry, window)
    fill_areas(axes, land, shade(_LOCATOR_LAND), zorder=1, edge=shade(PAPER))
    outline = frame.outline().to_crs(METRIC)
    fill_areas(axes, outline, "none", zorder=2, edge=shade(ACCENT), width=1.4)


def _window(frame: Frame, box: Box) -> Frame:
    """Give the part of the continent around a frame, in the shape of the locator."""
    west, south, east, north = frame.outline().to_crs(METRIC).total_bounds
    least, most = _LOCATOR_SPAN_M
    half_width = min(max(_LOCATOR_TIMES * (east - west), least), most) / 2
    half_height = half_width * box.height / box.width
    x, y = (west + east) / 2, (south + north) / 2
    return Frame(METRIC, (x - half_width, y - half_height, x + half_width, y + half_height))
