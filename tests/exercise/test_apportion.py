import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoanalysis.exercise.apportion import apportion, skewed_parts


def test_the_textbook_election() -> None:
    """Wikipedia, "Quota method": 100 000 votes, ten seats, Hare quota."""
    votes = [47_000, 16_000, 15_900, 12_000, 6_000, 3_100]
    assert apportion(10, votes, least=0).tolist() == [5, 2, 1, 1, 1, 0]


@given(st.lists(st.floats(0.001, 1e6), min_size=1, max_size=50), st.integers(0, 10_000), st.integers(0, 3))
def test_parts_add_up_and_none_is_too_small(weights: list[float], spare: int, least: int) -> None:
    total = spare + least * len(weights)
    parts = apportion(total, weights, least=least)
    assert parts.sum() == total
    assert parts.min() >= least
    ideal = spare * np.array(weights) / sum(weights) + least
    assert np.abs(parts - ideal).max() < 1 + 1e-6


def test_too_little_for_all_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cannot be divided into 3 parts of at least 1"):
        apportion(2, [1, 1, 1])


def test_skewed_parts_add_up_and_differ() -> None:
    parts = skewed_parts(30_400, 24, 1.3, np.random.default_rng(1))
    assert parts.sum() == 30_400
    assert parts.max() > 4 * np.median(parts)
