"""The schematic network on real days: what may be driven, and how long it is."""

from datetime import date

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest

from geoanalysis.domain.crs import GEOD
from geoanalysis.domain.membership import is_crossed_freely
from geoanalysis.reference import Roads, data_file, load_countries, load_crossings, load_roads
from geoanalysis.reference.build.road_links import SINUOSITY

ACTION = date(2022, 10, 26)
TODAY = date(2026, 3, 2)
DAYS = (ACTION, TODAY)
ON_A_SPHERE = 0.997
"""Lengths of straight roads in the source are those of a sphere."""
ROUNDED_KM = 0.2
"""Two ends with three decimals each."""


@pytest.fixture(scope="module", params=DAYS, ids=str)
def roads(request: pytest.FixtureRequest) -> Roads:
    return load_roads(request.param)


@pytest.fixture(scope="module")
def crossings(roads: Roads) -> gpd.GeoDataFrame:
    return load_crossings(roads.on).set_index("crossing_id")


def links(roads: Roads) -> pd.DataFrame:
    return roads.edges[roads.edges["crossing_id"] != ""]


def passable(roads: Roads) -> pd.DataFrame:
    """Give the links of the crossings that are joined on both sides."""
    return links(roads)[links(roads)["crossing_id"].duplicated(keep=False)]


def straight_km(roads: Roads, edges: pd.DataFrame) -> np.ndarray:
    points = roads.nodes.geometry.get_coordinates().to_numpy()
    ends = (points[edges["from_node"]], points[edges["to_node"]])
    return GEOD.inv(ends[0][:, 0], ends[0][:, 1], ends[1][:, 0], ends[1][:, 1])[2] / 1000


def stored(kind: str, pair: str) -> set[tuple[int, int]]:
    """Give what the file holds of a pair, whatever the day: ``chord`` or ``link``."""
    edges = pd.read_parquet(data_file("roads/edges.parquet"))
    chosen = edges[(edges["pair"] == pair) & ((edges["crossing_id"] != "") == (kind == "link"))]
    return set(zip(chosen["from_node"], chosen["to_node"], strict=True))


def driven(day: date) -> set[tuple[int, int]]:
    edges = load_roads(day).edges
    return set(zip(edges["from_node"], edges["to_node"], strict=True))


@pytest.mark.parametrize("pair", ["HR-SI", "HR-HU", "HU-RO", "BG-RO", "BG-GR"])
def test_borders_that_opened_are_crossed_on_chords_now_and_at_crossings_before(pair: str) -> None:
    before, now = driven(ACTION), driven(TODAY)
    chords, through = stored("chord", pair), stored("link", pair)
    assert chords
    assert through
    assert chords <= now
    assert not chords & before
    assert through & before
    assert not through & now


@pytest.mark.parametrize("pair", ["BG-TR", "GR-TR", "HR-RS", "HU-RS", "BA-HR", "MD-RO", "GR-MK", "RO-UA"])
@pytest.mark.parametrize("day", DAYS)
def test_no_chord_leads_over_an_external_border(pair: str, day: date) -> None:
    assert stored("link", pair) & driven(day)
    assert stored("chord", pair)
    assert not stored("chord", pair) & driven(day)


def test_links_lead_to_road_crossings_of_guarded_borders(roads: Roads, crossings: gpd.GeoDataFrame) -> None:
    met = crossings.loc[links(roads)["crossing_id"].unique()]
    assert len(met) > 140
    assert set(met["mode"]) == {"road"}
    assert {"international", "local"} <= set(met["category"])
    assert not any(
        is_crossed_freely(*sides, roads.on) for sides in met[["country_a", "country_b"]].to_numpy()
    )


def test_links_end_at_their_crossing(roads: Roads, crossings: gpd.GeoDataFrame) -> None:
    here = roads.nodes.geometry.iloc[links(roads)["to_node"]].get_coordinates().to_numpy()
    listed = crossings.geometry.loc[links(roads)["crossing_id"]].get_coordinates().to_numpy()
    assert np.abs(here - listed).max() < 0.001


def test_side_roads_are_those_without_an_e_road(roads: Roads, crossings: gpd.GeoDataFrame) -> None:
    met = links(roads).drop_duplicates("crossing_id").set_index("crossing_id")["side_road"]
    assert (met == (crossings["e_road"].loc[met.index] == "")).all()
    assert not met["bg-tr-kapitan-andreevo-kapikule"]
    assert not roads.edges["side_road"][roads.edges["crossing_id"] == ""].any()


def test_a_crossing_is_left_on_the_other_side(roads: Roads, crossings: gpd.GeoDataFrame) -> None:
    """An end in a third country, or both on one side, would open a way round the border."""
    both = passable(roads)
    ends = roads.nodes.iloc[both["from_node"]].assign(crossing_id=both["crossing_id"].to_numpy())
    located = ends.drop(columns="country").sjoin(load_countries("see")[["country", "geometry"]])
    found = located.groupby("crossing_id")["country"].agg(sorted).loc[lambda s: s.map(len) == 2]
    listed = crossings.loc[found.index, ["country_a", "country_b"]].apply(sorted, axis=1)
    assert len(found) > 120
    assert found.to_dict() == listed.to_dict()


