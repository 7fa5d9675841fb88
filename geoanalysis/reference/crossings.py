"""The border crossing points, as they stand on a day."""

from datetime import date
from typing import Final

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.membership import border_type, is_external_entry
from geoanalysis.domain.vocabularies import BorderType, CrossingMode
from geoanalysis.reference.files import data_file

_COLUMNS: Final = (
    *("crossing_id", "name", "name_local", "country_a", "country_b", "pair", "mode", "category"),
    *("traffic_type", "e_road", "opening_hours", "border_type", "external", "open"),
    *("persons_per_year", "vehicles_per_year", "traffic_year", "traffic_source", "wait_min"),
    *("confidence", "position_uncertainty_km", "geometry"),
)
_TEXTS: Final = ("name_local", "e_road", "opening_hours", "traffic_source")


def load_crossings(on: date) -> gpd.GeoDataFrame:
    """
    Load the table of border crossing points, as they stand on a day.

    Returns
    -------
    GeoDataFrame
        `crossing_id`, `name`, `name_local`, `country_a`, `country_b` (alpha-2, in the order of the name; NaN
        for ports and airports), `pair` (``BG-TR``, sorted; empty for ports and airports), `mode` (value of
        `CrossingMode`), `category` (international, local, bilateral), `traffic_type` (passenger, freight,
        passenger+freight), `e_road` (``;`` between several), `opening_hours`, `border_type` (value of
        `BorderType`; of a port or airport: external or non_eu), `external`, `open` (false if it is known to
        be closed that day), `persons_per_year` and `vehicles_per_year` (of `traffic_year`, both directions),
        `traffic_source`, `wait_min` (typical wait in the slower direction, summer 2026, minutes),
        `confidence` (of position and identity: high, medium, low), `position_uncertainty_km` (own estimate),
        and the position, EPSG:4326. Unknown numbers are missing, unknown texts empty.
    """
    table = pd.read_csv(
        data_file("checkpoints/crossings.csv"),
        keep_default_na=False,
        na_values=[""],
        parse_dates=["closed_from", "closed_until"],
        dtype={"traffic_year": "Int64"},
    )
    types = _border_types(table, on)
    dated = table.fillna(dict.fromkeys(_TEXTS, "")).assign(
        pair=_pairs(table), border_type=types, external=types == BorderType.EXTERNAL, open=~_closed(table, on)
    )
    points = gpd.points_from_xy(table["lon"], table["lat"])
    return gpd.GeoDataFrame(dated, geometry=points, crs=LONLAT)[list(_COLUMNS)]


def _pairs(table: pd.DataFrame) -> pd.Series:
    low = table[["country_a", "country_b"]].min(axis="columns")
    high = table[["country_a", "country_b"]].max(axis="columns")
    return (low + "-" + high).where(table["country_b"].notna(), "")


def _border_types(table: pd.DataFrame, on: date) -> pd.Series:
    rows = zip(table["country_a"], table["country_b"], table["mode"], strict=True)
    kinds = [
        _port_type(a, CrossingMode(mode), on) if pd.isna(b) else border_type(a, b, on) for a, b, mode in rows
    ]
    return pd.Series([kind.value for kind in kinds], index=table.index, dtype="str")


def _port_type(country: str, mode: CrossingMode, on: date) -> BorderType:
    return BorderType.EXTERNAL if is_external_entry(country, mode, on) else BorderType.NON_EU


def _closed(table: pd.DataFrame, on: date) -> pd.Series:
    """Tell which are known to be closed: from a day (empty: ever) until another (empty: for good)."""
    day = pd.Timestamp(on)
    starts, ends = table["closed_from"], table["closed_until"]
    return (starts.notna() | ends.notna()) & ~(starts > day) & ~(ends <= day)
