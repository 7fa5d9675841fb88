"""Files as others open them: read by programs that did not write them, and attacked through every text."""

import base64
import csv
import ctypes
import io
import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from drawing import texts
from fontTools.ttLib import TTFont
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt
from small_action import action, found_in, on_map, planned, shift, told

from geoanalysis.briefing import (
    TEMPLATES,
    Imprint,
    Material,
    PageForm,
    Part,
    Printing,
    Wishes,
    briefing,
    render,
)
from geoanalysis.briefing.composition import Composition, compose, leaves
from geoanalysis.briefing.document import LONGEST_MARKING, Document, Fact, SideBySide, TableSheet
from geoanalysis.briefing.formats.slides import Slides
from geoanalysis.briefing.formats.vector import page_svg, pages_pdf
from geoanalysis.briefing.typesetting.text import SCREEN_DPI
from geoanalysis.domain.marking import EXERCISE_NOTICE, handling_marking
from geoanalysis.domain.operation import Deployment, Plan
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.compose import dossier_layers, dossier_scene
from geoanalysis.reference import data_folder, load_actions, load_borders, load_crossings
from geoanalysis.review import dossier
from geoanalysis.store import load_operation

ON = date(2022, 10, 26)
TITLE = "Đakovo – šuma – İpsala: Κοινές Ημέρες Δράσης, Съвместни дни"
MARKING = "EU RESTRICTED"
LEFT_OUT = "Two reports without a place are on no map."
REFERENCE = "JAD-2022/047"
IMPRINT = Imprint(REFERENCE, "/brief?page=review", datetime(2022, 11, 2, 7, 30, tzinfo=UTC))
MAP_PAGE = 2
W3 = re.compile(r"https?://www\.w3\.org/[\w/.#-]*")
PAYLOADS = (
    '=HYPERLINK("http://x")',
    "@SUM(1)",
    "+cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "{{31337*31337}}",
    "${jndi:ldap://x}",
    r"$\frac{1}{0}$",
    "bell\x07 escape\x1b[31m line\r\nbreak",
    "right \u202e to left",
    "W" * 300,
    "emoji 😀👮",
    "]]>&amp;--%></title>",
)
EVALUATED = str(31337 * 31337)


def squeezed(words: str) -> str:
    """Give the letters of a text: readers differ in the spaces and line breaks that they see."""
    return "".join(words.split())


@pytest.fixture(scope="session")
def document() -> Document:
    """Give the first pages of a real briefing: one of each kind."""
    operation, crossings = load_operation(data_folder() / "actions" / "exercise_2022"), load_crossings(ON)
    found = dossier(operation, crossings, load_actions())
    scene = dossier_scene(found, dossier_layers(found, load_borders(ON), crossings))
    parts = (*TEMPLATES["briefing"], Part.ATLAS)
    wishes = Wishes(parts, title=TITLE, marking=MARKING, left_out=(LEFT_OUT,))
    full = briefing(Material(scene, crossings, found), wishes, IMPRINT)
    return replace(full, pages=full.pages[:7])


@dataclass(frozen=True, eq=False)
class Files:
    """A document as files, each made once; pages are drawn once for all formats that have several."""

    document: Document
    basemap: Basemap

    @cached_property
    def drawn(self) -> tuple[Composition, ...]:
        form = PageForm()
        drawn = leaves(self.document, form)
        return tuple(compose(self.document, leaf, self.basemap, form, dpi=SCREEN_DPI) for leaf in drawn)

    @cached_property
    def slides(self) -> list[Any]:
        return list(Presentation(io.BytesIO(self(".pptx"))).slides)

    @cache  # noqa: B019 - as long as the session
    def __call__(self, suffix: str) -> bytes:
        if suffix == ".pdf":
            return pages_pdf(self.drawn, self.document)
        if suffix == ".svg":
            return page_svg(self.drawn[MAP_PAGE - 1], self.document)
        if suffix == ".pptx":
            slides = Slides(self.document)
            for leaf, page in zip(leaves(self.document, PageForm()), self.drawn, strict=True):
                slides.add(leaf, page)
            return slides.to_bytes()
        return render(self.document, self.basemap, suffix, Printing(page=MAP_PAGE))


