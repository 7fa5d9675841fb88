"""Point symbols at their place on the page, before they are drawn: what labels must keep clear of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoanalysis.briefing.boxes import Box
from geoanalysis.briefing.crowds import grown, ring, same_place, separate
from geoanalysis.briefing.frame import Floats, MapView
from geoanalysis.briefing.symbols import PT_PER_PX, radius_pt
from geoanalysis.domain.crs import LONLAT
from geoanalysis.maps.scene import Layer, Scene
from geoanalysis.symbology import ALERT, SELECTED, Symbol

_SAME_PLACE_PT: Final = 3.0
_REACHES_PT: Final = (_SAME_PLACE_PT, 6.0, 9.0, 12.0, 16.0, 20.0, 25.0, 30.0)
"""Distances tried for what is counted as one place, until the symbols find room."""
_MOST_MOVED_PT: Final = 18.0
_KEEP_FREE_PT: Final = 0.8
_LEAST_RADIUS_PT: Final[dict[int, float]] = {1: 4.8, 2: 6.4, 3: 8.2}
"""By the number of digits that the symbol must hold."""


@dataclass(frozen=True, slots=True)
class Mark:
    """
    One symbol on the map, in points on the page.

    `home` is the true place; a mark of a crowd may stand beside it, and if the crowd was pushed away, `tie`
    is the middle of the crowd. `count` is how many features the mark stands for.
    """

    symbol: Symbol
    x: float
    y: float
    radius: float
    home: tuple[float, float]
    ids: tuple[str, ...]
    label: str = ""
    count: int = 1
    tie: tuple[float, float] | None = None

    @property
    def is_alert(self) -> bool:
        """Tell whether it is what the page is about: a hot spot or a checkpoint of the plan."""
        return self.symbol.fill == ALERT

    @property
    def box(self) -> Box:
        """The square that the symbol fills."""
        return Box.around(self.x, self.y, self.radius)


_Thing = tuple[str, float, str]
"""Style, radius and id of a feature."""


@dataclass(frozen=True, slots=True)
class _Cluster:
    """The marks at one place, in a circle; pinned where they surround the symbol of another layer."""

    marks: tuple[Mark, ...]
    radius: float
    pinned: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """
    All point symbols of a scene: for each layer in order, and the ring around the selected place.

    `reaches` says for each layer within how many points on the page one symbol stands for several things.
    """

    layers: tuple[tuple[Mark, ...], ...]
    reaches: tuple[float, ...]
    selected: Mark | None

    def __iter__(self) -> Iterator[Mark]:
        """Go through the symbols in drawing order, without the ring."""
        return (mark for layer in self.layers for mark in layer)


def marks_of(scene: Scene, view: MapView) -> Marks:
    """Give every point symbol of the scene that lies in the view."""
    tables = [_points(layer, view) for layer in scene.layers]
    pairs = list(zip(scene.layers, tables, strict=True))
    single = [None if _is_crowded(layer, table) else _single(layer, table) for layer, table in pairs]
    others = [mark for marks in single if marks is not None for mark in marks]
    gathered = [
        (tuple(marks), 0.0) if marks is not None else _crowds(layer, table, others)
        for marks, (layer, table) in zip(single, pairs, strict=True)
    ]
    layers = tuple(marks for marks, _ in gathered)
    return Marks(layers, tuple(reach for _, reach in gathered), _selected(scene, view, layers))


def _points(layer: Layer, view: MapView) -> pd.DataFrame:
    """Give id, label, style, x, y and radius of the layer's points in the view, in drawing order."""
    features = layer.features
    is_point = (features.geom_type == "Point") & ~features.is_empty & features["style"].isin(layer.symbols)
    features = features[is_point]
    xy = view.to_page(features.geometry)
    table = pd.DataFrame(
        {
            "id": features["id"].astype("str").to_numpy(),
            "label": [_name(label) for label in features["label"]],
            "style": features["style"].astype("str").to_numpy(),
            "x": xy[:, 0],
            "y": xy[:, 1],
            "radius": _radii(features, layer),
        }
    )
    return table[_inside(table, view.box)].sort_values(
        ["style", "radius"],
        key=lambda column: -column if column.name == "radius" else -column.map(_rank(layer)),
        kind="stable",
    )


def _rank(layer: Layer) -> dict[str, int]:
    return {style: rank for rank, style in enumerate(layer.symbols)}


def _radii(features: gpd.GeoDataFrame, layer: Layer) -> Floats:
    own = features["style"].map({style: symbol.size_px for style, symbol in layer.symbols.items()})
    sizes = own if "size_px" not in features else features["size_px"].astype("float64").fillna(own)
    return np.asarray(sizes.to_numpy(dtype="float64") * PT_PER_PX)


def _inside(table: pd.DataFrame, box: Box) -> "pd.Series[bool]":
    return table["x"].between(box.left, box.right) & table["y"].between(box.bottom, box.top)


