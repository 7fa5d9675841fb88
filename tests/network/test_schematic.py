"""The bundled roads as a road network."""

from datetime import date

import pytest

from geoanalysis.network import RoadNetwork, schematic_network
from geoanalysis.reference import load_roads

ACTION = date(2022, 10, 26)
SIDE_ROAD_MIN = 45
"""What a crossing off the E roads costs in all, half on either side."""


@pytest.fixture(scope="module")
def network() -> RoadNetwork:
    return schematic_network(ACTION)


def test_it_says_what_it_is(network: RoadNetwork) -> None:
    assert (network.name, network.as_of) == ("schematic network", date(2024, 4, 19))


def test_roads_take_their_length_at_their_speed_and_side_roads_more(network: RoadNetwork) -> None:
    roads = load_roads(ACTION).edges
    driven = roads["km"] / roads["km_h"] * 60
    assert (network.edges["minutes"] - driven)[~roads["side_road"]].abs().max() < 1e-6
    assert (network.edges["minutes"] - driven)[roads["side_road"]].to_numpy() == pytest.approx(
        SIDE_ROAD_MIN / 2
    )


@pytest.mark.parametrize(
    ("crossing_id", "pair"),
    [("bg-tr-kapitan-andreevo-kapikule", "BG-TR"), ("rs-xk-merdare-merdare", "RS-XK")],
)
def test_a_crossing_stands_on_its_border_in_no_country(
    network: RoadNetwork, crossing_id: str, pair: str
) -> None:
    (post,) = network.nodes[network.nodes["crossing_id"] == crossing_id].itertuples()
    assert (post.pair, post.country) == (pair, "")


def test_no_trip_starts_at_a_node_that_no_road_of_the_day_reaches(network: RoadNetwork) -> None:
    chosen, _ = network.snapping
    at_roads = set(network.edges["from_node"]) | set(network.edges["to_node"])
    assert set(chosen.tolist()) <= at_roads
