import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geoanalysis.domain.crs import LONLAT, METRIC
from geoanalysis.domain.errors import CRSError, SchemaError
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.schemas import CHECK_SHIFTS
from geoanalysis.review import check_intensity

COLUMNS = [
    *("place_id", "name", "passed", "checked", "hits", "officer_hours"),
    *("check_share", "checks_per_officer_hour", "geometry"),
]


def test_by_hand(operation: Operation, crossings: gpd.GeoDataFrame) -> None:
    intensity = check_intensity(operation.check_shifts, crossings)
    assert list(intensity.columns) == COLUMNS
    assert intensity.crs == LONLAT
    rows = intensity.set_index("place_id")
    assert sorted(rows.index) == ["Dragoman", "gradina", "kalotina"]  # S6 has no place
    kalotina = rows.loc["kalotina"]
    assert (kalotina["name"], kalotina["checked"], kalotina["hits"]) == ("Kalotina", 400, 11)
    assert kalotina["passed"] == 1000
    assert kalotina["check_share"] == 100 / 1000  # of the one shift that counted the traffic
    assert kalotina["officer_hours"] == 5 * 8 + 60  # S1 reports officers only: eight hours each
    assert kalotina["checks_per_officer_hour"] == 4
    assert (kalotina.geometry.x, kalotina.geometry.y) == (22.85, 42.99)


def test_unknown_is_nan_and_never_zero(operation: Operation, crossings: gpd.GeoDataFrame) -> None:
    rows = check_intensity(operation.check_shifts, crossings).set_index("place_id")
    gradina = rows.loc["gradina"]
    assert gradina["checked"] == 50
    assert np.isnan(
        gradina[["passed", "check_share", "officer_hours", "checks_per_officer_hour"]].astype(float)
    ).all()
    dragoman = rows.loc["Dragoman"]
    assert (dragoman["passed"], dragoman["checked"]) == (0, 0)
    assert np.isnan(dragoman["check_share"])


def test_units_are_not_mixed(operation: Operation, crossings: gpd.GeoDataFrame) -> None:
    vehicles = check_intensity(operation.check_shifts, crossings, unit_checked="vehicle")
    assert vehicles["place_id"].tolist() == ["gradina"]
    assert vehicles["check_share"].tolist() == [0.1]


def test_points_of_one_name_far_apart_stay_apart(operation: Operation, crossings: gpd.GeoDataFrame) -> None:
    point = operation.check_shifts[operation.check_shifts["shift_id"] == "S3"].assign(checked=10)
    shifts = CHECK_SHIFTS.conform(
        pd.concat(
            [
                point.assign(place_name="Selo", lon=22.9001),
                point.assign(place_name="Selo", lon=22.9002),
                point.assign(place_name="Selo", lon=25.0),
                point.assign(place_name=None, lon=26.0),
                point.assign(crossing_id="unknown-id", place_name=None, lon=27.0),
            ]
        )
    )
    found = check_intensity(shifts, crossings).set_index("place_id")["checked"]
    assert found.to_dict() == {
        "Selo (22.90,42.90)": 20,
        "Selo (25.00,42.90)": 10,
        "26.00,42.90": 10,
        "27.00,42.90": 10,
    }


def test_nothing_gives_an_empty_frame(crossings: gpd.GeoDataFrame) -> None:
    intensity = check_intensity(CHECK_SHIFTS.empty(), crossings)
    assert list(intensity.columns) == COLUMNS
    assert len(intensity) == 0


def test_bad_input_is_refused(operation: Operation, crossings: gpd.GeoDataFrame) -> None:
    with pytest.raises(CRSError, match="the crossings table"):
        check_intensity(operation.check_shifts, crossings.to_crs(METRIC))
    with pytest.raises(SchemaError, match="checked"):
        check_intensity(operation.check_shifts.drop(columns="checked"), crossings)
