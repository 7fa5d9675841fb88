"""All that a briefing may tell of the small action: released, selected, and safe beside each other."""

from dataclasses import replace
from datetime import date

import geopandas as gpd
import pandas as pd
import pytest

from geoanalysis.domain.operation import Deployment, Operation, Plan
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.reference import load_actions
from geoanalysis.review import Disclosure, Dossier, ReviewFilter, dossier

DAY = date(2022, 10, 26)
KALOTINA = Plan("p", "Plan", DAY, (Deployment("kalotina", "Kalotina", 22.85, 42.99, 12),))


def gather(operation: Operation, crossings: gpd.GeoDataFrame, least: int = 0, **more: object) -> Dossier:
    """Give the dossier; a threshold of 0 tells all."""
    return dossier(
        operation,
        crossings,
        load_actions(),
        disclosure=Disclosure(Handling.H1, least),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def larger(operation: Operation) -> Operation:
    """Give the action with ten times the checks and hits, and two random ones at Kalotina beside them."""
    shifts = operation.check_shifts.copy()
    shifts[["checked", "hits", "passed"]] *= 10
    shifts.loc[0, ["checked", "hits", "selection"]] = [40, 2, "random"]
    return replace(operation, check_shifts=shifts)


def at(spots: gpd.GeoDataFrame | None, place_id: str) -> pd.Series:
    assert spots is not None
    return spots.set_index("place_id").loc[place_id]


def test_what_there_is_is_counted(operation: Operation, crossings: gpd.GeoDataFrame) -> None:
    found = gather(operation, crossings)
    kalotina = at(found.spots, "kalotina")
    assert kalotina[["checked", "hits", "seizures"]].tolist() == [400, 11, 2]
    assert found.events == 5  # seven items
    assert found.timeline is not None
    assert found.timeline["checked"].sum() == 100 + 300 + 50 + 9  # persons only, not the 40 vehicles
    assert found.timeline["hits"].sum() == 12
    over_time = found.timeline_of("kalotina")
    assert over_time is not None
    assert over_time["hits"].tolist()[:3] == [0, 2, 9]
    assert found.timeline_of("nowhere") is None
    assert (found.planned, found.comparison, found.left_out, found.selection) == (None, None, (), "")


def test_filters_choose_records_but_not_for_the_result_sheet(
    operation: Operation, crossings: gpd.GeoDataFrame
) -> None:
    found = gather(operation, crossings, passing=ReviewFilter(countries=("RS",)))
    assert found.events == 3
    assert set(found.operation.check_shifts["country"]) == {"RS"}
    persons = found.sheet[(found.sheet["group"] == "Checked") & (found.sheet["measure"] == "Persons")]
    assert persons["value"].tolist() == [459]
    assert "RS" in found.selection or "Serbia" in found.selection


def test_what_may_not_be_told_of_either_action_is_left_out(
    operation: Operation, crossings: gpd.GeoDataFrame
) -> None:
    results = operation.results.assign(handling=["H1", "H1", "H2", "H1"])
    before = replace(operation, name="Before", results=results)
    found = gather(operation, crossings, before=before)
    assert len(found.left_out) == 1
    assert found.left_out[0].startswith("Results of handling code H2 are left out")
    assert found.comparison is not None
    assert found.comparison.totals["hits_before"].tolist() == [12]


@pytest.mark.parametrize("records", ["seizures", "check_shifts", "results"])
@pytest.mark.parametrize("code", [None, "green"])
def test_a_record_without_a_code_marks_what_shows_it(
    records: str, code: str | None, operation: Operation, crossings: gpd.GeoDataFrame
) -> None:
    table = getattr(operation, records).copy()
    table.loc[0, "handling"] = code
    uncoded = replace(operation, **{records: table})
    shown = dossier(uncoded, crossings, load_actions(), disclosure=Disclosure(Handling.H3))
    assert len(getattr(shown.operation, records)) == len(table)
    assert shown.operation.handling == Handling.H3
    assert gather(uncoded, crossings).operation.handling == Handling.H1


def test_little_is_told_of_little(operation: Operation, crossings: gpd.GeoDataFrame) -> None:
    none = replace(
        operation, seizures=operation.seizures.iloc[:0], check_shifts=operation.check_shifts.iloc[:0]
    )
    found = gather(none, crossings, plan=KALOTINA, before=none)
    assert (found.spots, found.timeline, found.at_crossings) == (None, None, None)
    assert (found.findings, found.method, found.events) == ((), (), 0)
    assert found.planned is not None
    assert found.planned["state"].tolist() == ["planned, nothing reported"]
    assert found.comparison is not None
    assert len(found.comparison.totals) == 0


def test_places_over_time_are_not_told_beside_small_counts(
    larger: Operation, crossings: gpd.GeoDataFrame
) -> None:
    found = gather(larger, crossings, 5)
    assert gather(larger, crossings).timeline_of("kalotina") is not None
    assert found.timeline_of("kalotina") is None  # 90 hits at 14:00, of which the whole has as many
    assert found.timeline is not None
    assert not found.timeline["hits"].between(1, 4).any()


def test_seizures_of_a_place_are_told_by_crime_area_only(
    operation: Operation, crossings: gpd.GeoDataFrame
) -> None:
    found = gather(operation, crossings, 2)
    assert found.spots is not None
    assert found.spots["seizures"].isna().all()
    assert found.spots["gi_z"].isna().all()
    assert gather(operation, crossings, 1).spots["seizures"].notna().all()  # type: ignore[index]


def test_the_day_of_a_plan_does_not_tell_of_the_other_days(
    operation: Operation, crossings: gpd.GeoDataFrame
) -> None:
    shifts = operation.check_shifts.iloc[[0, 1]].copy()
    shifts[["checked", "hits"]] = [[500, 50], [3, 0]]
    shifts.loc[shifts.index[1], ["start_utc", "end_utc"]] += pd.Timedelta(
        days=1
    )  # three more on the next day
    two_days = replace(operation, check_shifts=shifts.reset_index(drop=True))
    assert at(gather(two_days, crossings, 5).spots, "kalotina")["checked"] == 503
    planned = gather(two_days, crossings, 5, plan=KALOTINA).planned
    assert planned is not None
    assert planned["checked"].isna().all()  # 503 less 500
    assert planned["not_told"].tolist() == ["some (not told)"]
    assert planned["hits"].tolist() == [50]
    assert gather(two_days, crossings, plan=KALOTINA).planned["checked"].tolist() == [500]  # type: ignore[index]


def test_a_plan_whose_counts_are_large_is_told_them(larger: Operation, crossings: gpd.GeoDataFrame) -> None:
    shifts = larger.check_shifts.iloc[[1, 3]].reset_index(drop=True)
    found = gather(replace(larger, check_shifts=shifts), crossings, 5, plan=KALOTINA)
    assert found.planned is not None
    assert found.planned.set_index("place_id").loc["kalotina", ["checked", "hits"]].tolist() == [3000, 90]


def test_one_selection_is_not_told_beside_all_of_them(larger: Operation, crossings: gpd.GeoDataFrame) -> None:
    assert at(gather(larger, crossings, 5).spots, "kalotina")["hits"] == 92  # 90 targeted and 2 random
    compared = gather(larger, crossings, 5, before=larger).comparison
    assert compared is not None
    assert len(compared.crossings) == len(compared.sections) == len(compared.countries) == 0
    totals = compared.totals.set_index("selection")
    assert totals["hits_after"].isna().all()
    assert totals["ratio"].isna().all()
    assert totals["checked_after"].to_dict() == {"random": 40, "targeted": 3000 + 500 + 90}
    whole = gather(larger, crossings, before=larger).comparison
    assert whole is not None
    assert set(whole.crossings["hits_after"]) == {2, 90, 10}


def test_a_comparison_without_small_counts_is_told(operation: Operation, crossings: gpd.GeoDataFrame) -> None:
    shifts = operation.check_shifts.iloc[[1]].reset_index(drop=True)
    large = replace(operation, check_shifts=shifts)
    compared = gather(large, crossings, 5, before=large).comparison
    assert compared is not None
    assert compared.crossings["hits_after"].tolist() == [9]
    assert compared.totals["ratio"].tolist() == [1.0]
