"""Problems that several tests use."""

import numpy as np
import pytest

from geoanalysis.placement import InterdictionProblem


@pytest.fixture(scope="session")
def two_ways() -> InterdictionProblem:
    """Give two ways from 0 to 1, alike, of which each can be checked."""
    return InterdictionProblem(
        tail=np.array([0, 0]),
        head=np.array([1, 1]),
        evade=np.array([1.0, 1.0]),
        evade_checked=np.array([0.4, 0.4]),
        checkable=np.array([True, True]),
        origin=np.array([0]),
        destination=np.array([1]),
        weight=np.array([1.0]),
    )
