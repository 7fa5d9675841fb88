"""What a briefing can contain, and the usual choices."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from geoanalysis.domain.errors import InputError


class Part(StrEnum):
    """What can be told, in the order of the pages."""

    SUMMARY = "summary"
    MAP = "map"
    PLACES = "places"
    TIMELINE = "timeline"
    RESULTS = "results"
    PLAN = "plan"
    COMPARISON = "comparison"
    ATLAS = "atlas"


TEMPLATES: Final[Mapping[str, tuple[Part, ...]]] = MappingProxyType(
    {
        "map": (Part.MAP,),
        "briefing": (Part.SUMMARY, Part.MAP, Part.PLACES, Part.TIMELINE, Part.RESULTS),
        "plan": (Part.MAP, Part.PLAN),
        "atlas": (Part.MAP, Part.ATLAS),
        "comparison": (Part.COMPARISON,),
        "full": tuple(Part),
    }
)


def template(name: str) -> tuple[Part, ...]:
    """
    Give the parts of a template.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    if name not in TEMPLATES:
        raise InputError(f"there is no template {name!r}: choose one of {', '.join(TEMPLATES)}")
    return TEMPLATES[name]
