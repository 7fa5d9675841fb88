import geopandas as gpd
import pandas as pd
import pytest

from geoanalysis.domain.crs import LONLAT, METRIC, metric, require_crs
from geoanalysis.domain.errors import CRSError, SchemaError
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SCHEMAS, SEIZURES, Schema
from geoanalysis.domain.vocabularies import CRIME_AREA_OF, Commodity

RESULT = {
    "country": ["BG"],
    "date": ["2022-10-26"],
    "crime_area": ["drugs"],
    "measure": ["arrests"],
    "value": ["4"],
    "unit": ["count"],
    "handling": ["H1"],
}


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_an_empty_table_has_the_columns_and_types_of_its_schema(schema: Schema) -> None:
    empty = schema.empty()
    assert len(empty) == 0
    assert list(empty.columns)[: len(schema.names)] == schema.names
    assert isinstance(empty, gpd.GeoDataFrame) == schema.located


def test_conform_reads_text_adds_optional_columns_and_drops_strangers() -> None:
    frame = RESULTS.conform(pd.DataFrame(RESULT).assign(stranger=1))
    assert list(frame.columns) == RESULTS.names
    assert frame["value"].tolist() == [4.0]
    assert frame["date"].tolist() == [pd.Timestamp("2022-10-26")]
    assert frame["remarks"].isna().all()


def test_conform_makes_points_from_longitude_and_latitude() -> None:
    shift = {column.name: [column.example or None] for column in CHECK_SHIFTS.columns}
    frame = CHECK_SHIFTS.conform(pd.DataFrame(shift))
    assert frame.crs == LONLAT
    assert (frame.geometry.x[0], frame.geometry.y[0]) == (26.3531, 41.7173)
    assert frame["passed"].tolist() == [5200]


def test_conform_says_which_required_columns_are_missing() -> None:
    with pytest.raises(SchemaError, match="seizures: required columns are missing: seizure_id, item"):
        SEIZURES.conform(pd.DataFrame({"country": ["BG"]}))


def test_conform_says_which_column_cannot_hold_its_values() -> None:
    with pytest.raises(SchemaError, match="results: column value cannot hold"):
        RESULTS.conform(pd.DataFrame(RESULT | {"value": ["many"]}))


def test_every_commodity_has_a_crime_area() -> None:
    assert set(CRIME_AREA_OF) == set(Commodity)


def test_a_frame_in_another_crs_is_refused_with_both_names_and_the_remedy() -> None:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([20.0], [45.0]), crs=LONLAT)
    require_crs(points)
    with pytest.raises(CRSError, match=r"EPSG:3035, not EPSG:4326: call to_crs\(\)"):
        require_crs(metric(points))
    with pytest.raises(CRSError, match="no CRS"):
        require_crs(points.set_crs(None, allow_override=True), METRIC)
