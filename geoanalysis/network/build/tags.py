"""What the tags of an OpenStreetMap way say to a car: class, direction, access, surface, time on a ferry."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

ROAD_CLASSES: Final = ("motorway", "trunk", "primary", "secondary", "tertiary")
FERRY: Final = "ferry"
_LINK: Final = "_link"
_ONE_WAY: Final = frozenset({"yes", "true", "1"})
_BACKWARDS: Final = frozenset({"-1", "reverse"})
_TWO_WAY: Final = frozenset({"no", "false", "0", "reversible", "alternating"})
_ROUND: Final = frozenset({"roundabout", "circular"})
_SHUT: Final = frozenset({"no", "private"})
_ACCESS: Final = ("motorcar", "motor_vehicle", "vehicle", "access")
"""Keys that say who may drive, the most particular first."""
_SURFACE_KM_H: Final[Mapping[str, float]] = MappingProxyType(
    {
        "cobblestone": 40.0,
        "sett": 40.0,
        "unhewn_cobblestone": 30.0,
        "compacted": 45.0,
        "fine_gravel": 40.0,
        "gravel": 35.0,
        "pebblestone": 35.0,
        "unpaved": 35.0,
        "dirt": 25.0,
        "earth": 25.0,
        "ground": 25.0,
        "grass": 20.0,
        "mud": 15.0,
        "sand": 15.0,
    }
)
"""The most that a surface allows; paved ones allow what the class does. An assumption."""
_CLOCK: Final = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})|(\d+)")
_ISO: Final = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?", re.IGNORECASE)


class Way(NamedTuple):
    """What decides on how a way is driven; `backwards` means against the order of its nodes."""

    road_class: str
    link: bool
    oneway: bool
    backwards: bool
    ref: str
    surface_km_h: float
    ferry_min: float


def way_of(tags: Mapping[str, str]) -> Way | None:
    """Read the tags of a way; None if cars do not drive there."""
    highway = tags.get("highway", "")
    road_class = FERRY if tags.get("route") == FERRY and not highway else highway.removesuffix(_LINK)
    if road_class not in (*ROAD_CLASSES, FERRY) or not _is_open(tags):
        return None
    direction = _direction(tags)
    return Way(
        road_class=road_class,
        link=highway.endswith(_LINK),
        oneway=direction != 0,
        backwards=direction < 0,
        ref=tags.get("ref", ""),
        surface_km_h=_SURFACE_KM_H.get(tags.get("surface", ""), np.inf),
        ferry_min=_minutes(tags.get("duration", "")),
    )


def _is_open(tags: Mapping[str, str]) -> bool:
    said = next((tags[key] for key in _ACCESS if tags.get(key)), "yes")
    return said not in _SHUT


def _direction(tags: Mapping[str, str]) -> int:
    """Give 1 for one way, -1 for one way against the order of the nodes, 0 for both ways."""
    said = tags.get("oneway", "")
    if said in _BACKWARDS:
        return -1
    if said in _ONE_WAY:
        return 1
    implied = tags.get("highway") == "motorway" or tags.get("junction") in _ROUND
    return int(implied and said not in _TWO_WAY)


def _minutes(duration: str) -> float:
    """Read ``1:30``, ``01:30:00``, ``PT1H30M`` or ``90`` (minutes); NaN where it is none of these."""
    text = duration.strip()
    if iso := _ISO.fullmatch(text):
        return 60.0 * int(iso[1] or 0) + int(iso[2] or 0) or np.nan
    if clock := _CLOCK.fullmatch(text):
        if clock[4]:
            return float(clock[4])
        return 60.0 * int(clock[1] or clock[2]) + int(clock[2] if clock[1] else clock[3])
    return np.nan
