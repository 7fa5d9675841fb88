"""Where a record was made: at a crossing of the table, or at a point of its own."""

import geopandas as gpd
import pandas as pd


def positions(records: pd.DataFrame, crossings: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Give the position of each record: that of its crossing, else its own.

    Parameters
    ----------
    records
        Seizures or check shifts, with ``crossing_id``, ``lon`` and ``lat``.
    crossings
        The crossings table, EPSG:4326.

    Returns
    -------
    DataFrame
        ``lon`` and ``lat`` in degrees, index as in `records`; NaN where neither is known.
    """
    points = crossings.drop_duplicates("crossing_id").set_index("crossing_id").geometry
    at_crossing = pd.DataFrame({"lon": points.x, "lat": points.y}).reindex(records["crossing_id"])
    return at_crossing.set_axis(records.index).fillna(records[["lon", "lat"]])


def place_names(records: pd.DataFrame, crossings: gpd.GeoDataFrame) -> pd.Series:
    """Give the name of the place of each record: that of its crossing, else its own; missing if none."""
    names = (
        crossings.drop_duplicates("crossing_id")
        .set_index("crossing_id")["name"]
        .reindex(records["crossing_id"])
    )
    return names.set_axis(records.index).fillna(records["place_name"])
