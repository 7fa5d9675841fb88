"""Counts over time and ratios with their intervals, drawn into a box in text of a given size."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log2
from typing import Final

from geoanalysis.briefing.document import Bars, Interval
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.sheet import Sheet
from geoanalysis.briefing.typesetting.text import Style, Weight
from geoanalysis.briefing.typesetting.words import grouped
from geoanalysis.symbology import ACCENT, ALERT, BORDER, INK, MUTED, RULE

CHART: Final = "chart"
_BAR_SHARE: Final = 0.7
_LEAST_LABEL_GAP_EM: Final = 1.0
_CHECKS_SHARE: Final = 0.28
_TICKS: Final = 4
_MOST_NAMES: Final = 0.42
"""Share of the width that the names of an interval chart may take."""
_DOT_EM: Final = 0.32
_RATIOS: Final = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0)


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values of one axis lie: `box` in points, values from 0 to `most`."""

    box: Box
    most: float

    def y(self, value: float) -> float:
        return self.box.bottom + self.box.height * min(value / self.most, 1.0)

    def x(self, number: int, count: int) -> tuple[float, float]:
        """Give the left and right side of the bar of that number."""
        width = self.box.width / count
        middle = self.box.left + (number + 0.5) * width
        return middle - width * _BAR_SHARE / 2, middle + width * _BAR_SHARE / 2


def draw_bars(sheet: Sheet, bars: Bars, box: Box, size: float) -> None:
    """Draw counts as bars, what is expected as ticks, and below them the checks where they are told."""
    style = Style(size * 0.92, colour=MUTED)
    lines = sheet.type.wrap(bars.words, style, box.width)
    sheet.write(lines, (box.left, box.top), style, part=CHART)
    top = box.top - sheet.type.height(len(lines), style) - size * 0.5
    plot = _plot(sheet, bars, Box(box.left, box.bottom, box.right, top), style)
    _draw_axis(sheet, plot, style)
    for number, bar in enumerate(bars.bars):
        _draw_bar(sheet, plot, number, len(bars.bars), bar.value, ACCENT)
        if bar.expected is not None:
            left, right = plot.x(number, len(bars.bars))
            y = plot.y(bar.expected)
            sheet.rule((left - 1, y), (right + 1, y), colour=ALERT, width=1.6)
    below = _draw_checked(sheet, bars, plot, box, style) if bars.checked else plot
    _draw_labels(sheet, [bar.label for bar in bars.bars], below, style)


def _plot(sheet: Sheet, bars: Bars, box: Box, style: Style) -> _Plot:
    """Give the area of the bars, with room for figures on the left and labels below."""
    told = [value for bar in bars.bars for value in (bar.value, bar.expected) if value is not None]
    checks = [value for value in bars.checked if value is not None]
    most = _nice(max(told, default=1.0))
    widest = max(
        sheet.type.width(grouped(value), style) for value in (most, *checks[:1], max(checks, default=0))
    )
    bottom = box.bottom + style.pitch * 1.1
    share = _CHECKS_SHARE * (box.top - bottom) if bars.checked else 0.0
    return _Plot(Box(box.left + widest + style.size * 0.5, bottom + share, box.right, box.top), most)


def _nice(value: float) -> float:
    """Give the next of 1, 2, 5 times a power of ten, or 4 and 8 of small numbers."""
    steps = [step * 10**power for power in range(9) for step in (1, 2, 4, 5, 6, 8)]
    return float(next((step for step in steps if step >= value), value))


def _draw_axis(sheet: Sheet, plot: _Plot, style: Style) -> None:
    """Draw the ground line, and quiet lines at whole numbers with their figures."""
    step = max(1, ceil(plot.most / _TICKS))
    least_gap = style.pitch * plot.most / max(plot.box.height, 1.0)
    while step < least_gap:
        step *= 2
    for value in range(0, floor(plot.most) + 1, step):
        y = plot.y(value)
        sheet.rule((plot.box.left, y), (plot.box.right, y), colour=INK if value == 0 else RULE, width=0.5)
        at = (plot.box.left - style.size * 0.4, y + sheet.type.height(1, style) / 2)
        sheet.write([grouped(value)], at, style, part=CHART, align="right")


def _draw_bar(sheet: Sheet, plot: _Plot, number: int, count: int, value: float | None, colour: str) -> None:
    if value is not None and value > 0:
        left, right = plot.x(number, count)
        sheet.rectangle(Box(left, plot.box.bottom, right, plot.y(value)), fill=colour)


