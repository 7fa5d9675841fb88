"""The legend counts what the scene counts, and only what is shown."""

from collections.abc import Callable
from dataclasses import replace

from drawing import compose_page

from geoanalysis.briefing.cartography.legend import legend_groups, paired_groups
from geoanalysis.briefing.composition import Composition
from geoanalysis.briefing.typesetting.boxes import Box, overlaps
from geoanalysis.briefing.typesetting.layout import PageForm
from geoanalysis.briefing.typesetting.panel import PanelContent, fill_panel
from geoanalysis.briefing.typesetting.rows import LegendGroup
from geoanalysis.briefing.typesetting.text import Typesetter
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import Extent, Layer, LegendEntry, Scene
from geoanalysis.symbology import CRIME_AREAS, PICKED, SELECTED


def panel_texts(composition: Composition) -> list[str]:
    return [text.get_text() for text in composition.sheet.axes.texts if text.get_gid() == "panel"]


def in_frame(layer: Layer, composition: Composition) -> Layer:
    frame = composition.picture.view.frame.outline().to_crs(4326).iloc[0]
    return replace(layer, features=layer.features[layer.features.intersects(frame)])


def test_entries_and_counts_are_of_what_the_map_shows(
    scene: Scene, compose: Callable[[PageForm], Composition]
) -> None:
    composition = compose(PageForm())
    groups = legend_groups(scene, composition.picture)
    assert [group.title for group in groups] == [layer.title for layer in scene.layers] + ["Map"]
    shown = [(*in_frame(layer, composition).legend, *layer.sizes) for layer in scene.layers]
    assert [group.entries for group in groups[:-1]] == shown
    assert SELECTED in [entry.symbol for entry in groups[-1].entries]


def test_what_lies_outside_the_frame_is_not_counted(
    bare: Scene, basemap: Basemap, points: Callable[..., Layer]
) -> None:
    layer = points(("Lesovo", 26.6, 41.95), ("Far", 15.0, 46.0))
    near = replace(bare, layers=(layer,), extent=Extent(26.0, 41.5, 27.0, 42.3))
    groups = legend_groups(near, compose_page(near, basemap).picture)
    assert [entry.count for entry in groups[0].entries] == [1]


def test_every_count_is_printed(scene: Scene, compose: Callable[[PageForm], Composition]) -> None:
    composition = compose(PageForm())
    printed = panel_texts(composition)
    for layer in scene.layers:
        for entry in in_frame(layer, composition).legend:
            assert f"{entry.count:,}".replace(",", "\u202f") in printed


def test_hidden_and_empty_layers_are_not_in_the_legend(
    bare: Scene, basemap: Basemap, points: Callable[..., Layer]
) -> None:
    hidden = replace(points(("Lesovo", 26.6, 41.95), key="hidden"), shown=False, title="Hidden")
    scene = replace(bare, layers=(hidden, points(key="empty")))
    printed = panel_texts(compose_page(scene, basemap))
    assert "Hidden" not in printed
    assert "Spots" not in printed


def test_a_unit_stands_in_the_title(
    bare: Scene, compose: Callable[[PageForm], Composition], points: Callable[..., Layer]
) -> None:
    picture = compose(PageForm()).picture
    layer = replace(points(("Lesovo", 26.6, 41.95)), title="Share", unit="%")
    one = replace(picture, marks=replace(picture.marks, layers=((),), reaches=(0.0,)))
    titles = [group.title for group in legend_groups(replace(bare, layers=(layer,)), one)]
    assert titles[0] == "Share (%)"


def test_crowds_explain_their_figures(scene: Scene, compose: Callable[[PageForm], Composition]) -> None:
    composition = compose(PageForm())
    groups = legend_groups(scene, composition.picture)
    (note,) = {group.note for group in groups if group.note}
    reach_km = max(composition.picture.marks.reaches) * composition.picture.view.metres_per_point / 1000
    within = int(note.split(" within ")[1].split(" km")[0])
    assert reach_km <= within <= reach_km + 1


def test_a_layer_that_another_explains_or_that_is_not_counted(
    bare: Scene, basemap: Basemap, points: Callable[..., Layer]
) -> None:
    one = replace(points(("Lesovo", 26.6, 41.95)), title="Counted")
    layers = (
        one,
        replace(one, explained="symbols", title="Plain"),
        replace(one, explained="elsewhere", title="No"),
    )
    printed = panel_texts(compose_page(replace(bare, layers=layers), basemap))
    assert {"Counted", "Plain"} <= set(printed)
    assert "No" not in printed
    assert printed.count("1") == 1


def test_a_legend_of_two_maps_has_the_counts_of_both() -> None:
    drugs, arms = list(CRIME_AREAS.values())[:2]
    left = LegendGroup(
        "Seizures", (LegendEntry(drugs, "drugs", 1_200), LegendEntry(arms, "arms", 3)), "Near."
    )
    right = LegendGroup("Seizures", (LegendEntry(drugs, "drugs", 7),), "Far.")
    only = LegendGroup("Map", (LegendEntry(SELECTED, "selected"),))
    seizures, rest = paired_groups([left], [right, only])
    assert [entry.counts for entry in seizures.entries] == [(1_200, 7), (3, None)]
    assert seizures.note == "Left: Near. Right: Far."
    rows = fill_panel(PanelContent(groups=(seizures, rest)), Box(0, 0, 220, 300), Typesetter())
    assert [row.values for row, _ in rows if row.symbol] == [("1\u202f200 | 7",), ("3 | –",), ()]


def test_the_panel_shrinks_then_says_what_it_leaves_out() -> None:
    setter, box = Typesetter(), Box(0, 0, 220, 300)
    group = LegendGroup("Plan", (LegendEntry(PICKED, PICKED.words, 3),))
    points = [f"{number}: a finding of some length that takes more than one line" for number in range(40)]
    few, many = (fill_panel(PanelContent(tuple(points[:count]), (group,)), box, setter) for count in (3, 40))
    sizes = [max(row.style.size for row, _ in rows) for rows in (few, many)]
    assert sizes[0] > sizes[1]
    assert all(box.contains(place) for rows in (few, many) for _, place in rows)
    words = [" ".join(row.lines) for row, _ in many]
    kept = sum(": a finding" in line for line in words)
    assert f"... and {40 - kept} more" in words
    assert PICKED.words in words


def test_a_long_legend_takes_two_columns_before_it_gets_small() -> None:
    setter, box = Typesetter(), Box(0, 0, 330, 300)
    groups = [
        LegendGroup(f"Group {number}", tuple(LegendEntry(PICKED, f"entry {k}", k) for k in range(1, 6)))
        for number in range(6)
    ]
    placed = fill_panel(PanelContent(groups=tuple(groups)), box, setter)
    places = [place for _, place in placed]
    assert len({place.left for place in places}) == 2
    assert min(row.style.size for row, _ in placed) > 7
    assert all(box.contains(place) for place in places)
    for number, place in enumerate(places):
        assert not overlaps([place.padded(-0.01)], places[:number]).any()


def test_counts_of_thousands_are_grouped() -> None:
    entries = (LegendEntry(next(iter(CRIME_AREAS.values())), "drugs", 74_924),)
    rows = fill_panel(
        PanelContent(groups=(LegendGroup("Checks", entries),)), Box(0, 0, 220, 300), Typesetter()
    )
    assert "74\u202f924" in [value for row, _ in rows for value in row.values]
