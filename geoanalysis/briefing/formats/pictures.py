"""Pages as pictures: PNG for screens and print."""

import unicodedata
from io import BytesIO

from geoanalysis.briefing.composition import Composition
from geoanalysis.briefing.document import Document


def page_png(composition: Composition, document: Document) -> bytes:
    """Give a drawn page as a PNG file in its resolution, with title and marking in its metadata."""
    buffer = BytesIO()
    metadata = {"Title": plain(document.title), "Description": plain(said(document)), "Software": None}
    figure = composition.sheet.figure
    figure.savefig(buffer, format="png", dpi=figure.dpi, metadata=metadata)
    return buffer.getvalue()


def said(document: Document) -> str:
    """Say in one line what must stay with a file: marking, action, reference and the view that it shows."""
    about = document.about
    return " · ".join(
        filter(None, [document.marking, about.action, f"Ref. {about.imprint.reference}", about.imprint.link])
    )


def plain(words: str) -> str:
    """
    Give text on one line, without control characters, which neither PNG nor XML can hold.

    Examples
    --------
    >>> plain("line" + chr(10) + "other" + chr(7))
    'line other'
    """
    return "".join(letter if _is_plain(letter) else " " * letter.isspace() for letter in words)


def _is_plain(letter: str) -> bool:
    return letter.isprintable() or unicodedata.category(letter) == "Zs"
