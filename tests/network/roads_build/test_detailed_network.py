"""The extract of South-East Europe of 2021, against the figures published with it."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pyproj import Geod

from geoanalysis.network import RoadNetwork, Topology, build_from_osm, topology
from geoanalysis.reference import load_crossings

pytestmark = pytest.mark.proof

POSTS = {
    "bg-tr-kapitan-andreevo-kapikule": (41.7173, 26.3531),
    "rs-hu-horgos-1-roszke": (46.1759, 19.9789),
    "rs-hr-batrovci-bajakovo": (45.0477, 19.1035),
    "mk-gr-bogorodica-evzoni": (41.1308, 22.5514),
    "rs-bg-gradina-kalotina": (42.9975, 22.8334),
    "rs-mk-presevo-tabanovce": (42.2369, 21.7033),
    "bg-gr-kulata-promachonas": (41.3790, 23.3631),
}
"""Border nodes as published, latitude first."""
KM = {"motorway": 34_818, "trunk": 41_250, "primary": 64_293, "secondary": 48_192, "tertiary": 16_311}
"""With ramps, measured before the lines were simplified: ours are of simplified ones, up to 1.5 % shorter."""


@pytest.fixture(scope="module")
def network(shared_data: Path) -> RoadNetwork:
    return build_from_osm([shared_data / "read-only/roads-and-layers/see_roads_2021.osm.pbf"])


@pytest.fixture(scope="module")
def report(network: RoadNetwork) -> Topology:
    return topology(network, load_crossings(date(2022, 10, 26)))


def test_lengths_by_class(report: Topology) -> None:
    assert report.km.sum() == pytest.approx(204_865, rel=0.01)
    assert report.km.to_dict() == pytest.approx(KM, rel=0.015)


def test_components(report: Topology) -> None:
    # 296 as published with the published lengths; a few bits of about 3 km fall below it with ours
    assert report.components == pytest.approx(296, abs=4)
    assert report.main_share == pytest.approx(0.958, abs=0.001)
    # published for two-way roundabouts and -1 roads; those are one-way here, which cuts off a little more
    assert report.strong_share == pytest.approx(0.976, abs=0.003)


@pytest.mark.parametrize("crossing_id", POSTS)
def test_roads_cross_borders_at_the_real_posts(network: RoadNetwork, crossing_id: str) -> None:
    at = network.nodes[network.nodes["crossing_id"] == crossing_id].get_coordinates()
    lat, lon = POSTS[crossing_id]
    away_m = Geod(ellps="WGS84").inv(at["x"], at["y"], np.full(len(at), lon), np.full(len(at), lat))[2]
    assert away_m.min() < 50


def test_crossings_matched(network: RoadNetwork, report: Topology) -> None:
    # of 245 road crossings, 24 lie where the extract has no roads, 18 more have none by its own account
    assert network.nodes["crossing_id"].replace("", np.nan).nunique() >= 200
    unmet = report.problems[report.problems["kind"] == "no road at the crossing"]
    assert {"Kastanies – Pazarkule", "Svilaj – Odžak (Donji Svilaj)"} <= set(unmet["name"])


def test_no_road_leads_into_another_country_but_over_a_border_node(network: RoadNetwork) -> None:
    country = network.nodes["country"].to_numpy()
    for end in ("from_node", "to_node"):
        at = country[network.edges[end]]
        assert ((at == "") | (at == network.edges["country"])).all()
