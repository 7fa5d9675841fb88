"""What the legend says: only what is shown, with its counts and units."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from geoanalysis.briefing.cartography.mark import Mark
from geoanalysis.briefing.cartography.picture import Picture
from geoanalysis.briefing.typesetting.rows import LegendGroup
from geoanalysis.domain.crs import LONLAT
from geoanalysis.maps.scene import Layer, LegendEntry, Scene
from geoanalysis.symbology import BORDER, EU_LAND, SELECTED, Symbol


def legend_groups(scene: Scene, picture: Picture) -> list[LegendGroup]:
    """Give the legend in the order of the layers, then what belongs to the map itself."""
    groups = _layer_groups(scene, picture)
    extras = tuple(LegendEntry(symbol, symbol.words) for symbol in _extras(scene, picture))
    return [*groups, *([LegendGroup("Map", extras)] if extras else [])]


def _layer_groups(scene: Scene, picture: Picture) -> Iterator[LegendGroup]:
    """Give what lies in the frame: a legend that counts more than the map shows misleads."""
    marks = picture.marks
    frame = picture.view.frame.outline().to_crs(LONLAT).iloc[0]
    for layer, layer_marks, reach in zip(scene.layers, marks.layers, marks.reaches, strict=True):
        legend = replace(layer, features=layer.features[layer.features.intersects(frame)]).legend
        if legend:
            title = layer.title if layer.unit in layer.title else f"{layer.title} ({layer.unit})"
            within_km = reach * picture.view.metres_per_point / 1000
            note = " ".join(_notes(layer, layer_marks, within_km))
            yield LegendGroup(title, legend, note)


def _notes(layer: Layer, marks: Sequence[Mark], within_km: float) -> Iterator[str]:
    """Explain the figures on symbols, and symbols without a figure where counts are withheld."""
    if any(mark.count > 1 for mark in marks):
        yield f"A figure counts what lies within {ceil(within_km)} km of its place."
    if "count" in layer.features and layer.features["count"].isna().any():
        yield "Without a figure, or with +: some counts are not told."


def _extras(scene: Scene, picture: Picture) -> Iterator[Symbol]:
    if picture.shows_eu(scene.on):
        yield Symbol(f"EU member state on {scene.on.day} {scene.on:%B %Y}", "area", EU_LAND, BORDER)
    if picture.marks.selected is not None:
        yield SELECTED
