"""Gaps in a network, closed by hand-made rules on hand-made roads; 0.001° of latitude are 111 m."""

import pandas as pd
import pytest

from geoanalysis.reference.build.gaps import closed_gaps

Roads = list[tuple[int, int, float]]


def gaps(latitudes: dict[int, float], roads: Roads) -> dict[tuple[int, int], float]:
    nodes = pd.DataFrame({"lon": 21.0, "lat": latitudes})
    found = closed_gaps(nodes, pd.DataFrame(roads, columns=["from_node", "to_node", "km"]))
    assert list(found) == ["from_node", "to_node", "km"]
    return {(row.from_node, row.to_node): row.km for row in found.itertuples()}


@pytest.mark.parametrize(("apart", "closed"), [(0.004, True), (0.005, False)])
def test_two_dead_ends_within_half_a_kilometre_are_joined_once(apart: float, *, closed: bool) -> None:
    found = gaps({10: 45.0, 20: 45.1, 30: 45.1 + apart, 40: 45.2}, [(10, 20, 11.2), (30, 40, 11.0)])
    assert found == ({(20, 30): pytest.approx(0.444, abs=0.003)} if closed else {})


@pytest.mark.parametrize(("round_km", "closed"), [(9.0, False), (11.0, True)])
def test_a_dead_end_that_may_be_gone_round_is_left(round_km: float, *, closed: bool) -> None:
    latitudes = {1: 45.0, 2: 45.001, 3: 45.2, 4: 45.3}
    found = gaps(latitudes, [(1, 3, round_km / 2), (3, 2, round_km / 2), (2, 4, 40.0)])
    assert set(found) == ({(1, 2)} if closed else set())


def test_it_is_joined_to_the_nearest_of_those_apart() -> None:
    latitudes = {1: 45.0, 2: 44.9, 3: 45.001, 4: 45.003, 5: 45.1, 6: 45.2}
    assert set(gaps(latitudes, [(1, 2, 11.0), (3, 4, 0.3), (4, 5, 11.0), (3, 6, 22.0)])) == {(1, 3)}


def test_roads_that_lead_on_are_left() -> None:
    ring = [(1, 2, 20.0), (2, 3, 20.0), (3, 1, 20.0), (4, 5, 20.0), (5, 6, 20.0), (6, 4, 20.0)]
    assert gaps({1: 45.0, 2: 45.1, 3: 45.2, 4: 45.001, 5: 45.1005, 6: 45.201}, ring) == {}


def test_of_parallel_roads_the_shorter_leads_round() -> None:
    roads = [(1, 3, 4.0), (1, 4, 1.0), (3, 2, 4.0), (3, 2, 90.0)]
    assert gaps({1: 45.0, 2: 45.001, 3: 45.2, 4: 45.3}, roads) == {}
    assert set(gaps({1: 45.0, 2: 45.001, 3: 45.2}, [(1, 3, 4.0), (3, 2, 90.0)])) == {(1, 2)}
