"""Borders and countries against published lengths, areas and the list of external borders."""

from datetime import date

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

from geoanalysis.domain.crs import GEOD, LONLAT, metric
from geoanalysis.reference import load_borders, load_countries

ACTION = date(2022, 10, 26)

# The EU's external land borders (Regulation (EU) 2016/399, Art. 2) pair by pair, without those that are open.
EU_EXTERNAL = {
    "AD-ES", "AD-FR", "AL-GR", "BA-HR", "BG-MK", "BG-RS", "BG-TR", "BY-LT", "BY-LV", "BY-PL", "EE-RU",
    "ES-GI", "ES-MA", "FI-RU", "GR-MK", "GR-TR", "HR-ME", "HR-RS", "HU-RS", "HU-UA", "LT-RU", "LV-RU",
    "MD-RO", "PL-RU", "PL-UA", "RO-RS", "RO-UA", "SK-UA",
}  # fmt: skip

# km, as commonly quoted (World Factbook and border police).
QUOTED_KM = {
    "BG-TR": 259, "BG-GR": 472, "BG-MK": 162, "BG-RS": 344, "BG-RO": 605, "HR-RS": 314, "BA-HR": 956,
    "HR-HU": 348, "HR-SI": 600, "HU-RS": 164, "RO-RS": 531, "HU-RO": 424, "GR-MK": 234, "GR-TR": 192,
    "MD-RO": 683, "RO-UA": 601, "HU-UA": 128, "SK-UA": 97, "PL-UA": 498, "BY-PL": 375, "BY-LT": 640,
    "BY-LV": 161, "EE-RU": 324, "FI-RU": 1309, "PL-RU": 209, "LT-RU": 261, "AL-ME": 186, "AL-MK": 181,
    "AL-XK": 112, "BA-ME": 242, "BA-RS": 345, "ME-RS": 157, "ME-XK": 76, "MK-RS": 101, "MK-XK": 160,
    "RS-XK": 366, "HU-SI": 94, "NO-SE": 1666, "MD-UA": 1202,
}  # fmt: skip

# km², national statistical offices (Kosovo*: its statistics agency).
AREA_KM2 = {
    "AL": 28_748, "BA": 51_209, "BG": 110_994, "GR": 131_957, "HR": 56_594, "HU": 93_030, "MD": 33_847,
    "ME": 13_812, "MK": 25_713, "RO": 238_397, "RS": 77_474, "SI": 20_273, "TR": 783_562, "XK": 10_887,
}  # fmt: skip


@pytest.fixture(scope="module")
def borders() -> gpd.GeoDataFrame:
    return load_borders(ACTION)


@pytest.fixture(scope="module")
def see() -> gpd.GeoDataFrame:
    return load_countries("see")


def type_of(pair: str, on: date) -> str:
    borders = load_borders(on).set_index("pair")
    return str(borders.at[pair, "border_type"])


def test_external_borders_in_october_2022(borders: gpd.GeoDataFrame) -> None:
    external = set(borders.loc[borders["external"], "pair"])
    assert external == EU_EXTERNAL | {"NO-RU"}


def test_the_eu_external_border_is_as_long_as_its_parts_say(borders: gpd.GeoDataFrame) -> None:
    watched = borders[borders["pair"].isin(EU_EXTERNAL)]
    assert watched["length_km"].sum() == pytest.approx(9391, abs=2)


@pytest.mark.parametrize(
    ("pair", "before", "joined"),
    [
        ("HR-SI", date(2022, 12, 31), date(2023, 1, 1)),
        ("HR-HU", date(2022, 12, 31), date(2023, 1, 1)),
        ("BG-RO", date(2024, 12, 31), date(2025, 1, 1)),
        ("BG-GR", date(2024, 12, 31), date(2025, 1, 1)),
        ("HU-RO", date(2024, 12, 31), date(2025, 1, 1)),
    ],
)
def test_checks_inside_the_eu_end_when_schengen_is_joined(pair: str, before: date, joined: date) -> None:
    assert (type_of(pair, before), type_of(pair, joined)) == ("internal_checked", "schengen_internal")


