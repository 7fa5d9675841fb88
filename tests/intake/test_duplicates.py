"""Records that are there twice, within the limits of place, time and quantity and just beyond them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pyproj import Transformer

from geoanalysis.intake.duplicates import probable_duplicates
from geoanalysis.intake.rules import Rule

ReadRows = Callable[..., Any]
CleanRow = Callable[..., dict[str, Any]]

TO_METRES = Transformer.from_crs(4326, 3035, always_xy=True)
TWINS = [
    ({}, True),
    ({"quantity": "5.89"}, True),  # + 1.9 %
    ({"quantity": "5.91"}, False),  # + 2.2 %
    ({"occurred_utc": "2022-10-27T08:29:00Z"}, True),
    ({"occurred_utc": "2022-10-27T08:31:00Z"}, False),
    ({"lat": "41.7613"}, True),  # 4.9 km
    ({"lat": "41.7643"}, False),  # 5.2 km
    ({"commodity": "cocaine"}, False),
    ({"unit": "g", "quantity": "5.78"}, False),
    ({"quantity": "", "unit": ""}, False),
    ({"lon": "", "lat": "", "crossing_id": ""}, False),
]


@pytest.mark.parametrize(("changes", "twin"), TWINS, ids=[str(changes) for changes, _ in TWINS])
def test_two_countries_report_one_seizure(
    changes: dict[str, str], *, twin: bool, clean_row: CleanRow, read_rows: ReadRows
) -> None:
    other = {"country": "TR", "crossing_id": "", **changes}
    rows = [clean_row("seizures", 1), clean_row("seizures", 2, **other)]
    records, report = read_rows("seizures", rows)
    doubted = report.findings[report.findings["rule"] == Rule.DUP_PROBABLE]
    assert doubted["row"].tolist() == ([2, 3] if twin else [])
    assert len(records) == 2
    if twin:
        assert "row 3 reports" in doubted["message"].iloc[0]


def test_one_country_may_report_alike(clean_row: CleanRow, read_rows: ReadRows) -> None:
    assert read_rows("seizures", [clean_row("seizures", 1), clean_row("seizures", 2)])[1].findings.empty


def test_rows_in_the_same_id_are_refused_from_the_second_on(clean_row: CleanRow, read_rows: ReadRows) -> None:
    rows = [clean_row("check-shifts", 1), clean_row("check-shifts", 2), *[clean_row("check-shifts", 1)] * 2]
    records, report = read_rows("check-shifts", rows)
    assert report.findings[["row", "rule"]].to_numpy().tolist() == [[4, Rule.DUP_EXACT], [5, Rule.DUP_EXACT]]
    assert report.findings["message"].str.startswith("the same as row 2").all()
    assert records["shift_id"].tolist() == ["BG-0001", "BG-0002"]


def test_brute_force_finds_the_same_twins() -> None:
    """Against all pairs of 400 seizures at five places in two days."""
    random = np.random.default_rng(1)
    size = 400
    places = np.array([[26.35, 41.72], [22.86, 43.0], [19.98, 46.17], [19.1, 45.05], [21.25, 42.98]])
    at = places[random.integers(0, 5, size)] + random.normal(0, 0.02, (size, 2))
    values = pd.DataFrame(
        {
            "seizure_id": np.arange(size).astype(str),
            "commodity": random.choice(["heroin", "cash"], size),
            "unit": "kg",
            "country": random.choice(["BG", "RS", "TR"], size),
            "quantity": random.lognormal(1, 0.1, size),
            "occurred_utc": pd.Timestamp("2022-10-26", tz="UTC")
            + pd.to_timedelta(random.uniform(0, 48, size), "h"),
            "lon": at[:, 0],
            "lat": at[:, 1],
        }
    )
    found = probable_duplicates(values, values)[0]["row"].tolist()
    assert found == brute_force(values)
    assert 20 < len(found) < 380


def brute_force(values: pd.DataFrame) -> list[int]:
    """All pairs, within 5 km to the east and to the north, 24 h and 2 % of each other."""
    place = np.column_stack(TO_METRES.transform(values["lon"], values["lat"])) / 5000
    days = (values["occurred_utc"] - values["occurred_utc"].min()).dt.total_seconds().to_numpy() / 86400
    amount = np.log(values["quantity"].to_numpy()) / np.log(1.02)
    all_of_it = np.column_stack([place, days, amount])
    near = (np.abs(all_of_it[:, None] - all_of_it[None]) <= 1).all(axis=2)
    other = values["country"].to_numpy()[:, None] != values["country"].to_numpy()[None]
    same = values["commodity"].to_numpy()[:, None] == values["commodity"].to_numpy()[None]
    return np.flatnonzero((near & other & same).any(axis=1)).tolist()
