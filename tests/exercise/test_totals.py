"""The totals of every exercise are the published ones (press releases of November 2022, see SOURCES.md)."""

import pytest

from geoanalysis.exercise import Exercise
from geoanalysis.reference import load_actions


def results(exercise: Exercise, measure: str, **where: str) -> float:
    table = exercise.operation.results
    chosen = table["measure"] == measure
    for column, value in where.items():
        chosen &= table[column] == value
    return float(table.loc[chosen, "value"].sum())


def seized(exercise: Exercise, commodity: str, unit: str, **where: str) -> float:
    table = exercise.operation.seizures
    chosen = (table["commodity"] == commodity) & (table["unit"] == unit)
    for column, value in where.items():
        chosen &= table[column] == value
    return float(table.loc[chosen, "quantity"].sum())


def test_persons_and_locations(exercise: Exercise) -> None:
    shifts = exercise.operation.check_shifts
    assert set(shifts["unit_checked"]) == {"person"}
    assert shifts["checked"].sum() == 74_924
    assert shifts["crossing_id"].fillna(shifts["place_name"]).nunique() == 998


@pytest.mark.parametrize(
    ("measure", "area", "total"),
    [
        ("arrests", "migrant_smuggling", 159),
        ("arrests", "drugs", 112),
        ("arrests", "firearms", 38),
        ("arrests", "human_trafficking", 2),
        ("arrests", "other", 71),
        ("investigations_opened", "other", 130),
        ("illegal_entries", "migrant_smuggling", 2500),
        ("officers", "other", 16_000),
    ],
)
def test_results(exercise: Exercise, measure: str, area: str, total: int) -> None:
    assert results(exercise, measure, crime_area=area) == total


def test_all_arrests(exercise: Exercise) -> None:
    assert results(exercise, "arrests") == 382


@pytest.mark.parametrize(
    ("commodity", "unit", "total"),
    [
        ("firearm", "piece", 106),
        ("heroin", "kg", 304),
        ("cocaine", "kg", 1.3),
        ("cannabis", "kg", 147),
        ("explosive_ordnance", "piece", 1 + 1 + 15 + 2),
    ],
)
def test_seizures(exercise: Exercise, commodity: str, unit: str, total: float) -> None:
    assert seized(exercise, commodity, unit) == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize(
    ("what", "pieces"),
    [("antipersonnel_mines", 1), ("air_defence_systems", 1), ("grenades", 15), ("antitank_missiles", 2)],
)
def test_ordnance_by_kind(exercise: Exercise, what: str, pieces: int) -> None:
    assert seized(exercise, "explosive_ordnance", "piece", remarks=what) == pieces


def test_the_figures_of_the_host_country(exercise: Exercise) -> None:
    shifts = exercise.operation.check_shifts
    assert shifts.loc[shifts["country"] == "ME", "checked"].sum() == 1220
    assert seized(exercise, "firearm", "piece", country="ME") == 24
    assert seized(exercise, "ammunition", "cartridge", country="ME") == 6000
    assert seized(exercise, "explosive", "kg", country="ME") == pytest.approx(1.2)
    assert seized(exercise, "document", "piece", country="ME") == 2
    assert seized(exercise, "vehicle", "piece", country="ME") == 2
    for measure, total in {
        "officers": 300,
        "vehicles_checked": 1550,
        "vessels_checked": 2,
        "prevented_entry": 75,
        "refused_entry": 10,
    }.items():
        assert results(exercise, measure, country="ME") == total


def test_every_published_measure_is_in_the_exercise(exercise: Exercise) -> None:
    """Whoever adds a figure of the action to the table learns here that the exercise lacks it."""
    actions = load_actions()
    published = set(actions.loc[actions["action_id"] == "JAD_SEE_2022", "measure"])
    counted = set(exercise.operation.results["measure"]) | set(
        exercise.operation.seizures["remarks"].dropna()
    )
    by_columns = {
        "persons_checked",
        "locations_checked",
        "firearms",
        "weapons",
        "ammunition",
        "explosives_kg",
        "heroin_kg",
        "cocaine_kg",
        "cannabis_kg",
    }
    assert published == (counted & published) | by_columns


def test_counts_of_things_are_whole(exercise: Exercise) -> None:
    table = exercise.operation.seizures
    things = table[table["unit"].isin(["piece", "person", "cartridge", "tablet", "pack"])]
    assert (things["quantity"] % 1 == 0).all()
    assert (table["quantity"] > 0).all()
    assert (exercise.operation.results["value"] % 1 == 0).all()
