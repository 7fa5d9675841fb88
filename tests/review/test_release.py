from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from geoanalysis.domain.marking import handling_marking, handling_words
from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.review import Release, releasable

H2_WORDS = "not to be passed on without the provider's permission"


@pytest.fixture
def guarded(operation: Operation) -> Operation:
    """Give the small action with codes: one item of Z1, Z2 and shift S2 are H2, Z3 has none, a plan is H3."""
    seizures, shifts = operation.seizures.copy(), operation.check_shifts.copy()
    seizures.loc[[0, 3], "handling"] = "H2"
    seizures.loc[4, "handling"] = None
    seizures.loc[5, "handling"] = "H0"
    shifts.loc[1, "handling"] = "H2"
    plans = (
        Plan("open", "Open", date(2022, 10, 26)),
        Plan("closed", "Closed", date(2022, 10, 26), handling=Handling.H3),
    )
    return replace(operation, seizures=seizures, check_shifts=shifts, plans=plans)


def shown(release: Release) -> tuple[list[str], list[str], list[str]]:
    action = release.operation
    return (
        list(action.seizures["seizure_id"] + action.seizures["item"].astype(str)),
        list(action.check_shifts["shift_id"]),
        [plan.plan_id for plan in action.plans],
    )


def test_what_may_not_be_passed_on_is_left_out_and_said(guarded: Operation) -> None:
    release = releasable(guarded)
    assert shown(release) == (["Z41", "Z51"], ["S1", "S3", "S4", "S5", "S6"], ["open"])  # Z1 goes whole
    assert release.left_out == (
        f"Seizures and check shifts of handling code H2 are left out: {H2_WORDS}.",
        "Seizures and plans of handling code H3 are left out: other restrictions of the provider apply.",
    )
    assert release.operation.handling == Handling.H1
    assert list(release.operation.seizures.index) == [0, 1]


def test_the_limit_may_be_another(guarded: Operation) -> None:
    seizures, shifts, plans = shown(releasable(guarded, Handling.H2))
    assert (len(seizures), len(shifts), plans) == (6, 6, ["open"])  # all but Z3, which has no code
    release = releasable(guarded, Handling.H0)
    assert shown(release) == (["Z41"], [], [])
    assert release.left_out[0].startswith("Seizures, check shifts, results and plans of handling code H1 are")
    assert releasable(guarded, Handling.H3).left_out == ()


def test_events_of_two_countries_with_one_number_are_two(guarded: Operation) -> None:
    named = guarded.seizures.assign(seizure_id="1")
    named.loc[5:, "handling"] = "H1"
    named.loc[4, "country"] = "MK"
    kept = releasable(replace(guarded, seizures=named)).operation.seizures
    assert kept["country"].tolist() == ["RS", "RS"]  # Bulgaria's 1 holds a H2 item, that of MK has no code


def test_unknown_codes_are_the_most_restrictive(operation: Operation) -> None:
    release = releasable(replace(operation, results=operation.results.assign(handling="green")))
    assert len(release.operation.results) == 0
    assert release.left_out == (f"Results of handling code H3 are left out: {handling_words(Handling.H3)}.",)


def test_what_is_left_conforms(guarded: Operation) -> None:
    nothing = replace(guarded, seizures=SEIZURES.empty(), check_shifts=CHECK_SHIFTS.empty())
    for action in (releasable(guarded).operation, releasable(nothing).operation):
        assert SEIZURES.conform(action.seizures).equals(action.seizures)
        assert CHECK_SHIFTS.conform(action.check_shifts).equals(action.check_shifts)
        assert RESULTS.conform(action.results).equals(action.results)
    assert pd.isna(guarded.seizures.loc[4, "handling"])  # the action itself is as it was


@pytest.mark.parametrize("code", Handling)
def test_the_marking_has_the_same_words(code: Handling) -> None:
    assert handling_marking(code) == f"Handling code {code} - {handling_words(code)}"
