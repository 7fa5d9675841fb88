"""How much was checked where: as a share of the traffic, and per officer-hour."""

from collections.abc import Iterable

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.crs import LONLAT, require_crs
from geoanalysis.domain.schemas import CHECK_SHIFTS
from geoanalysis.domain.vocabularies import UnitChecked
from geoanalysis.hotspots.places import place_names, positions


def check_intensity(
    check_shifts: gpd.GeoDataFrame,
    crossings: gpd.GeoDataFrame,
    *,
    unit_checked: str = UnitChecked.PERSON.value,
) -> gpd.GeoDataFrame:
    """
    Give the check intensity of every crossing and road point that reported check shifts.

    Each measure rests only on the shifts that report both of its parts, so that a shift without a traffic
    count neither raises nor lowers the share checked.

    Parameters
    ----------
    check_shifts
        Records that conform to `schemas.CHECK_SHIFTS`.
    crossings
        The crossings table, EPSG:4326; a shift that names a crossing lies there.
    unit_checked
        Only shifts that count this unit take part.

    Returns
    -------
    GeoDataFrame
        One row per place with a known position, EPSG:4326: ``place_id`` (crossing id, else the name of the
        point, with its position where the name is not enough), ``name``, ``passed`` (traffic where known),
        ``checked``, ``hits``, ``officer_hours`` (h; where not given, officers x length of the shift),
        ``check_share`` (checked / passed), ``checks_per_officer_hour``, all NaN where unknown.

    Raises
    ------
    SchemaError
        If required columns are missing.
    CRSError
        If `crossings` is not in EPSG:4326.
    """
    require_crs(crossings, what="the crossings table")
    reported = CHECK_SHIFTS.conform(check_shifts)
    counted = reported[(reported["unit_checked"] == unit_checked) & reported["checked"].notna()]
    shifts = placed_shifts(counted, crossings)
    passed, hours = shifts["passed"].astype(float), shifts["officer_hours"].astype(float)
    parts = shifts[["place_id"]].assign(
        passed=passed,
        checked=shifts["checked"].astype(float),
        hits=shifts["hits"].astype(float),
        officer_hours=hours,
        checked_of_passed=shifts["checked"].where(passed.notna()).astype(float),
        checked_in_hours=shifts["checked"].where(hours.notna()).astype(float),
    )
    sums = parts.groupby("place_id").sum(min_count=1)
    return _as_frame(sums, shifts.drop_duplicates("place_id").set_index("place_id"))


def at_places(intensity: gpd.GeoDataFrame, place_ids: Iterable[str]) -> gpd.GeoDataFrame:
    """Give the check intensity of the places named only."""
    return intensity[intensity["place_id"].isin(set(place_ids))]


def placed_shifts(shifts: pd.DataFrame, crossings: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Give the shifts that have a position, with ``place_id``, ``name``, ``lon`` and ``lat`` of the place.

    Where ``officer_hours`` is not given it is officers x length of the shift.
    """
    at = positions(shifts, crossings)
    placed = shifts.assign(
        name=place_names(shifts, crossings),
        lon=at["lon"],
        lat=at["lat"],
        officer_hours=_officer_hours(shifts),
    )
    placed = placed.dropna(subset=["lon", "lat"])
    known = placed["crossing_id"].isin(crossings["crossing_id"])
    return placed.assign(place_id=placed["crossing_id"].where(known, _point_ids(placed[~known])))


def _point_ids(points: pd.DataFrame) -> pd.Series:
    """
    Name each road point by its name, its position, or both where places of one name lie apart.

    Positions are rounded to about 1 km, so that one point read twice from a map stays one.
    """
    where = pd.Series(
        [f"{lon:.2f},{lat:.2f}" for lon, lat in points[["lon", "lat"]].to_numpy()], points.index, dtype="str"
    )
    positions_of_name = where.groupby(points["name"]).transform("nunique")
    name = points["name"]
    return name.where(positions_of_name == 1, name + " (" + where + ")").fillna(where)


def _officer_hours(shifts: pd.DataFrame) -> pd.Series:
    length_h = (shifts["end_utc"] - shifts["start_utc"]).dt.total_seconds() / 3600
    return shifts["officer_hours"].fillna(shifts["officers"].astype(float) * length_h)


def _as_frame(sums: pd.DataFrame, places: pd.DataFrame) -> gpd.GeoDataFrame:
    places = places.loc[sums.index]
    columns = {
        "place_id": sums.index,
        "name": places["name"].fillna(places.index.to_series()),
        "passed": sums["passed"],
        "checked": sums["checked"].astype(int),
        "hits": sums["hits"].fillna(0).astype(int),
        "officer_hours": sums["officer_hours"],
        "check_share": sums["checked_of_passed"] / sums["passed"].where(sums["passed"] > 0),
        "checks_per_officer_hour": sums["checked_in_hours"]
        / sums["officer_hours"].where(sums["officer_hours"] > 0),
    }
    points = gpd.points_from_xy(places["lon"], places["lat"])
    return gpd.GeoDataFrame(columns, geometry=points, crs=LONLAT).reset_index(drop=True)
