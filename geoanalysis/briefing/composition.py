"""A document becomes pages: broken into leaves, each drawn on a sheet."""

from dataclasses import dataclass

from geoanalysis.briefing.cartography.picture import Picture
from geoanalysis.briefing.document import (
    Document,
    MapWithPanel,
    Page,
    SideBySide,
    Summary,
    TableSheet,
    Timeline,
)
from geoanalysis.briefing.sheets.maps import draw_map_page, draw_side_by_side
from geoanalysis.briefing.sheets.summary import draw_summary
from geoanalysis.briefing.sheets.surroundings import Numbering, draw_surroundings, surround
from geoanalysis.briefing.sheets.tables import draw_table_sheet, place_table_sheet
from geoanalysis.briefing.sheets.timeline import draw_timeline
from geoanalysis.briefing.typesetting.layout import THEMES, Layout, PageForm
from geoanalysis.briefing.typesetting.sheet import Sheet
from geoanalysis.briefing.typesetting.tables import PlacedTable
from geoanalysis.briefing.typesetting.text import Typesetter
from geoanalysis.maps.basemap import Basemap

_KOSOVO = "Kosovo"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as it will be turned: a page of the document, or a part of it where its table is long."""

    page: Page
    numbering: Numbering
    part: int = 0


@dataclass(frozen=True)
class Composition:
    """A drawn page, with where its parts and the things on its maps stand."""

    sheet: Sheet
    layout: Layout
    pictures: tuple[Picture, ...] = ()
    tables: tuple[PlacedTable, ...] = ()

    @property
    def picture(self) -> Picture:
        """The only map of the page, or the left one."""
        return self.pictures[0]


def leaves(document: Document, form: PageForm) -> tuple[Leaf, ...]:
    """Break a document into the pages that it takes in a form."""
    setter = Typesetter()
    parts = [
        (page, part) for page in document.pages for part in range(_count_parts(document, page, form, setter))
    ]
    return tuple(
        Leaf(page, Numbering(number, len(parts)), part) for number, (page, part) in enumerate(parts, 1)
    )


def compose(document: Document, leaf: Leaf, basemap: Basemap, form: PageForm, *, dpi: int) -> Composition:
    """Draw one page without writing it to a file."""
    sheet = Sheet(form.size, dpi=dpi, theme=THEMES[form.theme])
    layout = surround(document, leaf.page, leaf.numbering, form.size, sheet.type)
    composition = _draw_body(sheet, leaf, layout, basemap)
    kosovo_shown = _shows_kosovo(composition)
    draw_surroundings(sheet, document, leaf.page, leaf.numbering, layout, kosovo_shown=kosovo_shown)
    return composition


def _count_parts(document: Document, page: Page, form: PageForm, setter: Typesetter) -> int:
    if not isinstance(page.body, TableSheet):
        return 1
    layout = surround(document, page, Numbering(), form.size, setter)
    return len(place_table_sheet(page.body, layout.body, setter))


def _draw_body(sheet: Sheet, leaf: Leaf, layout: Layout, basemap: Basemap) -> Composition:
    match leaf.page.body:
        case MapWithPanel() as body:
            return Composition(sheet, layout, draw_map_page(sheet, body, layout.body, basemap))
        case SideBySide() as body:
            return Composition(sheet, layout, draw_side_by_side(sheet, body, layout.body, basemap))
        case TableSheet() as body:
            parts = place_table_sheet(body, layout.body, sheet.type)[leaf.part]
            draw_table_sheet(sheet, body, parts, layout.body)
            return Composition(sheet, layout, tables=tuple(parts))
        case Timeline() as body:
            draw_timeline(sheet, body, layout.body)
        case Summary() as body:
            draw_summary(sheet, body, layout.body)
    return Composition(sheet, layout)


def _shows_kosovo(composition: Composition) -> bool:
    """Tell whether Kosovo is drawn or named, and so its footnote due."""
    drawn = any(picture.shows("XK") for picture in composition.pictures)
    return drawn or any(_KOSOVO in text.get_text() for text in composition.sheet.axes.texts)
