"""Land, water and place names under a scene: quiet, and from our own data."""

import json
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import pandas as pd
import shapely

from geoanalysis.domain.crs import lonlat, metric
from geoanalysis.reference import load_countries, load_places

_TOLERANCE_M = 400
_COARSE_M = 4_000
_SEAM_DEG = 1e-6
_DECIMALS = 3
_CITIES_PER_ZOOM = {5.5: 1, 6.5: 3, 7.5: 8, 8.5: 25}
"""From which zoom on how many of the largest cities of a country are named."""
_LARGE_COUNTRY_KM2 = 60_000
_COUNTRY_ZOOMS = {"large": (4.5, 8.0), "small": (5.75, 9.0)}


@dataclass(frozen=True)
class Basemap:
    """
    What lies under every scene.

    `countries` is as given by `reference.load_countries`, `places` by `reference.load_places`; EPSG:4326.
    """

    countries: gpd.GeoDataFrame
    places: gpd.GeoDataFrame

    @classmethod
    def bundled(cls) -> "Basemap":
        """Give the basemap of the bundled data."""
        return cls(load_countries("both"), load_places())

    @cached_property
    def coarse(self) -> gpd.GeoDataFrame:
        """The countries in `METRIC`, simplified to 4 km: enough to say where on the continent a map lies."""
        flat = metric(self.countries)
        return flat.set_geometry(flat.simplify_coverage(_COARSE_M))

    @cached_property
    def shores(self) -> gpd.GeoSeries:
        """Coasts and borders in EPSG:4326, without the straight edges at which the basemap ends."""
        ends = shapely.box(*self.countries.total_bounds).boundary.buffer(_SEAM_DEG)
        return self.countries.boundary.difference(ends)

    def to_json(self) -> str:
        """Give land simplified to 400 m, and names with the zooms at which they show, as JSON."""
        land = _simplified(self.countries)[["geometry"]].to_geo_dict(drop_id=True)
        names = [*_country_names(self.countries), *_city_names(self.places)]
        return json.dumps({"land": land, "names": names}, ensure_ascii=False, separators=(",", ":"))


def label_points(countries: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Give a point well inside the largest part of each country, for its name; EPSG:4326."""
    largest = metric(countries).geometry.map(_largest_part)
    return largest.set_crs(metric(countries).crs).representative_point().to_crs(countries.crs)


def _simplified(countries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    flat = metric(countries)
    simple = lonlat(flat.set_geometry(flat.simplify_coverage(_TOLERANCE_M)))
    return simple.set_geometry(simple.set_precision(10**-_DECIMALS))


def _largest_part(geometry: shapely.Geometry) -> shapely.Geometry:
    return max(getattr(geometry, "geoms", [geometry]), key=lambda part: part.area)


def _country_names(countries: gpd.GeoDataFrame) -> list[dict[str, object]]:
    areas_km2 = metric(countries).area / 1e6
    rows = zip(countries["name"], label_points(countries), areas_km2, strict=True)
    return [
        _name(name, point, "country", *_COUNTRY_ZOOMS["large" if area_km2 > _LARGE_COUNTRY_KM2 else "small"])
        for name, point, area_km2 in rows
    ]


def _city_names(places: gpd.GeoDataFrame) -> list[dict[str, object]]:
    ranked = places.sort_values("population", ascending=False)
    rank = ranked.groupby("country").cumcount()
    zooms = pd.cut(
        rank, [-1, *(most - 1 for most in _CITIES_PER_ZOOM.values())], labels=list(_CITIES_PER_ZOOM)
    )
    return [
        _name(name, point, "city", float(zoom), 99.0)
        for name, point, zoom in zip(ranked["name"], ranked.geometry, zooms, strict=True)
        if pd.notna(zoom)
    ]


def _name(text: str, point: shapely.Point, kind: str, from_zoom: float, to_zoom: float) -> dict[str, object]:
    return {
        "text": text,
        "lat": round(point.y, _DECIMALS),
        "lon": round(point.x, _DECIMALS),
        "kind": kind,
        "from_zoom": from_zoom,
        "to_zoom": to_zoom,
    }
