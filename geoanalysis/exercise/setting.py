"""
Where an exercise takes place: the crossings open on the day, and points on the roads of real corridors.

The same for every seed; which road points are manned, and how much is checked where, is drawn by the seed.
"""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import pandas as pd

from geoanalysis import network, reference
from geoanalysis.domain.crs import lonlat, metric
from geoanalysis.exercise.published import STARTS, Published

CORRIDORS: Final = (
    ("Istanbul", "Vienna"),
    ("Thessaloniki", "Munich"),
    ("Durres", "Vienna"),
    ("Odesa", "Budapest"),
    ("Istanbul", "Iasi"),
    ("Athens", "Sarajevo"),
)
"""The corridors that road checks watch: four to the destinations, and two that cross them."""

COUNTRIES: Final = frozenset(
    ["AL", "BA", "BG", "GR", "HR", "HU", "MD", "ME", "MK", "RO", "RS", "SI", "SK", "TR", "UA", "XK"]
)
"""
The countries that check in the exercise.

That 18 EU and 10 other countries took part in the action is published, which ones is not: these are the ones
with crossings of the table on the routes through South-East Europe.
"""

_LONGITUDES: Final = slice(12.0, 31.0)
_LATITUDES: Final = slice(34.5, 49.5)
"""Road points lie within these, the region that maps show."""

_SPACING_M: Final = 5000


@dataclass(frozen=True)
class Setting:
    """
    What the exercises of all seeds have in common.

    `crossings` are those of `reference.load_crossings` that are open and lie between the `COUNTRIES`;
    `road_points` has ``country``, ``near`` (the nearest place) and a point, EPSG:4326, one per 5 km of road.
    """

    crossings: gpd.GeoDataFrame
    road_points: gpd.GeoDataFrame
    published: Published


def bundled_setting() -> Setting:
    """Give the setting from the bundled data for the first day of the action."""
    places = reference.load_places()
    return Setting(
        open_crossings(reference.load_crossings(STARTS)),
        road_points(_roads_of_the_day(), places, reference.load_countries()),
        Published.of(reference.load_actions()),
    )


def open_crossings(crossings: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the open crossings between the `COUNTRIES`, ports and airports in them included."""
    sides = crossings[["country_a", "country_b"]]
    inside = sides.isin(COUNTRIES) | sides.isna() | (sides == "")
    chosen = crossings[crossings["open"] & inside.all(axis="columns")]
    return chosen.sort_values("crossing_id", ignore_index=True)


def _roads_of_the_day() -> network.RoadNetwork:
    travel = network.Travel(STARTS)
    return network.with_borders(network.schematic_network(STARTS), reference.load_crossings(STARTS), travel)


def road_points(
    roads: network.RoadNetwork, places: gpd.GeoDataFrame, countries: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Give points on the roads of the `CORRIDORS`, at most one per square of 5 km, with country and place."""
    points = pd.concat([_corridor_points(roads, places, *ends) for ends in CORRIDORS], ignore_index=True)
    square = [points.geometry.x // _SPACING_M, points.geometry.y // _SPACING_M]
    thinned = points[~pd.concat(square, axis="columns").duplicated()]
    inside = thinned.sjoin(metric(countries[countries["country"].isin(COUNTRIES)])[["country", "geometry"]])
    towns = metric(places)[["name", "geometry"]].rename(columns={"name": "near"})
    named = inside.drop(columns="index_right").sjoin_nearest(towns)
    distinct = named[~named.index.duplicated()].drop(columns="index_right")
    return lonlat(distinct).cx[_LONGITUDES, _LATITUDES].reset_index(drop=True)


def _corridor_points(
    roads: network.RoadNetwork, places: gpd.GeoDataFrame, origin: str, destination: str
) -> gpd.GeoDataFrame:
    """Give the middles of the road stretches of one corridor, in metres."""
    found = network.corridor(
        roads, reference.find_place(origin, places), reference.find_place(destination, places)
    )
    lines = metric(found).geometry
    middles = lines.interpolate(0.5, normalized=True)
    return gpd.GeoDataFrame(geometry=middles, crs=lines.crs)
