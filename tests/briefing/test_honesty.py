"""What must be said of a briefing is said of all of it, on every page and in every file."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest
from full_document import plain_document
from pptx import Presentation
from small_action import BLATO, ZUPCI, action, found_in, on_map, plan_of, planned, shift, told

from geoanalysis.briefing import Document, Part, digest, identified, render
from geoanalysis.briefing.document import About, Imprint, MapWithPanel, SideBySide, Summary
from geoanalysis.domain.errors import InputError
from geoanalysis.domain.marking import BOUNDARY_DISCLAIMER, KOSOVO_FOOTNOTE
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.basemap import Basemap
from geoanalysis.review import ReviewFilter

AT_ZUPCI, AT_BLATO = {"lon": 18.45, "lat": 42.56}, {"lon": 20.5, "lat": 41.5}
ALBANIA = ReviewFilter(countries=("AL",))


@pytest.fixture(scope="module")
def mixed() -> Operation:
    """Give an action of two countries, one of which reports under a stricter code."""
    return action(
        [shift(ZUPCI, 100, 30, handling="H1"), shift(BLATO, 200, 10, country="AL", handling="H0")],
        [{"seizure_id": "A", **AT_BLATO, "country": "AL", "handling": "H0"}],
        [{"value": 7, "handling": "H1"}, {"value": 2, "country": "AL", "handling": "H0"}],
    )


@pytest.mark.parametrize(("part", "code"), [(Part.MAP, "H0"), (Part.SUMMARY, "H1"), (Part.RESULTS, "H1")])
def test_filters_do_not_lower_the_marking_of_what_is_told_unfiltered(
    mixed: Operation, part: Part, code: str
) -> None:
    assert told(found_in(mixed, passing=ALBANIA), part).handling == Handling(code)


def test_figures_beside_filtered_ones_are_filtered_too(mixed: Operation) -> None:
    document = told(found_in(mixed, passing=ALBANIA), Part.SUMMARY)
    (body,) = (page.body for page in document.pages if isinstance(page.body, Summary))
    told_figures = {figure.words: figure.value for figure in body.figures}
    assert told_figures["persons checked"] == "200"
    assert told_figures["hits"] == "10"
    assert "arrests" not in told_figures


def test_both_sides_of_a_comparison_are_filtered(mixed: Operation) -> None:
    found = found_in(mixed, passing=ALBANIA, before=replace(mixed, name="Before"))
    totals = found.comparison.totals
    assert totals[["checked_before", "checked_after"]].to_numpy().tolist() == [[200, 200]]


def test_all_seizures_less_those_told_give_none_away() -> None:
    many = [
        {"seizure_id": f"{area}{n}", **at}
        for area, at in (("A", AT_ZUPCI), ("B", AT_BLATO))
        for n in range(10)
    ]
    lone = {"seizure_id": "F", "lon": 22.0, "lat": 42.0, "crime_area": "firearms", "commodity": "firearm"}
    found = found_in(action([shift(ZUPCI, 100, 30)], [*many, lone]), least=3)
    document = told(found, Part.SUMMARY, Part.MAP)
    legend = {entry.words: entry.count for layer in on_map(found).layers for entry in layer.legend}
    assert (legend["drugs"], legend["firearms"]) == (20, None)
    figures = document.pages[0].body.figures
    assert "seizures" not in [figure.words for figure in figures]


def test_what_is_left_out_is_not_nought(mixed: Operation) -> None:
    strict = replace(mixed, seizures=mixed.seizures.assign(handling="H2"))
    figures = told(found_in(strict), Part.SUMMARY).pages[0].body.figures
    assert "seizures" not in [figure.words for figure in figures]


def test_pages_on_an_action_say_so_beside_a_view_of_a_plan(mixed: Operation) -> None:
    plan = planned(plan_of(ZUPCI, name="Plan X"))
    document = told(found_in(mixed), Part.SUMMARY, Part.RESULTS, scene=plan.scene, plan=plan, shows_plan=True)
    assert document.pages[0].body.findings[0].startswith("Zupci – Sitnica: 30 hits in 100 checks")
    assert {page.subtitle for page in document.pages} == {"Small action · 1 March 2022 to 2 March 2022"}


@pytest.fixture(scope="module")
def everyday() -> Document:
    return plain_document()


def test_every_page_says_how_it_was_made(everyday: Document) -> None:
    assert [page.title for page in everyday.pages if not any(page.method)] == []


def test_the_digest_and_the_reference_cover_what_a_scene_says(everyday: Document) -> None:
    page = next(page for page in everyday.pages if isinstance(page.body, SideBySide))
    stricter = replace(
        page.body, left=replace(page.body.left, handling=Handling.H3, notices=("Provisional",))
    )
    pages = tuple(replace(page, body=stricter) if one is page else one for one in everyday.pages)
    other = replace(everyday, pages=pages)
    assert "Provisional" in other.marking
    assert digest(other) != digest(everyday)
    unnamed = [
        replace(one, about=replace(one.about, imprint=Imprint(""))) for one in (everyday, other, everyday)
    ]
    first, second, again = (identified(one).about.imprint.reference for one in unnamed)
    assert first == again != second


def test_a_marking_that_would_hide_the_code_is_refused() -> None:
    with pytest.raises(InputError, match="120 have room"):
        About("A", datetime.now(UTC).date(), Handling.H1, Imprint("R"), marking="X" * 121)


def test_tables_keep_marking_and_notices_without_their_file(everyday: Document, basemap: Basemap) -> None:
    with zipfile.ZipFile(io.BytesIO(render(everyday, basemap, ".zip"))) as archive:
        names = [name for name in archive.namelist() if name != "about.csv"]
        about = archive.read("about.csv").decode("utf-8-sig")
        assert names
        for name in names:
            assert name.endswith(f"_{everyday.handling}.csv")
            table = pd.read_csv(archive.open(name))
            assert set(table["handling"]) == {everyday.marking_words}
            assert set(table["notice"]) == {"; ".join(everyday.notices)}
    assert BOUNDARY_DISCLAIMER in about
    assert KOSOVO_FOOTNOTE in about


def test_html_keeps_the_action_whatever_the_title(mixed: Operation, basemap: Basemap) -> None:
    document = told(found_in(mixed), Part.MAP)
    retitled = replace(document.pages[0], body=_titled(document.pages[0].body, "Weekly picture"))
    html = render(replace(document, pages=(retitled,)), basemap, ".html").decode()
    assert "Weekly picture" in html
    assert "Action: Small action" in html


def _titled(body: MapWithPanel, title: str) -> MapWithPanel:
    return replace(body, scene=replace(body.scene, title=title))


def test_alternatives_of_pictures_count_what_the_frame_shows(mixed: Operation, basemap: Basemap) -> None:
    document = told(found_in(mixed), Part.ATLAS)
    slide = Presentation(io.BytesIO(render(document, basemap, ".pptx"))).slides[0]
    (picture,) = (shape for shape in slide.shapes if shape.shape_type == 13)
    alternative = picture._element.nvPicPr.cNvPr.get("descr")  # noqa: SLF001 - the library has no other way
    assert alternative.startswith(document.marking)
    assert "hot-spot crossing 1" in alternative
    assert "drugs" not in alternative  # that seizure lies elsewhere
