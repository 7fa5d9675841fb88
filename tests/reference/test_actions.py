"""Published figures of past actions, and press events as records of the project."""

import pandas as pd
import pytest

from geoanalysis.domain.formulas import defuse
from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.domain.vocabularies import CrimeArea, Handling, SourceType
from geoanalysis.reference import load_actions, load_crossings, load_press_events

# Europol and Frontex, press releases of November 2022 on the action of 26-29 October 2022.
PUBLISHED_2022 = {
    ("persons_checked", ""): 74_924,
    ("firearms", ""): 106,
    ("heroin_kg", ""): 304,
    ("cocaine_kg", ""): 1.3,
    ("cannabis_kg", ""): 147,
    ("arrests", ""): 382,
    ("investigations_opened", ""): 130,
    ("officers", ""): 16_000,
    ("arrests", "migrant_smuggling"): 159,
    ("arrests", "drug_trafficking"): 112,
    ("arrests", "firearms"): 38,
}


@pytest.fixture(scope="module")
def actions() -> pd.DataFrame:
    return load_actions()


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    return load_press_events()


def test_all_actions_are_there(actions: pd.DataFrame) -> None:
    assert (len(actions), actions["action_id"].nunique()) == (326, 33)
    assert actions["value"].notna().all()
    assert actions["source_url"].str.startswith("http").all()


@pytest.mark.parametrize(("figure", "value"), PUBLISHED_2022.items())
def test_figures_of_october_2022(actions: pd.DataFrame, figure: tuple[str, str], value: float) -> None:
    action = actions[(actions["action_id"] == "JAD_SEE_2022") & (actions["scope"] == "ALL")]
    found = action[(action["measure"] == figure[0]) & (action["qualifier"] == figure[1])]
    assert found["value"].tolist() == [value]


@pytest.mark.parametrize(
    ("action_id", "precision", "first", "last"),
    [
        ("JAD_SEE_2022", "day", "2022-10-26", "2022-10-29"),
        ("DANUBE_1_2016", "month", "2016-09-01", "2016-09-30"),
        ("BOSPHORUS_2016", "year", "2016-01-01", "2016-12-31"),
        ("CONVERSUS_UNDATED", "not stated", "NaT", "NaT"),
    ],
)
def test_dates_are_whole(
    actions: pd.DataFrame, action_id: str, precision: str, first: str, last: str
) -> None:
    rows = actions[actions["action_id"] == action_id]
    days = (
        rows[["start_date", "end_date"]].map(lambda day: str(day)[:10]).drop_duplicates().to_numpy().tolist()
    )
    assert days == [[first, last]]
    assert set(rows["date_precision"]) == {precision}


def test_contradictions_are_said_not_settled(actions: pd.DataFrame) -> None:
    trigger = actions[(actions["action_id"] == "BALKAN_TRIGGER_2016") & (actions["measure"] == "arrests")]
    assert {14, 22} <= set(trigger["value"])
    heroin = actions[(actions["action_id"] == "JAD_SEE_2022") & (actions["measure"] == "heroin_kg")]
    assert "OCCRP looks wrong" in heroin["note"].item()


def test_press_events_are_records_of_the_media(events: pd.DataFrame) -> None:
    assert len(events) == 90
    assert list(events.drop(columns="geometry")) == SEIZURES.names
    assert events["seizure_id"].is_unique
    assert set(events["source_type"]) == {SourceType.MEDIA}
    assert set(events["handling"]) == {Handling.H0}
    assert events["shift_id"].isna().all()
    for column in SEIZURES.columns:
        if column.vocabulary is not None:
            assert set(events[column.name].dropna()) <= {word.value for word in column.vocabulary}
        assert not (column.required and events[column.name].isna().any())


def test_a_report_that_anyone_can_read_again(events: pd.DataFrame) -> None:
    """Bulgaria's largest heroin seizure: https://www.thenews.com.pk/print/459829 (April 2019)."""
    record = events.set_index("seizure_id").loc["PR0002"]
    assert record["occurred_utc"] == pd.Timestamp("2019-04-14", tz="UTC")
    assert record[["commodity", "quantity", "unit"]].tolist() == ["heroin", 288, "kg"]
    assert record["crossing_id"] == "bg-tr-kapitan-andreevo-kapikule"
    assert "more than 288" in record["remarks"]


@pytest.mark.parametrize(
    ("seizure_id", "commodity", "quantity", "unit", "remark"),
    [
        ("PR0030", "cash", None, None, "71230 GBP"),
        ("PR0027", "cash", 102_000, "eur", "date: report date"),
        ("PR0026", "tobacco", 4_000_000, "cigarette", "reported as cigarettes"),
        ("PR0059", "other", None, None, "14500 EUR value"),
        ("PR0129", "ammunition", 83, "cartridge", "date: year from context"),
        ("PR0043", "other", None, None, "counterfeit currency, 200 EUR"),
        ("PR0046", "cannabis", 1100, "kg", "date: month"),
    ],
)
def test_words_and_units_become_those_of_the_project(
    events: pd.DataFrame,
    seizure_id: str,
    commodity: str,
    quantity: float | None,
    unit: str | None,
    remark: str,
) -> None:
    record = events.set_index("seizure_id").loc[seizure_id]
    found = [None if pd.isna(value) else value for value in record[["commodity", "quantity", "unit"]]]
    assert found == [commodity, quantity, unit]
    assert remark in record["remarks"]


def test_crime_areas_follow_from_what_was_seized(events: pd.DataFrame) -> None:
    areas = events.set_index("seizure_id")["crime_area"]
    assert areas["PR0139"] == CrimeArea.FIREARMS
    assert areas["PR0115"] == CrimeArea.MIGRANT_SMUGGLING
    assert areas["PR0002"] == CrimeArea.DRUGS


def test_events_at_a_crossing_stand_there(events: pd.DataFrame) -> None:
    crossings = load_crossings(pd.Timestamp("2022-10-26").date()).set_index("crossing_id")
    matched = events[events["crossing_id"].notna()]
    at = crossings.loc[matched["crossing_id"]]
    assert len(matched) == 81
    assert (matched["lon"].to_numpy() == at.geometry.x.to_numpy()).all()
    sides = at[["country_a", "country_b"]].to_numpy()
    assert all(country in pair for country, pair in zip(matched["country"], sides, strict=True))
    assert events["lon"].notna().all()


def test_no_text_would_run_in_a_spreadsheet(events: pd.DataFrame, actions: pd.DataFrame) -> None:
    cells = [*events.drop(columns="geometry").to_numpy().ravel(), *actions.to_numpy().ravel()]
    texts = [cell for cell in cells if isinstance(cell, str)]
    assert len(texts) > 4000
    assert [text for text in texts if defuse(text) != text] == []
