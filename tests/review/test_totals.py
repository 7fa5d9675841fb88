from dataclasses import replace

import pandas as pd
import pytest

from geoanalysis.domain.operation import Operation
from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.review import totals


def test_by_country(operation: Operation) -> None:
    expected = pd.DataFrame(
        {
            "country": ["BG", "RS"],
            "seizures": [2, 3],
            "cannabis_kg": [1.5, 0.0],
            "explosive_ordnance_piece": [0.0, 4.0],
            "firearm_piece": [2.0, 3.0],
            "heroin_kg": [3.0, 0.0],
        }
    )
    pd.testing.assert_frame_equal(totals(operation, "country"), expected, check_dtype=False)


def test_by_crime_area_an_event_counts_in_each(operation: Operation) -> None:
    found = totals(operation, "crime_area").set_index("crime_area")
    assert found["seizures"].to_dict() == {"drugs": 3, "firearms": 3}  # Z1 is in both
    assert found["heroin_kg"].to_dict() == {"drugs": 3.0, "firearms": 0.0}


def test_by_commodity(operation: Operation) -> None:
    found = totals(operation, "commodity")
    assert list(found.columns) == ["commodity", "unit", "seizures", "quantity"]
    rows = found.set_index(["commodity", "unit"])
    assert rows.loc[("heroin", "kg")].tolist() == [2, 3.0]
    assert rows.loc[("heroin", "")].tolist() == [1, 0.0]  # how much is not known
    assert rows.loc[("firearm", "piece")].tolist() == [2, 5.0]


@pytest.mark.parametrize("by", ["country", "crime_area"])
def test_rows_add_up_to_the_commodities(operation: Operation, by: str) -> None:
    in_all = totals(operation, "commodity").set_index("commodity")["quantity"]
    rows = totals(operation, by)
    for column in ("cannabis_kg", "explosive_ordnance_piece", "firearm_piece", "heroin_kg"):
        assert rows[column].sum() == pytest.approx(in_all[column.rpartition("_")[0]].sum())


def test_sums_show_no_binary_crumbs(operation: Operation) -> None:
    tenths = pd.concat([operation.seizures.iloc[[3]].assign(quantity=0.1)] * 3)
    assert totals(replace(operation, seizures=tenths), "country")["heroin_kg"].tolist() == [0.3]


@pytest.mark.parametrize("by", ["country", "crime_area", "commodity"])
def test_nothing_gives_an_empty_table(operation: Operation, by: str) -> None:
    found = totals(replace(operation, seizures=SEIZURES.empty()), by)
    assert len(found) == 0
    assert found.columns[0] == by
