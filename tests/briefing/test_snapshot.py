"""The page as it leaves the tool."""

import io
import itertools
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import imread
from matplotlib.text import Text
from PIL import Image

from geoanalysis.briefing import snapshot_png
from geoanalysis.briefing.snapshot import Composition, compose_page
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.words import Imprint
from geoanalysis.domain.errors import InputError
from geoanalysis.domain.marking import EXERCISE_NOTICE, KOSOVO_FOOTNOTE, handling_marking
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import Extent, Layer, Scene
from geoanalysis.symbology import CRIME_AREAS, PICKED

HALF_A_PIXEL_PT = 0.4
PAGES = ["16:9", "A4", "A3"]


def texts(composition: Composition, *, but: tuple[str, ...] = ()) -> list[Text]:
    found = composition.sheet.axes.texts
    return [text for text in found if text.get_text().strip() and text.get_gid() not in but]


def box_of(text: Text) -> Box:
    """Give where a text was really drawn, in points."""
    extent, scale = text.get_window_extent(), 72 / text.figure.dpi
    return Box(extent.x0 * scale, extent.y0 * scale, extent.x1 * scale, extent.y1 * scale)


def words_of(composition: Composition, part: str) -> str:
    return " ".join(text.get_text() for text in texts(composition) if text.get_gid() == part)


@pytest.mark.parametrize("page", PAGES)
def test_every_text_lies_in_the_box_of_its_part(page: str, compose: Callable[[str], Composition]) -> None:
    composition = compose(page)
    layout = composition.layout
    boxes = {
        **{part: [layout.map] for part in ("country", "city", "point", "count", "notice", "north")},
        "heading": [layout.heading],
        "panel": [layout.panel],
        "footer": [layout.footer],
        "marking": [layout.marking_top, layout.marking_bottom],
        "graticule": [layout.page],
    }
    parts = {text.get_gid() for text in texts(composition)}
    assert {
        "heading",
        "panel",
        "footer",
        "marking",
        "graticule",
        "country",
        "city",
        "point",
        "notice",
    } <= parts
    for text in texts(composition):
        allowed = [box.padded(HALF_A_PIXEL_PT) for box in boxes[text.get_gid()]]
        assert any(box.contains(box_of(text)) for box in allowed), (text.get_gid(), text.get_text())


@pytest.mark.parametrize("page", PAGES)
def test_no_text_overlaps_another(page: str, compose: Callable[[str], Composition]) -> None:
    drawn = texts(compose(page), but=("count",))
    boxes = [(text, box_of(text).padded(-HALF_A_PIXEL_PT)) for text in drawn]
    for (one, a), (two, b) in itertools.combinations(boxes, 2):
        apart = a.right <= b.left or b.right <= a.left or a.top <= b.bottom or b.top <= a.bottom
        assert apart, (one.get_text(), two.get_text())


@pytest.mark.parametrize("page", PAGES)
def test_texts_keep_clear_of_the_furniture(page: str, compose: Callable[[str], Composition]) -> None:
    composition = compose(page)
    furniture = composition.picture.furniture
    for text in texts(composition):
        if text.get_gid() in {"country", "city", "point"}:
            for box in furniture.boxes:
                drawn = box_of(text).padded(-HALF_A_PIXEL_PT)
                assert (
                    drawn.right <= box.left
                    or box.right <= drawn.left
                    or drawn.top <= box.bottom
                    or box.top <= drawn.bottom
                )


def test_no_text_is_too_small_to_read(compose: Callable[[str], Composition]) -> None:
    for page in ("16:9", "A4"):
        assert min(text.get_fontsize() for text in texts(compose(page))) >= 5.25


@pytest.mark.parametrize("page", ["16:9", "A4"])
def test_what_must_be_said_is_on_the_page(
    page: str, scene: Scene, compose: Callable[[str], Composition]
) -> None:
    composition = compose(page)
    marking = handling_marking(scene.handling)
    assert words_of(composition, "marking") == f"{marking} {marking}"
    assert EXERCISE_NOTICE in words_of(composition, "notice")
    assert KOSOVO_FOOTNOTE in words_of(composition, "footer")
    assert scene.title in words_of(composition, "heading")
    assert scene.parameters[0] in words_of(composition, "panel")
    (notice,) = (text for text in texts(composition) if text.get_text() == EXERCISE_NOTICE)
    assert notice.get_fontsize() >= 12


def test_the_selected_place_is_named(scene: Scene, compose: Callable[[str], Composition]) -> None:
    crossings = scene.layers[1].features.set_index("id")
    name = crossings.loc[scene.selected_id, "label"].split("\n")[0]
    assert name in words_of(compose("16:9"), "point")


def test_the_extent_lies_in_the_map(scene: Scene, compose: Callable[[str], Composition]) -> None:
    frame = compose("A4").picture.view.frame
    west, east = frame.edge("bottom")[[0, -1], 0]
    south, north = frame.edge("left")[[0, -1], 1]
    assert west <= scene.extent.west
    assert east >= scene.extent.east
    assert south <= scene.extent.south
    assert north >= scene.extent.north - 0.7