@pytest.fixture(scope="session")
def made(document: Document, basemap: Basemap) -> Files:
    return Files(document, basemap)


@pytest.fixture(scope="session")
def drawn(made: Files) -> tuple[Composition, ...]:
    return made.drawn


@pytest.fixture(scope="session")
def pdf(made: Files) -> Iterator[pypdfium2.PdfDocument]:
    with closing(pypdfium2.PdfDocument(made(".pdf"))) as opened:
        yield opened


def words_on(page: pypdfium2.PdfPage) -> str:
    with closing(page.get_textpage()) as text:
        return squeezed(text.get_text_bounded())


def test_every_label_is_text_on_its_page_of_the_pdf(
    pdf: pypdfium2.PdfDocument, drawn: tuple[Composition, ...]
) -> None:
    assert len(pdf) == len(drawn)
    for page, composition in zip(pdf, drawn, strict=True):
        assert page.get_size() == pytest.approx(composition.sheet.size)
        seen = words_on(page)
        missing = [t.get_text() for t in texts(composition) if squeezed(t.get_text()) not in seen]
        assert missing == []
    assert squeezed(TITLE) in words_on(pdf[MAP_PAGE - 1])


def test_fonts_are_in_the_pdf(pdf: pypdfium2.PdfDocument, made: Files) -> None:
    embedded = [
        pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(item.raw))
        for page in pdf
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
    ]
    assert len(embedded) > 500
    assert set(embedded) == {1}
    assert b"/Type3" not in made(".pdf")  # whose letters cannot be edited, and look coarse on many screens


def test_the_pdf_says_what_it_is_and_does_nothing(
    pdf: pypdfium2.PdfDocument, document: Document, made: Files
) -> None:
    told_of = pdf.get_metadata_dict()
    assert told_of["Title"] == document.title
    for words in (document.marking, REFERENCE, MARKING, EXERCISE_NOTICE):
        assert words in told_of["Subject"]
    assert pdfium.FPDFDoc_GetJavaScriptActionCount(pdf.raw) == 0
    assert pdfium.FPDFDoc_GetAttachmentCount(pdf.raw) == 0
    links = (ctypes.c_int(0), pdfium.FPDF_LINK())
    assert not any(pdfium.FPDFLink_Enumerate(page.raw, *links) for page in pdf)
    for action_name in (b"/JavaScript", b"/JS", b"/URI", b"/EmbeddedFile", b"/OpenAction", b"/Launch"):
        assert action_name not in made(".pdf")


def svg_texts(svg: bytes) -> set[str]:
    return {squeezed("".join(text.itertext())) for text in elements(svg, "text")}


def elements(svg: bytes, name: str) -> list[Element]:
    root = fromstring(svg)  # noqa: S314 - our own
    return [element for element in root.iter() if element.tag.rpartition("}")[2] == name]


def test_every_label_is_text_in_the_svg(made: Files, drawn: tuple[Composition, ...]) -> None:
    wanted = {squeezed(text.get_text()) for text in texts(drawn[MAP_PAGE - 1])}
    assert wanted <= svg_texts(made(".svg"))


def test_the_svg_has_its_fonts_inside(made: Files) -> None:
    svg = made(".svg").decode()
    rule = r"@font-face\{font-family:'([^']+)';font-weight:(\d+);src:url\(data:font/woff;base64,([^)]+)\)"
    faces = {
        (name, weight): TTFont(io.BytesIO(base64.b64decode(font)))
        for name, weight, font in re.findall(rule, svg)
    }
    assert svg.count("@font-face") == len(faces) > 1
    for text in elements(made(".svg"), "text"):
        look = dict(part.split(": ") for part in text.attrib["style"].split("; "))
        face = faces[look["font-family"].strip("'"), look.get("font-weight", "400")]
        letters = {ord(letter) for letter in "".join(text.itertext()) if letter.isprintable()}
        assert letters <= set(face.getBestCmap())


