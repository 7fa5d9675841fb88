"""An exercise is consistent with itself, with the real places, and with what was planted in it."""

import json
import time
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geoanalysis import intake, store
from geoanalysis.domain.errors import InsufficientDataError, StoreError
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES
from geoanalysis.exercise import Exercise, Setting, generate, planted_json, write_exercise

BUNDLED = Path(__file__).parents[2] / "data" / "actions" / "exercise_2022"


def haversine_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Distance on a sphere of 6371 km: within 0.6 % of the ellipsoid."""
    half = (
        sin(radians(lat_b - lat_a) / 2) ** 2
        + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * 6371 * asin(sqrt(half))


def at(exercises: list[Exercise], which: str) -> pd.DataFrame:
    """All shifts at the hot, the over-checked or the ordinary crossings of all exercises."""
    tables = []
    for exercise in exercises:
        shifts = pd.DataFrame(exercise.operation.check_shifts.drop(columns="geometry"))
        hot = shifts["crossing_id"].isin(exercise.planted.hot)
        over = shifts["crossing_id"].isin(exercise.planted.over_checked)
        chosen = {"hot": hot, "over_checked": over, "ordinary": ~hot & ~over}[which]
        tables.append(shifts[chosen].assign(seed=exercise.planted.seed))
    return pd.concat(tables)


def test_it_says_that_it_is_an_exercise(exercise: Exercise) -> None:
    operation = exercise.operation
    assert operation.exercise
    assert "EXERCISE" in operation.name
    assert operation.remarks.startswith(f"EXERCISE - simulated: seed {exercise.planted.seed}")
    assert (operation.starts.isoformat(), operation.ends.isoformat()) == ("2022-10-26", "2022-10-29")
    assert operation.handling == "H1"


def test_frames_conform(exercise: Exercise) -> None:
    operation = exercise.operation
    for schema, frame in (
        (SEIZURES, operation.seizures),
        (CHECK_SHIFTS, operation.check_shifts),
        (RESULTS, operation.results),
    ):
        pd.testing.assert_frame_equal(schema.conform(frame), frame)
        assert frame[[c.name for c in schema.columns if c.required]].notna().all(axis=None)


def test_places_are_the_open_crossings_and_points_on_the_road(exercise: Exercise, setting: Setting) -> None:
    shifts = exercise.operation.check_shifts
    assert set(shifts["crossing_id"].dropna()) == set(setting.crossings["crossing_id"])
    assert setting.crossings["open"].all()
    on_the_road = shifts[shifts["crossing_id"].isna()]
    assert on_the_road["place_name"].str.fullmatch(r"rp-\d{4} near .+").all()
    assert on_the_road.groupby("place_name")[["lon", "lat"]].nunique().eq(1).all(axis=None)
    assert on_the_road["lon"].between(12, 31).all()
    assert on_the_road["lat"].between(34.5, 49.5).all()


def test_shifts_are_possible(exercise: Exercise) -> None:
    shifts = exercise.operation.check_shifts
    assert shifts["shift_id"].is_unique
    assert shifts["start_utc"].min() >= pd.Timestamp("2022-10-26", tz="UTC")
    assert shifts["end_utc"].max() <= pd.Timestamp("2022-10-30", tz="UTC")
    assert set(shifts["end_utc"] - shifts["start_utc"]) == {pd.Timedelta(hours=8)}
    assert (
        not shifts.assign(place=shifts["crossing_id"].fillna(shifts["place_name"]))
        .duplicated(["place", "start_utc"])
        .any()
    )
    assert (shifts["hits"] <= shifts["checked"]).all()
    assert (shifts["checked"] <= shifts["passed"]).dropna().all()
    assert 0.7 < shifts["passed"].notna().mean() < 0.95
    assert 0.7 < shifts["officers"].notna().mean() < 0.95
    assert set(shifts["selection"]) == {"random", "targeted", "unknown"}
    assert (shifts["selection"] == "unknown").mean() < 0.1


def test_seizures_are_hits_of_their_shift(exercise: Exercise) -> None:
    shifts = exercise.operation.check_shifts.set_index("shift_id")
    seizures = exercise.operation.seizures
    events = seizures.drop_duplicates("seizure_id")
    assert 300 <= len(events) <= 400
    per_shift = events["shift_id"].value_counts()
    assert (per_shift <= shifts.loc[per_shift.index, "hits"]).all()
    of = shifts.loc[seizures["shift_id"]].reset_index()
    for column in ("country", "crossing_id", "place_name", "lon", "lat", "direction"):
        pd.testing.assert_series_equal(seizures[column], of[column])
    assert ((seizures["occurred_utc"] >= of["start_utc"]) & (seizures["occurred_utc"] < of["end_utc"])).all()


def test_items_are_numbered_within_their_seizure(exercise: Exercise) -> None:
    seizures = exercise.operation.seizures
    assert not seizures.duplicated(["seizure_id", "item"]).any()
    by_event = seizures.groupby("seizure_id")
    assert (by_event["item"].max() == by_event.size()).all()
    assert (
        not seizures[["seizure_id", "shift_id", "occurred_utc", "transport_mode"]]
        .drop_duplicates()["seizure_id"]
        .duplicated()
        .any()
    )
    assert (by_event.size() > 1).any()


def test_hot_spots_are_where_they_can_be_found(exercises: list[Exercise], setting: Setting) -> None:
    for exercise in exercises:
        planted, places = exercise.planted, exercise.planted.places.set_index("place_id")
        assert len(planted.hot) == 4
        assert len(planted.over_checked) == 3
        assert set(places.index) == {*planted.hot, *planted.over_checked}
        assert set(places.index) <= set(setting.crossings["crossing_id"])
        shifts = exercise.operation.check_shifts
        checked = shifts.groupby("crossing_id")["checked"].sum()
        assert (checked[places.index] == places["checked"]).all()
        assert (checked[list(planted.hot)] * planted.base_hit_rate >= 5).all()


def test_planted_places_lie_far_apart(exercises: list[Exercise]) -> None:
    for exercise in exercises:
        spots = exercise.planted.places[["lon", "lat"]].to_numpy().tolist()
        assert min(haversine_km(*a, *b) for a, b in combinations(spots, 2)) > 99.4


def test_hit_rates_are_three_times_the_base_at_hot_spots_only(exercises: list[Exercise]) -> None:
    for which, rate in (("hot", 0.06), ("over_checked", 0.02), ("ordinary", 0.02)):
        shifts = at(exercises, which)
        hits, checked = int(shifts["hits"].sum()), int(shifts["checked"].sum())
        assert abs(hits - rate * checked) < 4 * sqrt(rate * checked), which
    by_selection = at(exercises, "ordinary").groupby("selection")[["hits", "checked"]].sum()
    assert np.abs(by_selection["hits"] / by_selection["checked"] - 0.02).max() < 0.003


def test_over_checked_crossings_are_checked_six_times_more(exercises: list[Exercise]) -> None:
    share = {}
    for which in ("over_checked", "ordinary"):
        known = at(exercises, which).dropna(subset=["passed", "crossing_id"])
        places = known.groupby(["seed", "crossing_id"])[["checked", "passed"]].sum()
        share[which] = (places["checked"] / places["passed"]).median()
    assert share["over_checked"] / share["ordinary"] == pytest.approx(6, rel=0.35)


def test_planted_places_change_with_the_seed(exercises: list[Exercise]) -> None:
    assert len({exercise.planted.hot for exercise in exercises}) == len(exercises)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_seed_gives_the_same_bytes(setting: Setting, tmp_path: Path) -> None:
    write_exercise(generate(7), tmp_path / "fresh")
    before = time.process_time()
    write_exercise(generate(7, setting), tmp_path / "again")
    assert time.process_time() - before < 3
    write_exercise(generate(8, setting), tmp_path / "other")
    assert files(tmp_path / "fresh") == files(tmp_path / "again")
    assert files(tmp_path / "fresh")["seizures.csv"] != files(tmp_path / "other")["seizures.csv"]


def test_the_bundled_exercise_is_that_of_seed_2022(setting: Setting, tmp_path: Path) -> None:
    write_exercise(generate(2022, setting), tmp_path / "made")
    bundled = files(BUNDLED)
    bundled.pop("SOURCES.md")
    assert files(tmp_path / "made") == bundled


def test_what_is_written_comes_back(exercise: Exercise, tmp_path: Path) -> None:
    write_exercise(exercise, tmp_path / "made")
    found = store.load_operation(tmp_path / "made")
    for name in ("seizures", "check_shifts", "results"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(exercise.operation, name))
    planted = json.loads((tmp_path / "made" / "planted.json").read_text("utf-8"))
    assert [place["place_id"] for place in planted["hot"]["places"]] == list(exercise.planted.hot)
    assert planted["base_hit_rate"] == 0.02
    assert planted["hot"]["factor"] == 3
    assert planted["over_checked"]["times"] == 6
    assert planted == json.loads(planted_json(exercise.planted))


def test_intake_accepts_every_row_of_it(exercise: Exercise, setting: Setting, tmp_path: Path) -> None:
    write_exercise(exercise, tmp_path / "made")
    for file, read in (("seizures", intake.read_seizures), ("check_shifts", intake.read_check_shifts)):
        records, report = read(tmp_path / "made" / f"{file}.csv", crossings=setting.crossings)
        assert report.ok, report.findings
        pd.testing.assert_frame_equal(records, getattr(exercise.operation, file))
    records, report = intake.read_results(tmp_path / "made" / "results.csv")
    assert report.ok, report.findings
    pd.testing.assert_frame_equal(records, exercise.operation.results)


def test_a_setting_that_is_too_small_is_refused(setting: Setting) -> None:
    few = Setting(setting.crossings, setting.road_points.head(10), setting.published)
    with pytest.raises(InsufficientDataError, match="10 are there: choose more corridors"):
        generate(1, few)


def test_an_exercise_is_a_folder(exercise: Exercise, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="written as a folder"):
        write_exercise(exercise, tmp_path / "made.gpkg")


def test_the_bundled_setting_is_the_day_of_the_action(setting: Setting) -> None:
    pairs = set(setting.crossings["pair"])
    assert {"BG-TR", "HR-SI", "RS-XK"} <= pairs
    assert not pairs & {"BY-LT", "PL-UA", "LT-RU"}
    assert 250 <= len(setting.crossings) <= 345
