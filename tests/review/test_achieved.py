"""Concentration, displacement, comparison, planned against done, yields, the result sheet."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoanalysis import exercise, reference, review
from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.domain.operation import Deployment, Operation, Plan
from geoanalysis.hotspots import PlacePeriods
from geoanalysis.review import Area
from geoanalysis.review.yields import poisson_interval

CASES = Path(__file__).parents[1] / "cases"


def case(name: str) -> Any:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("published", case("gini")["cases"], ids=lambda one: str(one["gini"]))
def test_concentration_of_few_events(published: dict) -> None:
    found = review.concentration(published["x"])
    assert found.gini == pytest.approx(published["gini"], abs=1e-12)
    for name, value in (("generalised", "generalized"), ("unbiased", "unbiased")):
        if value in published:
            assert getattr(found, name) == pytest.approx(published[value], abs=1e-12)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=40).filter(any))
def test_gini_lies_between_even_and_all_at_one_place(counts: list[int]) -> None:
    found = review.concentration(counts)
    assert -1e-9 <= found.gini <= 1 - 1 / len(counts) + 1e-9
    assert found.curve[["places", "events"]].iloc[-1].tolist() == pytest.approx([1, 1])
    assert (np.diff(found.curve["events"], n=2) <= 1e-9).all()


def test_hits_that_follow_checks_are_not_concentrated() -> None:
    checks = np.array([10, 20, 300, 4000])
    assert review.concentration(checks * 0.1, checks).gini == pytest.approx(0, abs=1e-12)
    assert review.concentration(checks * 0.1).gini > 0.6
    assert review.concentration([80, 10, 5, 5]).places_for_most == 0.25


def test_concentration_of_nothing_is_refused() -> None:
    with pytest.raises(InsufficientDataError, match="0 events at 3 places"):
        review.concentration([0, 0, 0])
    with pytest.raises(SchemaError, match="none missing"):
        review.concentration([1, np.nan])


@pytest.mark.parametrize("published", case("wdd_wdq")["wdd"], ids=lambda one: f"{one['est']} {one['se']:.3f}")
def test_displacement_difference(published: dict) -> None:
    treated, control = Area(*published["treated"]), Area(*published["control"])
    around = Area(*published["disp_treated"]) if "disp_treated" in published else None
    around_control = Area(*published["disp_control"]) if "disp_control" in published else None
    found = review.displacement_difference(
        treated,
        control,
        around=around,
        around_control=around_control,
        time_weights=tuple(published.get("time_weights", (1, 1))),
    )
    assert found.estimate == pytest.approx(published["est"])
    assert found.standard_error == pytest.approx(published["se"], rel=1e-12)


def test_displacement_quotient() -> None:
    given_ = case("wdd_wdq")["wdq"]["example"]
    found = review.displacement_quotient(
        Area(given_["Rb"], given_["Ra"]), Area(given_["Db"], given_["Da"]), Area(given_["Cb"], given_["Ca"])
    )
    assert found.quotient == pytest.approx(given_["WDQ"])
    assert (found.gross, found.net, found.total) == pytest.approx((given_["GE"], given_["NE"], given_["TNE"]))
    with pytest.raises(InsufficientDataError, match="control area has no hits"):
        review.displacement_quotient(Area(1, 2), Area(1, 1), Area(0, 3))
    with pytest.raises(InsufficientDataError, match="did not change"):
        review.displacement_quotient(Area(1, 1), Area(1, 1), Area(3, 3))


@pytest.fixture
def shifts_before_and_after() -> pd.DataFrame:
    return pd.DataFrame(case("did_poisson")["data"])


def test_difference_in_differences_needs_the_checks(shifts_before_and_after: pd.DataFrame) -> None:
    table, published = shifts_before_and_after, case("did_poisson")
    groups = {"treated": table["treat"], "after": table["post"], "place": table["bcp"]}
    found = review.difference_in_differences(table["seiz"], table["checks"], **groups)
    assert found.log_ratio.estimate == pytest.approx(0.5644636, abs=5e-8)
    # R stops its iterations a little early: the sum of the reciprocals of the counts gives 0.2116996
    assert found.log_ratio.standard_error == pytest.approx(published["offset"]["se"]["treat:post"], abs=5e-6)
    assert found.dispersion == pytest.approx(0.8677, abs=1e-4)
    assert found.ratio == pytest.approx(1.76, abs=0.005)
    assert found.log_ratio.estimate / found.log_ratio.standard_error == pytest.approx(2.7, abs=0.05)
    without = review.difference_in_differences(table["seiz"], np.ones(len(table)), **groups)
    assert without.log_ratio.estimate == pytest.approx(1.9655496, abs=5e-8)


def test_one_treated_place_has_no_narrow_interval(shifts_before_and_after: pd.DataFrame) -> None:
    one = shifts_before_and_after.query("treat == 0 or bcp == 18")
    found = review.difference_in_differences(
        one["seiz"], one["checks"], treated=one["treat"], after=one["post"], place=one["bcp"]
    )
    assert found.clustered.standard_error < found.log_ratio.standard_error <= found.cautious.standard_error
    with pytest.raises(InsufficientDataError, match="all four groups"):
        review.difference_in_differences([1, 2], [9, 9], treated=[0, 0], after=[0, 1], place=["a", "a"])


def test_the_interval_of_clumped_hits_covers_what_it_says() -> None:
    """Hits come four at a time, and two thirds of place-periods have no checks: these must not count."""
    random = np.random.default_rng(0)
    inside = []
    for _ in range(300):
        treated, after = np.repeat(np.arange(30) < 2, 12), np.tile(np.arange(12) >= 6, 30)
        checked = np.where(np.tile(np.arange(12) % 3 == 0, 30), 400.0, 0)
        hits = 4 * random.poisson(checked * 0.05 / 4)
        place = np.repeat(np.arange(30), 12)
        found = review.difference_in_differences(hits, checked, treated=treated, after=after, place=place)
        inside.append(found.low <= 1 <= found.high)
    assert np.mean(inside) >= 0.93


def test_few_hits_are_concentrated_by_chance() -> None:
    checks = np.full(400, 500.0)
    found = review.concentration(np.random.default_rng(0).multinomial(86, checks / checks.sum()), checks)
    assert found.gini > 0.7
    assert found.chance_low <= found.gini <= found.chance_high


def test_hours_of_a_team_that_reports_two_units_count_once(
    operation: Operation, crossings: gpd.GeoDataFrame
) -> None:
    shifts = operation.check_shifts
    again = shifts[shifts["shift_id"] == "S2"].assign(shift_id="S2-vehicles", unit_checked="vehicle", hits=1)
    doubled = replace(operation, check_shifts=pd.concat([shifts, again], ignore_index=True))
    row = review.yields(doubled, crossings).set_index("place_id").loc["kalotina"]
    assert (row["officer_hours"], row["hits"]) == (100, 12)


def test_exact_ratio_of_rates() -> None:
    published = case("poisson_exact")
    found = review.rate_ratio([11], [800], [21], [3011]).iloc[0]
    assert found["ratio"] == pytest.approx(1.971488, abs=5e-7)
    assert found["p_value"] == pytest.approx(published["p"], rel=1e-9)
    assert (found["low"], found["high"]) == pytest.approx(published["ci"], rel=1e-9)


def test_ratios_without_hits_or_checks() -> None:
    found = review.rate_ratio([0, 3, 5, 0], [10, 0, 10, 5], [4, 1, 0, 0], [10, 5, 20, 5])
    assert found["ratio"].tolist()[0] == 0
    assert np.isinf(found["ratio"][2])
    assert np.isinf(found["high"][2])
    assert found.loc[[1, 3]].isna().all(axis=None)


@pytest.fixture(scope="module")
def two_exercises() -> tuple[Operation, Operation]:
    return exercise.generate(1).operation, exercise.generate(2).operation


def test_actions_compared(two_exercises: tuple[Operation, Operation]) -> None:
    before, after = two_exercises
    found = review.compare(before, after)
    persons = [action.check_shifts.query("unit_checked == 'person'") for action in two_exercises]
    assert found.totals["checked_before"].sum() == persons[0]["checked"].sum()
    assert found.totals["hits_after"].sum() == persons[1]["hits"].sum()
    assert found.countries["checked_after"].sum() == persons[1]["checked"].sum()
    assert set(found.crossings["selection"]) <= {"random", "targeted", "unknown"}
    told = found.crossings.dropna(subset="ratio")
    assert ((told["low"] <= told["ratio"]) & (told["ratio"] <= told["high"])).all()
    assert "hit rate times" in found.totals["words"][0]


def test_an_action_compared_with_itself_did_not_change(
    operation: Operation, crossings: gpd.GeoDataFrame
) -> None:
    found = review.compare(operation, operation, crossings=crossings)
    assert found.totals["ratio"].tolist() == [1.0]
    kalotina = found.crossings.set_index("crossing_id").loc["kalotina"]
    assert (kalotina["checked_before"], kalotina["hits_after"]) == (400, 11)
    assert kalotina["words"].endswith("not clearly another")


def test_published_rules_changed_from_2022_to_2023() -> None:
    """Europol's releases: 16 000 and 22 488 officers; firearms in 2022, weapons of all kinds in 2023."""
    table = review.compare_published(reference.load_actions(), "JAD_SEE_2022", "JAD_SEE_2023").set_index(
        "measure"
    )
    assert table.loc["arrests", ["before", "after"]].tolist() == [382, 566]
    assert table.loc["arrests", "change"] == pytest.approx(566 / 382)
    assert np.isnan(table.loc["firearms", "change"])
    assert "weapons of all kinds in the other: not comparable" in table.loc["firearms", "note"]
    assert "premises searched" in table.loc["locations_checked", "note"]
    assert "28 countries, then 26; 4 days, then 6" in table.loc["arrests", "note"]
    assert "almost 16 000" in table.loc["officers", "note"]
    assert review.compare_published(reference.load_actions(), "JAD_SEE_2022", "nothing").empty


