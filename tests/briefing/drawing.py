"""Pages drawn of scenes, and what is found on them."""

import io

import numpy as np
from matplotlib.image import imread
from matplotlib.text import Text

from geoanalysis.briefing.composition import Composition, compose, leaves
from geoanalysis.briefing.document import About, Document, Imprint, MapWithPanel, Page
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.layout import PageForm
from geoanalysis.briefing.typesetting.sheet import HALO, Sheet
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import Scene

FORMS = [PageForm(paper, portrait=portrait) for paper in ("16:9", "A4", "A3") for portrait in (False, True)]


def document_of(scene: Scene, imprint: Imprint | None = None) -> Document:
    """Give a document of one page that shows a scene."""
    about = About(
        scene.title,
        scene.on,
        scene.handling,
        imprint or Imprint("R"),
        notices=scene.notices,
        sources=scene.sources,
        data_as_of=scene.data_as_of,
    )
    body = MapWithPanel(scene, scene.parameters)
    return Document(about, (Page(scene.title, scene.subtitle, body, scene.method),))


def compose_page(
    scene: Scene,
    basemap: Basemap,
    imprint: Imprint | None = None,
    *,
    form: PageForm | None = None,
    dpi: int = 144,
) -> Composition:
    """Draw a scene on a page."""
    document, chosen = document_of(scene, imprint), form or PageForm()
    (leaf,) = leaves(document, chosen)
    return compose(document, leaf, basemap, chosen, dpi=dpi)


def texts(composition: Composition, *, but: tuple[str, ...] = ()) -> list[Text]:
    """Give the texts on a page, without the outlines around them."""
    found = composition.sheet.axes.texts
    return [text for text in found if text.get_text().strip() and text.get_gid() not in (*but, HALO)]


def box_of(text: Text) -> Box:
    """Give where a text was really drawn, in points."""
    extent, scale = text.get_window_extent(), 72 / text.figure.dpi
    return Box(extent.x0 * scale, extent.y0 * scale, extent.x1 * scale, extent.y1 * scale)


def words_of(composition: Composition, part: str) -> str:
    return " ".join(text.get_text() for text in texts(composition) if text.get_gid() == part)


def raster(sheet: Sheet) -> np.ndarray:
    """Draw a sheet to pixels: rows from the top, columns, red, green and blue between 0 and 1."""
    buffer = io.BytesIO()
    sheet.figure.savefig(buffer, format="png", dpi=sheet.figure.dpi)
    return imread(io.BytesIO(buffer.getvalue()))[..., :3]
