"""What the legend says: only what is shown, with its counts and units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
    groups = [*_layer_groups(scene, picture)]
    extras = tuple(LegendEntry(symbol, symbol.words) for symbol in _extras(scene, picture))
    return [*_merged(groups), *([LegendGroup("Map", extras)] if extras else [])]


def _layer_groups(scene: Scene, picture: Picture) -> Iterator[LegendGroup]:
    marks = picture.marks
    for layer, layer_marks, reach in zip(scene.layers, marks.layers, marks.reaches, strict=True):
        if layer.legend:
            title = layer.title if layer.unit in layer.title else f"{layer.title} ({layer.unit})"
            is_counted = any(mark.count > 1 for mark in layer_marks)
            note = _count_note(reach * picture.view.metres_per_point / 1000) if is_counted else ""
            yield LegendGroup(title, layer.legend, note)


def _merged(groups: Sequence[LegendGroup]) -> Iterator[LegendGroup]:
    """Give layers that look alike, as several corridors do, one set of entries with their counts summed."""
    alike: dict[tuple[LegendEntry, ...], list[LegendGroup]] = {}
    for group in groups:
        look = tuple(replace(entry, count=None) for entry in group.entries)
        alike.setdefault(look, []).append(group)
    for look, same in alike.items():
        title = same[0].title if len(same) == 1 else f"{same[0].title} and {len(same) - 1} more"
        columns = zip(*(group.entries for group in same), strict=True)
        counts = [sum(entry.count or 0 for entry in column) for column in columns]
        entries = (replace(entry, count=count) for entry, count in zip(look, counts, strict=True))
        yield LegendGroup(title, tuple(entries), same[0].note)


def _count_note(within_km: float) -> str:
    return f"A figure counts what lies within {ceil(within_km)} km of its place."


def _extras(scene: Scene, picture: Picture) -> Iterator[Symbol]:
    if picture.shows_eu(scene.on):
        yield Symbol(f"EU member state on {scene.on.day} {scene.on:%B %Y}", "area", EU_LAND, BORDER)
    if picture.marks.selected is not None:
        yield SELECTED