def plan_of(*places: tuple[str, int]) -> Plan:
    posts = tuple(Deployment(place, place.title(), 0.0, 0.0, officers, "8h") for place, officers in places)
    return Plan("p", "Plan", date(2022, 10, 26), posts)


def test_planned_against_done(operation: Operation, crossings: gpd.GeoDataFrame) -> None:
    table = review.planned_against_done(plan_of(("kalotina", 12), ("gradina", 4)), operation, crossings)
    states = table.set_index("place_id")["state"].to_dict()
    assert states == {"kalotina": "fewer officers than planned", "gradina": "planned, nothing reported"}
    assert table.attrs["days"] == "26 October 2022"
    assert table.set_index("place_id").loc["kalotina", ["shifts", "officers"]].tolist() == [2, 7.5]
    later = replace(plan_of(("kalotina", 3)), on=date(2023, 1, 1))
    other = review.planned_against_done(later, operation, crossings).set_index("place_id")["state"]
    assert other["kalotina"] == "as planned"
    assert other["gradina"] == "reported, not planned"


def test_yield_of_officers_time(operation: Operation, crossings: gpd.GeoDataFrame) -> None:
    table = review.yields(operation, crossings).set_index("place_id")
    assert table.loc["kalotina", "officer_hours"] == 100
    assert table.loc["kalotina", ["checked", "hits", "seizures"]].tolist() == [400, 11, 2]
    assert table.loc["kalotina", "hits_per_100_h"] == 11
    assert (table.loc["kalotina", "low"], table.loc["kalotina", "high"]) == pytest.approx(
        (5.491, 19.682), abs=5e-4
    )


