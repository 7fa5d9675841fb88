"""
What a page is showing, as values that fit in a link.

A view holds parameters only, never records: a plan or an operation appears as the hash of its content, so
that a link tells which one to load without giving it away.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, date, datetime
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
    """What the Plan page shows; empty filters mean all."""

    on: date = date(2022, 10, 26)
    layers: tuple[str, ...] = ("borders", "crossings", "corridor", "intensity", "seizures")
    modes: tuple[str, ...] = ("road",)
    categories: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    origins: tuple[str, ...] = ("Istanbul",)
    destinations: tuple[str, ...] = ("Vienna",)
    tolerance_percent: float = 5.0
    border_delay_min: float = 30.0
    measure: str = "check_share"
    place: str = ""
    plan: str = ""
    operation: str = ""
    extent: Extent = REGION


@dataclass(frozen=True, slots=True)
class ReviewView(_Linked):
    """What the Review page shows; empty filters mean all, times are UTC."""

    starts: datetime = EARLIEST
    ends: datetime = LATEST
    layers: tuple[str, ...] = ("borders", "seizures", "hotspots")
    crime_areas: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    measure: str = "check_share"
    place: str = ""
    operation: str = ""
    extent: Extent = REGION


def _encode(value: object) -> str:
    if isinstance(value, tuple):
        return _SEPARATOR.join(value)
    if isinstance(value, Extent):
        return ",".join(f"{edge:.3f}" for edge in (value.west, value.south, value.east, value.north))
    return value.isoformat() if isinstance(value, date) else str(value)


def _decode(text: str, default: Any) -> Any:
    try:
        if isinstance(default, tuple):
            return tuple(filter(None, text.split(_SEPARATOR)))
        if isinstance(default, Extent):
            return Extent(*(float(edge) for edge in text.split(",")))
        if isinstance(default, date):
            return type(default).fromisoformat(text)
        return type(default)(text)
    except (TypeError, ValueError):
        return default
