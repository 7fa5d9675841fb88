"""
Who is in the EU and in Schengen, by date, and what that makes of a border.

Sources: Treaties of accession (EU, withdrawal of the United Kingdom: OJ L 29, 31.1.2020); Council decisions
on the full application of the Schengen acquis, the last of them (EU) 2022/2451 for Croatia, (EU) 2024/210 and
(EU) 2024/3212 for Bulgaria and Romania.
"""

from datetime import date
from typing import Final

from geoanalysis.domain.vocabularies import BorderType, CrossingMode

_FOUNDERS: Final = dict.fromkeys(["BE", "DE", "FR", "IT", "LU", "NL"], date(1958, 1, 1))
EU_SINCE: Final[dict[str, date]] = {
    **_FOUNDERS,
    **dict.fromkeys(["DK", "IE", "GB"], date(1973, 1, 1)),
    "GR": date(1981, 1, 1),
    **dict.fromkeys(["ES", "PT"], date(1986, 1, 1)),
    **dict.fromkeys(["AT", "FI", "AX", "SE"], date(1995, 1, 1)),
    **dict.fromkeys(["CY", "CZ", "EE", "HU", "LT", "LV", "MT", "PL", "SI", "SK"], date(2004, 5, 1)),
    **dict.fromkeys(["BG", "RO"], date(2007, 1, 1)),
    "HR": date(2013, 7, 1),
}
EU_UNTIL: Final[dict[str, date]] = {"GB": date(2020, 1, 31)}

SCHENGEN_LAND_SINCE: Final[dict[str, date]] = {
    **dict.fromkeys(["BE", "DE", "FR", "LU", "NL", "ES", "PT"], date(1995, 3, 26)),
    "IT": date(1997, 10, 26),
    "AT": date(1997, 12, 1),
    "GR": date(2000, 3, 26),
    **dict.fromkeys(["DK", "FI", "AX", "SE", "IS", "NO"], date(2001, 3, 25)),
    **dict.fromkeys(["CZ", "EE", "HU", "LT", "LV", "MT", "PL", "SI", "SK"], date(2007, 12, 21)),
    "CH": date(2008, 12, 12),
    "LI": date(2011, 12, 19),
    "HR": date(2023, 1, 1),
    **dict.fromkeys(["BG", "RO"], date(2025, 1, 1)),
}
_SCHENGEN_SEA_SINCE: Final[dict[str, date]] = {
    **SCHENGEN_LAND_SINCE,
    **dict.fromkeys(["BG", "RO"], date(2024, 3, 31)),
}
_SCHENGEN_AIR_SINCE: Final[dict[str, date]] = {
    **_SCHENGEN_SEA_SINCE,
    **dict.fromkeys(["CZ", "EE", "HU", "LT", "LV", "MT", "PL", "SI", "SK"], date(2008, 3, 30)),
    "CH": date(2009, 3, 29),
    "HR": date(2023, 3, 26),
}

_OPEN_PAIRS: Final = frozenset(
    frozenset(pair) for pair in [("IT", "SM"), ("IT", "VA"), ("FR", "MC"), ("GB", "IE")]
)


def is_eu(country: str, on: date) -> bool:
    """Tell whether `country` (ISO 3166-1 alpha-2) is an EU member on that day."""
    return country in EU_SINCE and EU_SINCE[country] <= on <= EU_UNTIL.get(country, date.max)


def is_schengen(country: str, on: date, mode: CrossingMode = CrossingMode.ROAD) -> bool:
    """Tell whether `country` is entered without checks from other Schengen states on that day, by `mode`."""
    since = {CrossingMode.AIR: _SCHENGEN_AIR_SINCE, CrossingMode.SEA: _SCHENGEN_SEA_SINCE}
    joined = since.get(mode, SCHENGEN_LAND_SINCE).get(country)
    return joined is not None and joined <= on


def border_type(country_a: str, country_b: str, on: date) -> BorderType:
    """
    Say what the land border between two countries is on a day.

    Examples
    --------
    >>> border_type("HR", "SI", date(2022, 10, 26)).value, border_type("HR", "SI", date(2026, 1, 1)).value
    ('internal_checked', 'schengen_internal')
    """
    if frozenset((country_a, country_b)) in _OPEN_PAIRS:
        return BorderType.OPEN
    if is_schengen(country_a, on) and is_schengen(country_b, on):
        return BorderType.SCHENGEN_INTERNAL
    inside = [is_eu(country, on) or is_schengen(country, on) for country in (country_a, country_b)]
    if all(inside):
        return BorderType.INTERNAL_CHECKED
    return BorderType.EXTERNAL if any(inside) else BorderType.NON_EU


def is_crossed_freely(country_a: str, country_b: str, on: date) -> bool:
    """Tell whether a land border may be crossed anywhere on that day, not only at crossings."""
    return border_type(country_a, country_b, on) in {BorderType.SCHENGEN_INTERNAL, BorderType.OPEN}


def is_external_entry(country: str, mode: CrossingMode, on: date) -> bool:
    """Tell whether a port or airport of `country` leads into the EU or Schengen from outside on that day."""
    return is_eu(country, on) or is_schengen(country, on, mode)