def test_poisson_interval_of_r() -> None:
    published = case("poisson_exact")["one_sample"]
    low, high = poisson_interval(pd.Series([published["x"]]))
    assert (low[0] / published["T"], high[0] / published["T"]) == pytest.approx(published["ci"], rel=1e-9)


def test_result_sheet_adds_up(operation: Operation) -> None:
    sheet = review.result_sheet(operation, reference.load_actions()).set_index(["group", "measure"])
    assert sheet.loc[("Checked", "Persons"), "value"] == 459
    assert sheet.loc[("Drugs", "Heroin, kg"), "value"] == 3
    assert sheet.loc[("Arrests", "In all"), "value"] == 7
    assert sheet.loc[("Arrests", "Drug trafficking"), "value"] == 3
    assert np.isnan(sheet.loc[("Drugs", "Cocaine, kg"), "value"])
    assert sheet.loc[("Drugs", "Cocaine, kg"), "note"] == "not recorded"


def test_totals_by_unit(operation: Operation) -> None:
    table = review.totals(operation, "unit").set_index(["crime_area", "unit"])
    assert table.loc[("drugs", "kg"), "quantity"] == 4.5
    assert table.loc[("firearms", "piece"), "quantity"] == 9


def periods(hits: list[list[int]], checked: list[list[int]]) -> PlacePeriods:
    strata = [np.array(table, float)[:, :, None] * [1, 0, 0] for table in (checked, hits)]
    starts = pd.date_range("2022-10-26", periods=len(hits[0]), freq="8h", tz="UTC")
    return PlacePeriods(tuple(f"c{i}" for i in range(len(hits))), starts, *strata, 8.0)


