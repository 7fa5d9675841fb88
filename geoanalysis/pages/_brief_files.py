"""The preview of a briefing and its files; long ones are made with progress and can be cancelled."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from geoanalysis import briefing
from geoanalysis.pages import _briefs, _data

_MAKING: Final = "brief.making"
_MADE: Final = "brief.made"
_PAGE: Final = "brief.page_number"
_LONG: Final = 6
"""A briefing of more pages is made with progress, not at once when its button is clicked."""


@dataclass(frozen=True, slots=True)
class _File:
    """A format on offer."""

    label: str
    suffix: str
    mime: str
    words: str
    dpi: int = briefing.Printing().dpi


_ONE_PAGE: Final = (
    _File("PNG", ".png", "image/png", "this page as a picture, for a slide"),
    _File("PNG 300 dpi", ".png", "image/png", "this page for print", briefing.PRINT_DPI),
    _File("SVG", ".svg", "image/svg+xml", "this page as a vector drawing"),
)
_ALL_PAGES: Final = (
    _File("PDF", ".pdf", "application/pdf", "all pages, with selectable text"),
    _File(
        "PPTX",
        ".pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "all pages as slides; titles, text and tables can be edited",
    ),
)
_MAP: Final = (
    _File("HTML", ".html", "text/html", "the map in one file, to zoom and click without a network"),
    _File("GeoPackage", ".gpkg", "application/geopackage+sqlite3", "the map data, styled for QGIS"),
)
_TABLES: Final = (
    _File(
        "XLSX",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "the tables as a workbook",
    ),
    _File("CSV", ".zip", "application/zip", "the tables as CSV files in a zip"),
)


def show(document: briefing.Document, form: briefing.PageForm) -> None:
    """Show one page as it will be printed, and offer all files."""
    content = briefing.digest(document)
    count = _briefs.page_count(content, form, document)
    number = _page_number(count)
    printing = briefing.Printing(form, number)
    _offer(document, printing, count)
    progress = st.container()
    png = _briefs.preview(content, form, number, document)
    st.image(png, alt=f"Preview of page {number} of {count}: {document.title}. {document.marking}")
    reference = document.about.imprint.reference
    st.caption(f"Ref. {reference} · page {number} of {count} · {document.marking_words}")
    if st.session_state.get(_MAKING):
        _make(progress, document, printing)


def _page_number(count: int) -> int:
    """Let the user leaf through the pages."""
    if count == 1:
        return 1
    if st.session_state.get(_PAGE, 1) > count:
        st.session_state[_PAGE] = count
    return int(st.number_input(f"Page of {count}", 1, count, key=_PAGE, width=160))


def _offer(document: briefing.Document, printing: briefing.Printing, count: int) -> None:
    row = st.container(horizontal=True, gap="small")
    for file in _ONE_PAGE:
        _at_once(row, document, printing, file)
    for file in _ALL_PAGES:
        (_at_once if count <= _LONG else _with_progress)(row, document, printing, file)
    for file in _MAP if any(page.scenes for page in document.pages) else ():
        _at_once(row, document, printing, file)
    for file in _TABLES if document.tables else ():
        _at_once(row, document, printing, file)


def _at_once(
    place: st.delta_generator.DeltaGenerator,
    document: briefing.Document,
    printing: briefing.Printing,
    file: _File,
) -> None:
    """Offer a file that is made when its button is clicked."""
    _button(place, document, file, _maker(document, replace(printing, dpi=file.dpi), file))


def _maker(document: briefing.Document, printing: briefing.Printing, file: _File) -> Callable[[], bytes]:
    return lambda: briefing.render(document, _data.basemap(), file.suffix, printing)


def _with_progress(
    place: st.delta_generator.DeltaGenerator,
    document: briefing.Document,
    printing: briefing.Printing,
    file: _File,
) -> None:
    """Offer a file that takes long: a button to make it, then one to fetch it."""
    made = st.session_state.get(_MADE)
    if made is not None and made[0] == _identity(document, printing, file):
        _button(place, document, file, made[1])
        return
    place.button(
        f"Make {file.label}", key=f"brief.make.{file.suffix}", on_click=_start, args=(file,), help=file.words
    )


def _button(
    place: st.delta_generator.DeltaGenerator,
    document: briefing.Document,
    file: _File,
    content: bytes | Callable[[], bytes],
) -> None:
    produced = document.about.imprint.produced
    stamp = f"{produced:%Y%m%d_%H%M}_" if produced else ""
    place.download_button(
        file.label,
        content,
        f"briefing_{stamp}{document.handling}{file.suffix}",
        file.mime,
        on_click="ignore",
        help=file.words,
        type="primary" if file.label in {"PNG", "PDF"} else "secondary",
    )


def _start(file: _File) -> None:
    st.session_state[_MAKING] = file


def _cancel() -> None:
    st.session_state.pop(_MAKING, None)


def _make(
    place: st.delta_generator.DeltaGenerator, document: briefing.Document, printing: briefing.Printing
) -> None:
    """Make a long file page by page; a click on Cancel ends it at the next page, and nothing is kept."""
    file: _File = st.session_state[_MAKING]
    place.button("Cancel", on_click=_cancel)
    bar = place.progress(0.0, f"{file.label}: page 1")

    def tell(done: int, of: int) -> None:
        bar.progress(done / of, f"{file.label}: page {min(done + 1, of)} of {of}")

    try:
        content = briefing.render(document, _data.basemap(), file.suffix, replace(printing, progress=tell))
    finally:
        _cancel()
    st.session_state[_MADE] = (_identity(document, printing, file), content)
    st.rerun()


def _identity(
    document: briefing.Document, printing: briefing.Printing, file: _File
) -> tuple[str, briefing.PageForm, str]:
    """Tell files apart by all but the minute in which they were made."""
    about = document.about
    undated = replace(about, imprint=replace(about.imprint, produced=None))
    return briefing.digest(replace(document, about=undated)), printing.form, file.suffix
