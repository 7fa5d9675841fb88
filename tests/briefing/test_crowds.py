"""Discs in rings and crowds pushed apart do not overlap."""

import itertools
from math import hypot

import numpy as np
import pytest

from geoanalysis.briefing.cartography.crowds import grown, ring, same_place, separate
from geoanalysis.briefing.typesetting.boxes import Box

BOX = Box(0, 0, 1000, 1000)
NOTHING = np.empty((0, 2))


@pytest.mark.parametrize("hole", [0.0, 7.0])
@pytest.mark.parametrize("radii", [[4], [4, 6], [4, 4, 4], [12, 3, 5, 8], [9, 9, 9, 9, 9, 20], [30, 1, 1]])
def test_discs_of_a_ring_neither_overlap_nor_fill_the_hole(radii: list[float], hole: float) -> None:
    offsets, reach = ring(radii, hole=hole)
    for (one, a), (two, b) in itertools.combinations(zip(offsets, radii, strict=True), 2):
        assert hypot(one[0] - two[0], one[1] - two[1]) >= a + b - 0.1
    for (x, y), radius in zip(offsets, radii, strict=True):
        assert hypot(x, y) + radius <= reach + 0.1
        if hole:
            assert hypot(x, y) - radius >= hole - 1e-9


def test_a_single_disc_stays_at_its_place() -> None:
    assert ring([5], hole=0) == ([(0.0, 0.0)], 5)


def test_two_discs_leave_each_other_by_equal_parts() -> None:
    moved = separate(
        np.array([[500.0, 500.0], [504.0, 500.0]]), np.array([5.0, 5.0]), BOX, pinned=[False] * 2
    )
    assert moved[:, 1] == pytest.approx([500, 500])
    assert moved[:, 0].mean() == pytest.approx(502)
    assert moved[1, 0] - moved[0, 0] == pytest.approx(10.6, abs=0.1)


def test_pinned_and_free_discs_stay() -> None:
    centres = np.array([[500.0, 500.0], [504.0, 500.0], [900.0, 900.0]])
    moved = separate(centres, np.array([5.0, 5.0, 5.0]), BOX, pinned=[True, False, False])
    assert moved[0].tolist() == [500, 500]
    assert moved[2].tolist() == [900, 900]
    assert moved[1].tolist() == pytest.approx([510.6, 500], abs=0.1)


def test_crowds_stay_on_the_map() -> None:
    generator = np.random.default_rng(5)
    centres, radii = generator.uniform(0, 100, (40, 2)), np.full(40, 6.0)
    moved = separate(centres, radii, Box(0, 0, 100, 100), pinned=[False] * 40)
    assert moved.min() >= 6 - 1e-9
    assert moved.max() <= 94 + 1e-9


def test_no_discs_are_no_trouble() -> None:
    assert separate(NOTHING, np.empty(0), BOX, pinned=[]).shape == (0, 2)


def test_the_fullest_place_takes_in_its_neighbours() -> None:
    at = {"a": (0.0, 0.0), "b": (5.0, 0.0), "c": (10.0, 0.0)}
    xy = np.array([at[name] for name in "abbbc"])
    assert same_place(xy, reach=6, keep=NOTHING) == [1] * 5
    assert same_place(xy, reach=1, keep=NOTHING) == [0, 1, 1, 1, 4]


def test_a_place_to_keep_comes_before_a_fuller_one() -> None:
    xy = np.array([(0.0, 0.0), (5.0, 0.0), (5.0, 0.0)])
    assert same_place(xy, reach=6, keep=np.array([(0.0, 0.0)])) == [0, 0, 0]


def test_ten_things_are_drawn_twice_as_large_as_one() -> None:
    assert [grown(4, count) for count in (1, 10, 100)] == pytest.approx([4, 8, 12])
