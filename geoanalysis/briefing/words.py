"""What must be said at the foot of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from geoanalysis.briefing.graticule import degrees_words
from geoanalysis.domain.marking import BOUNDARY_DISCLAIMER, KOSOVO_FOOTNOTE
from geoanalysis.maps.scene import Scene

_SEPARATOR: Final = "  ·  "


@dataclass(frozen=True, slots=True)
class Imprint:
    """What identifies a page: its reference and, if it is to be said, when it was produced."""

    reference: str
    produced: datetime | None = None


def footer_paragraphs(
    scene: Scene,
    imprint: Imprint,
    *,
    origin: tuple[float, float],
    method: Sequence[str],
    kosovo_shown: bool,
) -> Iterator[str]:
    """Give the paragraphs of the footer: state of the data, sources, method, disclaimers."""
    yield _SEPARATOR.join(_state(scene, imprint))
    if scene.sources:
        yield f"Sources: {'; '.join(scene.sources)}"
    yield f"Method: {_SEPARATOR.join([*method, _projection(origin)])}"
    yield f"{BOUNDARY_DISCLAIMER} {KOSOVO_FOOTNOTE}" if kosovo_shown else BOUNDARY_DISCLAIMER


def utc(moment: datetime) -> str:
    """
    Write a moment in UTC; one without a time zone is taken to be UTC.

    Examples
    --------
    >>> utc(datetime(2022, 10, 29, 18, 0))
    '29 October 2022 18:00 UTC'
    """
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return f"{aware.day} {aware:%B %Y %H:%M} UTC"


def _state(scene: Scene, imprint: Imprint) -> Iterator[str]:
    yield f"Data as of {utc(scene.data_as_of)}" if scene.data_as_of else "Data as of: not stated"
    yield f"Borders and crossings as on {scene.on.day} {scene.on:%B %Y}"
    if imprint.produced is not None:
        yield f"Produced {utc(imprint.produced)}"
    yield f"Ref. {imprint.reference}"
    yield "Page 1 of 1"


def _projection(origin: tuple[float, float]) -> str:
    lon, lat = (round(degrees, 1) for degrees in origin)
    centre = f"{degrees_words(lat, 'N', 'S')} {degrees_words(lon, 'E', 'W')}"
    return f"Lambert azimuthal equal-area projection centred on {centre}"
