from datetime import UTC, datetime

import pytest

from geoanalysis.domain.operation import Operation
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES
from geoanalysis.review import ReviewFilter, countries, select


def shown(operation: Operation, passing: ReviewFilter) -> tuple[list[str], list[str], list[str]]:
    chosen = select(operation, passing)
    return (
        list(chosen.seizures["seizure_id"] + chosen.seizures["item"].astype(str)),
        list(chosen.check_shifts["shift_id"]),
        list(chosen.results["country"]),
    )


def test_an_empty_filter_lets_all_pass(operation: Operation) -> None:
    chosen = select(operation, ReviewFilter())
    assert chosen.seizures.equals(operation.seizures)
    assert chosen.check_shifts.equals(operation.check_shifts)
    assert chosen.results.equals(operation.results)


def test_a_window_takes_whole_shifts_and_days_but_cuts_seizures(operation: Operation) -> None:
    starts, ends = datetime(2022, 10, 26, 14, tzinfo=UTC), datetime(2022, 10, 28, 5, tzinfo=UTC)
    assert shown(operation, ReviewFilter(starts, ends)) == (
        ["Z21"],  # Z3 happened as the window ends
        ["S2", "S3", "S4", "S5"],  # S1 ended as it begins, S4 and S5 run on
        ["BG", "RS", "ALL"],
    )
    assert shown(operation, ReviewFilter(starts_utc=ends))[0] == ["Z31", "Z41", "Z51"]
    assert shown(operation, ReviewFilter(ends_utc=starts))[1] == ["S1"]


@pytest.mark.parametrize(
    ("passing", "seizures", "shifts", "results"),
    [
        (ReviewFilter(countries=("RS",)), ["Z31", "Z41", "Z51"], ["S4", "S5", "S6"], ["RS"]),
        (ReviewFilter(crime_areas=("firearms",)), ["Z13", "Z31", "Z51"], 6, []),
        (ReviewFilter(crime_areas=("drugs",)), ["Z11", "Z12", "Z21", "Z41"], 6, ["BG", "ALL"]),
        (ReviewFilter(commodities=("heroin", "cannabis")), ["Z11", "Z12", "Z21", "Z41"], 6, 4),
        (ReviewFilter(countries=("BG",), commodities=("firearm",)), ["Z13"], ["S1", "S2", "S3"], ["BG"]),
    ],
)
def test_words_filter_what_carries_them(
    operation: Operation, passing: ReviewFilter, seizures: list, shifts: list | int, results: list | int
) -> None:
    found = shown(operation, passing)
    assert found[0] == seizures
    assert found[1] == shifts or len(found[1]) == shifts
    assert found[2] == results or len(found[2]) == results


def test_what_is_left_conforms(operation: Operation) -> None:
    for passing in (ReviewFilter(countries=("RS",)), ReviewFilter(countries=("XX",))):
        chosen = select(operation, passing)
        assert SEIZURES.conform(chosen.seizures).equals(chosen.seizures)
        assert CHECK_SHIFTS.conform(chosen.check_shifts).equals(chosen.check_shifts)
        assert RESULTS.conform(chosen.results).equals(chosen.results)
    assert len(chosen.seizures) == len(chosen.check_shifts) == len(chosen.results) == 0


def test_reporting_countries(operation: Operation) -> None:
    assert countries(operation) == ["BG", "RS"]
    assert countries(select(operation, ReviewFilter(countries=("XX",)))) == []
