"""The setting is read once, and a few exercises are made of it."""

import pytest

from geoanalysis.exercise import Exercise, Setting, bundled_setting, generate


@pytest.fixture(scope="session")
def setting() -> Setting:
    return bundled_setting()


@pytest.fixture(scope="session")
def exercises(setting: Setting) -> list[Exercise]:
    return [generate(seed, setting) for seed in range(12)]


@pytest.fixture(scope="session", params=[0, 1, 2])
def exercise(request: pytest.FixtureRequest, exercises: list[Exercise]) -> Exercise:
    return exercises[request.param]
