"""A scene becomes one briefing page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from geoanalysis.briefing.frame import MapView, aspect_of, centre_of, fit_extent
from geoanalysis.briefing.legend import legend_groups
from geoanalysis.briefing.margins import (
    Block,
    draw_blocks,
    draw_marking,
    footer_blocks,
    heading_blocks,
    total_height,
)
from geoanalysis.briefing.page import Layout, content_width, lay_out, page_size
from geoanalysis.briefing.panel import draw_panel, fill_panel
from geoanalysis.briefing.picture import Picture, draw_picture
from geoanalysis.briefing.sheet import Sheet
from geoanalysis.briefing.words import Imprint, footer_paragraphs
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.marking import handling_marking
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import Scene


@dataclass(frozen=True)
class Composition:
    """A drawn page, with where its parts and the things on its map stand."""

    sheet: Sheet
    layout: Layout
    picture: Picture


def snapshot_png(
    scene: Scene,
    basemap: Basemap,
    *,
    page: str = "16:9",
    dpi: int = 144,
    findings: Sequence[str] = (),
    reference: str = "",
    produced: datetime | None = None,
) -> bytes:
    """
    Draw a scene as a briefing page.

    The page shows the layers that are switched on, within at least the scene's extent, with title, legend,
    scale, true north, graticule, locator, sources, age of the data, notices and handling marking. The same
    arguments give the same bytes.

    Parameters
    ----------
    page
        ``16:9`` (a slide), ``A4`` or ``A3`` (landscape).
    dpi
        Pixels per inch; 144 makes a slide of 1920 x 1080 pixels.
    findings
        Sentences to print beside the map. Without any, the scene's parameters stand there; with them, the
        parameters go to the line on the method at the foot.
    reference
        Registration number of the page; by default the content hash of the scene.
    produced
        Moment to print as the date of production; without it none is printed.

    Returns
    -------
    bytes
        A PNG file.

    Raises
    ------
    InputError
        If `page` is no known page.
    """
    imprint = Imprint(reference or fingerprint(scene), produced)
    composition = compose_page(scene, basemap, imprint, page=page, dpi=dpi, findings=findings)
    said = ". ".join([scene.subtitle, *scene.notices, handling_marking(scene.handling)])
    return composition.sheet.png(
        {"Title": _plain(scene.title), "Description": _plain(said), "Software": None}
    )


def _plain(words: str) -> str:
    """Leave out control characters, which a PNG file cannot hold in its texts."""
    return "".join(letter for letter in words if letter.isprintable())


def compose_page(
    scene: Scene,
    basemap: Basemap,
    imprint: Imprint,
    *,
    page: str = "16:9",
    dpi: int = 144,
    findings: Sequence[str] = (),
) -> Composition:
    """Draw a scene on a page without writing it to a file; see `snapshot_png`."""
    scene = scene.shown()
    sheet = Sheet(page_size(page), dpi=dpi)
    method = scene.parameters if findings else ()
    layout = _lay_out(sheet, scene, imprint, method)
    view = MapView(fit_extent(scene.extent, layout.map.width / layout.map.height), layout.map)
    picture = draw_picture(sheet, scene, basemap, view)
    groups = legend_groups(scene, picture)
    rows = fill_panel(findings or scene.parameters, groups, layout.panel, sheet.type)
    draw_panel(sheet, rows)
    draw_blocks(sheet, _heading(sheet, scene), layout.heading, part="heading")
    footer = _footer(sheet, scene, imprint, method, kosovo_shown=picture.shows("XK"))
    draw_blocks(sheet, footer, layout.footer, part="footer")
    draw_marking(sheet, handling_marking(scene.handling), (layout.marking_top, layout.marking_bottom))
    return Composition(sheet, layout, picture)


def _lay_out(sheet: Sheet, scene: Scene, imprint: Imprint, method: Sequence[str]) -> Layout:
    """Divide the page; the footer gets room for every footnote, needed or not."""
    return lay_out(
        sheet.size,
        heading_height=total_height(_heading(sheet, scene)),
        footer_height=total_height(_footer(sheet, scene, imprint, method, kosovo_shown=True)),
        map_aspect=aspect_of(scene.extent),
    )


def _heading(sheet: Sheet, scene: Scene) -> list[Block]:
    return heading_blocks(scene.title, scene.subtitle, content_width(sheet.size), sheet.type)


def _footer(
    sheet: Sheet, scene: Scene, imprint: Imprint, method: Sequence[str], *, kosovo_shown: bool
) -> list[Block]:
    origin = centre_of(scene.extent)
    paragraphs = footer_paragraphs(scene, imprint, origin=origin, method=method, kosovo_shown=kosovo_shown)
    return footer_blocks(paragraphs, content_width(sheet.size), sheet.type)
