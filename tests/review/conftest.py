"""A small action to review."""

from collections.abc import Callable
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES

Make = Callable[..., pd.DataFrame]

_SHIFTS = """
shift_id country crossing_id place_name lon  lat  start_utc        passed checked hits officers hours unit
S1       BG      kalotina    -          -    -    2022-10-26T06:00 1000   100     2    5        -     person
S2       BG      kalotina    -          -    -    2022-10-26T14:00 -      300     9    10       60    person
S3       BG      -           Dragoman   22.9 42.9 2022-10-27T06:00 0      0       0    -        -     person
S4       RS      gradina     -          -    -    2022-10-27T22:00 -      50      1    -        -     person
S5       RS      gradina     -          -    -    2022-10-27T22:00 400    40      0    -        -     vehicle
S6       RS      -           -          -    -    2022-10-28T06:00 90     9       0    2        16    person
"""
_SEIZURES = """
seizure_id item occurred_utc     country crossing_id crime_area commodity quantity unit  remarks
Z1         1    2022-10-26T08:00 BG      kalotina    drugs      heroin    2500     g     -
Z1         2    2022-10-26T08:00 BG      kalotina    drugs      cannabis  1.5      kg    -
Z1         3    2022-10-26T08:00 BG      kalotina    firearms   firearm   2        piece -
Z2         1    2022-10-26T20:00 BG      kalotina    drugs      heroin    0.5      kg    -
Z3         1    2022-10-28T05:00 RS      gradina     firearms   firearm   3        piece -
Z4         1    2022-10-28T23:59 RS      gradina     drugs      heroin    -        -     -
Z5         1    2022-10-28T12:00 RS      gradina     firearms   explosive_ordnance 4 piece grenades
"""
_RESULTS = """
country date       crime_area        measure value unit
BG      2022-10-26 drugs             arrests 3     count
RS      2022-10-28 migrant_smuggling arrests 4     count
ALL     2022-10-28 drugs             arrests 9     count
ALL     2022-10-29 other             officers 50   count
"""


def _table(text: str) -> pd.DataFrame:
    header, *lines = (line.split() for line in text.strip().splitlines())
    frame = pd.DataFrame(lines, columns=header).replace("-", None).assign(handling="H1")
    numbers = {"lon", "lat", "passed", "checked", "hits", "officers", "hours", "quantity", "value", "item"}
    return frame.astype(dict.fromkeys(numbers & set(header), "Float64"))


@pytest.fixture(scope="session")
def crossings() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"crossing_id": ["kalotina", "gradina"], "name": ["Kalotina", "Gradina"]},
        geometry=gpd.points_from_xy([22.85, 22.80], [42.99, 43.01]),
        crs=LONLAT,
    )


@pytest.fixture(scope="session")
def operation() -> Operation:
    shifts = _table(_SHIFTS).rename(columns={"hours": "officer_hours", "unit": "unit_checked"})
    ends = pd.to_datetime(shifts["start_utc"], utc=True) + pd.Timedelta(hours=8)
    return Operation(
        operation_id="small",
        name="Small action",
        starts=date(2022, 10, 26),
        ends=date(2022, 10, 28),
        seizures=SEIZURES.conform(_table(_SEIZURES)),
        check_shifts=CHECK_SHIFTS.conform(shifts.assign(end_utc=ends, selection="targeted")),
        results=RESULTS.conform(_table(_RESULTS)),
    )
