"""Things that crowd together are gathered into one symbol for each kind and place, with their number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot, isnan, pi
from typing import Final

import numpy as np
import pandas as pd

from geoanalysis.briefing.cartography.crowds import grown, ring, same_place, separate
from geoanalysis.briefing.cartography.mark import Mark
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.maps.scene import Layer

_SAME_PLACE_PT: Final = 3.0
_REACHES_PT: Final = (_SAME_PLACE_PT, 6.0, 9.0, 12.0, 16.0, 20.0, 25.0, 32.0, 40.0, 50.0, 65.0, 80.0)
"""Distances tried for what is counted as one place, until the symbols find room."""
_MOST_MOVED_PT: Final = 18.0
_WITH_CORNERS: Final = 1.12
_KEEP_FREE_PT: Final = 0.8
_LEAST_RADIUS_PT: Final[dict[int, float]] = {1: 4.8, 2: 6.4, 3: 8.2}
"""By the number of digits that the symbol must hold."""
_MOST_COVERED: Final = 0.3
"""Symbols that would cover more of the map than this are gathered further before they are pushed apart."""

_Thing = tuple[str, float, str, float]
"""Style, radius, id and count of a feature; NaN where the count is not told."""


@dataclass(frozen=True, slots=True)
class _Cluster:
    """The marks at one place, in a circle; pinned where they surround a hot spot or a checkpoint."""

    marks: tuple[Mark, ...]
    radius: float
    pinned: bool


def gather(
    layer: Layer, table: pd.DataFrame, others: Sequence[Mark], box: Box
) -> tuple[tuple[Mark, ...], float]:
    """
    Give one mark for each place and kind; places too close to be drawn apart are counted together.

    Parameters
    ----------
    table
        The layer's things: ``id``, ``style``, ``radius``, ``x`` and ``y``, in points on the page; ``count``.
    others
        Symbols of the other layers, which must stay visible.
    box
        The map.

    Returns
    -------
    marks, reach
        The symbols, and within how many points one of them stands for several things.
    """
    xy = table[["x", "y"]].to_numpy()
    keep = np.array([mark.home for mark in others if mark.is_alert]).reshape(-1, 2)
    for reach in _REACHES_PT:
        places = same_place(xy, reach=reach, keep=keep)
        if reach < _REACHES_PT[-1] and _covered_pt2(table, places) > _MOST_COVERED * box.width * box.height:
            continue
        clusters = _clusters(layer, table, places, others)
        homes = np.array([cluster.marks[0].home for cluster in clusters]).reshape(-1, 2)
        radii = np.array([cluster.radius for cluster in clusters])
        centres = separate(homes, radii, box, pinned=[cluster.pinned for cluster in clusters])
        if np.hypot(*(centres - homes).T).max(initial=0.0) <= _MOST_MOVED_PT:
            break
    moved = (
        _moved(mark, centre)
        for cluster, centre in zip(clusters, centres.tolist(), strict=True)
        for mark in cluster.marks
    )
    return tuple(moved), reach


def _covered_pt2(table: pd.DataFrame, places: Sequence[int]) -> float:
    """Give the least area that one symbol for each place and kind would cover, in square points."""
    kinds = table.assign(place=places).groupby(["place", "style"])["radius"].min()
    return float(pi * (kinds**2).sum())


def _clusters(
    layer: Layer, table: pd.DataFrame, places: Sequence[int], others: Sequence[Mark]
) -> list[_Cluster]:
    """Gather the things of a layer by place, and arrange the kinds at each place."""
    xy = table[["x", "y"]].to_numpy()
    gathered: dict[int, list[_Thing]] = {}
    things = zip(*(table[name] for name in ("style", "radius", "id", "count")), strict=True)
    for place, thing in zip(places, things, strict=True):
        gathered.setdefault(place, []).append(thing)
    return [
        _cluster(layer, same, others, (float(xy[place, 0]), float(xy[place, 1])))
        for place, same in sorted(gathered.items())
    ]


def _moved(mark: Mark, centre: tuple[float, float]) -> Mark:
    """Move a mark along with its crowd; tie it to its place if that is far enough to be seen."""
    dx, dy = centre[0] - mark.home[0], centre[1] - mark.home[1]
    tie = (centre[0], centre[1]) if hypot(dx, dy) > _SAME_PLACE_PT else None
    return replace(mark, x=mark.x + dx, y=mark.y + dy, tie=tie)


def _cluster(
    layer: Layer, things: Sequence[_Thing], others: Sequence[Mark], home: tuple[float, float]
) -> _Cluster:
    """Arrange the kinds of things at one place, around the symbol of another layer if there is one."""
    kinds = {style: [thing for thing in things if thing[0] == style] for style in layer.symbols}
    kinds = {style: same for style, same in kinds.items() if same}
    counts = [_told(same) for same in kinds.values()]
    radii = [
        _radius_for(same[0][1], count, partly_told=partly)
        for same, (count, partly) in zip(kinds.values(), counts, strict=True)
    ]
    neighbours = _neighbours(home, others)
    hole = max((mark.radius + _KEEP_FREE_PT for mark in neighbours), default=0.0)
    offsets, radius_of_all = ring(radii, hole=hole)
    marks = tuple(
        Mark(
            layer.symbols[style],
            home[0] + dx,
            home[1] + dy,
            radius,
            home,
            tuple(thing[2] for thing in same),
            count=count,
            partly_told=partly,
        )
        for (style, same), radius, (dx, dy), (count, partly) in zip(
            kinds.items(), radii, offsets, counts, strict=True
        )
    )
    return _Cluster(marks, radius_of_all * _WITH_CORNERS, pinned=any(mark.is_alert for mark in neighbours))


def _told(things: Sequence[_Thing]) -> tuple[int, bool]:
    """Add up the counts that are told; and say whether there are others."""
    counts = [thing[3] for thing in things if not isnan(thing[3])]
    return int(sum(counts)), len(counts) < len(things)


def _radius_for(radius: float, count: int, *, partly_told: bool) -> float:
    if count <= 1:
        return radius
    digits = min(len(str(count)) + partly_told, max(_LEAST_RADIUS_PT))
    return max(grown(radius, count), _LEAST_RADIUS_PT[digits])


def _neighbours(home: tuple[float, float], others: Sequence[Mark]) -> list[Mark]:
    """Give the symbols of other layers at the same place."""
    x, y = home
    return [mark for mark in others if hypot(mark.x - x, mark.y - y) < _SAME_PLACE_PT]
