"""Labels keep clear of each other and of what must stay visible."""

import geopandas as gpd
import pytest

from geoanalysis.briefing.cartography.frame import MapView, fit_extent
from geoanalysis.briefing.cartography.labels import Anchor, Ground, beside
from geoanalysis.briefing.cartography.land import cut
from geoanalysis.briefing.cartography.names import city_labels, country_labels
from geoanalysis.briefing.typesetting.boxes import Box, overlaps
from geoanalysis.briefing.typesetting.text import Style, Typesetter
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import REGION, Extent

FRAME = Box(0, 0, 400, 300)
SETTER = Typesetter()
STYLE = Style(8)


def test_the_option_that_hides_least_is_taken_once() -> None:
    ground = Ground(FRAME, taken=[Box(10, 10, 50, 50)], symbols=[Box(100, 100, 120, 120)])
    options = [Box(20, 20, 60, 30), Box(90, 100, 130, 110), Box(200, 200, 240, 210)]
    assert ground.choose(options) == 2
    assert ground.choose(options) == 1
    assert ground.choose(options) is None


def test_an_option_may_hide_only_so_much() -> None:
    ground = Ground(FRAME, taken=[], symbols=[Box(100, 100, 120, 120)])
    assert ground.choose([Box(90, 100, 130, 110)], most_hidden=199) is None
    assert ground.choose([Box(90, 100, 130, 110)], most_hidden=200) == 0


def test_costs_outweigh_what_is_hidden() -> None:
    ground = Ground(FRAME, taken=[], symbols=[Box(100, 100, 110, 110)])
    options = [Box(100, 100, 140, 110), Box(200, 200, 240, 210)]
    assert ground.choose(options, costs=[0, 101]) == 0


def test_a_label_stands_right_of_its_symbol_if_it_can() -> None:
    label = beside(
        Anchor("Lesovo", 200, 150, 5), STYLE, Ground(FRAME, taken=[], symbols=[]), SETTER, distances=(2,)
    )
    assert label is not None
    assert (label.align, label.box.left, label.leader) == ("left", 207, None)
    assert label.box.centre[1] == pytest.approx(150)


def test_a_label_far_from_its_symbol_has_a_leader() -> None:
    around = Box.around(200, 150, 14)
    ground = Ground(FRAME, taken=[around], symbols=[])
    label = beside(Anchor("Lesovo", 200, 150, 5), STYLE, ground, SETTER, distances=(2, 9, 18))
    assert label is not None
    assert label.leader == (200, 150)
    assert overlaps([label.box], [around])[0] == 0


def test_a_label_without_room_or_words_is_left_out() -> None:
    assert (
        beside(
            Anchor("Lesovo", 5, 5, 5), STYLE, Ground(FRAME, taken=[FRAME], symbols=[]), SETTER, distances=(2,)
        )
        is None
    )
    assert (
        beside(Anchor(" ", 9, 99, 5), STYLE, Ground(FRAME, taken=[], symbols=[]), SETTER, distances=(2,))
        is None
    )


def named(basemap: Basemap, extent: Extent) -> tuple[MapView, gpd.GeoDataFrame]:
    view = MapView(fit_extent(extent, FRAME.width / FRAME.height), FRAME)
    pieces = cut(basemap.countries.geometry, view.frame)
    return view, basemap.countries.loc[pieces.index].set_geometry(pieces)


def test_countries_are_named_inside_themselves_and_apart(basemap: Basemap) -> None:
    view, countries = named(basemap, Extent(19.0, 40.5, 24.0, 44.0))
    labels = country_labels(countries, view, Ground(FRAME, taken=[], symbols=[]), SETTER)
    words = {" ".join(label.lines) for label in labels}
    assert {"KOSOVO*", "SERBIA", "NORTH MACEDONIA", "BULGARIA", "ALBANIA", "MONTENEGRO"} <= words
    for number, label in enumerate(labels):
        others = [other.box for other in labels[number + 1 :]]
        assert not overlaps([label.box], others).any()
        x, y = label.box.centre
        west, south, _, _ = view.frame.bounds_m
        middle = gpd.points_from_xy([west + x * view.metres_per_point], [south + y * view.metres_per_point])
        at = countries[countries.contains(middle[0])]
        assert at["name"].str.upper().tolist() == [" ".join(label.lines)]


def test_a_country_gives_way_to_symbols(basemap: Basemap) -> None:
    view, countries = named(basemap, Extent(19.0, 40.5, 24.0, 44.0))
    free = country_labels(countries, view, Ground(FRAME, taken=[], symbols=[]), SETTER)
    serbia = next(label for label in free if label.lines == ("SERBIA",))
    symbol = Box.around(*serbia.box.centre, 4)
    moved = country_labels(countries, view, Ground(FRAME, taken=[], symbols=[symbol]), SETTER)
    assert all(overlaps([label.box], [symbol])[0] < 8 for label in moved)
    assert ("SERBIA",) in [label.lines for label in moved]


def test_the_largest_cities_are_named_well_apart(basemap: Basemap) -> None:
    view, _ = named(basemap, REGION)
    cities = city_labels(basemap.places, view, Ground(FRAME, taken=[], symbols=[]), SETTER)
    words = [label.lines[0] for label, _ in cities]
    assert words[0].startswith("Istanbul") or words[0].startswith("İstanbul")
    assert {"Bucharest", "Budapest", "Athens"} & set(words)
    places = [place for _, place in cities]
    for number, (x, y) in enumerate(places):
        assert all((x - a) ** 2 + (y - b) ** 2 >= 44**2 for a, b in places[:number])
