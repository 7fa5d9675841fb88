"""Every page of a real briefing with everything in it could be printed as it is."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import pytest
from drawing import FORMS, box_of, texts
from full_document import full_document
from matplotlib.text import Text

from geoanalysis.briefing.composition import Composition, Leaf, compose, leaves
from geoanalysis.briefing.document import MapWithPanel, SideBySide, Summary, TableSheet, Timeline
from geoanalysis.briefing.typesetting.boxes import Box, overlaps
from geoanalysis.briefing.typesetting.layout import THEMES, PageForm
from geoanalysis.maps.basemap import Basemap
from geoanalysis.review.planned import NOT_PLANNED

HALF_A_PIXEL_PT = 0.4
LEAST_PT = 5.0
ON_MAPS = frozenset({"country", "city", "point", "count", "notice", "north"})
IN_BODY = frozenset({"panel", "points", "chart", "figures", "table", "notes", "name"})
MUCH_ALIKE = frozenset({"2 of", "5 of"})
"""Pages of the atlas that look like the ones before them: left to the proof."""
LABELS = frozenset({"country", "city", "point"})
USUAL = [PageForm(), PageForm("A4", portrait=True)]
ALL = [PageForm(form.paper, form.portrait, theme) for form in FORMS for theme in THEMES]


def form_words(form: PageForm) -> str:
    return f"{form.paper} {'portrait' if form.portrait else 'landscape'} {form.theme}"


def faults(composition: Composition) -> list[str]:
    """Say what would be seen on the printed page: text too small, out of its place, or on other things."""
    drawn = texts(composition)
    boxes = [box_of(text) for text in drawn]
    return [
        *(f"too small: {text.get_text()!r}" for text in drawn if text.get_fontsize() < LEAST_PT),
        *_out_of_place(composition, drawn, boxes),
        *_on_each_other(drawn, boxes),
        *_on_furniture(composition, drawn, boxes),
    ]


def _out_of_place(composition: Composition, drawn: Sequence[Text], boxes: Sequence[Box]) -> Iterator[str]:
    for text, box in zip(drawn, boxes, strict=True):
        if not any(place.padded(HALF_A_PIXEL_PT).contains(box) for place in _places(composition, text)):
            yield f"out of place: {text.get_gid()} {text.get_text()!r} at {box}"


def _places(composition: Composition, text: Text) -> list[Box]:
    layout, part = composition.layout, str(text.get_gid())
    places = {
        **{part: [picture.view.box for picture in composition.pictures] for part in ON_MAPS},
        **{part: [layout.body] for part in IN_BODY},
        "heading": [layout.heading],
        "footer": [layout.footer],
        "marking": [layout.marking_top, layout.marking_bottom],
        "graticule": [layout.body],
    }
    return places[part]


def _on_each_other(drawn: Sequence[Text], boxes: Sequence[Box]) -> Iterator[str]:
    kept = [number for number, text in enumerate(drawn) if text.get_gid() != "count"]
    sides = np.array([(box.left, box.bottom, box.right, box.top) for box in boxes])[kept]
    low = np.maximum(sides[:, None, :2], sides[None, :, :2])
    high = np.minimum(sides[:, None, 2:], sides[None, :, 2:])
    shared = np.triu((high - low > 2 * HALF_A_PIXEL_PT).all(axis=2), k=1)
    for one, other in zip(*np.nonzero(shared), strict=True):
        yield f"on each other: {drawn[kept[one]].get_text()!r}, {drawn[kept[other]].get_text()!r}"


def _on_furniture(composition: Composition, drawn: Sequence[Text], boxes: Sequence[Box]) -> Iterator[str]:
    furniture = [box for picture in composition.pictures for box in picture.furniture.boxes]
    labels = [number for number, text in enumerate(drawn) if text.get_gid() in LABELS]
    hidden = overlaps([boxes[number].padded(-HALF_A_PIXEL_PT) for number in labels], furniture)
    for number, area in zip(labels, hidden, strict=True):
        if area:
            yield f"on furniture: {drawn[number].get_text()!r}"


@cache
def pages(form: PageForm) -> tuple[Leaf, ...]:
    return leaves(full_document(), form)


@cache
def basemap() -> Basemap:
    return Basemap.bundled()


def faults_of_all(form: PageForm, *, but: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    chosen = (leaf for leaf in pages(form) if leaf.page.subtitle[:4] not in but)
    compositions = ((leaf, compose(full_document(), leaf, basemap(), form, dpi=144)) for leaf in chosen)
    found = {f"{leaf.numbering.number} {leaf.page.title}": faults(drawn) for leaf, drawn in compositions}
    return {page: said for page, said in found.items() if said}


@pytest.mark.parametrize("form", USUAL, ids=form_words)
def test_every_page_could_be_printed(form: PageForm) -> None:
    assert faults_of_all(form, but=MUCH_ALIKE) == {}


@pytest.mark.proof
@pytest.mark.parametrize("form", ALL, ids=form_words)
def test_every_page_could_be_printed_in_every_form_and_theme(form: PageForm) -> None:
    assert faults_of_all(form) == {}


def test_the_document_has_every_kind_of_page() -> None:
    kinds = {type(leaf.page.body) for leaf in pages(PageForm())}
    assert kinds == {Summary, MapWithPanel, TableSheet, Timeline, SideBySide}
    titles = " ".join(leaf.page.title for leaf in pages(PageForm()))
    for words in ("Hot spot: ", "Checkpoint: ", "Planned and done: ", "Published figures", "Results"):
        assert words in titles


def test_a_plan_is_told_whole_and_of_the_rest_only_the_most_productive() -> None:
    (page,) = {leaf.page for leaf in pages(PageForm()) if leaf.page.title.startswith("Planned and done")}
    assert isinstance(page.body, TableSheet)
    unplanned = [row for row in page.body.table.rows if row[-1] == NOT_PLANNED]
    assert len(page.body.table.rows) - len(unplanned) == 40
    hits = [int(row[-2]) for row in unplanned]
    assert hits == sorted(hits, reverse=True)
    assert len(hits) == 20
    assert "385 places" in page.body.notes[0]


def test_many_changed_places_are_counted() -> None:
    body = [leaf.page.body for leaf in pages(PageForm()) if isinstance(leaf.page.body, SideBySide)][-1]
    added, given_up = body.points
    assert added.startswith("Added: ")
    assert added.endswith("; and 29 more.")
    assert given_up.count(";") == 6


def test_a_fault_is_found() -> None:
    leaf = next(leaf for leaf in pages(PageForm()) if isinstance(leaf.page.body, MapWithPanel))
    composition = compose(full_document(), leaf, basemap(), PageForm(), dpi=144)
    assert faults(composition) == []
    by_part = {str(text.get_gid()): text for text in texts(composition)}
    by_part["heading"].set_fontsize(4.0)
    by_part["footer"].set_x(900.0)
    by_part["city"].set_position(composition.picture.furniture.scale.centre)
    by_part["point"].set_position(by_part["panel"].get_position())
    said = " ".join(faults(composition))
    for words in (
        "too small",
        "out of place: footer",
        "out of place: point",
        "on furniture",
        "on each other",
    ):
        assert words in said
