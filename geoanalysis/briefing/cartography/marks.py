"""All point symbols of a scene at their places on the page, before they are drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoanalysis.briefing.cartography.frame import Floats, MapView
from geoanalysis.briefing.cartography.gathering import gather
from geoanalysis.briefing.cartography.mark import Mark
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.symbols import PT_PER_PX, radius_pt
from geoanalysis.domain.crs import LONLAT
from geoanalysis.maps.scene import Layer, Scene
from geoanalysis.symbology import ALERT, SELECTED


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
    pairs = [(layer, _points(layer, view)) for layer in scene.layers]
    single = [_single(layer, table) if stands_alone(layer) else None for layer, table in pairs]
    others = [mark for marks in single if marks is not None for mark in marks]
    drawn = [
        (marks, 0.0) if marks is not None else gather(layer, table, others, view.box)
        for marks, (layer, table) in zip(single, pairs, strict=True)
    ]
    layers = tuple(marks for marks, _ in drawn)
    return Marks(layers, tuple(reach for _, reach in drawn), _selected(scene, view, layers))


def _points(layer: Layer, view: MapView) -> pd.DataFrame:
    """Give id, label, style, x, y, radius and count of the layer's points in the view, in drawing order."""
    features = layer.features
    is_point = (
        (features.geom_type == "Point") & ~features.is_empty & features["style"].isin(list(layer.symbols))
    )
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
            "count": features["count"].to_numpy(float) if "count" in features else 1.0,
        }
    )
    ranks = table["style"].map(list(layer.symbols).index).astype("int64")
    order = np.lexsort((-table["radius"], -ranks))
    return table.iloc[order][_inside(table.iloc[order], view.box)]


def _radii(features: gpd.GeoDataFrame, layer: Layer) -> Floats:
    own = features["style"].map({style: symbol.size_px for style, symbol in layer.symbols.items()})
    sizes = own if "size_px" not in features else features["size_px"].astype("float64").fillna(own)
    return np.asarray(sizes.to_numpy(dtype="float64") * PT_PER_PX)


def _inside(table: pd.DataFrame, box: Box) -> "pd.Series[bool]":
    return table["x"].between(box.left, box.right) & table["y"].between(box.bottom, box.top)


def stands_alone(layer: Layer) -> bool:
    """Tell whether the things of a layer have names or sizes of their own and so must not be gathered."""
    return "size_px" in layer.features or any(symbol.fill == ALERT for symbol in layer.symbols.values())


def _single(layer: Layer, table: pd.DataFrame) -> tuple[Mark, ...]:
    return tuple(
        Mark(layer.symbols[row.style], row.x, row.y, row.radius, (row.x, row.y), (row.id,), row.label)
        for row in table.itertuples(index=False)
    )


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