def test_the_svg_runs_and_fetches_nothing(made: Files, document: Document, basemap: Basemap) -> None:
    svg = made(".svg")
    root = fromstring(svg)  # noqa: S314 - our own
    for element in root.iter():
        assert element.tag.rpartition("}")[2] not in {"script", "foreignObject", "a", "iframe"}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name.rpartition("}")[2] == "href":
                assert value.startswith(("#", "data:image/"))
    assert all(
        link.startswith(("#", "data:font/woff;")) for link in re.findall(r"url\(([^)]*)\)", svg.decode())
    )
    assert render(document, basemap, ".svg", Printing(page=MAP_PAGE)) == svg


@pytest.fixture(scope="session")
def slides(made: Files) -> list[Any]:
    return made.slides


def words_of_slide(slide: Any) -> str:
    frames = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    cells = [
        cell.text
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]
    return "\n".join([*frames, *cells])


def test_titles_and_texts_of_slides_can_be_edited(slides: list[Any], document: Document) -> None:
    for leaf, slide in zip(leaves(document, PageForm()), slides, strict=True):
        title = slide.shapes.title
        assert title.placeholder_format.type == PP_PLACEHOLDER.TITLE
        assert title.text_frame.text == leaf.page.title
        assert leaf.page.subtitle in words_of_slide(slide)
        for point in getattr(leaf.page.body, "points", ()) or getattr(leaf.page.body, "findings", ()):
            assert f"• {point}" in words_of_slide(slide)
        for figure in getattr(leaf.page.body, "figures", ()):
            assert {figure.value, figure.words} <= set(words_of_slide(slide).split("\n"))
        for fact in getattr(leaf.page.body, "facts", ()):
            assert fact.value in words_of_slide(slide)


def test_a_slide_says_how_much_had_no_room(document: Document, basemap: Basemap) -> None:
    page = document.pages[MAP_PAGE - 1]
    facts = tuple(Fact(f"Fact number {number}", f"{number}") for number in range(90))
    crowded = replace(document, pages=(replace(page, body=replace(page.body, facts=facts)),))  # type: ignore[type-var]
    (leaf,) = leaves(crowded, PageForm())
    composition = compose(crowded, leaf, basemap, PageForm(), dpi=SCREEN_DPI)
    slides = Slides(crowded)
    slides.add(leaf, composition)
    words = words_of_slide(Presentation(io.BytesIO(slides.to_bytes())).slides[0])
    cut = [text.get_text() for text in texts(composition) if "more" in text.get_text().split()]
    assert any(re.search(r"and \d+ more", line) for line in cut)
    assert [p.words for p in composition.sheet.passages if p.words not in words] == []


def test_tables_of_slides_have_every_cell(slides: list[Any], document: Document) -> None:
    for page in (page for page in document.pages if isinstance(page.body, TableSheet)):
        rows = [
            tuple(cell.text for cell in row.cells)
            for slide in slides
            if slide.shapes.title.text_frame.text == page.title
            for shape in slide.shapes
            if shape.has_table
            for row in shape.table.rows
        ]
        width = len(page.body.table.columns)
        titles = tuple(column.title for column in page.body.table.columns)
        wanted = [(*row, *[""] * (width - len(row))) for row in page.body.table.rows]
        assert [row for row in rows if row != titles] == wanted
        assert rows.count(titles) >= 1


def test_every_slide_is_marked_and_has_its_notes(slides: list[Any], document: Document) -> None:
    middle = PageForm().size[1] / 2
    for leaf, slide in zip(leaves(document, PageForm()), slides, strict=True):
        marks = [
            shape.top / Pt(1)
            for shape in slide.shapes
            if shape.has_text_frame and shape.text_frame.text == document.marking
        ]
        assert [top < middle for top in marks] == [True, False]
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.startswith(document.marking)
        method = leaf.page.method[0] if leaf.page.method else ""
        findings = getattr(leaf.page.body, "findings", ())
        for words in (*document.about.sources, LEFT_OUT, REFERENCE, method, *findings):
            assert words in notes


