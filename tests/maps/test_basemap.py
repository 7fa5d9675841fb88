import json
from collections.abc import Callable

import geopandas as gpd
import pytest
import shapely

from geoanalysis.domain.crs import LONLAT, metric
from geoanalysis.maps.basemap import Basemap, label_points


@pytest.fixture(scope="module")
def real() -> Basemap:
    return Basemap.bundled()


@pytest.fixture(scope="module")
def sent(real: Basemap) -> dict[str, list[dict[str, object]]]:
    return json.loads(real.to_json())


def names(sent: dict[str, list[dict[str, object]]], kind: str) -> dict[object, dict[str, object]]:
    return {name["text"]: name for name in sent["names"] if name["kind"] == kind}


def test_the_name_of_a_country_lies_inside_its_largest_part(real: Basemap) -> None:
    assert label_points(real.countries).within(real.countries.geometry).all()
    mainland, island = shapely.box(20, 40, 24, 44), shapely.box(26, 40, 27, 41)
    country = gpd.GeoDataFrame(geometry=[shapely.MultiPolygon([island, mainland])], crs=LONLAT)
    assert label_points(country).within(mainland).all()


def test_every_country_is_named_as_the_union_names_it(
    real: Basemap, sent: dict[str, list[dict[str, object]]]
) -> None:
    countries = names(sent, "country")
    assert list(countries) == real.countries["name"].tolist()
    assert {"Kosovo*", "North Macedonia", "Türkiye"} <= set(countries)


def test_larger_cities_are_named_from_farther_away(sent: dict[str, list[dict[str, object]]]) -> None:
    cities = names(sent, "city")
    # the first, second, fifth and twelfth of Bulgaria by population
    zooms = [cities[name]["from_zoom"] for name in ("Sofia", "Plovdiv", "Stara Zagora", "Blagoevgrad")]
    assert zooms == [5.5, 6.5, 7.5, 8.5]


def test_detailed_and_coarse_countries_do_not_overlap(real: Basemap) -> None:
    flat = metric(real.countries)
    left, right = flat.sindex.query(flat.geometry, predicate="overlaps")
    shared_km2 = flat.geometry.iloc[left].intersection(flat.geometry.iloc[right], align=False).area / 1e6
    assert shared_km2.sum() < 1
    assert real.countries["country"].is_unique


def test_what_two_countries_share_stays_one_line(basemap_with: Callable[[str], Basemap]) -> None:
    basemap = basemap_with("Name")
    rough = shapely.LineString([(26.3 + 0.001 * (n % 2), 41 + n / 500) for n in range(1001)])
    west = shapely.Polygon([(24, 41), *rough.coords, (24, 43)])
    east = shapely.Polygon([(29, 41), *rough.coords, (29, 43)])
    land = json.loads(Basemap(basemap.countries.set_geometry([west, east]), basemap.places).to_json())["land"]
    drawn = [shapely.geometry.shape(feature["geometry"]) for feature in land["features"]]
    assert drawn[0].intersection(drawn[1]).area == 0
    assert shapely.get_num_coordinates(drawn).max() < 30


def test_land_is_light_and_within_half_a_kilometre(
    real: Basemap, sent: dict[str, list[dict[str, object]]]
) -> None:
    drawn = gpd.GeoDataFrame.from_features(sent["land"], crs=LONLAT)
    true_km2, drawn_km2 = (metric(frame).area / 1e6 for frame in (real.countries, drawn))
    assert (drawn_km2 / true_km2 - 1).abs().median() < 0.005
    assert len(json.dumps(sent)) < 2_000_000
