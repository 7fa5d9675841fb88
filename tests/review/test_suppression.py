"""Small counts are neither told nor can they be computed from what is told."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoanalysis import hotspots, reference, review, store
from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.operation import Deployment, Operation, Plan
from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.domain.small_counts import NOT_TOLD
from geoanalysis.review.withholding import withheld

EXERCISE = Path(__file__).parents[2] / "data" / "actions" / "exercise_2022"
FEW = "fewer than 5"
AREAS = ("drugs", "firearms")
PARTS = ("Migrant smuggling", "Drug trafficking", "Firearms", "Document fraud", "Other")


def known(values: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]


@pytest.mark.parametrize(
    ("count", "least", "words"),
    [
        (0, 5, "0"),
        (1, 5, FEW),
        (4, 5, FEW),
        (5, 5, "5"),
        (12345, 5, "12\u202f345"),
        (pd.NA, 5, FEW),
        (float("nan"), 3, "fewer than 3"),
        (1, 0, "1"),
        (1, 1, "1"),
        (pd.NA, 0, NOT_TOLD),
    ],
)
def test_counts_in_words(count: float, least: int, words: str) -> None:
    assert review.told(count, least) == words


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([0, 9, 7, 8], []),
        ([0, 3, 7, 8], [1, 2]),  # 18 - 8 - 7 would be 3
        ([0, 3, 2, 8], [1, 2]),  # 5 may be 1 + 4, 2 + 3 ...
        ([1, 1, 6, 9], [0, 1, 2]),  # 2 of two places is 1 + 1
        ([4, 4, 9], [0, 1, 2]),  # 8 of two small counts is 4 + 4
        ([3], [0]),
    ],
)
def test_the_next_smallest_is_withheld_where_the_total_would_tell(
    counts: list[int], hidden: list[int]
) -> None:
    assert np.flatnonzero(withheld(pd.Series(counts), 5)).tolist() == hidden
    assert not withheld(pd.Series(counts), 1).any()


@given(st.lists(st.integers(0, 30), max_size=12), st.integers(0, 8))
def test_what_is_withheld_is_not_fixed_by_the_total(counts: list[int], least: int) -> None:
    numbers = pd.Series(counts, dtype=float)
    hidden = withheld(numbers, least)
    told = numbers[~hidden]
    assert not review.is_small(told, least).any()
    assert hidden.any() == review.is_small(numbers, least).any()
    rest = numbers.sum() - told.sum()
    if hidden.any() and (told > 0).any():
        assert hidden.sum() > 1
        assert rest > hidden.sum()  # else each would be one


@given(st.lists(st.integers(0, 12), min_size=5, max_size=5), st.integers(2, 7))
def test_no_arrests_can_be_subtracted_from_all_arrests(arrests: list[int], least: int) -> None:
    sheet = arrests_sheet(arrests)
    shown = review.suppressed_sheet(sheet, least)["value"]
    hidden = shown.iloc[1:].isna()
    assert not review.is_small(shown, least).any()
    if hidden.any() and pd.notna(shown[0]):
        left = shown[0] - shown.iloc[1:].sum()
        assert hidden.sum() > 1
        assert left > hidden.sum()


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(AREAS)), max_size=60), st.integers(2, 7))
def test_no_place_can_be_subtracted_from_all_seizures(events: list[tuple[int, str]], least: int) -> None:
    places = review.counted_places(seizures_at(events), least)
    assert places["place_id"].is_unique
    assert not review.is_small(places["seizures"], least).any()
    for area, rows in places.groupby("crime_area"):
        hidden = rows["seizures"].isna()
        left = sum(of == area for _, of in events) - rows["seizures"].sum()
        if hidden.any() and not hidden.all():
            assert hidden.sum() > 1
            assert left > hidden.sum()


def arrests_sheet(arrests: list[int]) -> pd.DataFrame:
    values = [float(sum(arrests)), *map(float, arrests)]
    columns = {"group": "Arrests", "measure": ["In all", *PARTS], "value": values, "published": np.nan}
    return pd.DataFrame(columns).assign(difference=np.nan, note="results")


def seizures_at(events: list[tuple[int, str]]) -> gpd.GeoDataFrame:
    rows = [
        {
            "seizure_id": f"Z{number}",
            "item": 1,
            "occurred_utc": "2022-10-26T08:00:00Z",
            "country": "BG",
            "place_name": f"Place {place}",
            "lon": 20.0 + place,
            "lat": 42.0,
            "crime_area": area,
            "commodity": "other",
            "handling": "H1",
        }
        for number, (place, area) in enumerate(events)
    ]
    return SEIZURES.conform(pd.DataFrame(rows)) if rows else SEIZURES.empty()


def test_places_by_hand() -> None:
    drugs = [(0, "drugs")] * 7 + [(1, "drugs")] * 2 + [(2, "drugs")] * 3 + [(3, "drugs")] * 9
    firearms = [(0, "firearms")] * 6 + [(1, "firearms")] * 8 + [(2, "firearms")]
    places = review.counted_places(seizures_at(drugs + firearms), 5)
    assert places.crs == LONLAT
    assert known(places["seizures"]) == [7, None, None, 9, None, 8, None]
    assert places["not_told"].tolist() == ["", FEW, FEW, "", NOT_TOLD, "", NOT_TOLD]  # 6 is not fewer than 5
    assert places["place_id"].iloc[[0, 4]].tolist() == [
        "20.00000,42.00000:drugs",
        "20.00000,42.00000:firearms",
    ]
    assert places["name"].iloc[0] == "Place 0"
    assert known(review.counted_places(seizures_at(firearms), 0)["seizures"]) == [6, 8, 1]


def test_a_total_that_tells_of_every_place_is_named_and_withheld(operation: Operation) -> None:
    places = review.counted_places(seizures_at([(place, "drugs") for place in range(5)]), 5)
    assert places["seizures"].isna().all()
    assert places.attrs["not_to_total"] == ("drugs",)  # five of five places: one each
    table = pd.DataFrame({"crime_area": ["drugs", "firearms", "other"], "seizures": [5, 9, 7]})
    shown = review.suppressed_totals(table, 5, also=places.attrs["not_to_total"])
    assert known(shown["seizures"]) == [None, 9, None]
    assert review.counted_places(operation.seizures.iloc[:0], 5).attrs["not_to_total"] == ()


def test_a_seizure_counts_once_at_its_place_and_nowhere_without_one(operation: Operation) -> None:
    located = operation.seizures.copy()
    at = gpd.points_from_xy([22.85] * 3 + [22.850001] + [np.nan] * 3, [42.99] * 7)
    places = review.counted_places(located.set_geometry(gpd.GeoSeries(at, crs=LONLAT)), 0)
    assert places[["crime_area", "seizures"]].to_numpy().tolist() == [["drugs", 2], ["firearms", 1]]
    assert places["name"].tolist() == ["BG", "BG"]


def spots_by_hand() -> gpd.GeoDataFrame:
    """Give four crossings, the first two in one hexagon, and the hexagons, each with a rate of 10 %."""
    lon, lat = [22.85, 22.86, 26.0, 29.0], [42.99, 42.99, 42.0, 45.0]
    cells = [h3.latlng_to_cell(y, x, 4) for x, y in zip(lon, lat, strict=True)][1:]
    hits, checked = [3, 9, 1, 6, 12, 1, 20], [30, 90, 10, 60, 120, 10, 200]
    ids = ["a", "b", "c", "d", *cells]
    share = pd.Series(hits) / pd.Series(checked)
    columns = {
        "kind": ["crossing"] * 4 + ["cell"] * 3,
        "place_id": ids,
        "name": ids,
        "selection": "mixed",
        "targeted_share": [0.5, 0.5, 0.5, 0.05, 0.5, 0.5, 0.5],
        "seizures": [0, 6, 7, 8, 6, 7, 8],
        "checked": checked,
        "hits": hits,
        **dict.fromkeys(("hit_rate", "hit_rate_low", "hit_rate_high", "smoothed", "ratio"), share),
        **dict.fromkeys(("expected", "p_value", "q_value", "gi_z"), 0.5),
        "hotspot": [True] + [False] * 6,
    }
    places = gpd.GeoDataFrame(
        columns, geometry=gpd.points_from_xy([*lon, 0, 0, 0], [*lat, 0, 0, 0]), crs=4326
    )
    places.attrs = {
        "request": {"resolution": 4},
        "checked": 190,
        "hits": 4,
        "notes": ("Left out: seizures without a place: 2.", "Left out: others: 20."),
    }
    return places


def test_spots_by_hand() -> None:
    spots = spots_by_hand()
    shown = review.suppressed_spots(spots, 5)
    # crossings a and c are small; the first hexagon less b is 3, the second is small, the third less d is 14
    assert known(shown["hits"]) == [None, 9, None, 6, None, None, 20]
    hidden = shown["hits"].isna()
    for column in ("hit_rate", "hit_rate_low", "hit_rate_high", "ratio", "p_value", "q_value"):
        assert (shown[column].isna() == hidden).all()
    assert shown["smoothed"].isna().all()
    assert shown["gi_z"].notna().all()
    assert (shown["expected"].notna() & shown["checked"].notna()).all()
    assert known(shown["targeted_share"])[3] is None  # 3 of 60
    assert shown["not_told"].tolist()[:4] == [FEW, "", FEW, ""]
    assert set(shown["not_told"][4:][hidden]) == {NOT_TOLD}
    kept = ["kind", "place_id", "name", "selection", "hotspot", "geometry"]
    assert shown[kept].equals(spots[kept])
    assert (shown.attrs["suppressed_below"], shown.attrs["hits"], shown.attrs["checked"]) == (5, None, 190)
    assert shown.attrs["notes"] == (f"Left out: seizures without a place: {FEW}.", "Left out: others: 20.")
    assert spots["hits"].tolist() == [3, 9, 1, 6, 12, 1, 20]  # the summary itself is as it was


def test_few_checks_take_what_rests_on_them() -> None:
    spots = spots_by_hand()
    spots.loc[:1, ["checked", "hits"]] = [[4, 0], [3, 0]]
    shown = review.suppressed_spots(spots, 5).iloc[:2]
    assert shown[["checked", "expected", "hit_rate_high", "targeted_share", "p_value"]].isna().all(axis=None)
    assert shown["hits"].tolist() == [0, 0]


def test_a_threshold_of_one_tells_all() -> None:
    spots = spots_by_hand()
    shown = review.suppressed_spots(spots, 1)
    assert (shown["hits"] == spots["hits"]).all()
    assert shown["q_value"].equals(spots["q_value"])
    assert (shown["not_told"] == "").all()
    assert shown.attrs["hits"] == 4


def test_time_by_hand() -> None:
    line = pd.DataFrame({"checked": [50, 3, 60, 0], "hits": [6, 2, 9, 0], "expected": [4.0, 0.2, 5.0, 0.0]})
    shown = review.suppressed_timeline(line, 5)
    assert known(shown["checked"]) == [None, None, 60, 0]
    assert known(shown["hits"]) == [None, None, 9, 0]
    assert known(shown["expected"]) == [None, None, 5, 0]
    assert shown["not_told"].tolist() == [NOT_TOLD, NOT_TOLD, "", ""]
    assert shown.attrs["suppressed_below"] == 5


def test_totals_by_hand(operation: Operation) -> None:
    table = review.totals(operation, "country")  # two seizures in BG, three in RS
    shown = review.suppressed_totals(table, 3)
    assert shown["seizures"].isna().all()
    assert shown["heroin_kg"].isna().all()
    assert shown["not_told"].tolist() == [NOT_TOLD] * 2
    assert known(review.suppressed_totals(table, 2)["seizures"]) == [2, 3]
    by_kind = pd.DataFrame(
        {
            "commodity": ["persons", "heroin", "cash"],
            "unit": ["person", "kg", "eur"],
            "seizures": [9, 9, 9],
            "quantity": [2.0, 2.0, 3.0],
        }
    )
    assert known(review.suppressed_totals(by_kind, 5)["quantity"]) == [None, 2, 3]  # persons are counted


def test_the_sheet_by_hand() -> None:
    sheet = arrests_sheet([20, 30, 2, 8, 0]).assign(published=1.0, difference=3.0)
    cases = pd.DataFrame(
        [
            ("Cases", "Victims identified", 4.0, 4.0, 0.0, ""),
            ("Cases", "Investigations opened", np.nan, 9.0, np.nan, "not recorded"),
            ("Drugs", "Heroin, kg", 1.5, np.nan, np.nan, ""),
            ("Firearms", "Firearms", 2.0, np.nan, np.nan, ""),
            ("Published too", "Opium kg", 2.0, 2.0, 0.0, ""),
            ("Published too", "Vessels", 2.0, 2.0, 0.0, ""),
        ],
        columns=sheet.columns,
    )
    whole = pd.concat([sheet, cases], ignore_index=True)
    shown = review.suppressed_sheet(whole, 5)
    assert known(shown["value"]) == [60, 20, 30, None, None, 0, None, None, 1.5, 2, 2, None]
    assert shown["published"].equals(whole["published"])
    assert known(shown["difference"]) == [3, 3, 3, None, None, 3, None, None, None, None, 0, None]
    assert shown["not_told"].tolist() == [*[""] * 3, *[NOT_TOLD] * 2, "", FEW, *[""] * 4, FEW]


def test_all_arrests_are_withheld_where_they_would_tell_every_part() -> None:
    assert known(review.suppressed_sheet(arrests_sheet([1, 1, 1, 1, 1]), 5)["value"]) == [None] * 6
    assert known(review.suppressed_sheet(arrests_sheet([3, 0, 0, 0, 0]), 5)["value"]) == [
        *[None] * 2,
        *[0] * 4,
    ]


def test_a_comparison_by_hand() -> None:
    rows = pd.DataFrame(
        {
            "country": ["RS", "BG", "MK"],
            "name": ["RS", "BG", "MK"],
            "selection": "targeted",
            "checked_before": [100, 1200, 300],
            "hits_before": [3, 8, 1],
            "checked_after": [200, 100, 400],
            "hits_after": [20, 6, 30],
            **{name: [0.1, 0.2, 0.3] for name in ("ratio", "low", "high", "p_value", "q_value")},
            "words": "as it was",
        }
    )
    whole = rows.head(1).drop(columns="country")
    published = pd.DataFrame({"before": [2.0]})
    compared = review.Comparison("one", "other", whole, rows, rows, rows, published)
    shown = review.suppressed_comparison(compared, 5)
    assert shown.countries["name"].tolist() == ["BG", "MK", "RS"]
    assert known(shown.countries["hits_before"]) == [8, None, None]
    assert known(shown.countries["hits_after"]) == [6, 30, 20]
    assert known(shown.countries["q_value"]) == [0.2, None, None]
    assert shown.countries["words"].tolist() == [
        "as it was",
        f"{FEW} hits in 300 checks, then 30 in 400",
        f"{FEW} hits in 100 checks, then 20 in 200",
    ]
    assert shown.totals["words"].tolist() == [f"{FEW} hits in 100 checks, then 20 in 200"]
    assert list(shown.crossings.columns) == list(rows.columns)
    assert shown.published is published
    nothing = replace(compared, countries=rows.head(0))
    assert len(review.suppressed_comparison(nothing, 5).countries) == 0


def test_planned_against_done_by_hand() -> None:
    table = pd.DataFrame(
        {
            "name": ["A", "B", "C", "D"],
            "officers": [2.0, 3.0, 4.0, np.nan],
            "checked": pd.array([50, 60, 70, None], dtype="Int64"),
            "hits": pd.array([3, 6, 9, None], dtype="Int64"),
        }
    )
    table.attrs["days"] = "26 October 2022"
    shown = review.suppressed_planned(table, 5)
    assert known(shown["hits"]) == [None, None, 9, None]
    assert known(shown["checked"]) == [50, 60, 70, None]
    assert known(shown["officers"]) == [2, 3, 4, None]
    assert shown["not_told"].tolist() == [NOT_TOLD, NOT_TOLD, "", ""]  # of D nothing was reported
    assert shown.attrs == {"days": "26 October 2022", "suppressed_below": 5}


@pytest.fixture(scope="module")
def action() -> Operation:
    return store.load_operation(EXERCISE)


def told_counts(action: Operation, least: int) -> dict[str, pd.Series]:
    """Give every column of counts that the functions tell of an action."""
    table = reference.load_crossings(action.starts)
    spots = review.suppressed_spots(hotspots.summarise(action.seizures, action.check_shifts, table), least)
    reports = hotspots.gather(
        action.seizures, action.check_shifts, table, unit_checked="person", resolution=4
    )
    line = review.suppressed_timeline(hotspots.timeline(hotspots.per_period(reports, "all")), least)
    sheet = review.suppressed_sheet(review.result_sheet(action, reference.load_actions()), least)
    middle = datetime(2022, 10, 28, tzinfo=UTC)
    one = review.select(action, review.ReviewFilter(ends_utc=middle))
    other = review.select(action, review.ReviewFilter(starts_utc=middle))
    compared = review.suppressed_comparison(review.compare(one, other, crossings=table), least)
    post = Deployment("hr-si-bregana-obrezje", "Bregana", 15.69, 45.85, 4)
    done = review.planned_against_done(Plan("p", "Plan", action.starts, (post,)), action, table)
    frames = {
        "spots": spots[["hits", "checked", "seizures"]],
        "line": line[["hits", "checked"]],
        "sheet": sheet.loc[~sheet["group"].isin(["Firearms", "Drugs", "Other"]), ["value"]],
        "planned": review.suppressed_planned(done, least)[["hits", "checked"]],
        "places": review.counted_places(action.seizures, least)[["seizures"]],
        "yields": review.suppressed_yields(review.yields(action, table), least)[["hits", "seizures"]],
        "intensity": review.suppressed_intensity(review.check_intensity(action.check_shifts, table), least)[
            ["hits", "checked"]
        ],
    }
    for by in ("country", "crime_area", "commodity", "unit"):
        frames[by] = review.suppressed_totals(review.totals(action, by), least)[["seizures"]]
    for name in ("totals", "crossings", "sections", "countries"):
        counts = ["hits_before", "hits_after", "checked_before", "checked_after"]
        frames[f"compared {name}"] = getattr(compared, name)[counts]
    return {f"{name} {column}": frame[column] for name, frame in frames.items() for column in frame}


@pytest.mark.parametrize("least", [3, 5, 10])
def test_no_small_count_of_the_exercise_is_told(action: Operation, least: int) -> None:
    for name, counts in told_counts(action, least).items():
        assert not review.is_small(counts, least).any(), name
    hidden = {name for name, counts in told_counts(action, least).items() if counts.isna().any()}
    assert {"spots hits", "places seizures", "planned hits"} <= hidden


def test_a_crossing_cannot_be_read_from_its_hexagon(action: Operation) -> None:
    table = reference.load_crossings(action.starts)
    spots = review.suppressed_spots(hotspots.summarise(action.seizures, action.check_shifts, table), 5)
    crossings, cells = (spots[spots["kind"] == kind] for kind in ("crossing", "cell"))
    at = [h3.latlng_to_cell(point.y, point.x, 4) for point in crossings.geometry]
    for column in ("hits", "seizures"):
        known_there = crossings[column].fillna(0).groupby(at).sum()
        hidden_there = crossings[column].isna().groupby(at).sum()
        told = cells.dropna(subset=column).set_index("place_id")[column]
        rest = told - known_there.reindex(told.index).fillna(0)
        assert not review.is_small(rest, 5).any()
        assert (hidden_there.reindex(told.index).fillna(0) != 1).all()


def test_words_of_the_comparison_hold_no_small_count(action: Operation) -> None:
    table = reference.load_crossings(action.starts)
    middle = datetime(2022, 10, 28, tzinfo=UTC)
    one = review.select(action, review.ReviewFilter(ends_utc=middle))
    other = review.select(action, review.ReviewFilter(starts_utc=middle))
    shown = review.suppressed_comparison(review.compare(one, other, crossings=table), 5)
    assert not shown.crossings["words"].str.contains(r"(?:^|then )[1-4] (?:hits|in)").any()
    assert shown.crossings["words"].str.contains(FEW).any()
