"""The page as it leaves the tool."""

import io
import itertools
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pytest
from drawing import FORMS, box_of, compose_page, document_of, raster, texts, words_of
from matplotlib.colors import to_rgb
from PIL import Image

from geoanalysis.briefing import PageForm, Printing, render
from geoanalysis.briefing.composition import Composition
from geoanalysis.briefing.document import Imprint
from geoanalysis.domain.errors import InputError
from geoanalysis.domain.marking import EXERCISE_NOTICE, KOSOVO_FOOTNOTE, handling_marking
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import Extent, Layer, Scene
from geoanalysis.symbology import CRIME_AREAS, PICKED

HALF_A_PIXEL_PT = 0.4


def png(scene: Scene, basemap: Basemap, imprint: Imprint | None = None, dpi: int = 60) -> bytes:
    return render(document_of(scene, imprint), basemap, ".png", Printing(dpi=dpi))


@pytest.mark.parametrize("form", FORMS)
def test_every_text_lies_in_the_box_of_its_part(
    form: PageForm, compose: Callable[[PageForm], Composition]
) -> None:
    composition = compose(form)
    layout = composition.layout
    boxes = {
        **{
            part: [composition.picture.view.box]
            for part in ("country", "city", "point", "count", "notice", "north")
        },
        "heading": [layout.heading],
        "panel": [layout.body],
        "points": [layout.body],
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


@pytest.mark.parametrize("form", FORMS)
def test_no_text_overlaps_another(form: PageForm, compose: Callable[[PageForm], Composition]) -> None:
    drawn = texts(compose(form), but=("count",))
    boxes = [(text, box_of(text).padded(-HALF_A_PIXEL_PT)) for text in drawn]
    for (one, a), (two, b) in itertools.combinations(boxes, 2):
        apart = a.right <= b.left or b.right <= a.left or a.top <= b.bottom or b.top <= a.bottom
        assert apart, (one.get_text(), two.get_text())


@pytest.mark.parametrize("form", FORMS)
def test_texts_keep_clear_of_the_furniture(
    form: PageForm, compose: Callable[[PageForm], Composition]
) -> None:
    composition = compose(form)
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


def test_no_text_is_too_small_to_read(compose: Callable[[PageForm], Composition]) -> None:
    for form in (PageForm(), PageForm("A4"), PageForm("A4", portrait=True)):
        assert min(text.get_fontsize() for text in texts(compose(form))) >= 5


@pytest.mark.parametrize("form", [PageForm(), PageForm("A4", portrait=True)])
def test_what_must_be_said_is_on_the_page(
    form: PageForm, scene: Scene, compose: Callable[[PageForm], Composition]
) -> None:
    composition = compose(form)
    marking = f"{handling_marking(scene.handling)} · {' · '.join(scene.notices)}"
    assert words_of(composition, "marking") == f"{marking} {marking}"
    assert EXERCISE_NOTICE in words_of(composition, "notice")
    assert KOSOVO_FOOTNOTE in words_of(composition, "footer")
    assert scene.title in words_of(composition, "heading")
    assert scene.parameters[0] in words_of(composition, "points")
    (notice,) = (text for text in texts(composition) if text.get_text() == EXERCISE_NOTICE)
    assert notice.get_fontsize() >= 12


def test_the_selected_place_is_named(scene: Scene, compose: Callable[[PageForm], Composition]) -> None:
    crossings = scene.layers[1].features.set_index("id")
    name = crossings.loc[scene.selected_id, "label"].split("\n")[0]
    assert name in words_of(compose(PageForm()), "point")


def test_the_extent_lies_in_the_map(scene: Scene, compose: Callable[[PageForm], Composition]) -> None:
    frame = compose(PageForm("A4")).picture.view.frame
    extent = scene.extent
    corners = gpd.points_from_xy(
        [extent.west, extent.east, extent.west, extent.east],
        [extent.south, extent.south, extent.north, extent.north],
        crs=4326,
    )
    west, south, east, north = gpd.GeoSeries(corners).to_crs(frame.crs).total_bounds
    assert frame.bounds_m[0] <= west + 1
    assert frame.bounds_m[1] <= south + 1
    assert frame.bounds_m[2] >= east - 1
    assert frame.bounds_m[3] >= north - 1


def test_the_footnote_is_left_out_where_kosovo_is_not_shown(bare: Scene, basemap: Basemap) -> None:
    far = replace(bare, extent=Extent(25.9, 41.4, 26.9, 42.0))
    assert "Kosovo" not in words_of(compose_page(far, basemap), "footer")


def test_method_and_parameters_stand_at_the_foot(bare: Scene, basemap: Basemap) -> None:
    composition = compose_page(replace(bare, parameters=("A finding.",), method=("5 % tolerance",)), basemap)
    assert "A finding." in words_of(composition, "points")
    assert "Method: 5 % tolerance" in words_of(composition, "footer")


@pytest.mark.parametrize(
    ("form", "dpi", "pixels"),
    [
        (PageForm(), 144, (1920, 1080)),
        (PageForm(), 96, (1280, 720)),
        (PageForm("A4"), 300, (3508, 2480)),
        (PageForm("A3", portrait=True), 50, (584, 826)),
    ],
)
def test_the_picture_has_the_size_of_the_page(
    form: PageForm, dpi: int, pixels: tuple[int, int], bare: Scene, basemap: Basemap
) -> None:
    content = render(document_of(bare), basemap, ".png", Printing(form, dpi=dpi))
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == pytest.approx(pixels, abs=1)


def test_the_same_scene_gives_the_same_bytes_in_any_thread(
    bare: Scene, basemap: Basemap, points: Callable[..., Layer]
) -> None:
    scene = replace(bare, layers=(points(("Here", 23.3, 42.7)),), notices=(EXERCISE_NOTICE,))
    before, pictures = dict(mpl.rcParams), []
    threads = [threading.Thread(target=lambda: pictures.append(png(scene, basemap))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pictures.append(png(scene, basemap))
    assert len(set(pictures)) == 1
    assert len(pictures) == 3
    assert dict(mpl.rcParams) == before


def test_the_reference_and_the_date_of_production_are_printed(bare: Scene, basemap: Basemap) -> None:
    moment = datetime(2022, 10, 30, 6, tzinfo=UTC)
    imprints = Imprint("R"), Imprint("R", produced=moment), Imprint("R-1"), Imprint("R", "/brief?page=plan")
    assert len({png(bare, basemap, imprint) for imprint in imprints}) == 4


def test_the_file_says_what_it_is(scene: Scene, bare: Scene, basemap: Basemap) -> None:
    content = png(replace(bare, notices=scene.notices, handling=scene.handling), basemap)
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.info["Title"] == "Bare"
        assert EXERCISE_NOTICE in picture.info["Description"]
        assert handling_marking(scene.handling) in picture.info["Description"]


def test_an_unknown_format_or_page_is_refused(bare: Scene, basemap: Basemap) -> None:
    with pytest.raises(InputError, match=r"\.pptx"):
        render(document_of(bare), basemap, ".doc")
    with pytest.raises(InputError, match="no page 2"):
        render(document_of(bare), basemap, ".png", Printing(page=2))


def test_symbols_have_their_colour_at_their_place(
    bare: Scene, basemap: Basemap, points: Callable[..., Layer]
) -> None:
    symbols = [replace(symbol, fill_opacity=1.0) for symbol in (PICKED, *CRIME_AREAS.values())]
    layers = tuple(
        points((symbol.words, 16.0 + 2 * number, 42.7), symbol=symbol)
        for number, symbol in enumerate(symbols)
    )
    composition = compose_page(replace(bare, layers=layers), basemap, dpi=96)
    pixels = raster(composition.sheet)
    marks = list(composition.picture.marks)
    assert [mark.symbol for mark in marks] == symbols
    for mark in marks:
        column, row = (round(side * 96 / 72) for side in (mark.x, composition.layout.page.top - mark.y))
        beside = column + round(mark.radius * 96 / 72 * 2)
        colour = np.array(to_rgb(mark.symbol.fill))
        assert pixels[row, column] == pytest.approx(colour, abs=0.02)
        assert not np.allclose(pixels[row, beside], colour, atol=0.02)


def test_a_hostile_text_is_only_text(bare: Scene, basemap: Basemap, points: Callable[..., Layer]) -> None:
    nasty = "$\\frac{1}{0}$ <script>alert(1)</script> \x00\x1b[31m \u202e\ufeff 漢字 😀 " + "W" * 300
    layer = points((nasty, 23.3, 42.7), symbol=PICKED)
    scene = replace(bare, title=nasty, subtitle=nasty, layers=(layer,), parameters=(nasty,), sources=(nasty,))
    scene = replace(scene, notices=(nasty, " ", "\u202e"))
    with Image.open(io.BytesIO(png(scene, basemap, Imprint(nasty, nasty)))) as picture:
        assert picture.info["Title"].startswith("$\\frac{1}{0}$ <script>")
    composition = compose_page(scene, basemap, Imprint(nasty, nasty))
    for text in texts(composition):
        assert composition.layout.page.contains(box_of(text))