def test_the_footnote_is_left_out_where_kosovo_is_not_shown(bare: Scene, basemap: Basemap) -> None:
    far = replace(bare, extent=Extent(25.9, 41.4, 26.9, 42.0))
    assert "Kosovo" not in words_of(compose_page(far, basemap, Imprint("R"), dpi=72), "footer")


def test_with_findings_the_parameters_go_to_the_method(bare: Scene, basemap: Basemap) -> None:
    scene = replace(bare, parameters=("5 % tolerance",))
    composition = compose_page(scene, basemap, Imprint("R"), dpi=72, findings=("A finding.",))
    assert "A finding." in words_of(composition, "panel")
    assert "5 % tolerance" not in words_of(composition, "panel")
    assert "Method: 5 % tolerance" in words_of(composition, "footer")


@pytest.mark.parametrize(
    ("page", "dpi", "pixels"),
    [
        ("16:9", 144, (1920, 1080)),
        ("16:9", 96, (1280, 720)),
        ("A4", 100, (1169, 826)),
        ("A3", 50, (826, 584)),
    ],
)
def test_the_picture_has_the_size_of_the_page(
    page: str, dpi: int, pixels: tuple[int, int], bare: Scene, basemap: Basemap
) -> None:
    with Image.open(io.BytesIO(snapshot_png(bare, basemap, page=page, dpi=dpi))) as picture:
        assert picture.size == pytest.approx(pixels, abs=1)


def test_the_same_scene_gives_the_same_bytes_in_any_thread(
    bare: Scene, basemap: Basemap, points: Callable[..., Layer]
) -> None:
    scene = replace(bare, layers=(points(("Here", 23.3, 42.7)),), notices=(EXERCISE_NOTICE,))
    before, pictures = dict(mpl.rcParams), []
    threads = [
        threading.Thread(target=lambda: pictures.append(snapshot_png(scene, basemap, dpi=60)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pictures.append(snapshot_png(scene, basemap, dpi=60))
    assert len(set(pictures)) == 1
    assert len(pictures) == 3
    assert dict(mpl.rcParams) == before


def test_the_reference_and_the_date_of_production_are_printed(bare: Scene, basemap: Basemap) -> None:
    moment = datetime(2022, 10, 30, 6, tzinfo=UTC)
    default, dated, named = (
        snapshot_png(bare, basemap, dpi=60, **extra)
        for extra in ({}, {"produced": moment}, {"reference": "R-1"})
    )
    assert len({default, dated, named}) == 3


def test_the_file_says_what_it_is(scene: Scene, bare: Scene, basemap: Basemap) -> None:
    content = snapshot_png(replace(bare, notices=scene.notices, handling=scene.handling), basemap, dpi=60)
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.info["Title"] == "Bare"
        assert EXERCISE_NOTICE in picture.info["Description"]
        assert handling_marking(scene.handling) in picture.info["Description"]


def test_an_unknown_page_is_refused(bare: Scene, basemap: Basemap) -> None:
    with pytest.raises(InputError, match="16:9"):
        snapshot_png(bare, basemap, page="letter")


def test_symbols_have_their_colour_at_their_place(
    bare: Scene, basemap: Basemap, points: Callable[..., Layer]
) -> None:
    symbols = [replace(symbol, fill_opacity=1.0) for symbol in (PICKED, *CRIME_AREAS.values())]
    layers = tuple(
        points((symbol.words, 16.0 + 2 * number, 42.7), symbol=symbol)
        for number, symbol in enumerate(symbols)
    )
    composition = compose_page(replace(bare, layers=layers), basemap, Imprint("R"), dpi=96)
    raster = imread(io.BytesIO(composition.sheet.png({"Software": None})))[..., :3]
    marks = list(composition.picture.marks)
    assert [mark.symbol for mark in marks] == symbols
    for mark in marks:
        column, row = (round(side * 96 / 72) for side in (mark.x, composition.layout.page.top - mark.y))
        beside = column + round(mark.radius * 96 / 72 * 2)
        colour = np.array(to_rgb(mark.symbol.fill))
        assert raster[row, column] == pytest.approx(colour, abs=0.02)
        assert not np.allclose(raster[row, beside], colour, atol=0.02)


def test_a_hostile_text_is_only_text(bare: Scene, basemap: Basemap, points: Callable[..., Layer]) -> None:
    nasty = "$\\frac{1}{0}$ <script>alert(1)</script> \x00\x1b[31m \u202e\ufeff 漢字 😀 " + "W" * 300
    layer = points((nasty, 23.3, 42.7), symbol=PICKED)
    scene = replace(bare, title=nasty, subtitle=nasty, layers=(layer,), parameters=(nasty,), sources=(nasty,))
    scene = replace(scene, notices=(nasty, " ", "\u202e"))
    with Image.open(io.BytesIO(snapshot_png(scene, basemap, dpi=72, reference=nasty))) as picture:
        assert picture.info["Title"].startswith("$\\frac{1}{0}$ <script>")
    composition = compose_page(scene, basemap, Imprint(nasty), dpi=72)
    for text in texts(composition):
        assert composition.layout.page.contains(box_of(text))
