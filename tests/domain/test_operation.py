from dataclasses import replace
from datetime import date

import pandas as pd

from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.operation import Deployment, Operation, Plan
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES
from geoanalysis.domain.vocabularies import Handling

KALOTINA = Deployment("bg-rs-kalotina-gradina", "Kalotina – Gradina", 22.83, 43.0)
EMPTY = Operation(
    "test",
    "Test",
    date(2022, 10, 26),
    date(2022, 10, 29),
    SEIZURES.empty(),
    CHECK_SHIFTS.empty(),
    RESULTS.empty(),
)
ARREST = pd.DataFrame(
    {
        "country": ["BG"],
        "date": ["2022-10-26"],
        "crime_area": ["drugs"],
        "measure": ["arrests"],
        "value": [4.0],
        "unit": ["count"],
        "handling": ["H2"],
    }
)


def test_toggling_a_place_twice_gives_the_plan_back() -> None:
    plan = Plan("p", "Plan", date(2022, 10, 26))
    once = plan.toggle(KALOTINA)
    assert once.place_ids == ("bg-rs-kalotina-gradina",)
    assert once.toggle(KALOTINA) == plan


def test_the_most_restrictive_handling_code_governs_the_operation() -> None:
    assert EMPTY.handling is Handling.H0
    assert replace(EMPTY, results=RESULTS.conform(ARREST)).handling is Handling.H2


def test_fingerprint_depends_on_content_only() -> None:
    filled = replace(EMPTY, results=RESULTS.conform(ARREST))
    again = replace(EMPTY, results=RESULTS.conform(ARREST.set_index(pd.Index([7]))))
    other = replace(EMPTY, results=RESULTS.conform(ARREST.assign(value=5.0)))
    assert fingerprint(filled) == fingerprint(again) != fingerprint(other)
    assert len(fingerprint(filled)) == 12
