"""Every point is on the map once, alone or in a counted crowd, where it belongs."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from math import hypot

import geopandas as gpd
import numpy as np
import pytest

from geoanalysis.briefing.cartography.frame import MapView, fit_extent
from geoanalysis.briefing.cartography.marks import marks_of
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.domain.vocabularies import CrimeArea
from geoanalysis.maps.scene import REGION, Extent, Layer, Scene
from geoanalysis.symbology import CRIME_AREAS, HOTSPOT_CROSSING, PICKED, SELECTED, Symbol

BOX = Box(30, 40, 630, 440)
SYMBOLS = {str(area): symbol for area, symbol in CRIME_AREAS.items()}
HERE = ("Kapitan Andreevo", 26.3531, 41.7173)


def view_of(extent: Extent = REGION) -> MapView:
    return MapView(fit_extent(extent, BOX.width / BOX.height), BOX)


def seizures(lons: list[float], lats: list[float], areas: list[str]) -> Layer:
    columns = {"id": [f"s{k}" for k in range(len(lons))], "label": [None] * len(lons), "style": areas}
    frame = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lons, lats), crs=4326)
    return Layer("seizures", "Seizures", frame, SYMBOLS)


def random_seizures(count: int, seed: int) -> Layer:
    generator = np.random.default_rng(seed)
    lons, lats = generator.uniform(14, 29, count).round(1), generator.uniform(36, 48, count).round(1)
    return seizures(
        lons.tolist(), lats.tolist(), generator.choice(list(CrimeArea), count).astype(str).tolist()
    )


@pytest.mark.parametrize("count", [0, 1, 60, 400, 3000])
def test_crowds_keep_every_thing_of_every_kind(count: int, bare: Scene) -> None:
    layer = random_seizures(count, seed=count)
    marks = marks_of(replace(bare, layers=(layer,)), view_of())
    drawn: Counter[Symbol] = Counter()
    for mark in marks:
        drawn[mark.symbol] += mark.count
        assert mark.count == len(mark.ids)
        assert BOX.contains(mark.box)
    assert drawn == {SYMBOLS[area]: n for area, n in Counter(layer.features["style"]).items()}
    assert len({name for mark in marks for name in mark.ids}) == count


def test_what_is_counted_together_lies_within_the_reach(bare: Scene) -> None:
    layer = random_seizures(400, seed=9)
    view = view_of()
    marks = marks_of(replace(bare, layers=(layer,)), view)
    at = dict(zip(layer.features["id"], view.to_page(layer.features.geometry).tolist(), strict=True))
    (reach,) = marks.reaches
    for mark in marks:
        assert (
            max(hypot(x - mark.home[0], y - mark.home[1]) for x, y in (at[name] for name in mark.ids))
            <= reach + 0.1
        )


def test_crowds_of_a_full_map_do_not_hide_each_other(bare: Scene) -> None:
    marks = list(marks_of(replace(bare, layers=(random_seizures(400, seed=3),)), view_of()))
    for number, mark in enumerate(marks):
        for other in marks[:number]:
            assert hypot(mark.x - other.x, mark.y - other.y) > 0.8 * (mark.radius + other.radius)


def test_a_crowd_leaves_the_hot_spot_at_its_place_visible(bare: Scene, points: Callable[..., Layer]) -> None:
    _, lon, lat = HERE
    crowd = seizures([lon] * 12, [lat] * 12, ["drugs"] * 7 + ["firearms"] * 5)
    marks = marks_of(replace(bare, layers=(points(HERE), crowd)), view_of())
    (spot,), around = marks.layers
    assert sorted(mark.count for mark in around) == [5, 7]
    assert spot.symbol == HOTSPOT_CROSSING
    for mark in around:
        assert hypot(mark.x - spot.x, mark.y - spot.y) >= mark.radius + spot.radius


def test_checkpoints_are_never_counted_together(bare: Scene, points: Callable[..., Layer]) -> None:
    marks = marks_of(replace(bare, layers=(points(HERE, HERE, symbol=PICKED),)), view_of())
    assert [mark.count for mark in marks] == [1, 1]


def test_sizes_are_the_scenes_and_missing_ones_the_symbols(bare: Scene) -> None:
    layer = seizures([20.0, 22.0], [42.0, 43.0], ["drugs", "drugs"])
    layer.features["size_px"] = [8.0, np.nan]
    marks = marks_of(replace(bare, layers=(layer,)), view_of())
    assert {mark.ids[0]: mark.radius for mark in marks} == {"s0": 6.0, "s1": SYMBOLS["drugs"].size_px * 0.75}


def test_what_lies_outside_the_frame_is_left_out(bare: Scene) -> None:
    layer = seizures([20.0, 90.0], [42.0, 43.0], ["drugs", "drugs"])
    assert [mark.ids for mark in marks_of(replace(bare, layers=(layer,)), view_of())] == [("s0",)]


def test_the_selected_thing_is_ringed_where_it_is_drawn(bare: Scene, points: Callable[..., Layer]) -> None:
    chosen = replace(bare, layers=(points(HERE, ("Lesovo", 26.6, 41.95)),), selected_id="spots-1")
    ring = marks_of(chosen, view_of()).selected
    assert ring is not None
    assert (ring.symbol, ring.label, ring.ids) == (SELECTED, "Lesovo", ("spots-1",))
    assert marks_of(replace(chosen, selected_id="nowhere"), view_of()).selected is None


def test_a_selected_member_of_a_crowd_is_ringed(bare: Scene) -> None:
    layer = seizures([20.0] * 3, [42.0] * 3, ["drugs"] * 3)
    ring = marks_of(replace(bare, layers=(layer,), selected_id="s2"), view_of()).selected
    assert ring is not None
    assert "s2" in ring.ids
    assert ring.count == 1


def test_a_selected_border_is_ringed_on_it(scene: Scene) -> None:
    borders = replace(scene, layers=scene.layers[:1], selected_id="BG-TR")
    ring = marks_of(borders, view_of()).selected
    assert ring is not None
    assert ring.label.startswith("Bulgaria")
