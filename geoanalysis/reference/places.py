"""Cities and towns, and finding one by what a person types."""

import re
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
from anyascii import anyascii
from rapidfuzz import fuzz, process

from geoanalysis.domain.errors import PlaceError
from geoanalysis.reference.files import data_file

_NUMBER: Final = r"\s*(-?\d+(?:\.\d+)?)\s*"
_LON_LAT: Final = re.compile(f"{_NUMBER},{_NUMBER}")
_SUGGESTIONS: Final = 3
_ALIKE: Final = 65.0
"""Least likeness of a suggestion, of 100 (rapidfuzz ratio)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A position with a name, in degrees, EPSG:4326; `country` is empty where only numbers were given."""

    name: str
    country: str
    lon: float
    lat: float


def load_places() -> gpd.GeoDataFrame:
    """
    Load the cities and towns of Europe and its neighbours with 15 000 inhabitants or more, and capitals.

    Returns
    -------
    GeoDataFrame
        `place_id` (of GeoNames), `name`, `ascii_name`, `alternates` (other names, ``;`` between them),
        `country` (alpha-2), `population`, and the position, EPSG:4326; the most populous first. Districts and
        suburbs of larger cities are left out.
    """
    return gpd.read_parquet(data_file("borders/places.parquet"))


def find_place(text: str, places: gpd.GeoDataFrame) -> Place:
    """
    Find a place by its name in any language, or by ``lon,lat``.

    Case, accents and scripts make no difference. A place's own name goes before names that others use for
    it; among equals the most populous wins.

    Raises
    ------
    PlaceError
        If there is none of that name; the message suggests some that sound like it.
    """
    if numbers := _LON_LAT.fullmatch(text):
        return _at(float(numbers[1]), float(numbers[2]))
    wanted = folded(text)
    own = places["name"].map(folded)
    found = places[own == wanted]
    if found.empty:
        found = places[[wanted in map(folded, names.split(";")) for names in places["alternates"]]]
    if found.empty or not wanted:
        raise PlaceError(_unknown(text, places))
    best = found.loc[found["population"].idxmax()]
    return Place(str(best["name"]), str(best["country"]), float(best.geometry.x), float(best.geometry.y))


def folded(name: str) -> str:
    """
    Give a name as plain small letters and digits, for comparing.

    Examples
    --------
    >>> folded("Durrës"), folded("Београд"), folded("Frankfurt (Oder)")
    ('durres', 'beograd', 'frankfurtoder')
    """
    return "".join(c for c in anyascii(name).casefold() if c.isalnum())


def _at(lon: float, lat: float) -> Place:
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - the bounds of longitude and latitude
        raise PlaceError(f"{lon:g},{lat:g} is no position: give longitude, then latitude, as 23.32,42.70")
    return Place(f"{lon:g}, {lat:g}", "", lon, lat)


def _unknown(text: str, places: gpd.GeoDataFrame) -> str:
    names = dict(zip(places["name"], places["name"].map(folded), strict=True))
    alike = process.extract(folded(text), names, scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_ALIKE)
    meant = f"did you mean {', '.join(name for _, _, name in alike)}? Otherwise " if alike else ""
    return f"no place is called {text!r}: {meant}name a larger town near it, or give lon,lat as 23.32,42.70"
