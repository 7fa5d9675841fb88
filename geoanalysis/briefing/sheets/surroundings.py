"""What stands on every page: marking, heading, and at the foot what must be said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoanalysis.briefing.cartography.frame import centre_of
from geoanalysis.briefing.document import About, Document, Page
from geoanalysis.briefing.typesetting.layout import Layout, content_width, lay_out
from geoanalysis.briefing.typesetting.margins import (
    Block,
    draw_blocks,
    draw_marking,
    footer_blocks,
    heading_blocks,
    total_height,
)
from geoanalysis.briefing.typesetting.sheet import Sheet
from geoanalysis.briefing.typesetting.text import Typesetter
from geoanalysis.briefing.typesetting.words import SEPARATOR, degrees_words, utc
from geoanalysis.domain.marking import BOUNDARY_DISCLAIMER, KOSOVO_FOOTNOTE
from geoanalysis.maps.scene import Scene


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which page it is of how many."""

    number: int = 1
    count: int = 1


def surround(
    document: Document, page: Page, numbering: Numbering, size: tuple[float, float], setter: Typesetter
) -> Layout:
    """Divide a page; the footer gets room for every footnote, needed or not."""
    footer = _footer(document, page, numbering, content_width(size), setter, kosovo_shown=True)
    return lay_out(
        size,
        heading_height=total_height(_heading(page, content_width(size), setter)),
        footer_height=total_height(footer),
    )


def draw_surroundings(
    sheet: Sheet,
    document: Document,
    page: Page,
    numbering: Numbering,
    layout: Layout,
    *,
    kosovo_shown: bool,
) -> None:
    """Draw what stands around the body of a page."""
    width = content_width(sheet.size)
    draw_blocks(sheet, _heading(page, width, sheet.type), layout.heading, part="heading")
    footer = _footer(document, page, numbering, width, sheet.type, kosovo_shown=kosovo_shown)
    draw_blocks(sheet, footer, layout.footer, part="footer")
    draw_marking(sheet, document.marking, (layout.marking_top, layout.marking_bottom))


def footer_paragraphs(
    document: Document, page: Page, numbering: Numbering, *, kosovo_shown: bool
) -> Iterator[str]:
    """Give the paragraphs of the footer: state of the data, what is missing, sources, method, disclaimers."""
    yield SEPARATOR.join(_state(document.about, numbering))
    if document.about.left_out:
        yield f"Left out: {' '.join(document.about.left_out)}"
    sources = dict.fromkeys([*document.about.sources, *_sources(page.scenes)])
    if sources:
        yield f"Sources: {'; '.join(sources)}"
    method = [*page.method, *_projections(page.scenes)]
    if method:
        yield f"Method: {SEPARATOR.join(method)}"
    disclaimers = [BOUNDARY_DISCLAIMER] * bool(page.scenes) + [KOSOVO_FOOTNOTE] * kosovo_shown
    if disclaimers:
        yield " ".join(disclaimers)


def _heading(page: Page, width: float, setter: Typesetter) -> list[Block]:
    return heading_blocks(page.title, page.subtitle, width, setter)


def _footer(
    document: Document,
    page: Page,
    numbering: Numbering,
    width: float,
    setter: Typesetter,
    *,
    kosovo_shown: bool,
) -> list[Block]:
    paragraphs = footer_paragraphs(document, page, numbering, kosovo_shown=kosovo_shown)
    return footer_blocks(paragraphs, width, setter)


def _state(about: About, numbering: Numbering) -> Iterator[str]:
    yield about.action
    yield f"Data as of {utc(about.data_as_of)}" if about.data_as_of else "Data as of: not stated"
    yield f"Borders and crossings as on {about.on.day} {about.on:%B %Y}"
    if about.imprint.produced is not None:
        yield f"Produced {utc(about.imprint.produced)}"
    yield f"Ref. {about.imprint.reference}"
    if about.imprint.link:
        yield f"View {about.imprint.link}"
    yield f"Page {numbering.number} of {numbering.count}"


def _sources(scenes: Sequence[Scene]) -> Iterator[str]:
    return (source for scene in scenes for source in scene.sources)


def _projections(scenes: Sequence[Scene]) -> Iterator[str]:
    for lon, lat in dict.fromkeys(centre_of(scene.extent) for scene in scenes):
        centre = f"{degrees_words(round(lat, 1), 'N', 'S')} {degrees_words(round(lon, 1), 'E', 'W')}"
        yield f"Lambert azimuthal equal-area projection centred on {centre}"