@pytest.fixture
def in_a_row() -> gpd.GeoDataFrame:
    names = [f"c{i}" for i in range(6)]
    points = gpd.points_from_xy(20 + np.arange(6) * 0.6, [43] * 6)
    return gpd.GeoDataFrame({"crossing_id": names, "name": names}, geometry=points, crs="EPSG:4326")


def test_an_intensified_check_and_its_surroundings(in_a_row: gpd.GeoDataFrame) -> None:
    checked = [[100, 100, 400, 400]] + [[100] * 4] * 5
    hits = [[10, 10, 20, 20], [5, 5, 9, 9], [5] * 4, [5] * 4, [5] * 4, [5] * 4]
    found = review.before_and_after(periods(hits, checked), in_a_row, datetime(2022, 10, 26, 16, tzinfo=UTC))
    assert found.treated == ("c0",)
    areas = found.areas.set_index("area")
    assert areas["places"].to_dict() == {"there": 1, "around": 1, "elsewhere": 4}
    assert areas.loc["there", ["checked_before", "checked_after", "hits_after"]].tolist() == [100, 400, 40]
    assert found.change.ratio == pytest.approx((40 / 800) / (20 / 200))
    assert found.quotient.quotient == pytest.approx((18 / 200 - 10 / 200) / (40 / 800 - 20 / 200))
    assert "4.0 times as many after as before" in found.findings[0]
    assert "changed the other way." in found.findings[2]


def test_what_cannot_be_told_of_before_and_after(in_a_row: gpd.GeoDataFrame) -> None:
    even = periods([[5] * 4] * 6, [[100] * 4] * 6)
    half = datetime(2022, 10, 26, 16, tzinfo=UTC)
    with pytest.raises(InsufficientDataError, match="no crossing was checked 2 times as much"):
        review.before_and_after(even, in_a_row, half)
    with pytest.raises(InsufficientDataError, match="none of the places named"):
        review.before_and_after(even, in_a_row, half, treated=["nowhere"])
    with pytest.raises(InsufficientDataError, match="nothing was checked after"):
        review.before_and_after(even, in_a_row, datetime(2023, 1, 1, tzinfo=UTC))
    assert review.before_and_after(even, in_a_row, half, treated=["c2"]).change.ratio == pytest.approx(1)


def test_the_rest_of_an_action(operation: Operation) -> None:
    rest = review.without_window(
        operation, datetime(2022, 10, 26, 12, tzinfo=UTC), datetime(2022, 10, 27, 12, tzinfo=UTC)
    )
    assert rest.check_shifts["shift_id"].tolist() == ["S4", "S5", "S6"]
    assert rest.seizures["seizure_id"].unique().tolist() == ["Z1", "Z3", "Z4", "Z5"]
