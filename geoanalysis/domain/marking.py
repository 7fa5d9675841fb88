"""The sentences that must stand on whatever leaves the tool."""

from typing import Final

EXERCISE_NOTICE: Final = "EXERCISE - simulated"

KOSOVO_FOOTNOTE: Final = (
    "* This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 "
    "and the ICJ Opinion on the Kosovo declaration of independence."
)

BOUNDARY_DISCLAIMER: Final = "Boundaries and names shown do not imply official endorsement."

SCHEMATIC_NETWORK_NOTICE: Final = "schematic network"

ATTRIBUTION: Final = "© OpenStreetMap contributors (ODbL) · places: GeoNames (CC BY 4.0)"
