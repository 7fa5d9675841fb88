"""The table of crossings against the counts of its sources, the border lines and independent positions."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest

from geoanalysis.domain.crs import GEOD, LONLAT, metric
from geoanalysis.domain.vocabularies import BorderType, CrossingMode
from geoanalysis.reference import load_borders, load_crossings

ACTION = date(2022, 10, 26)
FARTHEST_M = 3000

# As counted when the lists were compiled; the borders of Russia are not in the table.
PER_PAIR = {
    "AL-GR": 4, "AL-ME": 5, "AL-MK": 5, "AL-XK": 6, "BA-HR": 48, "BA-ME": 8, "BA-RS": 10, "BG-GR": 8,
    "BG-MK": 3, "BG-RO": 14, "BG-RS": 6, "BG-TR": 4, "BY-LT": 7, "BY-LV": 3, "BY-PL": 4, "GR-MK": 4,
    "GR-TR": 3, "HR-HU": 8, "HR-ME": 2, "HR-RS": 12, "HR-SI": 13, "HU-RO": 15, "HU-RS": 11, "HU-UA": 8,
    "MD-RO": 9, "MD-UA": 17, "ME-RS": 6, "ME-XK": 1, "MK-RS": 4, "MK-XK": 4, "PL-UA": 12, "RO-RS": 10,
    "RO-UA": 9, "RS-XK": 6, "SK-UA": 5,
}  # fmt: skip

# Where main roads of OpenStreetMap cross the border: found without the table.
ROAD_MEETS_BORDER = {
    "bg-tr-kapitan-andreevo-kapikule": (26.3531, 41.7173),
    "rs-hu-horgos-1-roszke": (19.9789, 46.1759),
    "rs-hr-batrovci-bajakovo": (19.1035, 45.0477),
    "mk-gr-bogorodica-evzoni": (22.5514, 41.1308),
    "rs-bg-gradina-kalotina": (22.8334, 42.9975),
    "rs-mk-presevo-tabanovce": (21.7033, 42.2369),
    "bg-gr-kulata-promachonas": (23.3631, 41.3790),
}

CLOSED_IN_OCTOBER_2022 = {
    "bg-ro-kaynardzha-lipnita",
    "bg-ro-krushari-dobromir",
    "hr-ba-gornji-varos-gradiska",
    "hu-ua-nagyhodos-velyka-palad",
    "md-ua-goianul-nou-platonove",
    "md-ua-pervomaisc-kuchurhan",
    "pl-by-kuznica-bruzgi",
    "pl-by-slawatycze-domachevo",
    "pl-ua-malhowice-nyzhankovychi",
    "ro-md-bumbata-leova",
    "ro-ua-vicovu-de-sus-krasnoilsk",
    "rs-hu-horgos-roszke-rail",
}


@pytest.fixture(scope="module")
def crossings() -> gpd.GeoDataFrame:
    return load_crossings(ACTION)


def row(crossing_id: str, on: date = ACTION) -> pd.Series:
    return load_crossings(on).set_index("crossing_id").loc[crossing_id]


def test_all_crossings_are_there(crossings: gpd.GeoDataFrame) -> None:
    assert len(crossings) == 370
    assert crossings["crossing_id"].is_unique
    assert crossings.crs == LONLAT
    by_mode = {"road": 245, "rail": 42, "ferry": 6, "river": 3, "sea": 26, "air": 48}
    assert crossings["mode"].value_counts().to_dict() == by_mode


def test_counts_per_pair_are_those_of_the_lists(crossings: gpd.GeoDataFrame) -> None:
    two_sided = crossings[crossings["pair"] != ""]
    assert two_sided["pair"].value_counts().to_dict() == PER_PAIR


def test_words_are_those_of_the_vocabularies(crossings: gpd.GeoDataFrame) -> None:
    assert set(crossings["mode"]) <= {mode.value for mode in CrossingMode}
    assert set(crossings["border_type"]) <= {kind.value for kind in BorderType}
    assert set(crossings["category"]) == {"international", "local", "bilateral"}
    assert set(crossings["traffic_type"]) == {"passenger", "freight", "passenger+freight"}
    assert set(crossings["confidence"]) == {"high", "medium", "low"}


def test_ports_and_airports_have_one_side(crossings: gpd.GeoDataFrame) -> None:
    one_sided = crossings[crossings["country_b"].isna()]
    assert set(one_sided["mode"]) == {"sea", "air", "river"}
    assert set(one_sided["pair"]) == {""}
    assert one_sided.loc[one_sided["country_a"].isin(["BG", "GR", "HR", "HU", "RO", "SI"]), "external"].all()
    assert not one_sided.loc[one_sided["country_a"].isin(["AL", "BA", "ME", "TR", "XK"]), "external"].any()


def test_every_crossing_lies_at_the_border_of_its_pair(crossings: gpd.GeoDataFrame) -> None:
    lines = metric(load_borders(ACTION)).set_index("pair").geometry
    two_sided = metric(crossings[crossings["pair"] != ""])
    off = two_sided.distance(gpd.GeoSeries(lines[two_sided["pair"]].to_numpy(), two_sided.index, lines.crs))
    assert off.max() < FARTHEST_M
    assert off.median() < 100


@pytest.mark.parametrize(("crossing_id", "position"), ROAD_MEETS_BORDER.items())
def test_main_crossings_lie_where_the_road_meets_the_border(
    crossing_id: str, position: tuple[float, float]
) -> None:
    point = row(crossing_id).geometry
    assert GEOD.inv(point.x, point.y, *position)[2] < 500


@pytest.mark.parametrize(("on", "external"), [(ACTION, 164), (date(2026, 6, 1), 164)])
def test_external_crossings(on: date, external: int) -> None:
    """193 were compiled, 29 of them at the border of Russia; no country joined the EU in between."""
    crossings = load_crossings(on)
    assert crossings.loc[crossings["pair"] != "", "external"].sum() == external


@pytest.mark.parametrize(
    ("crossing_id", "on", "kind"),
    [
        ("hr-si-bregana-obrezje", date(2022, 10, 26), "internal_checked"),
        ("hr-si-bregana-obrezje", date(2026, 1, 1), "schengen_internal"),
        ("bg-ro-ruse-giurgiu", date(2024, 12, 31), "internal_checked"),
        ("bg-ro-ruse-giurgiu", date(2025, 1, 1), "schengen_internal"),
        ("hr-ba-stara-gradiska-gradiska", date(2013, 6, 30), "non_eu"),
        ("hr-ba-stara-gradiska-gradiska", date(2013, 7, 1), "external"),
    ],
)
def test_border_types_follow_the_date(crossing_id: str, on: date, kind: str) -> None:
    found = row(crossing_id, on)
    assert found["border_type"] == kind
    assert found["external"] == (kind == "external")


def test_closed_in_october_2022(crossings: gpd.GeoDataFrame) -> None:
    assert set(crossings.loc[~crossings["open"], "crossing_id"]) == CLOSED_IN_OCTOBER_2022


@pytest.mark.parametrize(
    ("crossing_id", "on", "is_open"),
    [
        ("rs-hu-horgos-roszke-rail", date(2014, 12, 31), True),
        ("rs-hu-horgos-roszke-rail", date(2023, 10, 31), False),
        ("rs-hu-horgos-roszke-rail", date(2023, 11, 1), True),
        ("md-ua-pervomaisc-kuchurhan", date(2022, 2, 23), True),
        ("md-ua-pervomaisc-kuchurhan", date(2022, 2, 24), False),
        ("md-ua-pervomaisc-kuchurhan", date(2026, 6, 1), False),
        ("ro-ua-vicovu-de-sus-krasnoilsk", date(2015, 1, 1), False),
        ("bg-tr-kapitan-andreevo-kapikule", date(2022, 10, 26), True),
    ],
)
def test_closures_have_a_first_and_a_last_day(crossing_id: str, on: date, *, is_open: bool) -> None:
    assert bool(row(crossing_id, on)["open"]) is is_open


@pytest.mark.parametrize(
    ("crossing_id", "persons", "vehicles", "year"),
    [
        ("hr-me-karasovici-debeli-brijeg", 1_242_000, 441_000, 2021),
        ("pl-ua-medyka-shehyni", 4_600_000, 793_000, 2023),
        ("mk-al-blato-bllate", 650_421, None, 2022),
        ("bg-tr-kapitan-andreevo-kapikule", None, None, None),
    ],
)
def test_traffic_is_that_of_one_published_year(
    crossing_id: str, persons: int | None, vehicles: int | None, year: int | None
) -> None:
    found = row(crossing_id)[["persons_per_year", "vehicles_per_year", "traffic_year"]]
    assert [None if pd.isna(value) else value for value in found] == [persons, vehicles, year]


def test_unknown_texts_are_empty_and_waits_are_in_minutes(crossings: gpd.GeoDataFrame) -> None:
    assert not crossings[["name_local", "e_road", "opening_hours", "traffic_source"]].isna().any(axis=None)
    waits = crossings.set_index("crossing_id")["wait_min"].dropna()
    assert len(waits) == 7
    assert waits["rs-bg-gradina-kalotina"] == 45
