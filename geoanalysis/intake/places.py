"""Positions: whether they can be, whether they are swapped, and whether they fit their crossing."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.crs import GEOD
from geoanalysis.intake.report import found, found_once, nothing_found, rows_refused
from geoanalysis.intake.rules import Rule

REGION_LON: Final = (12.0, 33.5)
REGION_LAT: Final = (33.5, 49.5)
"""South-East Europe, degrees (EPSG:4326): the ranges do not overlap, so swapped coordinates are certain."""
FAR_KM: Final = 5.0
"""From here on a position is doubted to be at its crossing."""

_DECIMALS: Final = r"[+-]?[0-9]+(?:[.,][0-9]?)?"
"""At most one decimal: 5 to 11 km."""


def located(
    values: pd.DataFrame, cells: pd.DataFrame, crossings: gpd.GeoDataFrame
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """
    Give the values with the position of the crossing where there is none, and what was found about positions.

    `values` has `crossing_id`, `lon` and `lat`, missing where they are not known.
    """
    places = values[["crossing_id"]].join(_positions(crossings), on="crossing_id")
    written = (cells["lon"] != "") | (cells["lat"] != "")
    filled = ~written & places["lon"].notna()
    placed = values.assign(
        lon=values["lon"].where(~filled, places["lon"]), lat=values["lat"].where(~filled, places["lat"])
    )
    away_km = _away_km(values, places)
    faults = _faults(values, cells, written)
    far = away_km[(away_km > FAR_KM) & ~away_km.index.isin(rows_refused(faults))]
    return placed, [
        *faults,
        *_doubts(values, cells, at_crossing=values.index.isin(away_km[away_km <= FAR_KM].index)),
        _far(cells, far),
        _filled_note(cells, filled),
        _nowhere(cells, ~written & ~filled & (cells["crossing_id"] == "")),
    ]


def _positions(crossings: gpd.GeoDataFrame) -> pd.DataFrame:
    points = crossings.geometry
    return pd.DataFrame(
        {"lon": points.x.to_numpy(), "lat": points.y.to_numpy()}, index=crossings["crossing_id"]
    )


def _faults(values: pd.DataFrame, cells: pd.DataFrame, written: pd.Series) -> list[pd.DataFrame]:
    """Refuse positions that cannot be."""
    lon, lat = values["lon"], values["lat"]
    pairs = _pairs(cells)
    half = written & ((cells["lon"] == "") | (cells["lat"] == ""))
    swapped = _is_swapped(lon, lat)
    beyond = lon.notna() & lat.notna() & ~_is_possible(lon, lat) & ~swapped
    proposal = (
        "swapped? read the other way round it lies in the region: lon "
        + cells["lat"]
        + ", lat "
        + cells["lon"]
    )
    degrees = "lon is from -180 to 180, lat from -90 to 90, in degrees (EPSG:4326), not metres: correct it"
    missing = "half of the position is missing: give lon and lat, or neither"
    return [
        found(pairs[half], Rule.GEO_RANGE, "refused", missing),
        found(pairs[beyond], Rule.GEO_RANGE, "refused", degrees),
        found(
            pairs[_is_null(lon, lat)],
            Rule.GEO_NULL_ISLAND,
            "refused",
            "lon equals lat: an empty or copied value; correct it",
        ),
        found(pairs[swapped], Rule.GEO_SWAPPED, "refused", proposal),
    ]


def _doubts(values: pd.DataFrame, cells: pd.DataFrame, *, at_crossing: np.ndarray) -> list[pd.DataFrame]:
    """Doubt positions that can be, but are far away or coarse."""
    lon, lat = values["lon"], values["lat"]
    pairs = _pairs(cells)
    sound = _is_possible(lon, lat) & ~_is_null(lon, lat) & ~_is_swapped(lon, lat)
    outside = sound & ~_in_region(lon, lat) & ~at_crossing
    rounded = sound & cells["lon"].str.fullmatch(_DECIMALS) & cells["lat"].str.fullmatch(_DECIMALS)
    region = (
        f"outside the region (lon {REGION_LON[0]:g} to {REGION_LON[1]:g}, lat {REGION_LAT[0]:g} to "
        f"{REGION_LAT[1]:g}): check it"
    )
    coarse = "one decimal or none: within about 10 km; give more"
    return [
        found(pairs[outside], Rule.GEO_OUTSIDE_REGION, "doubted", region),
        found(pairs[rounded], Rule.GEO_ROUNDED, "doubted", coarse),
    ]


def _away_km(values: pd.DataFrame, places: pd.DataFrame) -> pd.Series:
    """Give the distances from the crossing, km on the ellipsoid, of the rows that have both positions."""
    known = places["lon"].notna() & _is_possible(values["lon"], values["lat"])
    here, there = values[known], places[known]
    metres = GEOD.inv(here["lon"], here["lat"], there["lon"], there["lat"])[2]
    return pd.Series(metres, index=here.index, dtype="float64") / 1000


def _far(cells: pd.DataFrame, away_km: pd.Series) -> pd.DataFrame:
    message = away_km.map(
        "the position is {:.1f} km from this crossing: check which of the two is right".format
    )
    return found(cells["crossing_id"][away_km.index], Rule.CROSS_FAR, "doubted", message)


def _filled_note(cells: pd.DataFrame, filled: pd.Series) -> pd.DataFrame:
    if not filled.any():
        return nothing_found()
    row = int(filled.idxmax())
    return found_once(
        row,
        "lon, lat",
        cells["crossing_id"][row],
        Rule.CROSS_POSITION,
        "note",
        f"{filled.sum()} rows without a position have that of their crossing",
    )


def _nowhere(cells: pd.DataFrame, nowhere: pd.Series) -> pd.DataFrame:
    return found(
        cells["place_name"][nowhere].rename("lon, lat"),
        Rule.GEO_MISSING,
        "doubted",
        "neither position nor crossing: it is counted but not on the map; give lon and lat, or a crossing_id",
    )


def _pairs(cells: pd.DataFrame) -> pd.Series:
    return (cells["lon"] + ", " + cells["lat"]).rename("lon, lat")


def _in_region(lon: pd.Series, lat: pd.Series) -> pd.Series:
    return lon.between(*REGION_LON) & lat.between(*REGION_LAT)


def _is_possible(lon: pd.Series, lat: pd.Series) -> pd.Series:
    return lon.between(-180, 180) & lat.between(-90, 90)


def _is_swapped(lon: pd.Series, lat: pd.Series) -> pd.Series:
    return ~_in_region(lon, lat) & _in_region(lat, lon)


def _is_null(lon: pd.Series, lat: pd.Series) -> pd.Series:
    """Tell (0, 0) and other places where one number was written twice; none of them lies in the region."""
    return (lon == lat) & _is_possible(lon, lat)
