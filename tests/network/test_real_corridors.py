"""Corridors on the real roads, on the days of the action and now."""

from collections.abc import Callable
from datetime import date

import geopandas as gpd
import networkx as nx
import pytest

from geoanalysis.network import Corridor, corridor
from geoanalysis.reference import find_place, load_borders, load_crossings, load_places, load_roads

ACTION, TODAY = date(2022, 10, 26), date(2026, 3, 2)
GUARDED_BEFORE = {"HR-SI", "HR-HU", "HU-RO", "BG-RO", "BG-GR"}
ROUTES = [("Istanbul", "Vienna"), ("Thessaloniki", "Munich"), ("Durres", "Vienna"), ("Odesa", "Budapest")]


@pytest.fixture(scope="module")
def places() -> gpd.GeoDataFrame:
    return load_places()


@pytest.fixture(scope="module")
def between(places: gpd.GeoDataFrame) -> Callable[..., Corridor]:
    roads = {day: load_roads(day) for day in (ACTION, TODAY)}
    return lambda origin, destination, day=ACTION, **choices: corridor(
        roads[day], find_place(origin, places), find_place(destination, places), **choices
    )


def best_crossings(found: Corridor) -> list[str]:
    return found.crossings["crossing_id"][found.crossings["on_best"]].tolist()


def test_istanbul_vienna(between: Callable[..., Corridor]) -> None:
    found = between("Istanbul", "Vienna")
    assert best_crossings(found) == [
        "bg-tr-kapitan-andreevo-kapikule",
        "rs-bg-gradina-kalotina",
        "rs-hu-horgos-1-roszke",
    ]
    assert found.km == pytest.approx(1544, rel=0.05)  # on the detailed network of 2021
    others = set(found.crossings["crossing_id"]) - set(best_crossings(found))
    assert {"rs-hu-kelebija-tompa", "rs-hr-batrovci-bajakovo", "hr-hu-dubosevica-udvar"} <= others
    slower = {"bg-ro-ruse-giurgiu", "ro-hu-nadlac-ii-csanadpalota"}
    assert not slower & others
    wider = between("Istanbul", "Vienna", tolerance=0.1)
    assert slower <= set(wider.crossings["crossing_id"])


def test_thessaloniki_munich(between: Callable[..., Corridor]) -> None:
    found = between("Thessaloniki", "Munich")
    assert best_crossings(found) == [
        "mk-gr-bogorodica-evzoni",
        "rs-mk-presevo-tabanovce",
        "rs-hr-batrovci-bajakovo",
        "hr-si-bregana-obrezje",
    ]
    assert {"rs-hu-horgos-1-roszke", "hr-si-macelj-gruskovje"} <= set(found.crossings["crossing_id"])


def test_durres_vienna(between: Callable[..., Corridor]) -> None:
    """Through Montenegro and Bosnia: one speed for all roads makes the mountains look quick."""
    found = between("Durres", "Vienna")
    assert best_crossings(found)[:2] == ["me-al-bozaj-hani-i-hotit", "ba-me-hum-scepan-polje"]
    pairs = load_crossings(ACTION).set_index("crossing_id")["pair"][best_crossings(found)]
    assert pairs.tolist() == ["AL-ME", "BA-ME", "BA-HR", "HR-HU"]
    assert 950 < found.km < 1250


def test_odesa_budapest(between: Callable[..., Corridor]) -> None:
    """In 2022 inside Ukraine as far as Hungary; since Romania is in Schengen through Moldova."""
    assert best_crossings(between("Odesa", "Budapest")) == ["hu-ua-zahony-chop-tysa"]
    beside = {"md-ua-palanca-maiaky-udobne", "ro-md-albita-leuseni", "ro-hu-bors-artand"}
    assert beside <= set(between("Odesa", "Budapest").crossings["crossing_id"])
    assert best_crossings(between("Odesa", "Budapest", TODAY))[-1] == "ro-md-albita-leuseni"


@pytest.mark.parametrize("ends", ROUTES)
def test_since_schengen_grew_its_borders_have_no_crossings(
    between: Callable[..., Corridor], ends: tuple[str, str]
) -> None:
    before, now = between(*ends), between(*ends, TODAY)
    pair_of = load_crossings(TODAY).set_index("crossing_id")["pair"]
    assert not set(pair_of[now.crossings["crossing_id"]]) & GUARDED_BEFORE
    assert set(pair_of[before.crossings["crossing_id"]]) & GUARDED_BEFORE
    assert now.minutes <= before.minutes


@pytest.mark.parametrize("ends", ROUTES)
def test_corridors_are_of_one_piece_without_dead_ends(
    between: Callable[..., Corridor], ends: tuple[str, str]
) -> None:
    found = between(*ends)
    graph = nx.from_pandas_edgelist(found.roads, "from_node", "to_node")
    assert nx.is_connected(graph)
    best = found.roads[found.roads["on_best"]]
    count = best[["from_node", "to_node"]].stack().value_counts()
    graph.add_edge(*count.index[count == 1])
    assert nx.is_biconnected(graph)
    assert found.crossings["order"].tolist() == list(range(1, len(found.crossings) + 1))
    assert found.roads["detour"].between(0, found.tolerance).all()


@pytest.mark.parametrize("ends", ROUTES)
def test_best_routes_meet_external_borders_at_crossings_only(
    between: Callable[..., Corridor], ends: tuple[str, str]
) -> None:
    best = between(*ends).roads.loc[lambda roads: roads["on_best"]]
    borders = load_borders(ACTION).loc[lambda table: table["external"]].union_all()
    assert not best[best["crossing_id"] == ""].intersects(borders).any()
