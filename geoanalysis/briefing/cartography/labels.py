"""Labels that keep clear of each other, of the furniture and, where they can, of the symbols."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geoanalysis.briefing.typesetting.boxes import Box, overlaps
from geoanalysis.briefing.typesetting.sheet import Align, Halo, Sheet
from geoanalysis.briefing.typesetting.text import Style, Typesetter
from geoanalysis.symbology import MUTED

_DIRECTIONS: Final = ((1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1))
_LEADER_FROM_PT: Final = 6.0
_EDGE_PT: Final = 3.0
_COST_OF_DISTANCE: Final = 5.0
"""Square points of hidden symbols that a label may save by standing one point further away."""


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text in their box; `leader` is the place that it names, where it stands away from it."""

    lines: tuple[str, ...]
    style: Style
    box: Box
    align: Align = "left"
    leader: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A thing to name: its place on the page and the radius of its symbol, in points."""

    words: str
    x: float
    y: float
    radius: float


class Ground:
    """What of the map is taken, and which symbols should stay visible."""

    def __init__(self, frame: Box, *, taken: Iterable[Box], symbols: Iterable[Box]) -> None:
        self._frame = frame.padded(-_EDGE_PT)
        self._taken = list(taken)
        self._symbols = list(symbols)

    def is_free(self, box: Box) -> bool:
        """Tell whether a box lies on the map and nothing else stands there."""
        return self._frame.contains(box) and not overlaps([box], self._taken).any()

    def take(self, box: Box) -> None:
        """Keep everything that is placed later clear of a box."""
        self._taken.append(box)

    def choose(
        self,
        options: Sequence[Box],
        *,
        costs: Sequence[float] | None = None,
        most_hidden: float = float("inf"),
    ) -> int | None:
        """
        Take the option that hides least of the symbols, the earliest of equals.

        Parameters
        ----------
        costs
            What speaks against each option, in square points of hidden symbols.
        most_hidden
            No option may hide more than so many square points.

        Returns
        -------
        int or None
            The number of the option taken; None if there is none.
        """
        if not options:
            return None
        hidden = overlaps(options, self._symbols)
        free = (overlaps(options, self._taken) == 0) & [self._frame.contains(box) for box in options]
        badness = np.where(
            free & (hidden <= most_hidden), np.round(hidden) + (0.0 if costs is None else costs), np.inf
        )
        best = int(np.argmin(badness))
        if np.isinf(badness[best]):
            return None
        self._taken.append(options[best])
        return best


def beside(
    anchor: Anchor,
    style: Style,
    ground: Ground,
    setter: Typesetter,
    *,
    distances: Sequence[float],
    most_hidden: float = float("inf"),
) -> Label | None:
    """Place a label next to its symbol, in one of eight directions, or None where there is no room."""
    words = setter.printable(anchor.words, style)
    size = (setter.width(words, style) + 1, setter.height(1, style))
    ways = [(direction, distance) for distance in distances for direction in _DIRECTIONS]
    options = [_shifted(anchor, size, direction, distance) for direction, distance in ways]
    costs = [_COST_OF_DISTANCE * distance for _, distance in ways]
    choice = ground.choose(options, costs=costs, most_hidden=most_hidden) if words else None
    if choice is None:
        return None
    (toward, _), distance = ways[choice]
    align: Align = "left" if toward > 0 else "right" if toward < 0 else "center"
    leader = (anchor.x, anchor.y) if distance >= _LEADER_FROM_PT else None
    return Label((words,), style, options[choice], align, leader)


def draw_labels(sheet: Sheet, labels: Iterable[Label], *, part: str, zorder: float) -> None:
    """Write labels, each with a halo, and a line to its place where it stands away from it."""
    for label in labels:
        x = {"left": label.box.left, "right": label.box.right, "center": label.box.centre[0]}[label.align]
        if label.leader is not None:
            sheet.rule(label.leader, _nearest(label.box, label.leader), colour=MUTED, width=0.5)
        sheet.write(
            label.lines,
            (x, label.box.top),
            label.style,
            part=part,
            align=label.align,
            zorder=zorder,
            halo=Halo(),
        )


def _shifted(anchor: Anchor, size: tuple[float, float], direction: tuple[int, int], distance: float) -> Box:
    """Give the box of a label that leaves its symbol in a direction."""
    reach = (anchor.radius + distance) * (0.75 if all(direction) else 1.0)
    x, y = anchor.x + direction[0] * reach, anchor.y + direction[1] * reach
    left = x - size[0] * (1 - direction[0]) / 2
    bottom = y - size[1] * (1 - direction[1]) / 2
    return Box(left, bottom, left + size[0], bottom + size[1])


def _nearest(box: Box, place: tuple[float, float]) -> tuple[float, float]:
    """Give the point of a box that is nearest to a place."""
    return min(max(place[0], box.left), box.right), min(max(place[1], box.bottom), box.top)