def test_roads_hang_together_but_for_what_the_sources_name(roads: Roads) -> None:
    graph = nx.from_pandas_edgelist(roads.edges, "from_node", "to_node")
    parts = sorted(nx.connected_components(graph), key=len, reverse=True)
    assert len(parts[0]) / len(roads.nodes) > 0.92
    apart = [roads.nodes.geometry.iloc[sorted(part)].union_all().centroid for part in parts[1:5]]
    named = {"Russia": (37, 51), "Syria": (39, 36), "Kaliningrad": (21, 55), "Lebanon": (36, 34)}
    for place, lon_lat in zip(named, apart, strict=True):
        assert (lon_lat.x, lon_lat.y) == pytest.approx(named[place], abs=3), place
    assert len(parts[7]) < 20


def test_the_main_part_reaches_from_odesa_to_munich_and_istanbul(roads: Roads) -> None:
    graph = nx.from_pandas_edgelist(roads.edges, "from_node", "to_node")
    around = [(30.72, 46.48), (11.58, 48.14), (28.98, 41.01), (23.73, 37.98), (19.46, 41.32)]
    at = [
        int(roads.nodes.geometry.iloc[sorted(graph)].cx[x - 0.2 : x + 0.2, y - 0.2 : y + 0.2].index[0])
        for x, y in around
    ]
    assert set(at) <= nx.node_connected_component(graph, at[0])


def test_no_road_is_shorter_than_straight(roads: Roads) -> None:
    straight = straight_km(roads, roads.edges)
    assert (roads.edges["km"] >= ON_A_SPHERE * straight - ROUNDED_KM).all()
    through = links(roads)
    assert (through["km"] >= straight_km(roads, through) - 0.01).all()


def test_a_crossing_on_a_chord_shares_its_length(roads: Roads) -> None:
    """Both links together are as long as the chord, or as the straight ways over the crossing if longer."""
    edges = pd.read_parquet(data_file("roads/edges.parquet"))
    chords = edges[edges["crossing_id"] == ""].set_index(["from_node", "to_node"])["km"]
    chords = chords[~chords.index.duplicated(keep=False)]
    through = passable(roads).assign(straight=straight_km(roads, passable(roads)))
    sums = through.groupby("crossing_id").agg({"from_node": tuple, "km": "sum", "straight": "sum"})
    on_chords = sums[[ends in chords.index or ends[::-1] in chords.index for ends in sums["from_node"]]]
    chord_km = [chords.get(ends, chords.get(ends[::-1])) for ends in on_chords["from_node"]]
    off_chord = np.isclose(on_chords["km"], SINUOSITY * on_chords["straight"], atol=0.03)
    shared = np.isclose(on_chords["km"], np.maximum(chord_km, on_chords["straight"]), atol=0.03)
    assert shared.sum() > 90
    assert (shared | off_chord).all()


def test_the_frame_says_what_it_is(roads: Roads) -> None:
    assert roads.name == "schematic network"
    assert roads.as_of == date(2024, 4, 19)
    assert roads.nodes["node_id"].tolist() == list(range(len(roads.nodes)))
    assert set(roads.edges) == {"from_node", "to_node", "km", "km_h", "pair", "crossing_id", "side_road"}


def test_ends_are_in_their_country_and_crossings_in_none(roads: Roads) -> None:
    at_crossing = roads.nodes.iloc[links(roads)["to_node"].unique()]
    assert set(at_crossing["country"]) == {""}
    inland = roads.nodes[roads.nodes["country"] == "BG"].sample(200, random_state=1)
    bulgaria = load_countries("see").set_index("country").geometry["BG"]
    assert inland.within(bulgaria.buffer(0.06)).all()


def test_a_road_is_as_quick_as_its_country(roads: Roads) -> None:
    country = roads.nodes["country"]
    within = (country[roads.edges["from_node"]].to_numpy() == "BA") & (
        country[roads.edges["to_node"]].to_numpy() == "BA"
    )
    assert roads.edges.loc[within, "km_h"].unique().tolist() == [60.0]
    assert roads.edges["km_h"].between(60, 105).all()


@pytest.mark.parametrize(
    "crossing_id",
    [
        "bg-tr-malko-tarnovo-derekoy",
        "rs-xk-merdare-merdare",
        "rs-hu-horgos-1-roszke",
        "md-ua-palanca-maiaky-udobne",
        "xk-al-vermice-morine",
    ],
)
def test_crossings_of_the_routes_are_joined_on_both_sides(crossing_id: str) -> None:
    edges = pd.read_parquet(data_file("roads/edges.parquet"))
    nodes = pd.read_parquet(data_file("roads/nodes.parquet"))
    joined = edges[edges["crossing_id"] == crossing_id]
    sides = nodes["country"].astype("str").iloc[joined["from_node"]]
    assert "-".join(sorted(set(sides))) == joined["pair"].iloc[0]


def test_the_peloponnese_hangs_together_with_the_rest(roads: Roads) -> None:
    graph = nx.from_pandas_edgelist(roads.edges, "from_node", "to_node")
    at = roads.nodes.get_coordinates().to_numpy()
    patras, athens = (
        int(np.abs(at - place).sum(axis=1).argmin()) for place in ((21.74, 38.24), (23.73, 37.98))
    )
    assert nx.has_path(graph, patras, athens)
