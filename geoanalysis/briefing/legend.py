"""What the legend says: only what is shown, with its counts and units."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from geoanalysis.briefing.picture import Picture
from geoanalysis.maps.scene import LegendEntry, Scene
from geoanalysis.symbology import BORDER, EU_LAND, SELECTED, Symbol


@dataclass(frozen=True, slots=True)
class LegendGroup:
    """The entries of one layer under its title; `note` explains what the symbols do not."""

    title: str
    entries: tuple[LegendEntry, ...]
    note: str = ""


def legend_groups(scene: Scene, picture: Picture) -> list[LegendGroup]:
    """Give the legend in the order of the layers, then what belongs to the map itself."""
    groups = _layer_groups(scene, picture)
    extras = tuple(LegendEntry(symbol, symbol.words) for symbol in _extras(scene, picture))
    return [*groups, *([LegendGroup("Map", extras)] if extras else [])]


def _layer_groups(scene: Scene, picture: Picture) -> Iterator[LegendGroup]:
    marks = picture.marks
    for layer, layer_marks, reach in zip(scene.layers, marks.layers, marks.reaches, strict=True):
        if layer.legend:
            title = layer.title if layer.unit in layer.title else f"{layer.title} ({layer.unit})"
            is_counted = any(mark.count > 1 for mark in layer_marks)
            note = _count_note(reach * picture.view.metres_per_point / 1000) if is_counted else ""
            yield LegendGroup(title, layer.legend, note)


def _count_note(within_km: float) -> str:
    return f"A figure counts what lies within {ceil(within_km)} km of its place."


def _extras(scene: Scene, picture: Picture) -> Iterator[Symbol]:
    if picture.shows_eu(scene.on):
        yield Symbol(f"EU member state on {scene.on.day} {scene.on:%B %Y}", "area", EU_LAND, BORDER)
    if picture.marks.selected is not None:
        yield SELECTED
