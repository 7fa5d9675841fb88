"""A document becomes a file: results in, bytes out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from geoanalysis.briefing.composition import Composition, Leaf, compose, leaves
from geoanalysis.briefing.document import Document, Imprint, Page
from geoanalysis.briefing.formats.geopackage import briefing_gpkg
from geoanalysis.briefing.formats.pictures import page_png
from geoanalysis.briefing.formats.slides import Slides
from geoanalysis.briefing.formats.vector import page_svg, pages_pdf
from geoanalysis.briefing.formats.workbook import briefing_csv_zip, briefing_xlsx
from geoanalysis.briefing.typesetting.layout import PageForm
from geoanalysis.briefing.typesetting.text import SCREEN_DPI
from geoanalysis.briefing.typesetting.words import utc
from geoanalysis.domain.errors import InputError
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.marking import BOUNDARY_DISCLAIMER, KOSOVO_FOOTNOTE
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import Scene
from geoanalysis.maps.standalone import standalone_html

PRINT_DPI: Final = 300
Progress = Callable[[int, int], None]
"""Is told how many pages are drawn of how many; what it raises ends the work."""


@dataclass(frozen=True, slots=True)
class Printing:
    """
    How a document is drawn.

    `page` is the page that a format of one page gives, from 1 on; `dpi` the resolution of PNG files.
    """

    form: PageForm = field(default_factory=PageForm)
    page: int = 1
    dpi: int = SCREEN_DPI
    progress: Progress = lambda _done, _of: None


def render(document: Document, basemap: Basemap, suffix: str, printing: Printing | None = None) -> bytes:
    """
    Give a document as the content of a file.

    Parameters
    ----------
    document
        As given by `briefing`.
    basemap
        What lies under its maps.
    suffix
        ``.png`` and ``.svg`` (one page), ``.pdf`` and ``.pptx`` (all pages), ``.html`` (its first map, of
        two side by side the later, to zoom and click, offline), ``.gpkg`` (its map data with styles for
        QGIS, and its tables), ``.xlsx`` and ``.zip`` (its tables; CSV files in the latter).
    printing
        How it is drawn.

    Raises
    ------
    InputError
        If there is no such format or page, or the document has nothing that the format could hold.
    """
    require_format(suffix)
    return FORMATS[suffix.lower()](document, basemap, printing or Printing())


def require_format(suffix: str) -> None:
    """
    Refuse a suffix before anything is made for it.

    Raises
    ------
    InputError
        If a briefing cannot be written as that.
    """
    if suffix.lower() not in FORMATS:
        raise InputError(f"{suffix or 'no suffix'!r} is no format of a briefing: choose {', '.join(FORMATS)}")


def digest(document: Document) -> str:
    """Give a hash of all that a document says and shows: equal ones give equal pages."""
    return fingerprint([_content(page) for page in document.pages], document.about, document.marking)


def identified(document: Document) -> Document:
    """Give the document with a hash of its pages for a reference, if it has none."""
    imprint = document.about.imprint
    if imprint.reference:
        return document
    undated = replace(document.about, imprint=Imprint(""))
    named = replace(imprint, reference=digest(replace(document, about=undated)))
    return replace(document, about=replace(document.about, imprint=named))


def _content(page: Page) -> tuple[Any, ...]:
    """Give what makes a page what it is, with layers by their digests: many pages share them."""
    scenes = [
        (replace(scene, layers=()), *(layer.digest for layer in scene.shown().layers))
        for scene in page.scenes
    ]
    values = [getattr(page.body, part.name) for part in fields(page.body)]
    rest = [value for value in values if not isinstance(value, Scene)]
    return page.title, page.subtitle, page.method, scenes, rest


def _png(document: Document, basemap: Basemap, printing: Printing) -> bytes:
    return page_png(_one(document, basemap, printing, printing.dpi), document)


def _svg(document: Document, basemap: Basemap, printing: Printing) -> bytes:
    return page_svg(_one(document, basemap, printing, SCREEN_DPI), document)


def _pdf(document: Document, basemap: Basemap, printing: Printing) -> bytes:
    return pages_pdf((drawn for _, drawn in _all(document, basemap, printing)), document)


def _pptx(document: Document, basemap: Basemap, printing: Printing) -> bytes:
    slides = Slides(document)
    for leaf, drawn in _all(document, basemap, printing):
        slides.add(leaf, drawn)
    return slides.to_bytes()


def _html(document: Document, basemap: Basemap, _printing: Printing) -> bytes:
    page = next((page for page in document.pages if page.scenes), None)
    if page is None:
        raise InputError(
            "this briefing has no map, which is what an HTML file shows: choose contents with one"
        )
    marked = replace(
        page.scenes[-1],
        handling=document.handling,
        notices=document.notices,
        parameters=getattr(page.body, "points", ()),
        data_as_of=document.about.data_as_of,
    )
    if len(page.scenes) > 1:
        marked = replace(marked, subtitle=f"{marked.subtitle}. {_ONE_OF_TWO}")
    state = [f"{name}: {value}" for name, value in _said(document) if name in _IN_HTML]
    return standalone_html(marked, basemap, marking=document.about.marking, said=state).encode()


def _gpkg(document: Document, _basemap: Basemap, _printing: Printing) -> bytes:
    return briefing_gpkg(list(_distinct(document)), _marked(document), _said(document))


def _xlsx(document: Document, _basemap: Basemap, _printing: Printing) -> bytes:
    return briefing_xlsx(document.tables, _said(document))


def _zip(document: Document, _basemap: Basemap, _printing: Printing) -> bytes:
    named = {f"{name}_{document.handling}": table for name, table in _marked(document).items()}
    return briefing_csv_zip(named, _said(document))


FORMATS: Final[Mapping[str, Callable[[Document, Basemap, Printing], bytes]]] = MappingProxyType(
    {
        ".png": _png,
        ".svg": _svg,
        ".pdf": _pdf,
        ".pptx": _pptx,
        ".html": _html,
        ".gpkg": _gpkg,
        ".xlsx": _xlsx,
        ".zip": _zip,
    }
)
"""What a briefing can be written as."""

_IN_HTML: Final = frozenset(
    {"Action", "Borders and crossings as on", "Reference", "View", "Produced", "Left out"}
)
_ONE_OF_TWO: Final = "This is the later of the two that are compared; other formats show both"


def _one(document: Document, basemap: Basemap, printing: Printing, dpi: int) -> Composition:
    pages = leaves(document, printing.form)
    if not 1 <= printing.page <= len(pages):
        raise InputError(f"there is no page {printing.page}: the briefing has {len(pages)}")
    leaf = next(islice(pages, printing.page - 1, None))
    return compose(document, leaf, basemap, printing.form, dpi=dpi)


def _all(document: Document, basemap: Basemap, printing: Printing) -> Iterator[tuple[Leaf, Composition]]:
    """Draw one page after the other, each only when the one before is written."""
    pages = leaves(document, printing.form)
    for done, leaf in enumerate(pages):
        printing.progress(done, len(pages))
        yield leaf, compose(document, leaf, basemap, printing.form, dpi=SCREEN_DPI)
    printing.progress(len(pages), len(pages))


def _distinct(document: Document) -> Iterator[Scene]:
    """Give the scenes with each layer once, and the handling code of the whole."""
    seen: set[str] = set()
    for scene in (scene.shown() for page in document.pages for scene in page.scenes):
        fresh = tuple(layer for layer in scene.layers if layer.digest not in seen)
        seen |= {layer.digest for layer in fresh}
        if fresh:
            yield replace(scene, layers=fresh, handling=document.handling, notices=document.notices)


def _marked(document: Document) -> dict[str, pd.DataFrame]:
    """Give the tables with their handling, and notices, in each row: a table is copied without its file."""
    said = {"handling": document.marking_words}
    if document.notices:
        said["notice"] = "; ".join(document.notices)
    return {name: table.assign(**said) for name, table in document.tables.items()}


def _said(document: Document) -> list[tuple[str, str]]:
    """Give all that must be said of a document as names and values, the marking first."""
    about = document.about
    imprint = about.imprint
    said = [
        ("Marking", document.marking_words),
        *(("Notice", notice) for notice in document.notices),
        ("Action", about.action),
        ("Title", document.title),
        ("Data as of", utc(about.data_as_of) if about.data_as_of else "not stated"),
        ("Borders and crossings as on", f"{about.on:%d %B %Y}"),
        ("Reference", imprint.reference),
        ("View", imprint.link),
        ("Produced", utc(imprint.produced) if imprint.produced else ""),
        ("Left out", " ".join(about.left_out)),
        *(("Source", source) for source in about.sources),
        ("Boundaries", BOUNDARY_DISCLAIMER),
        ("Kosovo", KOSOVO_FOOTNOTE),
        *(("Method", words) for words in dict.fromkeys(w for page in document.pages for w in page.method)),
    ]
    return [(name, value) for name, value in said if value]