def test_pictures_of_slides_say_what_they_show(slides: list[Any]) -> None:
    for slide in slides:
        for shape in slide.shapes:
            if hasattr(shape, "image"):
                described = shape._element.nvPicPr.cNvPr.get("descr")  # noqa: SLF001
                assert slide.shapes.title.text_frame.text in described


def test_the_slides_link_and_run_nothing(made: Files) -> None:
    assert_inert_slides(made(".pptx"))
    opened = Presentation(io.BytesIO(made(".pptx")))
    assert (opened.slide_width / Pt(1), opened.slide_height / Pt(1)) == pytest.approx(
        PageForm().size, abs=0.1
    )


def assert_inert_slides(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            assert "vba" not in name.lower()
            part = archive.read(name)
            if name.endswith(".rels"):
                assert b"External" not in part
            elif name.startswith("ppt/slides/") and name.endswith(".xml"):
                assert b"hlinkClick" not in part


def test_a_picture_for_print_says_its_resolution(document: Document, basemap: Basemap) -> None:
    content = render(document, basemap, ".png", Printing(PageForm("A4"), page=1, dpi=300))
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == pytest.approx((3508, 2480), abs=1)
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert REFERENCE in picture.info["Description"]


def test_the_html_fetches_nothing_and_says_all(made: Files, document: Document) -> None:
    html = made(".html").decode()
    fetched = r"""(?:src|href)\s*=\s*["']?(?!data:|#)[^"'>\s]+|url\(\s*["']?(?!data:|#)[^)]|@import"""
    outside = re.sub(r"<script>.*?</script>|/\*.*?\*/", "", html, flags=re.DOTALL)
    assert re.findall(fetched, outside) == []
    assert not re.search("https?:", W3.sub("", outside))
    for words in (
        MARKING,
        document.marking_words.split(" - ")[0].split(" · ")[1],
        LEFT_OUT,
        REFERENCE,
        TITLE,
    ):
        assert words in html
    assert EXERCISE_NOTICE in outside


def test_the_html_of_a_comparison_shows_the_later_action(document: Document, basemap: Basemap) -> None:
    scene = document.pages[MAP_PAGE - 1].scenes[0]
    earlier = replace(scene, title="The earlier one", notices=(), handling=Handling.H2)
    later = replace(scene, title="The later one", notices=())
    page = replace(document.pages[1], body=SideBySide(earlier, later, ("More hits.",)))
    html = render(replace(document, pages=(page,)), basemap, ".html").decode()
    assert "<h1>The later one</h1>" in html
    assert "More hits." in html
    assert "Handling code H2" in html
    assert EXERCISE_NOTICE in html  # of the action, though neither map says so


@pytest.mark.proof
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_libreoffice_opens_the_slides(made: Files, drawn: tuple[object, ...], tmp_path: Path) -> None:
    (tmp_path / "b.pptx").write_bytes(made(".pptx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    asked = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "b.pptx"]
    subprocess.run(asked, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    with closing(pypdfium2.PdfDocument(tmp_path / "b.pdf")) as opened:
        assert len(opened) == len(drawn)
        assert squeezed(MARKING) in words_on(opened[0])


@pytest.fixture(scope="session")
def hostile(basemap: Basemap) -> Files:
    """Give a briefing in which every text that a user or a record can hold is an attack."""
    places = [
        {"place_name": text, "lon": 19.0 + number * 0.6, "lat": 43.5, "remarks": text}
        for number, text in enumerate(PAYLOADS)
    ]
    shifts = [shift(None, 100, 5 if number else 40, **place) for number, place in enumerate(places)]
    everything = " ".join(PAYLOADS)
    operation = action(shifts, [dict(place) for place in places], name=everything)
    posts = tuple(
        Deployment(place["place_name"], place["place_name"], place["lon"], 43.5, 3, text, text)
        for place, text in zip(places, PAYLOADS, strict=True)
    )
    plan = Plan("p", everything, operation.starts, posts, remarks=everything)
    found = found_in(operation, plan=plan)
    material = Material(on_map(found), load_crossings(operation.starts), found, planned(plan))
    wishes = Wishes(
        (Part.SUMMARY, Part.MAP, Part.PLAN, Part.ATLAS),
        title=everything,
        headline=everything,
        findings=PAYLOADS,
        marking=f"\u202e{everything}"[:LONGEST_MARKING],
        left_out=PAYLOADS,
        atlas_of="checkpoints",
    )
    whole = briefing(material, wishes, Imprint(everything, f"/brief?{everything}", IMPRINT.produced))
    return Files(replace(whole, pages=(whole.pages[0], *whole.pages[2:4])), basemap)


def test_attacks_are_letters_in_a_pdf(hostile: Files) -> None:
    with closing(pypdfium2.PdfDocument(hostile(".pdf"))) as opened:
        seen = "".join(words_on(page) for page in opened)
        assert pdfium.FPDFDoc_GetJavaScriptActionCount(opened.raw) == 0
        links = (ctypes.c_int(0), pdfium.FPDF_LINK())
        assert not any(pdfium.FPDFLink_Enumerate(page.raw, *links) for page in opened)
    for letters in (
        "<script>alert(1)</script>",
        r"$\frac{1}{0}$",
        "{{31337*31337}}",
        '=HYPERLINK("http://x")',
    ):
        assert letters in seen


def test_attacks_are_letters_in_an_svg(hostile: Files) -> None:
    svg = hostile(".svg")
    assert not [name for name in ("script", "img", "a") if elements(svg, name)]
    assert "<script>alert(1)</script>" in "".join(svg_texts(svg))
    assert not any(name.startswith("on") for element in fromstring(svg).iter() for name in element.attrib)  # noqa: S314


def test_attacks_are_letters_on_slides(hostile: Files) -> None:
    content = hostile(".pptx")
    assert_inert_slides(content)
    words = "".join(words_of_slide(slide) for slide in Presentation(io.BytesIO(content)).slides)
    for text in ("<script>alert(1)</script>", "{{31337*31337}}", "W" * 300, "line  break", "right  to left"):
        assert text in words
    assert "\u202e" not in words
    assert "\x07" not in words


def test_attacks_are_letters_in_html(hostile: Files) -> None:
    html = hostile(".html").decode()
    assert "<script>alert(1)" not in html
    assert "<img" not in html
    assert EVALUATED not in html
    assert html.count("<title>") == 1
    assert re.search(r"<bdi>[^<]*\u202e[^<]*</bdi> · <bdi>Handling code", html)


def test_attacks_are_text_in_tables(hostile: Files) -> None:
    content = hostile(".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    assert not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(io.BytesIO(hostile(".zip"))) as archive:
        for name in archive.namelist():
            for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")):
                assert not any(cell.startswith(("=", "@", "+", "\t", "\r")) for cell in row)


def test_attacks_are_text_in_a_geopackage(hostile: Files, tmp_path: Path) -> None:
    path = tmp_path / "b.gpkg"
    path.write_bytes(hostile(".gpkg"))
    with closing(sqlite3.connect(path)) as opened:
        labels = [label for (label,) in opened.execute("SELECT label FROM checkpoints ORDER BY fid")]
        for (qml,) in opened.execute("SELECT styleQML FROM layer_styles"):
            fromstring(qml)  # noqa: S314 - our own
    assert all(label.startswith(text) for label, text in zip(labels, PAYLOADS, strict=True))


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".gpkg", ".xlsx"])
def test_an_action_without_anything_has_a_map(suffix: str, basemap: Basemap) -> None:
    document = told(found_in(action()), Part.MAP)
    assert render(document, basemap, suffix, Printing(dpi=50))
    assert document.marking == handling_marking(Handling.H0)
