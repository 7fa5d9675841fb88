"""Kernel density and K, on the plane and along networks."""

import json
from pathlib import Path

import numpy as np
import pytest
from cases import case

from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.hotspots import density_at, density_grid, network_density, network_k, planar_k

UNIT = (0, 0, 1, 1)
STAR = [(0, 4), (1, 4), (2, 4), (3, 4)]


def cross(of: dict) -> list[tuple[float, float]]:
    return [*map(tuple, of["arms_end"]), tuple(of.get("centre", (0.1, 0.1)))]


@pytest.fixture(scope="module")
def lansing(shared_data: Path) -> dict:
    return json.loads((shared_data / "cases/hotspots/lansing_planar.json").read_text("utf-8"))


def positions(trees: list[dict]) -> np.ndarray:
    return np.array([(tree["x"], tree["y"]) for tree in trees])


def test_a_cross_of_four_roads_by_hand() -> None:
    hand = case("network_hand_cases")
    at = hand["cross_network"]
    for method, value in (("simple", 0.0384), ("discontinuous", 0.0128)):
        found = network_density(
            cross(at), STAR, [at["event"]], bandwidth=10, at=[at["sample"]], method=method
        )
        assert found == pytest.approx([value], abs=1e-12)
    back = hand["cross_network_10"]
    found = network_density(
        cross(back), STAR, [back["event"]], bandwidth=5, at=[back["sample"]], method="continuous"
    )
    assert found * 5 == pytest.approx([0.60075], abs=1e-12)
    two = hand["two_events"]
    found = network_density(cross(at), STAR, two["events"], bandwidth=two["bw"], at=[two["sample"]])
    assert found == pytest.approx([0.026794022], abs=1e-9)


def grid(side: int) -> tuple[np.ndarray, np.ndarray]:
    number = np.arange(side * side).reshape(side, side)
    edges = [(number[:-1].ravel(), number[1:].ravel()), (number[:, :-1].ravel(), number[:, 1:].ravel())]
    ends = np.concatenate([np.column_stack(pair) for pair in edges])
    return np.column_stack(np.divmod(np.arange(side * side), side)).astype(float), ends


@pytest.mark.parametrize("method", ["discontinuous", "continuous"])
@pytest.mark.parametrize("kernel", ["quartic", "epanechnikov", "triangular"])
def test_no_event_is_lost_or_doubled_at_crossroads(method: str, kernel: str) -> None:
    vertices, edges = grid(20)
    events = np.random.default_rng(0).uniform(6, 13, (30, 2))
    steps = (np.arange(40) + 0.5) / 40
    one, other = vertices[edges[:, 0]], vertices[edges[:, 1]]
    at = np.concatenate([one + (other - one) * step for step in steps])
    density = network_density(vertices, edges, events, bandwidth=3.0, at=at, method=method, kernel=kernel)
    assert density.sum() / 40 == pytest.approx(30, rel=2e-3)


@pytest.mark.parametrize("method", ["discontinuous", "continuous"])
def test_no_event_is_lost_among_many_junctions(method: str) -> None:
    vertices, edges = grid(60)
    one, other = vertices[edges[:, 0]], vertices[edges[:, 1]]
    at = np.concatenate([one + (other - one) * step for step in (0.125, 0.375, 0.625, 0.875)])
    density = network_density(vertices, edges, [(30, 29.7)], bandwidth=20, at=at, method=method)
    assert density.sum() / 4 == pytest.approx(1, rel=2e-3)


def test_what_happened_in_one_valley_does_not_show_in_the_next() -> None:
    vertices = [(0, 0), (100, 0), (0, 10), (100, 10)]
    density = network_density(vertices, [(0, 1), (2, 3)], [(50, 1)], bandwidth=30, at=[(50, 0), (50, 10)])
    assert density == pytest.approx([15 / 16 / 30, 0])


def test_weights_count() -> None:
    vertices, edges = grid(5)
    one = network_density(vertices, edges, [(2, 2.5)], bandwidth=2)
    np.testing.assert_allclose(
        network_density(vertices, edges, [(2, 2.5)], bandwidth=2, weights=[3]), 3 * one
    )


def test_k_on_a_cross_by_hand() -> None:
    hand = case("network_hand_cases")
    roads, both = hand["k_function"], hand["cross_k"]
    assert network_k(cross(roads), STAR, roads["points"], radii=3)["k"].tolist() == [10]
    found = network_k(cross(roads), STAR, both["A"], other=both["B"], radii=[3], permutations=99)
    assert found["k"].tolist() == [10]
    assert found["low"][0] <= 10 <= found["high"][0]