def test_borders_with_microstates_and_between_ireland_and_britain_are_open(borders: gpd.GeoDataFrame) -> None:
    opened = set(borders.loc[borders["border_type"] == "open", "pair"])
    assert opened == {"IT-SM", "IT-VA", "FR-MC", "GB-IE"}


def test_lengths_agree_with_those_commonly_quoted(borders: gpd.GeoDataFrame) -> None:
    length = borders.set_index("pair")["length_km"]
    off = np.array([length[pair] / known - 1 for pair, known in QUOTED_KM.items()])
    assert np.median(np.abs(off)) < 0.05
    assert np.abs(off).max() < 0.25


def test_drawn_lines_are_hardly_shorter_than_the_borders(borders: gpd.GeoDataFrame) -> None:
    drawn = np.array([GEOD.geometry_length(line) / 1000 for line in borders.geometry])
    share = drawn / borders["length_km"].to_numpy()
    near = borders["pair"].isin(["BG-TR", "BA-HR", "HR-RS", "GR-MK", "BG-RS", "AL-GR"]).to_numpy()
    assert share.max() < 1.01
    assert share[near].min() > 0.97


def test_pairs_name_their_countries_in_order(borders: gpd.GeoDataFrame) -> None:
    assert (borders["country_a"] < borders["country_b"]).all()
    assert (borders["pair"] == borders["country_a"] + "-" + borders["country_b"]).all()
    assert borders["pair"].is_unique
    kosovo = borders[borders["country_b"] == "XK"]
    assert set(kosovo["name_b"]) == {"Kosovo*"}
    assert set(kosovo["country_a"]) == {"AL", "ME", "MK", "RS"}


def test_every_border_runs_along_both_countries(borders: gpd.GeoDataFrame, see: gpd.GeoDataFrame) -> None:
    lines = metric(borders).set_index("pair").geometry
    lands = metric(see).set_index("country").geometry
    for pair in ("AL-GR", "BA-HR", "BG-RO", "BG-RS", "BG-TR", "GR-MK", "HR-ME", "HR-RS", "MD-RO", "RS-XK"):
        for country in pair.split("-"):
            beside = lines[pair].intersection(lands[country].buffer(1500)).length
            assert beside > 0.98 * lines[pair].length, (pair, country)


def test_areas_agree_with_the_statistical_offices(see: gpd.GeoDataFrame) -> None:
    area_km2 = metric(see).set_index("country").area / 1e6
    off = {country: area_km2[country] / known - 1 for country, known in AREA_KM2.items()}
    assert max(map(abs, off.values())) < 0.011, off


@pytest.mark.parametrize(
    ("place", "lon", "lat", "country"),
    [
        ("Simferopol", 34.10, 44.95, "UA"),
        ("Mitrovica north", 20.86, 42.90, "XK"),
        ("northern Nicosia", 33.36, 35.22, "CY"),
        ("Tiraspol", 29.60, 46.84, "MD"),
        ("Neum", 17.63, 42.93, "BA"),
        ("Edirne", 26.555, 41.677, "TR"),
    ],
)
def test_editorial_choices(see: gpd.GeoDataFrame, place: str, lon: float, lat: float, country: str) -> None:
    assert see.loc[see.contains(Point(lon, lat)), "country"].tolist() == [country], place


@pytest.mark.parametrize(("detail", "count"), [("see", 36), ("europe", 67)])
def test_countries_are_whole_and_do_not_overlap(detail: str, count: int) -> None:
    countries = load_countries(detail)  # type: ignore[arg-type]
    assert (len(countries), countries.crs) == (count, LONLAT)
    assert countries["country"].is_unique
    assert countries.is_valid.all()
    assert countries.loc[countries["country"] == "XK", "name"].tolist() == ["Kosovo*"]
    flat = metric(countries).make_valid()
    assert (flat.area.sum() - flat.union_all().area) / 1e6 < 2
