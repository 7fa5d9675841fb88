"""What a border costs: the day, the category, the vehicle, waits, opening hours, and what a planner does."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.errors import InputError
from geoanalysis.network import (
    RoadNetwork,
    Travel,
    Vehicle,
    WhatIf,
    alternative_routes,
    corridor,
    travel_time_min,
    with_borders,
)

MakeNetwork = Callable[..., RoadNetwork]
ACTION, TODAY = date(2022, 10, 26), date(2026, 3, 2)
ROADS = [(0, 1, 50.0), (1, 2, 50.0)]


def table(**columns: Any) -> gpd.GeoDataFrame:
    """Give a table of one crossing, open all day to all international traffic unless said otherwise."""
    usual = {
        "crossing_id": "post",
        "name": "Post",
        "pair": "BG-RO",
        "mode": "road",
        "category": "international",
        "traffic_type": "passenger+freight",
        "open": True,
        "wait_min": np.nan,
        "opening_hours": "",
    }
    frame = pd.DataFrame({name: [value] for name, value in {**usual, **columns}.items()})
    return gpd.GeoDataFrame(frame, geometry=[shapely.Point(23.1, 42.6)], crs=LONLAT)


def minutes(network: RoadNetwork, crossings: gpd.GeoDataFrame, travel: Travel) -> float:
    """Give the minutes from end to end over the only crossing; 100 of them are driving."""
    return float(travel_time_min(with_borders(network, crossings, travel), 0, 2)[0, 0])


@pytest.fixture
def over_border(make_network: MakeNetwork) -> Callable[[str], RoadNetwork]:
    return lambda pair: make_network(ROADS, {1: (pair, "post")})


@pytest.mark.parametrize(
    ("pair", "on", "total"),
    [
        ("BG-RO", ACTION, 130),  # Schengen since 1 January 2025 by land (Council Decision 2024/3212)
        ("BG-RO", TODAY, 100),
        ("BG-TR", TODAY, 130),
        ("HR-SI", date(2022, 12, 31), 130),  # Croatia: 1 January 2023 (Council Decision 2022/2451)
        ("HR-SI", date(2023, 1, 1), 100),
        ("AT-HU", ACTION, 100),
    ],
)
def test_a_border_crossed_freely_costs_nothing(
    over_border: Callable[[str], RoadNetwork], pair: str, on: date, total: float
) -> None:
    assert minutes(over_border(pair), table(pair=pair), Travel(on)) == total


@pytest.mark.parametrize(
    ("columns", "vehicle", "total"),
    [
        ({}, Vehicle.CAR, 130),
        ({"category": "local"}, Vehicle.CAR, np.inf),
        ({"category": "bilateral"}, Vehicle.CAR, np.inf),
        ({"category": "local"}, Vehicle.LOCAL_CAR, 115),
        ({"category": "bilateral"}, Vehicle.LOCAL_CAR, 115),
        ({}, Vehicle.LORRY, 130),
        ({"traffic_type": "passenger"}, Vehicle.LORRY, np.inf),
        ({"traffic_type": "passenger"}, Vehicle.CAR, 130),
        ({"category": "local"}, Vehicle.LORRY, np.inf),
        ({"open": False}, Vehicle.CAR, np.inf),
        ({"open": False}, Vehicle.LOCAL_CAR, np.inf),
        ({"mode": "rail"}, Vehicle.CAR, np.inf),
        ({"wait_min": 45.0}, Vehicle.CAR, 145),
        ({"wait_min": 0.0}, Vehicle.CAR, 100),
        ({"crossing_id": "another"}, Vehicle.CAR, np.inf),
    ],
)
def test_who_gets_through_and_how_quickly(
    over_border: Callable[[str], RoadNetwork], columns: dict[str, Any], vehicle: Vehicle, total: float
) -> None:
    assert minutes(over_border("BG-RO"), table(**columns), Travel(ACTION, vehicle)) == total


@pytest.mark.parametrize(
    ("what_if", "total"),
    [
        (WhatIf(closed=frozenset({"post"})), np.inf),
        (WhatIf(slowed_min={"post": 25.0}), 155),
        (WhatIf(manned=frozenset({"post"})), 250),
        (WhatIf(manned=frozenset({"post"}), check_min=10), 140),
        (WhatIf(slowed_min={"post": 25.0}, manned=frozenset({"post"})), 275),
        (WhatIf(slowed_min={"road 0": 7.0}), 137),
        (WhatIf(manned=frozenset({"road 1"})), 250),
        (WhatIf(closed=frozenset({"road 1"})), np.inf),
        (WhatIf(closed=frozenset({"road 2", "elsewhere"})), 130),
    ],
)
def test_what_a_planner_does(
    over_border: Callable[[str], RoadNetwork], what_if: WhatIf, total: float
) -> None:
    assert minutes(over_border("BG-RO"), table(), Travel(ACTION, what_if=what_if)) == total


@pytest.mark.parametrize(
    ("departs", "wait_min"),
    [
        (time(5, 10), 0),
        (time(4, 0), 70),
        (time(21, 10), 0),
        (time(21, 11), 7 * 60 + 59),
        (time(23, 0), 6 * 60 + 10),
    ],
)
def test_a_crossing_that_is_shut_is_waited_for(
    over_border: Callable[[str], RoadNetwork], departs: time, wait_min: float
) -> None:
    """Open from 6 to 22; it is reached after 50 minutes of driving."""
    network, shut = over_border("BG-RO"), table(opening_hours="06-22")
    asked = Travel(ACTION, departs=departs)
    route = alternative_routes(with_borders(network, shut, asked), 0, 2)
    assert route["time_min"].item() == pytest.approx(130 + wait_min)
    assert minutes(network, shut, asked) == pytest.approx(130 + wait_min)
    assert minutes(network, shut, Travel(ACTION)) == 130


def test_a_detour_is_taken_where_waiting_is_longer(make_network: MakeNetwork) -> None:
    roads = [*ROADS, (0, 3, 80.0), (3, 2, 80.0)]
    network = make_network(roads, {1: ("BG-RO", "post"), 3: ("BG-RO", "other")})
    both = pd.concat([table(opening_hours="06-22"), table(crossing_id="other")], ignore_index=True)
    of_day = [with_borders(network, both, Travel(ACTION, departs=at)) for at in (time(12), time(23))]
    first = [alternative_routes(one, 0, 2).iloc[0] for one in of_day]
    assert [route["crossings"] for route in first] == [("post",), ("other",)]
    assert [route["time_min"] for route in first] == [130, 190]
    assert [corridor(one, 0, 2)["edge"].tolist() for one in of_day] == [[0, 1], [2, 3]]


@pytest.mark.parametrize(
    "travel",
    [
        Travel(ACTION, delay_min=-1),
        Travel(ACTION, delay_min=np.nan),
        Travel(ACTION, what_if=WhatIf(check_min=np.inf)),
        Travel(ACTION, what_if=WhatIf(slowed_min={"post": -5.0})),
    ],
)
def test_impossible_delays_are_refused(over_border: Callable[[str], RoadNetwork], travel: Travel) -> None:
    with pytest.raises(InputError, match="delay is negative or no finite number"):
        with_borders(over_border("BG-RO"), table(), travel)


def test_only_what_is_done_to_roads_is_kept() -> None:
    what_if = WhatIf(frozenset({"post", "road 1"}), frozenset({"road 2"}), {"post": 5.0, "road 3": 6.0}, 9.0)
    assert what_if.only_roads() == WhatIf(frozenset({"road 1"}), frozenset({"road 2"}), {"road 3": 6.0}, 9.0)
