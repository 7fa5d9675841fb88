"""The whole answer on the bundled network: sums, differences, and what happens when a crossing is closed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pytest

from geoanalysis.domain.errors import InputError, PlaceError
from geoanalysis.network import (
    Corridors,
    CrossingGraph,
    End,
    Movement,
    RoadNetwork,
    Travel,
    WhatIf,
    change_in_words,
    corridors,
    differences,
    in_words,
    named_ends,
    schematic_network,
    travel_time_min,
    what_if_places,
    with_borders,
)
from geoanalysis.reference import load_places

ACTION = date(2022, 10, 26)
KALOTINA = "rs-bg-gradina-kalotina"
Ask = Callable[..., Corridors]


@pytest.fixture(scope="module")
def ask(crossings: gpd.GeoDataFrame) -> Ask:
    """Give a function that answers a question, once for each."""
    network, places = schematic_network(ACTION), load_places()

    @lru_cache
    def answer(origins: str, destinations: str, what_if: WhatIf | None = None, k: int = 5) -> Corridors:
        sides = (named_ends(texts.split(";"), places, crossings) for texts in (origins, destinations))
        return corridors(
            network, crossings, Movement(*sides, Travel(ACTION, what_if=what_if or WhatIf()), k=k)
        )

    return lambda origins, destinations, k=5, **done: answer(
        origins, destinations, _Hashable(**done) if done else None, k
    )


class _Hashable(WhatIf):
    """What is done, to tell one question from another."""

    def __hash__(self) -> int:
        return hash((self.closed, self.manned, tuple(self.slowed_min.items()), self.check_min))


def test_shares_add_up_over_routes_and_over_borders_that_must_be_passed(ask: Ask) -> None:
    found = ask("Istanbul", "Vienna")
    assert found.routes["share"].sum() == pytest.approx(1)
    by_pair = found.crossings.groupby("pair")["share"].sum()
    # by land one leaves Türkiye for Bulgaria or Greece, and enters Hungary from Serbia, Romania or Croatia
    assert by_pair.reindex(["BG-TR", "GR-TR"]).sum() == pytest.approx(1)
    assert by_pair.reindex(["HU-RS", "HU-RO", "HR-HU"]).sum() == pytest.approx(1)


def test_weights_decide_how_much_each_origin_counts(ask: Ask) -> None:
    found = ask("Istanbul * 3;Thessaloniki", "Vienna")
    weights = found.routes.drop_duplicates("origin").set_index("origin")["trip_share"]
    assert weights["Istanbul"] == pytest.approx(0.75)
    by_pair = found.crossings.groupby("pair")["share"].sum()
    assert by_pair.reindex(["BG-TR", "GR-TR"]).sum() == pytest.approx(0.75)
    assert sum(found.routes["share"] * found.routes["trip_share"]) == pytest.approx(1)


def test_bands_and_roads_say_the_same(ask: Ask) -> None:
    found = ask("Istanbul", "Vienna")
    most = found.roads[found.roads["share"] >= 0.5]
    top = found.band.set_index("share_from").geometry[0.5]
    assert most.within(top.buffer(0.01)).all()
    assert found.within["detour"].between(0, found.movement.tolerance).all()
    assert set(found.roads["edge"][found.roads["share"] > 0.6]) <= set(found.within["edge"])


def test_what_closing_a_crossing_costs_is_what_closing_it_shows(ask: Ask) -> None:
    found = ask("Istanbul", "Vienna")
    stated = found.crossings.set_index("crossing_id")["if_closed_min"]
    shut = ask("Istanbul", "Vienna", closed=frozenset({KALOTINA}))
    best = [one.routes["time_min"].min() for one in (found, shut)]
    assert stated[KALOTINA] == pytest.approx(best[1] - best[0])
    assert stated.min() == 0
    assert KALOTINA not in set(shut.crossings["crossing_id"])


def test_costs_of_closing_are_found_beside_what_is_done_already(ask: Ask) -> None:
    shut = ask("Istanbul", "Vienna", closed=frozenset({KALOTINA}), slowed_min={"bg-ro-ruse-giurgiu": 20.0})
    giurgiu = shut.crossings.set_index("crossing_id")["if_closed_min"]["bg-ro-ruse-giurgiu"]
    both = ask(
        "Istanbul",
        "Vienna",
        closed=frozenset({KALOTINA, "bg-ro-ruse-giurgiu"}),
    )
    assert giurgiu == pytest.approx(both.routes["time_min"].min() - shut.routes["time_min"].min())


def test_differences_add_up(ask: Ask) -> None:
    before = ask("Istanbul", "Vienna")
    after = ask("Istanbul", "Vienna", closed=frozenset({KALOTINA}))
    changed = differences(before, after)
    assert changed.slower_min == pytest.approx(
        after.routes["time_min"].min() - before.routes["time_min"].min()
    )
    table = changed.crossings.set_index("crossing_id")
    assert (table["after"] - table["before"]).to_dict() == pytest.approx(table["change"].to_dict())
    assert table.loc[KALOTINA, "after"] == 0
    assert table["change"].is_monotonic_decreasing
    assert (changed.roads["change"].abs() >= 0.01).all()
    assert not changed.cut_off


def test_a_manned_crossing_loses_less_than_a_closed_one(ask: Ask) -> None:
    shares = [
        ask("Istanbul", "Vienna", **done).crossings.set_index("crossing_id")["share"].get(KALOTINA, 0.0)
        for done in ({}, {"slowed_min": {KALOTINA: 20.0}}, {"manned": frozenset({KALOTINA})})
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[2]


def test_a_road_closed_is_driven_round(ask: Ask) -> None:
    before = ask("Istanbul", "Vienna")
    busiest = before.roads.sort_values("share").iloc[-1]
    after = ask("Istanbul", "Vienna", closed=frozenset({f"road {busiest['edge']}"}))
    assert busiest["edge"] not in set(after.roads["edge"])
    assert differences(before, after).slower_min > 0


def test_pairs_that_are_cut_off_are_named(ask: Ask, crossings: gpd.GeoDataFrame) -> None:
    out_of_turkey = crossings["crossing_id"][crossings["pair"].isin(["BG-TR", "GR-TR"])]
    before = ask("Istanbul;Sofia", "Vienna")
    after = ask("Istanbul;Sofia", "Vienna", closed=frozenset(out_of_turkey))
    assert differences(before, after).cut_off == (
        "no road leads from Istanbul to Vienna on this day's open crossings",
    )
    assert set(after.routes["origin"]) == {"Sofia"}
    with pytest.raises(PlaceError, match="no road leads from Istanbul to Vienna"):
        ask("Istanbul", "Vienna", closed=frozenset(out_of_turkey))


def test_words_say_what_was_asked_and_what_changes(ask: Ask, crossings: gpd.GeoDataFrame) -> None:
    what_if = WhatIf(closed=frozenset({KALOTINA}))
    before, after = ask("Istanbul", "Vienna"), ask("Istanbul", "Vienna", closed=frozenset({KALOTINA}))
    assert in_words(before).startswith("Corridor Istanbul to Vienna: up to 5 alternatives per pair")
    places = what_if_places(schematic_network(ACTION), crossings, what_if)
    said = change_in_words(differences(before, after), places)
    assert said.startswith("With Gradina – Kalotina closed, trips take +")
    assert "Ruse – Giurgiu (Friendship Bridge) +" in said


def test_different_networks_are_not_compared(ask: Ask) -> None:
    found = ask("Istanbul", "Vienna")
    with pytest.raises(InputError, match="no roads in common"):
        differences(found, replace(found, network="another"))


def test_the_crossing_graph_is_asked_for_without_what_is_done_to_crossings(
    crossings: gpd.GeoDataFrame,
) -> None:
    asked: list[str] = []

    def graph_of(
        network: RoadNetwork, origins: tuple[End, ...], destinations: tuple[End, ...]
    ) -> CrossingGraph:
        asked.append(network.digest)
        return CrossingGraph.build(network, origins, destinations)

    network, ends = schematic_network(ACTION), named_ends(["Sofia", "Vienna"], load_places(), crossings)
    for what_if in (WhatIf(), WhatIf(closed=frozenset({KALOTINA}))):
        movement = Movement(ends[:1], ends[1:], Travel(ACTION, what_if=what_if))
        corridors(network, crossings, movement, graph_of=graph_of)
    assert asked[0] == asked[1]


def test_best_times_are_travel_times(ask: Ask, crossings: gpd.GeoDataFrame) -> None:
    found = ask("Istanbul;Thessaloniki", "Vienna;Munich")
    of_day = with_borders(schematic_network(ACTION), crossings, Travel(ACTION))
    expected = travel_time_min(of_day, found.movement.origins, found.movement.destinations)
    best = found.routes[found.routes["rank"] == 1].pivot_table(
        "time_min", "origin", "destination", sort=False
    )
    assert np.allclose(best.to_numpy(), expected)
