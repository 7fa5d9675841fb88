"""Pages as vectors: PDF and SVG, with text as text and its fonts inside."""

import base64
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final

import matplotlib as mpl
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.text import Text

from geoanalysis.briefing.composition import Composition
from geoanalysis.briefing.document import Document
from geoanalysis.briefing.formats.pictures import plain, said
from geoanalysis.briefing.typesetting.text import FAMILY, Weight

_SETTINGS: Final[Mapping[str, Any]] = MappingProxyType(
    {"pdf.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": "geoanalysis"}
)
"""TrueType fonts in PDF, texts instead of outlines in SVG, and ids that do not change from run to run."""
_ONE_AT_A_TIME: Final = threading.Lock()
_SCALE_BAR: Final = "0123456789. km"
"""Letters of the scale bar, which makes its text only when it is drawn."""
_FIRST_STYLE: Final = "<style"


def pages_pdf(compositions: Iterable[Composition], document: Document) -> bytes:
    """Give drawn pages as one PDF file; each is asked for only when the one before is written."""
    buffer, imprint = BytesIO(), document.about.imprint
    metadata = {
        "Title": plain(document.title),
        "Subject": plain(said(document)),
        "Keywords": plain(document.about.action),
        "Creator": "geoanalysis",
        "Producer": None,
        "CreationDate": imprint.produced,
    }
    with _settings():
        file: Any = PdfPages(buffer, metadata=metadata)
    for composition in compositions:
        with _settings():
            file.savefig(composition.sheet.figure)
    with _settings():
        file.close()
    return buffer.getvalue()


def page_svg(composition: Composition, document: Document) -> bytes:
    """Give a drawn page as an SVG file; its fonts are inside, with the letters that it uses."""
    buffer = BytesIO()
    title, description = plain(document.title), plain(said(document))
    metadata = {"Title": title, "Description": description, "Date": None, "Creator": None}
    with _settings():
        composition.sheet.figure.savefig(buffer, format="svg", metadata=metadata)
    faces = "".join(_face(weight, letters) for weight, letters in _letters(composition).items())
    page = buffer.getvalue().decode()
    return page.replace(_FIRST_STYLE, f'<style type="text/css">{faces}</style>\n  {_FIRST_STYLE}', 1).encode()


@contextmanager
def _settings() -> Iterator[None]:
    """
    Set what matplotlib keeps for the whole process, and set it back.

    One thread at a time: another one would set it back to what it found. Pictures do not ask for it.
    """
    with _ONE_AT_A_TIME, mpl.rc_context(dict[Any, Any](_SETTINGS)):
        yield


def _letters(composition: Composition) -> dict[Weight, set[str]]:
    """Give the letters on a page by the weight of their font."""
    used: dict[Weight, set[str]] = {Weight.SEMIBOLD: set(_SCALE_BAR)}
    for axes in composition.sheet.figure.axes:
        texts: list[Any] = axes.findobj(Text)
        for text in texts:
            weight = _WEIGHTS.get(text.get_fontproperties().get_weight())
            if weight is not None:
                used.setdefault(weight, set()).update(text.get_text())
    return used


_WEIGHTS: Final = MappingProxyType({weight.number: weight for weight in Weight})


def _face(weight: Weight, letters: Iterable[str]) -> str:
    """Give a font with the letters needed as a rule of CSS."""
    options = Options(layout_features=["kern"], name_IDs=[], notdef_outline=True)
    font = TTFont(weight.file, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(letters)))
    subsetter.subset(font)
    font.flavor = "woff"
    buffer = BytesIO()
    font.save(buffer)
    data = base64.b64encode(buffer.getvalue()).decode()
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight.number};"
        f"src:url(data:font/woff;base64,{data}) format('woff');}}"
    )
