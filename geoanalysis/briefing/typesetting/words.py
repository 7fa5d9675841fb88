"""What must be said at the foot of a page, and numbers and moments in words."""

from datetime import UTC, datetime
from typing import Final

_THIN_SPACE: Final = "\u202f"
_PRIME: Final = "\u2032"
SEPARATOR: Final = "  ·  "


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


def grouped(number: float) -> str:
    """
    Write a whole number in groups of three digits, with a space that does not break.

    Examples
    --------
    >>> grouped(74924).replace(chr(0x202F), "_")
    '74_924'
    """
    return f"{number:,.0f}".replace(",", _THIN_SPACE)


def degrees_words(degrees: float, positive: str, negative: str) -> str:
    """
    Write an angle in degrees and minutes.

    Examples
    --------
    >>> degrees_words(22.0, "E", "W"), degrees_words(-3.0, "E", "W")
    ('22° E', '3° W')
    """
    whole, minutes = divmod(round(abs(degrees) * 60), 60)
    fraction = f"{minutes:02d}{_PRIME}" if minutes else ""
    return f"{whole}°{fraction} {positive if degrees >= 0 else negative}"