def _draw_checked(sheet: Sheet, bars: Bars, plot: _Plot, box: Box, style: Style) -> _Plot:
    """Draw the checks as bars that hang under those of the hits, with their largest figure."""
    told = [value for value in bars.checked if value is not None]
    room = Box(
        plot.box.left, box.bottom + style.pitch * 1.1, plot.box.right, plot.box.bottom - style.pitch * 0.7
    )
    below = _Plot(room, max(max(told, default=0.0), 1.0))
    for number, value in enumerate(bars.checked):
        _draw_bar(sheet, below, number, len(bars.checked), value, BORDER)
    sheet.rule((room.left, room.bottom), (room.right, room.bottom), colour=INK, width=0.5)
    if told:
        at = (room.left - style.size * 0.4, room.top + style.size * 0.3)
        sheet.write([grouped(max(told))], at, style, part=CHART, align="right")
    return below


def _draw_labels(sheet: Sheet, labels: Sequence[str], plot: _Plot, style: Style) -> None:
    """Write under the bars as many labels as have room beside each other."""
    if not labels:
        return
    width = max(sheet.type.width(label, style) for label in labels) + style.size * _LEAST_LABEL_GAP_EM
    every = max(1, ceil(width * len(labels) / plot.box.width))
    for number in range(0, len(labels), every):
        left, right = plot.x(number, len(labels))
        half = sheet.type.width(labels[number], style) / 2
        x = min(max((left + right) / 2, plot.box.left + half), plot.box.right - half)
        at = (x, plot.box.bottom - style.size * 0.25)
        sheet.write([labels[number]], at, style, part=CHART, align="center")


def draw_intervals(sheet: Sheet, intervals: Sequence[Interval], box: Box, size: float) -> None:
    """Draw ratios as dots on bars of their 95 % interval, on a scale of doublings; 1 is what is expected."""
    style, note = Style(size), Style(size * 0.85, colour=MUTED)
    names = Box(box.left, box.bottom, box.left + box.width * _MOST_NAMES, box.top)
    axis = Box(names.right + size, box.bottom + size * 1.6, box.right - size * 0.5, box.top)
    ticks = _ratio_ticks(intervals)
    for tick in ticks:
        x = _ratio_x(tick, ticks, axis)
        sheet.rule((x, axis.bottom), (x, axis.top), colour=INK if tick == 1 else RULE, width=0.6)
        at = (x, axis.bottom - size * 0.15)
        sheet.write([f"{tick:g}"], at, note, part=CHART, align="center")
    pitch = axis.height / max(len(intervals), 1)
    for number, interval in enumerate(intervals):
        y = axis.top - (number + 0.5) * pitch
        _draw_name(sheet, interval, names, (y, pitch), (style, note))
        _draw_interval(sheet, interval, ticks, axis, (y, size))


def _draw_name(
    sheet: Sheet, interval: Interval, box: Box, at: tuple[float, float], styles: tuple[Style, Style]
) -> None:
    """Write a name and the note under it, shrunk until both have room."""
    y, pitch = at
    parts = [pair for pair in zip((interval.words, interval.note), styles, strict=True) if pair[0]]
    for scale in (1.0, 0.9, 0.8, 0.7, 0.6):
        wrapped = [
            (
                sheet.type.wrap(words, style.sized(style.size * scale), box.width),
                style.sized(style.size * scale),
            )
            for words, style in parts
        ]
        height = sum(sheet.type.height(len(lines), style) for lines, style in wrapped)
        if height <= pitch:
            break
    top = y + height / 2
    for lines, style in wrapped:
        sheet.write(lines, (box.left, top), style, part=CHART)
        top -= sheet.type.height(len(lines), style)


def _draw_interval(
    sheet: Sheet, interval: Interval, ticks: Sequence[float], axis: Box, at: tuple[float, float]
) -> None:
    y, size = at
    low, value, high = (
        _ratio_x(ratio, ticks, axis) for ratio in (interval.low, interval.value, interval.high)
    )
    colour = ALERT if interval.stands_out else MUTED
    sheet.rule((low, y), (high, y), colour=colour, width=2.0)
    sheet.dots([(value, y)], radius=size * _DOT_EM, colour=colour)
    words = f"{interval.value:.1f}"
    style = Style(size * 0.9, Weight.SEMIBOLD)
    at_words = (value, y + size * _DOT_EM + sheet.type.height(1, style))
    sheet.write([words], at_words, style, part=CHART, align="center")


def _ratio_ticks(intervals: Sequence[Interval]) -> list[float]:
    """Give the doublings from below the lowest bound, or 1, to above the highest."""
    low = min([1.0, *(interval.low for interval in intervals)])
    high = max([2.0, *(interval.high for interval in intervals)])
    first = max((k for k, tick in enumerate(_RATIOS) if tick <= low), default=0)
    last = min((k for k, tick in enumerate(_RATIOS) if tick >= high), default=len(_RATIOS) - 1)
    return list(_RATIOS[first : last + 1])


def _ratio_x(ratio: float, ticks: Sequence[float], axis: Box) -> float:
    inside = min(max(ratio, ticks[0]), ticks[-1])
    return axis.left + axis.width * log2(inside / ticks[0]) / log2(ticks[-1] / ticks[0])
