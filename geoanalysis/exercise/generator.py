"""
The seeded generator of exercises in the frame of the joint action of 26-29 October 2022.

No public file of events with coordinates exists of that action. An exercise has the published totals, real
crossings and roads, and places where hits were planted, so that an analysis can be scored against the truth.
Everything is drawn from one `numpy.random.Generator`: the same seed, data and library versions give the same
bytes.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from geoanalysis import store
from geoanalysis.domain.errors import StoreError
from geoanalysis.domain.marking import EXERCISE_NOTICE
from geoanalysis.domain.operation import Operation
from geoanalysis.exercise.places import (
    APART_KM,
    BASE_HIT_RATE,
    HOT_FACTOR,
    LEAST_EXPECTED_HITS,
    OVER_CHECKED_TIMES,
    draw_places,
)
from geoanalysis.exercise.published import ENDS, STARTS
from geoanalysis.exercise.results import draw_results
from geoanalysis.exercise.seizures import draw_seizures
from geoanalysis.exercise.setting import Setting, bundled_setting
from geoanalysis.exercise.shifts import draw_shifts

GENERATOR_VERSION: Final = 1
"""Raised whenever the same seed gives another exercise."""


@dataclass(frozen=True)
class Planted:
    """
    The hidden truth of an exercise.

    `hot` are the ids of crossings where every check has `factor` times the `base_hit_rate`; `over_checked` of
    those where the rate is the base rate and `times` more than usual is checked. `places` tells of each its
    id, name, checks, expected hits at the base rate, and hits.
    """

    seed: int
    base_hit_rate: float
    factor: float
    times: float
    hot: tuple[str, ...]
    over_checked: tuple[str, ...]
    places: pd.DataFrame


@dataclass(frozen=True)
class Exercise:
    """A simulated operation and the truth that is hidden in it."""

    operation: Operation
    planted: Planted


def generate(seed: int, setting: Setting | None = None) -> Exercise:
    """
    Make the exercise of a seed.

    Parameters
    ----------
    seed
        Not negative.
    setting
        What all seeds share; read from the bundled data if not given. Give it when making many.

    Raises
    ------
    InsufficientDataError
        If the setting has too few crossings or road points.
    """
    setting = bundled_setting() if setting is None else setting
    random = np.random.default_rng(seed)
    places = draw_places(setting, random)
    shifts = draw_shifts(places, random)
    modes = setting.crossings.set_index("crossing_id")["mode"]
    operation = Operation(
        operation_id="exercise-2022",
        name="EXERCISE in the frame of Joint Action Days South East Europe 2022",
        starts=STARTS,
        ends=ENDS,
        seizures=draw_seizures(shifts, modes, setting.published, random),
        check_shifts=shifts,
        results=draw_results(shifts, setting.published, random),
        countries=tuple(sorted(places["country"].unique())),
        exercise=True,
        data_as_of=datetime(2022, 10, 30, tzinfo=UTC),
        remarks=f"{EXERCISE_NOTICE}: seed {seed}, generator version {GENERATOR_VERSION}",
    )
    return Exercise(operation, _planted(seed, places, operation))


def planted_json(planted: Planted) -> str:
    """Give the hidden truth as JSON, as it is written beside the data."""
    facts: dict[str, Any] = {
        "notice": EXERCISE_NOTICE,
        "generator_version": GENERATOR_VERSION,
        "seed": planted.seed,
        "base_hit_rate": planted.base_hit_rate,
        "least_expected_hits": LEAST_EXPECTED_HITS,
        "apart_km": APART_KM,
        "hot": {"factor": planted.factor, "places": _records(planted, planted.hot)},
        "over_checked": {"times": planted.times, "places": _records(planted, planted.over_checked)},
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def write_exercise(exercise: Exercise, folder: Path) -> None:
    """
    Write an exercise as an operation folder, with ``planted.json`` beside the data.

    Raises
    ------
    StoreError
        If the folder cannot be written, or holds something else.
    """
    if folder.suffix == ".gpkg":
        raise StoreError(f"{folder}: an exercise is written as a folder: choose a name without .gpkg")
    store.save_operation(exercise.operation, folder)
    store.write_bytes(planted_json(exercise.planted).encode(), folder / "planted.json")


def _planted(seed: int, places: pd.DataFrame, operation: Operation) -> Planted:
    hits = operation.check_shifts.groupby("crossing_id")["hits"].sum()
    known = places[places["crossing_id"].notna()].sort_values("place_id")
    hot, over_checked = known[known["factor"] > 1], known[known["times"] > 1]
    chosen = pd.concat([hot, over_checked])
    table = pd.DataFrame(
        {
            "place_id": chosen["place_id"],
            "name": chosen["place_name"],
            "lon": chosen["lon"],
            "lat": chosen["lat"],
            "checked": chosen["checked"],
            "expected_hits": (chosen["checked"] * BASE_HIT_RATE).round(2),
            "hits": chosen["place_id"].map(hits).astype("int64"),
        }
    ).reset_index(drop=True)
    return Planted(
        seed,
        BASE_HIT_RATE,
        HOT_FACTOR,
        OVER_CHECKED_TIMES,
        tuple(hot["place_id"]),
        tuple(over_checked["place_id"]),
        table,
    )


def _records(planted: Planted, place_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    table = planted.places
    records: list[dict[str, Any]] = table[table["place_id"].isin(place_ids)].to_dict("records")
    return records