def test_two_kinds_together_are_told_from_two_kinds_apart() -> None:
    vertices, edges = grid(12)
    random = np.random.default_rng(1)
    drugs = random.uniform(0, 11, (40, 2))
    together = drugs[:20] + random.normal(0, 0.2, (20, 2))
    near = network_k(vertices, edges, drugs, other=together, radii=[1], permutations=199)
    assert near["p_value"][0] < 0.05
    apart = network_k(
        vertices,
        edges,
        np.clip(drugs * 0.4, 0, 4),
        other=7 + 0.4 * drugs[:20] % 4,
        radii=[1],
        permutations=199,
    )
    assert apart["p_value"][0] == 1


def test_trees_of_lansing_woods(lansing: dict) -> None:
    hickory, maple = positions(lansing["hickory"]), positions(lansing["maple"])
    radii = np.array(lansing["r"][1:5])
    between = planar_k(hickory, other=maple, radii=radii, bounds=UNIT)
    assert between == pytest.approx([0.004631, 0.021202, 0.051330, 0.096989], abs=5e-7)
    np.testing.assert_allclose(between, [row["iso"] for row in lansing["Kcross"]][1:5], rtol=1e-9)
    alone = planar_k(hickory, radii=radii, bounds=UNIT)
    np.testing.assert_allclose(alone, [row["iso"] for row in lansing["Kest_hickory"]][1:5], rtol=1e-9)
    plain = planar_k(hickory, radii=radii, bounds=UNIT, correction="none")
    np.testing.assert_allclose(plain, [row["un"] for row in lansing["Kest_hickory"]][1:5], rtol=1e-9)
    # some trees of the table are 0.25 apart to the last digit, so the last radius falls between two values
    low, high = (planar_k(hickory, other=maple, radii=0.25 + step, bounds=UNIT)[0] for step in (-1e-9, 1e-9))
    assert low <= 0.160781 <= high


def test_density_of_trees(lansing: dict) -> None:
    hickory = positions(lansing["hickory"])
    mended = density_at(hickory, hickory, sigma=0.08, bounds=UNIT)
    plain = density_at(hickory, hickory, sigma=0.08)
    assert mended[:3] == pytest.approx([656.895, 650.887, 626.826], abs=5e-4)
    assert plain[:3] == pytest.approx([301.428, 361.974, 316.825], abs=5e-4)
    np.testing.assert_allclose(mended, lansing["kde_sigma0.08_edge"], rtol=1e-9)


def test_a_grid_agrees_with_the_exact_sum() -> None:
    random = np.random.default_rng(2)
    points = random.random((4000, 2)) * [2, 1]
    bounds = (0, 0, 2, 1)
    density = density_grid(points, bounds=bounds, shape=(200, 400), sigma=0.06)
    row, column = random.integers(0, 200, 50), random.integers(0, 400, 50)
    exact = density_at(points, np.column_stack([column + 0.5, row + 0.5]) / 200, sigma=0.06, bounds=bounds)
    np.testing.assert_allclose(density[row, column], exact, rtol=3e-3)
    assert density.sum() / 200**2 == pytest.approx(4000, rel=0.01)


def test_nothing_fades_towards_an_area_that_does_not_report() -> None:
    points = np.random.default_rng(3).random((200_000, 2)) * [0.5, 1]
    inside = np.zeros((50, 100), bool)
    inside[:, :50] = True
    density = density_grid(points, bounds=UNIT, shape=(50, 100), sigma=0.1, inside=inside)
    assert np.isnan(density[:, 50:]).all()
    np.testing.assert_allclose(density[:, :50], 400_000, rtol=0.04)


def test_bad_input_is_refused_in_words() -> None:
    vertices, edges = grid(3)
    with pytest.raises(SchemaError, match="ends at no vertex"):
        network_density(vertices, [(0, 99)], [(1, 1)], bandwidth=1)
    with pytest.raises(SchemaError, match="edge 0 has no length"):
        network_density(vertices, [(0, 0)], [(1, 1)], bandwidth=1)
    with pytest.raises(SchemaError, match="positive length"):
        network_density(vertices, edges, [(1, 1)], bandwidth=0)
    with pytest.raises(SchemaError, match="missing or not finite"):
        network_density(vertices, edges, [(1, np.nan)], bandwidth=1)
    with pytest.raises(SchemaError, match="positive sigma"):
        density_grid([(0, 0)], bounds=UNIT, shape=(5, 5), sigma=0)
    for call in (
        lambda: network_k(vertices, edges, [(1, 1)], radii=1),
        lambda: network_k(vertices, edges, [(1, 1)], other=np.zeros((0, 2)), radii=1),
        lambda: planar_k([(0.5, 0.5)], radii=[0.1], bounds=UNIT),
    ):
        with pytest.raises(InsufficientDataError):
            call()
