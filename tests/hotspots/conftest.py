"""Small actions to test on."""

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.schemas import CHECK_SHIFTS, SEIZURES, Schema

Make = Callable[..., gpd.GeoDataFrame]

_SHIFT = {
    "country": "BG",
    "start_utc": "2022-10-26T06:00:00Z",
    "end_utc": "2022-10-26T14:00:00Z",
    "unit_checked": "person",
    "selection": "targeted",
    "handling": "H1",
}
_SEIZURE = {
    "item": 1,
    "occurred_utc": "2022-10-26T08:00:00Z",
    "country": "BG",
    "crime_area": "drugs",
    "commodity": "heroin",
    "handling": "H1",
}


def _conforming(schema: Schema, usual: dict[str, object], rows: list[dict[str, object]]) -> pd.DataFrame:
    numbered = [{schema.key: f"{number}"} | usual | row for number, row in enumerate(rows)]
    return schema.conform(pd.DataFrame(numbered))


@pytest.fixture(scope="session")
def make_shifts() -> Make:
    """Give check shifts from what is special about each."""
    return lambda rows: _conforming(CHECK_SHIFTS, _SHIFT, rows)


@pytest.fixture(scope="session")
def make_seizures() -> Make:
    """Give seizures from what is special about each."""
    return lambda rows: _conforming(SEIZURES, _SEIZURE, rows)


@pytest.fixture(scope="session")
def no_seizures() -> gpd.GeoDataFrame:
    return SEIZURES.empty()


@pytest.fixture(scope="session")
def crossings() -> gpd.GeoDataFrame:
    """Give eighty crossings, c00 to c79, about 50 km apart, in eight rows of ten."""
    row, column = np.divmod(np.arange(80), 10)
    names = [f"c{number:02d}" for number in range(80)]
    return gpd.GeoDataFrame(
        {"crossing_id": names, "name": [f"Crossing {name}" for name in names]},
        geometry=gpd.points_from_xy(18 + 0.6 * column, 40 + 0.5 * row),
        crs=LONLAT,
    )
