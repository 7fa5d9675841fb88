"""The sentences that must stand on whatever leaves the tool."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from geoanalysis.domain.vocabularies import Handling

EXERCISE_NOTICE: Final = "EXERCISE - simulated"

KOSOVO_FOOTNOTE: Final = (
    "* This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 "
    "and the ICJ Opinion on the Kosovo declaration of independence."
)

BOUNDARY_DISCLAIMER: Final = "Boundaries and names shown do not imply official endorsement."

SCHEMATIC_NETWORK_NOTICE: Final = "schematic network"

ATTRIBUTION: Final = "© OpenStreetMap contributors (ODbL) · places: GeoNames (CC BY 4.0)"

_HANDLING_WORDS: Final[Mapping[Handling, str]] = MappingProxyType(
    {
        Handling.H0: "only for preventing and combating crime",
        Handling.H1: "not for judicial proceedings without the provider's permission",
        Handling.H2: "not to be passed on without the provider's permission",
        Handling.H3: "other restrictions of the provider apply",
    }
)


def handling_words(handling: Handling) -> str:
    """Say what may be done with what carries that handling code."""
    return _HANDLING_WORDS[handling]


def handling_marking(handling: Handling) -> str:
    """Give the marking that stands at the top and the bottom of whatever leaves the tool."""
    return f"Handling code {handling} - {handling_words(handling)}"
