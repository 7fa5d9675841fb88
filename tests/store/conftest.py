"""A small operation with everything that can go wrong in a text."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from geoanalysis.domain.operation import Deployment, Operation, Plan
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES


@pytest.fixture
def plan() -> Plan:
    return Plan(
        "plan-1",
        "Ναυτία – Đeneral Janković / Şile",
        date(2022, 10, 26),
        (
            Deployment(
                "bg-tr-kapitan-andreevo-kapikule", "Капитан Андреево", 26.3531, 41.7173, 12, "night", "=1+1"
            ),
            Deployment("rp-0001", 'he said "stop", twice\nat dawn', 19.1, 1 / 3, 0, "24h", ""),
        ),
        remarks="-2 teams",
    )


@pytest.fixture
def operation(plan: Plan) -> Operation:
    seizures = pd.DataFrame(
        {
            "seizure_id": ["S1", "S1", "S2"],
            "item": [1, 2, 1],
            "occurred_utc": pd.to_datetime(["2022-10-26T08:30:00Z"] * 3),
            "country": ["BG", "BG", "XK"],
            "crossing_id": ["bg-tr-kapitan-andreevo-kapikule", "bg-tr-kapitan-andreevo-kapikule", None],
            "place_name": [None, None, "=Hani i Elezit"],
            "lon": [26.3531, 26.3531, None],
            "lat": [41.7173, 41.7173, None],
            "crime_area": ["firearms", "firearms", "drugs"],
            "commodity": ["firearm", "ammunition", "heroin"],
            "quantity": [3, 150, 5.78],
            "unit": ["piece", "cartridge", "kg"],
            "handling": ["H1", "H1", "H2"],
            "remarks": ["NA", "null", "@SUM(1)"],
        }
    )
    shifts = pd.DataFrame(
        {
            "shift_id": ["A", "B"],
            "country": ["BG", "XK"],
            "start_utc": pd.to_datetime(["2022-10-26T06:00:00Z"] * 2),
            "end_utc": pd.to_datetime(["2022-10-26T14:00:00Z"] * 2),
            "unit_checked": "person",
            "passed": pd.array([5200, None], dtype="Int64"),
            "checked": [410, 12],
            "hits": [6, 0],
            "selection": ["targeted", "unknown"],
            "handling": "H1",
        }
    )
    results = pd.DataFrame(
        {
            "country": ["BG"],
            "date": pd.to_datetime(["2022-10-26"]),
            "crime_area": ["drugs"],
            "measure": ["arrests"],
            "value": [4.0],
            "unit": ["count"],
            "handling": ["H1"],
        }
    )
    return Operation(
        "jad-1",
        "Joint action Šar",
        date(2022, 10, 26),
        date(2022, 10, 29),
        SEIZURES.conform(seizures),
        CHECK_SHIFTS.conform(shifts),
        RESULTS.conform(results),
        countries=("BG", "XK"),
        data_as_of=datetime(2022, 11, 1, 12, 0, 0, 123456, tzinfo=UTC),
        plans=(plan,),
        remarks="+ two days",
    )
