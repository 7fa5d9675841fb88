"""Ends by what a person types."""

import geopandas as gpd
import pytest
import shapely

from geoanalysis.domain.errors import PlaceError
from geoanalysis.network import area_words, border_choices, named_end, named_ends, port_choices
from geoanalysis.reference import load_places


@pytest.fixture(scope="module")
def places() -> gpd.GeoDataFrame:
    return load_places()


@pytest.mark.parametrize(
    ("text", "name", "country", "weight"),
    [
        ("Sofia", "Sofia", "BG", 1),
        ("sofia * 3", "Sofia", "BG", 3),
        ("  Sofia×0.5 ", "Sofia", "BG", 0.5),
        ("23.32,42.70", "23.32, 42.7", "", 1),
        ("23.32,42.70 * 2", "23.32, 42.7", "", 2),
    ],
)
def test_places_with_their_weights(
    places: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame, text: str, name: str, country: str, weight: float
) -> None:
    end = named_end(text, places, crossings)
    assert (end.name, end.country, end.weight) == (name, country, weight)


@pytest.mark.parametrize("text", ["border BG-TR", "border tr-bg", "Border TR – BG"])
def test_a_border_is_all_its_road_crossings(
    places: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame, text: str
) -> None:
    assert set(named_end(text, places, crossings).crossing_ids) == {
        "bg-tr-kapitan-andreevo-kapikule",
        "bg-tr-lesovo-hamzabeyli",
        "bg-tr-malko-tarnovo-derekoy",
    }


def test_a_road_crossing_is_itself_and_a_port_a_place(
    places: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    post = named_end("Gradina – Kalotina", places, crossings)
    assert post.crossing_ids == ("rs-bg-gradina-kalotina",)
    assert named_end("rs-bg-gradina-kalotina * 2", places, crossings).weight == 2
    port = named_end(port_choices(crossings)[0], places, crossings)
    assert (port.where.geom_type, port.crossing_ids) == ("Point", ())


def test_an_area_is_named_by_its_corners_and_back(
    places: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    area = shapely.Polygon([(23.1234, 42.0), (24.0, 42.5), (23.0, 43.0)])
    words = area_words(area)
    assert words == "area 23.12 42 24 42.5 23 43"
    found = named_end(words, places, crossings)
    assert found.where.symmetric_difference(area).area < 0.01


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("border BG-FR", "no road crossing of border BG-FR"),
        ("area 23 42 24 42 25 42", "lie on one line"),
        ("area 23 42 24 43 25 44 26", "pairs of longitude and latitude"),
        ("area 23 42", "no place is called"),
        ("Atlantis * 2", "no place is called 'Atlantis'"),
        ("", "no place is called"),
    ],
)
def test_what_is_not_there_is_refused(
    places: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame, text: str, words: str
) -> None:
    with pytest.raises(PlaceError, match=words):
        named_end(text, places, crossings)


def test_every_choice_offered_is_found(places: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame) -> None:
    offered = [*border_choices(crossings), *port_choices(crossings)]
    found = named_ends(offered, places, crossings)
    assert len(found) == len(offered) > 40
    assert all(end.crossing_ids or end.where is not None for end in found)
