"""Places are found as people spell them."""

import unicodedata

import geopandas as gpd
import pytest

from geoanalysis.domain.crs import GEOD, LONLAT
from geoanalysis.domain.errors import PlaceError
from geoanalysis.reference import find_place, load_places
from geoanalysis.reference.places import folded

# Centres of the cities as mapped in OpenStreetMap, degrees, two decimals.
CENTRES = {
    ("Istanbul", "TR"): (28.97, 41.01),
    ("Vienna", "AT"): (16.37, 48.21),
    ("Wien", "AT"): (16.37, 48.21),
    ("Beč", "AT"): (16.37, 48.21),
    ("Thessaloniki", "GR"): (22.94, 40.64),
    ("Θεσσαλονίκη", "GR"): (22.94, 40.64),
    ("Солун", "GR"): (22.94, 40.64),
    ("Munich", "DE"): (11.58, 48.14),
    ("München", "DE"): (11.58, 48.14),
    ("Durres", "AL"): (19.45, 41.31),
    ("Durrës", "AL"): (19.45, 41.31),
    ("Odesa", "UA"): (30.73, 46.48),
    ("Odessa", "UA"): (30.73, 46.48),
    ("Budapest", "HU"): (19.04, 47.50),
    ("Belgrade", "RS"): (20.46, 44.82),
    ("Београд", "RS"): (20.46, 44.82),
    ("Sofia", "BG"): (23.32, 42.70),
    ("podgorica", "ME"): (19.26, 42.44),
    ("Nis", "RS"): (21.90, 43.32),
    ("Pristina", "XK"): (21.17, 42.66),
    ("Prizren", "XK"): (20.74, 42.21),
    ("Piraeus", "GR"): (23.65, 37.94),
    ("Simferopol", "UA"): (34.10, 44.95),
    ("Iași", "RO"): (27.59, 47.16),
    ("Стамбул", "TR"): (28.97, 41.01),
    ("Κωνσταντινούπολη", "TR"): (28.97, 41.01),
}
WITHIN_M = 3000


@pytest.fixture(scope="module")
def places() -> gpd.GeoDataFrame:
    return load_places()


@pytest.mark.parametrize(("asked", "centre"), CENTRES.items())
def test_cities_are_found_by_any_of_their_names(
    places: gpd.GeoDataFrame, asked: tuple[str, str], centre: tuple[float, float]
) -> None:
    name, country = asked
    found = find_place(name, places)
    assert found.country == country
    assert GEOD.inv(found.lon, found.lat, *centre)[2] < WITHIN_M


def test_a_name_of_its_own_goes_before_a_name_that_others_use(places: gpd.GeoDataFrame) -> None:
    assert "Nis" in places.loc[places["name"] == "Nice", "alternates"].item().split(";")
    assert find_place("Niš", places).name == "Niš"


def test_among_equal_names_the_most_populous_wins(places: gpd.GeoDataFrame) -> None:
    same = places[places["name"].map(folded) == "valencia"]
    assert find_place("Valencia", places).lon == same.loc[same["population"].idxmax()].geometry.x


@pytest.mark.parametrize("text", ["23.32,42.70", " 23.32 , 42.7 "])
def test_a_position_is_taken_as_it_is(places: gpd.GeoDataFrame, text: str) -> None:
    found = find_place(text, places)
    assert (found.lon, found.lat, found.country, found.name) == (23.32, 42.70, "", "23.32, 42.7")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Thesaloniki", "did you mean Thessaloníki"),
        ("Belgrad city", "did you mean Belgorod|did you mean Belgrade"),
        ("qqqqqqqq", "name a larger town near it, or give lon,lat"),
        ("", "no place is called ''"),
        ("200,42", "200,42 is no position"),
    ],
)
def test_what_is_not_found_says_what_to_do(places: gpd.GeoDataFrame, text: str, said: str) -> None:
    with pytest.raises(PlaceError, match=said):
        find_place(text, places)


def test_the_big_cities_are_the_real_ones(places: gpd.GeoDataFrame) -> None:
    largest = {
        country: places[places["country"] == country]["name"].head(3).tolist() for country in ("HU", "RS")
    }
    assert largest == {"HU": ["Budapest", "Debrecen", "Szeged"], "RS": ["Belgrade", "Niš", "Novi Sad"]}
    assert not {"Pest", "Buda", "Sector 3", "Favoriten", "Zemun", "Esenyurt"} & set(places["name"])
    assert {"Mannheim", "Ludwigshafen am Rhein", "Mariupol", "Fier", "Ruse", "Giurgiu"} <= set(places["name"])


def test_places_are_ordered_and_lie_in_the_region(places: gpd.GeoDataFrame) -> None:
    assert places["population"].is_monotonic_decreasing
    assert places["place_id"].is_unique
    assert places.crs == LONLAT
    west, south, east, north = places.total_bounds
    assert (west >= -11, south >= 34, east <= 45, north <= 71) == (True,) * 4
    assert (places["population"] >= 15_000).mean() > 0.99


def test_names_are_in_the_scripts_of_the_region(places: gpd.GeoDataFrame) -> None:
    letters = {letter for letter in "".join(places["alternates"]) if letter.isalpha()}
    assert {unicodedata.name(letter).split()[0] for letter in letters} <= {"LATIN", "GREEK", "CYRILLIC"}
