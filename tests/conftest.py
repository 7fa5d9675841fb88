"""What every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of large test instances, which is not part of the project; skip where it is absent."""
    folder = Path(os.environ.get("GEOANALYSIS_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip("instance not here")
    return folder
