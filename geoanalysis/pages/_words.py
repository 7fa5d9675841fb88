"""Values as words, the same in every widget."""

from geoanalysis.symbology import CRIME_AREAS

LAYERS = {
    "borders": "Borders",
    "corridor": "Corridor",
    "within": "Roads within tolerance",
    "difference": "What changes",
    "road_problems": "Gaps of the roads",
    "crossings": "Crossings",
    "intensity": "Check intensity",
    "hotspots": "Hot spots",
    "clusters": "Clusters (scan)",
    "density": "Seizures along roads",
    "border_density": "Seizures along borders",
    "seizures": "Seizures",
}
MEASURES = {
    "check_share": "share of traffic checked",
    "checks_per_officer_hour": "checks per officer-hour",
}
_CRIME_AREAS = {area.value: symbol.words for area, symbol in CRIME_AREAS.items()}


def layer(key: str) -> str:
    """Name a layer."""
    return LAYERS[key]


def measure(key: str) -> str:
    """Name a measure of check intensity, with its unit."""
    return MEASURES[key]


def crime_area(key: str) -> str:
    """Name a crime area."""
    return _CRIME_AREAS[key]


def plain(key: str) -> str:
    """Name a word of a vocabulary."""
    return key.replace("_", " ")
