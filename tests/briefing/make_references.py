"""
Draw the reference pictures anew: ``python tests/briefing/make_references.py``, after looking at what changed.

They are a few pages of an everyday briefing, small, and with nothing on them that depends on the day.
"""

import io
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1])]  # run as a script, it finds the project where nothing is installed

from full_document import plain_document  # noqa: E402

from geoanalysis.briefing.composition import Composition, Leaf, compose, leaves  # noqa: E402
from geoanalysis.briefing.document import SideBySide, Summary, Timeline  # noqa: E402
from geoanalysis.briefing.typesetting.layout import PageForm  # noqa: E402
from geoanalysis.maps.basemap import Basemap  # noqa: E402

REFERENCES: Final = HERE / "references"
DPI: Final = 40
_COLOURS: Final = 256
WIDE, DARK_PORTRAIT = PageForm(), PageForm("A4", portrait=True, theme="dark")


def _titled(words: str) -> Callable[[Leaf], bool]:
    return lambda leaf: leaf.page.title.startswith(words)


def _of_kind(kind: type) -> Callable[[Leaf], bool]:
    return lambda leaf: isinstance(leaf.page.body, kind)


PAGES: Final[Mapping[str, tuple[PageForm, Callable[[Leaf], bool]]]] = {
    "summary": (WIDE, _of_kind(Summary)),
    "map": (WIDE, _titled("EXERCISE in the frame")),
    "map_dark_portrait": (DARK_PORTRAIT, _titled("EXERCISE in the frame")),
    "places": (WIDE, _titled("Crossings by how certain an excess")),
    "timeline": (WIDE, _of_kind(Timeline)),
    "results": (WIDE, _titled("Results")),
    "plan": (WIDE, _titled("Plan A")),
    "comparison": (WIDE, _of_kind(SideBySide)),
    "atlas": (WIDE, _titled("Hot spot: ")),
}
"""The form of each reference, and which page it is: the first of that kind."""


def compose_reference(name: str) -> Composition:
    """Compose the page of a reference."""
    form, is_it = PAGES[name]
    leaf = next(leaf for leaf in leaves(plain_document(), form) if is_it(leaf))
    return compose(plain_document(), leaf, Basemap.bundled(), form, dpi=DPI)


def pixels(composition: Composition) -> Image.Image:
    """Draw a page."""
    buffer = io.BytesIO()
    composition.sheet.figure.savefig(buffer, format="png", dpi=DPI)
    return Image.open(buffer).convert("RGB")


def in_colours_of(picture: Image.Image, other: Image.Image) -> Image.Image:
    """Give a picture in the few colours of another, so that both can be kept small and compared."""
    return picture.quantize(palette=other, dither=Image.Dither.NONE)


def path_of(name: str) -> Path:
    """Give where a reference is kept."""
    return REFERENCES / f"{name}.png"


def as_shares(picture: Image.Image) -> np.ndarray:
    """Give rows, columns and colours between 0 and 1."""
    return np.asarray(picture.convert("RGB"), dtype=float) / 255


def save_all() -> Iterator[tuple[Path, int]]:
    """Draw and keep all references; give where each is and its size in bytes."""
    REFERENCES.mkdir(exist_ok=True)
    for name in PAGES:
        picture = pixels(compose_reference(name))
        few = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE)
        in_colours_of(picture, few).save(path_of(name), optimize=True)
        yield path_of(name), path_of(name).stat().st_size


if __name__ == "__main__":
    for place, size in save_all():
        print(f"{place.relative_to(HERE.parents[1])}: {size / 1000:.0f} kB")  # noqa: T201
