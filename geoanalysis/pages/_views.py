"""
What a page is showing, as values that fit in a link.

A view holds parameters only, never records: a plan or an operation appears as the hash of its content, so
that a link tells which one to load without giving it away.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any, Self

from geoanalysis.maps.scene import REGION, Extent

_SEPARATOR = "~"
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""Bounds that filter nothing."""


class _Linked:
    """Turns a frozen dataclass of parameters into query parameters and back."""

    __slots__ = ()

    def to_query(self) -> dict[str, str]:
        """Give the parameters that differ from the defaults."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
        defaults = {field.name: field.default for field in fields(self)}  # type: ignore[arg-type]
        return {name: _encode(value) for name, value in values.items() if value != defaults[name]}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read the parameters; what is unknown or cannot be read is left at its default."""
        values = {}
        for field in fields(cls):  # type: ignore[arg-type]
            if field.name in query and field.default is not MISSING:
                values[field.name] = _decode(query[field.name], field.default)
        return cls(**values)


@dataclass(frozen=True, slots=True)
class PlanView(_Linked):
    """
    What the Plan page shows; empty filters mean all.

    `origins` and `destinations` are texts as `network.named_end` takes them. `closed`, `slowed` and `manned`
    are ids as `network.WhatIf` takes them; with `plan_manned` the checkpoints of the plan are manned too.
    `clicks` tells what a click on the map does.
    """

    on: date = date(2022, 10, 26)
    layers: tuple[str, ...] = ("borders", "crossings", "corridor", "difference", "intensity", "seizures")
    modes: tuple[str, ...] = ("road",)
    categories: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    network: str = ""
    origins: tuple[str, ...] = ("Istanbul",)
    destinations: tuple[str, ...] = ("Vienna",)
    vehicle: str = "car"
    departs: str = ""
    border_delay_min: float = 30.0
    alternatives: float = 5.0
    longest: float = 1.4
    common_percent: float = 70.0
    tolerance_percent: float = 5.0
    band_km: float = 16.0
    closed: tuple[str, ...] = ()
    slowed: tuple[str, ...] = ()
    manned: tuple[str, ...] = ()
    plan_manned: bool = False
    slow_min: float = 60.0
    check_min: float = 120.0
    clicks: str = "pick"
    route: str = ""
    measure: str = "check_share"
    place: str = ""
    plan: str = ""
    operation: str = ""
    extent: Extent = REGION


@dataclass(frozen=True, slots=True)
class PlaceView(_Linked):
    """What the Checkpoints page shows; `required` and `forbidden` are ids of crossings."""

    network: str = ""
    origins: tuple[str, ...] = ("Istanbul", "Thessaloniki", "Durrës")
    destinations: tuple[str, ...] = ("Vienna", "Budapest", "Ljubljana")
    kind: str = "roster"
    teams: float = 10.0
    level: float = 2.0
    shifts: float = 12.0
    shift_h: float = 8.0
    crews: float = 0.0
    rest: float = 0.0
    travel_km: float = 0.0
    seed: float = 1.0
    prove_s: float = 3.0
    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    quotas: tuple[str, ...] = ()
    cover: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    travellers: float = 0.0
    external: bool = False
    detection_1: float = 25.0
    detection_2: float = 50.0
    detection_3: float = 70.0
    officers_1: float = 4.0
    officers_2: float = 10.0
    officers_3: float = 20.0
    unmanned: float = 2.0
    risk: float = 3.0
    tolerance: float = 0.0
    place: str = ""
    plan: str = ""
    operation: str = ""
    extent: Extent = REGION


@dataclass(frozen=True, slots=True)
class ReviewView(_Linked):
    """
    What the Review page shows; empty filters mean all, times are UTC.

    `near`, `band_km` and `network` decide who is near whom, `period_h`, `scan` and `windows` how the action
    is cut and scanned, `first` and `second` are the crime areas looked at together, `other` what is compared
    with, `split` when checks were intensified.
    """

    starts: datetime = EARLIEST
    ends: datetime = LATEST
    layers: tuple[str, ...] = ("borders", "seizures", "hotspots")
    crime_areas: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    measure: str = "check_share"
    tab: str = ""
    near: str = "roads"
    band_km: float = 50.0
    network: str = ""
    period_h: float = 8.0
    scan: str = "space and time"
    windows: str = "straight lines"
    first: str = "firearms"
    second: str = "drugs"
    other: str = "rest"
    split: datetime = EARLIEST
    place: str = ""
    operation: str = ""
    extent: Extent = REGION


@dataclass(frozen=True, slots=True)
class BriefView(_Linked):
    """
    How the Brief page prints the view that it came from.

    `contents` are `briefing.Part`, `up_to` is the most restrictive handling code shown, `least` the smallest
    count that is told; `atlas_of` is chosen by the page that the view is of until the user does.
    """

    contents: tuple[str, ...] = ("map",)
    paper: str = "16:9"
    portrait: bool = False
    theme: str = "light"
    up_to: str = "H1"
    least: float = 0.0
    atlas_of: str = ""


def _encode(value: object) -> str:
    if isinstance(value, tuple):
        return _SEPARATOR.join(value)
    if isinstance(value, Extent):
        return ",".join(f"{edge:.3f}" for edge in (value.west, value.south, value.east, value.north))
    return value.isoformat() if isinstance(value, date) else str(value)


def _decode(text: str, default: Any) -> Any:
    read = next(reader for kind, reader in _READERS.items() if isinstance(default, kind))
    try:
        return read(text)
    except ValueError:
        return default


def _extent(text: str) -> Extent:
    west, south, east, north = (_finite(edge) for edge in text.split(","))
    if west >= east or south >= north:
        raise ValueError(text)
    return Extent(west, south, east, north)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _finite(text: str) -> float:
    if not isfinite(float(text)):
        raise ValueError(text)
    return float(text)


_READERS: dict[type, Callable[[str], Any]] = {
    bool: lambda text: text == "True",
    tuple: lambda text: tuple(filter(None, text.split(_SEPARATOR))),
    Extent: _extent,
    datetime: _moment,
    date: date.fromisoformat,
    float: _finite,
    str: str,
}