def _is_crowded(layer: Layer, table: pd.DataFrame) -> bool:
    """Tell whether things share a position, as seizures at a crossing do, and have no size or name each."""
    is_named = any(symbol.fill == ALERT for symbol in layer.symbols.values())
    is_sized = "size_px" in layer.features
    return not is_named and not is_sized and bool(table[["x", "y"]].round(3).duplicated().any())


def _single(layer: Layer, table: pd.DataFrame) -> list[Mark]:
    return [
        Mark(layer.symbols[row.style], row.x, row.y, row.radius, (row.x, row.y), (row.id,), row.label)
        for row in table.itertuples(index=False)
    ]


def _crowds(layer: Layer, table: pd.DataFrame, others: Sequence[Mark]) -> tuple[tuple[Mark, ...], float]:
    """Give one mark for each place and style; places too close to be drawn apart are counted together."""
    for reach in _REACHES_PT:
        clusters = _clusters(layer, table, others, reach)
        homes = np.array([cluster.marks[0].home for cluster in clusters])
        radii = np.array([cluster.radius for cluster in clusters])
        centres = separate(homes, radii, pinned=[cluster.pinned for cluster in clusters])
        if np.hypot(*(centres - homes).T).max() <= _MOST_MOVED_PT:
            break
    moved = (
        _moved(mark, centre)
        for cluster, centre in zip(clusters, centres.tolist(), strict=True)
        for mark in cluster.marks
    )
    return tuple(moved), reach


def _clusters(layer: Layer, table: pd.DataFrame, others: Sequence[Mark], reach: float) -> list[_Cluster]:
    """Gather the things of a layer by place, and arrange the kinds at each place."""
    xy = table[["x", "y"]].to_numpy()
    keep = np.array([mark.home for mark in others if mark.is_alert]).reshape(-1, 2)
    gathered: dict[int, list[_Thing]] = {}
    for place, thing in zip(
        same_place(xy, reach=reach, keep=keep),
        table[["style", "radius", "id"]].itertuples(index=False, name=None),
        strict=True,
    ):
        gathered.setdefault(place, []).append(thing)
    return [
        _cluster(layer, things, others, (float(xy[place, 0]), float(xy[place, 1])))
        for place, things in sorted(gathered.items())
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
    radii = [_radius_for(same[0][1], len(same)) for same in kinds.values()]
    hole = _hole(home, others)
    offsets, radius_of_all = ring(radii, hole=hole)
    marks = tuple(
        Mark(
            layer.symbols[style],
            home[0] + dx,
            home[1] + dy,
            radius,
            home,
            tuple(thing[2] for thing in same),
            count=len(same),
        )
        for (style, same), radius, (dx, dy) in zip(kinds.items(), radii, offsets, strict=True)
    )
    return _Cluster(marks, radius_of_all, pinned=hole > 0)


def _radius_for(radius: float, count: int) -> float:
    if count == 1:
        return radius
    digits = min(len(str(count)), max(_LEAST_RADIUS_PT))
    return max(grown(radius, count), _LEAST_RADIUS_PT[digits])


def _hole(home: tuple[float, float], others: Sequence[Mark]) -> float:
    """Give the radius to keep free so that a symbol of another layer at the same place stays visible."""
    radii = [
        mark.radius
        for mark in others
        if abs(mark.x - home[0]) < _SAME_PLACE_PT and abs(mark.y - home[1]) < _SAME_PLACE_PT
    ]
    return max(radii) + _KEEP_FREE_PT if radii else 0.0


def _selected(scene: Scene, view: MapView, layers: Sequence[Sequence[Mark]]) -> Mark | None:
    """Give the ring around the selected thing, wherever it is drawn."""
    chosen = scene.selected_id
    if chosen is None:
        return None
    for mark in (mark for layer in reversed(layers) for mark in layer):
        if chosen in mark.ids:
            radius = max(mark.radius + radius_pt(3), radius_pt(SELECTED.size_px))
            label = mark.label or _feature(scene, chosen)[1]
            return replace(mark, symbol=SELECTED, radius=radius, label=label, count=1)
    return _selected_shape(scene, view, chosen)


def _selected_shape(scene: Scene, view: MapView, chosen: str) -> Mark | None:
    """Give the ring for a selected line or area."""
    geometry, label = _feature(scene, chosen)
    if geometry is None:
        return None
    place = gpd.GeoSeries([geometry], crs=LONLAT).representative_point()
    x, y = view.to_page(place)[0].tolist()
    mark = Mark(SELECTED, x, y, radius_pt(SELECTED.size_px), (x, y), (chosen,), label)
    return mark if view.box.contains(mark.box) else None


def _feature(scene: Scene, chosen: str) -> tuple[shapely.Geometry | None, str]:
    """Give geometry and name of the feature with that id; none if the scene has no such feature."""
    for layer in scene.layers:
        found = layer.features[layer.features["id"].astype("str") == chosen]
        if len(found):
            return found.geometry.iloc[0], _name(found["label"].iloc[0])
    return None, ""


def _name(label: object) -> str:
    """Give the first line of a label: the name, without the counts below it."""
    return label.strip().partition("\n")[0] if isinstance(label, str) else ""
