"""Pages as pictures: PNG for screens and print."""

from io import BytesIO

from geoanalysis.briefing.composition import Composition
from geoanalysis.briefing.document import Document


def page_png(composition: Composition, document: Document) -> bytes:
    """Give a drawn page as a PNG file in its resolution, with title and marking in its metadata."""
    buffer = BytesIO()
    metadata = {"Title": _plain(document.title), "Description": _plain(said(document)), "Software": None}
    figure = composition.sheet.figure
    figure.savefig(buffer, format="png", dpi=figure.dpi, metadata=metadata)
    return buffer.getvalue()


def said(document: Document) -> str:
    """Say in one line what must stay with a file: marking, action, reference and the view that it shows."""
    about = document.about
    return " · ".join(
        filter(None, [document.marking, about.action, f"Ref. {about.imprint.reference}", about.imprint.link])
    )


def _plain(words: str) -> str:
    """Leave out control characters, which a PNG file cannot hold in its texts."""
    return "".join(letter for letter in words if letter.isprintable())
