"""Countries, and the land borders between them on a day."""

from datetime import date
from typing import Final, Literal

import geopandas as gpd
import pandas as pd
import shapely

from geoanalysis.domain.membership import border_type
from geoanalysis.domain.vocabularies import BorderType
from geoanalysis.reference.files import data_file

_COLUMNS: Final = (
    *("pair", "country_a", "country_b", "name_a", "name_b"),
    *("border_type", "external", "length_km", "geometry"),
)


def load_countries(detail: Literal["see", "europe", "both"] = "see") -> gpd.GeoDataFrame:
    """
    Load the outlines of countries.

    Parameters
    ----------
    detail
        ``see`` for South-East Europe and around it (10 to 46° E, 33.5 to 51.5° N), generalised by about
        100 m; ``europe`` for all of Europe, generalised by 1 to 2 km; ``both`` for the first, and the second
        beyond where it ends.

    Returns
    -------
    GeoDataFrame
        `country` (ISO 3166-1 alpha-2, ``XK`` for Kosovo*), `name`, and the outline, EPSG:4326.
    """
    if detail == "both":
        return _joined(load_countries("see"), load_countries("europe"))
    return gpd.read_parquet(data_file(f"borders/countries_{detail}.parquet"))


def load_borders(on: date) -> gpd.GeoDataFrame:
    """
    Load the land borders, one row per pair of neighbouring countries, as they stand on a day.

    Returns
    -------
    GeoDataFrame
        `pair` (``BG-TR``), `country_a`, `country_b` (alpha-2, sorted), `name_a`, `name_b`, `border_type`
        (value of `BorderType`), `external` (whether it is the external border of the EU or of Schengen),
        `length_km` (of the line before it was generalised), and the line, EPSG:4326.
    """
    borders = gpd.read_parquet(data_file("borders/borders.parquet"))
    sides = borders["country_a"], borders["country_b"]
    types = [border_type(a, b, on) for a, b in zip(*sides, strict=True)]
    dated = borders.assign(
        pair=sides[0] + "-" + sides[1],
        border_type=pd.Series([kind.value for kind in types], index=borders.index, dtype="str"),
        external=[kind is BorderType.EXTERNAL for kind in types],
    )
    return dated[list(_COLUMNS)]


def _joined(fine: gpd.GeoDataFrame, coarse: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    beyond = coarse.set_geometry(coarse.difference(shapely.box(*fine.total_bounds)))
    parts = pd.concat([fine, beyond[~beyond.is_empty]], ignore_index=True)
    return parts.dissolve("country", as_index=False)
