from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from geoanalysis import exercise, reference
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.schemas import CHECK_SHIFTS
from geoanalysis.review import reconcile


@pytest.fixture
def actions() -> pd.DataFrame:
    """Give figures published of the small action, of a part of it, and of another action."""
    figures = pd.DataFrame(
        [
            ("ALL", "persons_checked", None, 500, "500", "press: about 500"),
            ("ALL", "vehicles_checked", None, 40, "40", None),
            ("ALL", "locations_checked", None, 4, "four", None),
            ("ALL", "heroin_kg", None, 3, "3", None),
            ("ALL", "firearms", None, 6, "6", None),
            ("ALL", "grenades", None, 4, "4", None),
            ("ALL", "arrests", None, 7, "7", None),
            ("ALL", "arrests", "drug_trafficking", 3, "3", None),
            ("ALL", "arrests", "document_fraud", 2, "2", None),
            ("ALL", "officers", None, 50, "over 50", None),
            ("ALL", "victims_identified", None, 1, "1", None),
            ("BG", "firearms", None, 2, "2", None),
        ],
        columns=["scope", "measure", "qualifier", "value", "value_text", "note"],
    ).assign(action_id="SMALL", start_date=pd.Timestamp("2022-10-26"), end_date=pd.Timestamp("2022-10-28"))
    other = figures.iloc[[0]].assign(action_id="OTHER", end_date=pd.Timestamp("2022-10-30"), value=1.0)
    return pd.concat([other, figures], ignore_index=True)


def test_published_beside_recorded(operation: Operation, actions: pd.DataFrame) -> None:
    found = reconcile(operation, actions)
    assert list(found.columns) == ["measure", "published", "recorded", "difference", "note"]
    known = found.dropna(subset="recorded").set_index("measure")
    assert known[["published", "recorded", "difference"]].T.to_dict("list") == {
        "persons_checked": [500, 459, -41],
        "vehicles_checked": [40, 40, 0],
        "locations_checked": [4, 3, -1],
        "heroin_kg": [3, 3, 0],
        "firearms": [6, 5, -1],
        "grenades": [4, 4, 0],
        "arrests": [7, 7, 0],  # of the countries: ALL would count them twice
        "arrests: drug_trafficking": [3, 3, 0],
        "officers": [50, 50, 0],  # reported for all countries together only
    }


def test_what_is_not_recorded_is_said(operation: Operation, actions: pd.DataFrame) -> None:
    found = reconcile(operation, actions).set_index("measure")
    for measure in ("arrests: document_fraud", "victims_identified"):
        assert pd.isna(found.loc[measure, ["recorded", "difference"]]).all()
        assert found.loc[measure, "note"] == "not recorded"
    nothing = replace(operation, check_shifts=CHECK_SHIFTS.empty())
    assert reconcile(nothing, actions)["recorded"].isna().sum() == 2 + 3


def test_notes_tell_wording_and_disagreement(operation: Operation, actions: pd.DataFrame) -> None:
    notes = reconcile(operation, actions).set_index("measure")["note"]
    assert notes["persons_checked"] == "checks of check shifts; press: about 500"
    assert notes["officers"] == 'results; published as "over 50"'
    assert notes["heroin_kg"] == "heroin in kg, of seizures"


def test_without_an_action_of_these_dates_there_is_nothing(
    operation: Operation, actions: pd.DataFrame
) -> None:
    assert len(reconcile(replace(operation, ends=date(2022, 11, 2)), actions)) == 0


def test_the_exercise_reconciles_with_the_published_action() -> None:
    made = exercise.generate(5).operation
    found = reconcile(made, reference.load_actions()).set_index("measure")
    assert len(found) == 18
    assert found["difference"].tolist() == [0.0] * 18
    assert found.loc[["persons_checked", "heroin_kg", "arrests"], "recorded"].tolist() == [74924, 304, 382]
