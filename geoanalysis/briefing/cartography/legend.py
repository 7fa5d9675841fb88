"""What the legend says: only what is shown, with its counts and units."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from geoanalysis.briefing.cartography.mark import Mark
from geoanalysis.briefing.cartography.marks import stands_alone
from geoanalysis.briefing.cartography.picture import Picture
from geoanalysis.briefing.typesetting.rows import LegendGroup, PairedEntry
from geoanalysis.domain.crs import LONLAT
from geoanalysis.maps.scene import Layer, LegendEntry, Scene
from geoanalysis.symbology import BORDER, EU_LAND, SELECTED, Symbol

_FIGURES: Final = "A figure counts what lies within {} km of its place."


def legend_groups(scene: Scene, picture: Picture) -> list[LegendGroup]:
    """Give the legend in the order of the layers, then what belongs to the map itself."""
    groups = _layer_groups(scene, picture)
    extras = tuple(LegendEntry(symbol, symbol.words) for symbol in _extras(scene, picture))
    return [*groups, *([LegendGroup("Map", extras)] if extras else [])]


def expected_groups(scene: Scene) -> list[LegendGroup]:
    """Give about what the legend will say before the map is drawn, to find out what room it needs."""
    layers = [
        LegendGroup(
            _title(layer),
            (*layer.legend, *layer.sizes),
            _FIGURES.format(100) if _may_gather(layer) else "",
        )
        for layer in scene.layers
        if layer.legend
    ]
    extras = [_eu(scene), *([SELECTED] if scene.selected_id else [])]
    entries = tuple(LegendEntry(symbol, symbol.words) for symbol in extras)
    return [*layers, LegendGroup("Map", entries)]


def paired_groups(left: Sequence[LegendGroup], right: Sequence[LegendGroup]) -> list[LegendGroup]:
    """Give one legend of two maps, with the counts of both in each line."""
    titles = dict.fromkeys(group.title for group in (*left, *right))
    return [_paired(title, *(_of_title(groups, title) for groups in (left, right))) for title in titles]


def _of_title(groups: Sequence[LegendGroup], title: str) -> LegendGroup:
    return next((group for group in groups if group.title == title), LegendGroup(title, ()))


def _paired(title: str, left: LegendGroup, right: LegendGroup) -> LegendGroup:
    entries = dict.fromkeys((entry.symbol, entry.words) for entry in (*left.entries, *right.entries))
    paired = (
        PairedEntry(symbol, words, (_count_of(left, words), _count_of(right, words)))
        for symbol, words in entries
    )
    notes = dict.fromkeys(group.note for group in (left, right) if group.note)
    sides = zip(("Left", "Right"), notes, strict=False)
    note = " ".join(f"{side}: {words}" for side, words in sides) if len(notes) > 1 else "".join(notes)
    return LegendGroup(title, tuple(paired), note)


def _count_of(group: LegendGroup, words: str) -> int | None:
    return next(
        (entry.count for entry in group.entries if entry.words == words and isinstance(entry, LegendEntry)),
        None,
    )


def _may_gather(layer: Layer) -> bool:
    return not stands_alone(layer) and bool((layer.features.geom_type == "Point").any())


def _title(layer: Layer) -> str:
    return layer.title if layer.unit in layer.title else f"{layer.title} ({layer.unit})"


def _layer_groups(scene: Scene, picture: Picture) -> Iterator[LegendGroup]:
    """Give what lies in the frame: a legend that counts more than the map shows misleads."""
    marks = picture.marks
    frame = picture.view.frame.outline().to_crs(LONLAT).iloc[0]
    for layer, layer_marks, reach in zip(scene.layers, marks.layers, marks.reaches, strict=True):
        legend = replace(layer, features=layer.features[layer.features.intersects(frame)]).legend
        if legend:
            within_km = reach * picture.view.metres_per_point / 1000
            note = " ".join(_notes(layer, layer_marks, within_km))
            yield LegendGroup(_title(layer), (*legend, *layer.sizes), note)


def _notes(layer: Layer, marks: Sequence[Mark], within_km: float) -> Iterator[str]:
    """Explain the figures on symbols, and symbols without a figure where counts are withheld."""
    if any(mark.count > 1 for mark in marks):
        yield _FIGURES.format(ceil(within_km))
    if "count" in layer.features and layer.features["count"].isna().any():
        yield "Without a figure, or with +: some counts are not told."


def _extras(scene: Scene, picture: Picture) -> Iterator[Symbol]:
    if picture.shows_eu(scene.on):
        yield _eu(scene)
    if picture.marks.selected is not None:
        yield SELECTED


def _eu(scene: Scene) -> Symbol:
    return Symbol(f"EU member state on {scene.on.day} {scene.on:%B %Y}", "area", EU_LAND, BORDER)
