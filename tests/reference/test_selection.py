"""Choosing among the crossings of the table."""

from datetime import date

import geopandas as gpd
import pytest

from geoanalysis.domain.errors import PlaceError
from geoanalysis.reference import load_crossings
from geoanalysis.reference.selection import deployments, find_crossing, select_crossings, within

KAPITAN = "bg-tr-kapitan-andreevo-kapikule"
LESOVO = "bg-tr-lesovo-hamzabeyli"


@pytest.fixture(scope="module")
def crossings() -> gpd.GeoDataFrame:
    return load_crossings(date(2022, 10, 26))


def test_no_filter_lets_all_pass(crossings: gpd.GeoDataFrame) -> None:
    assert len(select_crossings(crossings)) == len(crossings)


def test_every_filter_must_be_passed(crossings: gpd.GeoDataFrame) -> None:
    at_pair = select_crossings(crossings, pairs=["BG-TR"])
    by_road = select_crossings(crossings, pairs=["BG-TR"], modes=["road"], categories=["international"])
    assert (len(at_pair), len(by_road)) == (4, 3)
    assert select_crossings(crossings, pairs=["BG-TR"], countries=["GR"]).empty


def test_a_country_counts_on_either_side_and_at_its_ports(crossings: gpd.GeoDataFrame) -> None:
    chosen = select_crossings(crossings, countries=["XK"])
    assert chosen["pair"].value_counts().to_dict() == {"AL-XK": 6, "RS-XK": 6, "MK-XK": 4, "ME-XK": 1, "": 1}


def test_a_drawn_polygon_takes_what_is_inside(crossings: gpd.GeoDataFrame) -> None:
    ring = [[26.2, 41.6], [26.8, 41.6], [26.8, 42.1], [26.2, 42.1], [26.2, 41.6]]
    inside = within(crossings, {"type": "Polygon", "coordinates": [ring]})
    assert {KAPITAN, LESOVO, f"{KAPITAN}-rail"} <= set(inside["crossing_id"])
    assert set(inside["pair"]) <= {"BG-TR", "GR-TR"}


def test_deployments_keep_the_order_and_skip_the_unknown(crossings: gpd.GeoDataFrame) -> None:
    found = deployments(crossings, [LESOVO, "nowhere", KAPITAN])
    assert [deployment.place_id for deployment in found] == [LESOVO, KAPITAN]
    assert found[1].name.startswith("Kapitan Andreevo – ")
    assert (round(found[1].lon, 2), round(found[1].lat, 2)) == (26.35, 41.72)


@pytest.mark.parametrize("text", [LESOVO, "Lesovo – Hamzabeyli", "lesovo", "HAMZABEYLI"])
def test_a_crossing_is_found_by_id_name_or_part_of_it(crossings: gpd.GeoDataFrame, text: str) -> None:
    assert find_crossing(text, crossings) == LESOVO


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Horgos", "rs-hu-horgos-1-roszke, rs-hu-horgos-2-roszke-old-road"),
        ("Atlantis", "none"),
        ("–", "none"),
    ],
)
def test_a_name_that_none_or_several_have_is_refused(
    crossings: gpd.GeoDataFrame, text: str, names: str
) -> None:
    with pytest.raises(PlaceError, match=names):
        find_crossing(text, crossings)
