"""From places, areas and borders to the roads: where trips begin and end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geoanalysis.domain.crs import GEOD, LONLAT, metric, require_crs
from geoanalysis.domain.errors import InputError, PlaceError
from geoanalysis.network.arcs import Access, Bools, Ints
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.reference import Place

FARTHEST_KM: Final = 50.0
"""A place farther from any road is refused."""
AROUND_KM: Final = 2.0
"""A place is joined to all nodes that are at most so much farther than the nearest."""
ACCESS_KM_H: Final = 30.0
"""Speed, along the straight line, between a place and the road; an assumption."""
_MOST_NODES: Final = 64


@dataclass(frozen=True)
class End:
    """
    Where trips begin or end.

    Attributes
    ----------
    name
        As messages and maps say it.
    where
        A point, or an area of which any road will do, EPSG:4326; None where nodes are given.
    country
        Alpha-2; a point is joined to roads of its own country, where there are any. Empty: of any.
    crossing_ids
        Crossings at any of which trips begin or end, instead of a place.
    node
        A node of the network by its number, instead of a place.
    weight
        How many trips, in proportion to other ends.
    """

    name: str
    where: BaseGeometry | None = None
    country: str = ""
    crossing_ids: tuple[str, ...] = ()
    node: int | None = None
    weight: float = 1.0


EndLike: TypeAlias = "End | Place | BaseGeometry | Sequence[float] | int | np.integer"
EndsLike: TypeAlias = "EndLike | Sequence[EndLike] | gpd.GeoSeries"


def as_end(given: EndLike) -> End:
    """
    Take a node number, a ``(lon, lat)`` pair, a geometry or a place as an end.

    Raises
    ------
    InputError
        If it is none of these.
    """
    if isinstance(given, End):
        return given
    if isinstance(given, Place):
        return End(given.name, Point(given.lon, given.lat), given.country)
    if isinstance(given, BaseGeometry):
        return End(_words(given), given)
    if isinstance(given, int | np.integer):
        return End(f"node {given}", node=int(given))
    if _is_pair(given):
        return as_end(Point(*map(float, given)))
    raise InputError(f"{given!r} is no place: give (lon, lat), a geometry in EPSG:4326, or a node number")


def as_ends(given: EndsLike) -> list[End]:
    """Take one end or several; a GeoSeries must be in EPSG:4326."""
    if isinstance(given, gpd.GeoSeries):
        require_crs(gpd.GeoDataFrame(geometry=given), LONLAT, what="the places")
        return [as_end(geometry) for geometry in given]
    if isinstance(given, End | Place | BaseGeometry | int | np.integer) or _is_pair(given):
        return [as_end(given)]
    if isinstance(given, Iterable):
        return [as_end(one) for one in given]
    raise InputError(f"{given!r} is no place: give (lon, lat), a geometry in EPSG:4326, or a node number")


def access(network: RoadNetwork, end: End, *, arriving: bool = False) -> Access:
    """
    Find where trips of an end get on the roads, or off them where they are `arriving`.

    A point is joined to the nearest node that one can get away from and back to, and to all others at most
    `AROUND_KM` farther: the nearest alone may be a one-way carriageway. An area is joined to all such nodes
    in it, without loss of time. Trips that start at a crossing lose its delay there, as those arriving do on
    the road.

    Raises
    ------
    PlaceError
        If the nearest road is farther than `FARTHEST_KM`, as from a place at sea; the message says where it
        is. If no node has that number, or none of the crossings can be used.
    """
    if end.node is not None:
        return _of_node(network, end, end.node, arriving=arriving)
    if end.crossing_ids:
        return _of_crossings(network, end, arriving=arriving)
    if end.where is None or end.where.is_empty:
        raise PlaceError(f"{end.name} has no position: give (lon, lat), an area, crossings or a node")
    if isinstance(end.where, Point):
        return _around(network, end, end.where)
    inside = _inside(network, end.where)
    if len(inside):
        return Access(inside, np.zeros(len(inside)))
    return _around(network, end, end.where.representative_point())


def _of_node(network: RoadNetwork, end: End, node: int, *, arriving: bool) -> Access:
    if not 0 <= node < len(network.nodes):
        raise PlaceError(f"there is no {end.name}: the network has nodes 0 to {len(network.nodes) - 1}")
    delay_min = network.nodes["delay_min"].to_numpy("float64")[[node]]
    return Access(np.array([node]), np.zeros(1) if arriving else delay_min)


def _of_crossings(network: RoadNetwork, end: End, *, arriving: bool) -> Access:
    delay_min = network.nodes["delay_min"].to_numpy("float64")
    at = network.nodes["crossing_id"].isin(end.crossing_ids).to_numpy() & np.isfinite(delay_min)
    nodes = np.flatnonzero(at)
    if len(nodes) == 0:
        raise PlaceError(f"{end.name}: none of its crossings can be used on that day by that vehicle")
    return Access(nodes, delay_min[nodes] * (not arriving))


def _inside(network: RoadNetwork, area: BaseGeometry) -> Ints:
    chosen, _ = network.snapping
    inside: Bools = shapely.contains_xy(area, *network.positions.lonlat[chosen].T)
    return np.asarray(chosen[inside])


def _around(network: RoadNetwork, end: End, point: Point) -> Access:
    here = metric(gpd.GeoDataFrame(geometry=[point], crs=LONLAT)).get_coordinates().to_numpy()[0]
    _refuse_off_earth(end, point, here)
    chosen, tree = network.snapping
    nearest_m, nearest = tree.query(here)
    if nearest_m > FARTHEST_KM * 1000:
        raise PlaceError(_too_far(network, end, point, int(chosen[nearest])))
    around_m, around = tree.query(
        here, k=min(_MOST_NODES, tree.n), distance_upper_bound=nearest_m + AROUND_KM * 1000
    )
    around_m, around = np.atleast_1d(around_m), np.atleast_1d(around)
    found = np.isfinite(around_m)
    nodes, km = chosen[around[found]], around_m[found] / 1000
    own = (network.nodes["country"].iloc[nodes] == end.country).to_numpy()
    kept = own if own.any() else np.ones(len(nodes), dtype=bool)
    return Access(nodes[kept], km[kept] / ACCESS_KM_H * 60)


def _refuse_off_earth(end: End, point: Point, here: np.ndarray) -> None:
    if not (np.isfinite(here).all() and abs(point.x) <= 180 and abs(point.y) <= 90):  # noqa: PLR2004 - degrees
        raise PlaceError(f"{end.name} is no position: give longitude, then latitude, as 23.32, 42.70")


def _too_far(network: RoadNetwork, end: End, point: Point, node: int) -> str:
    lon, lat = network.positions.lonlat[node]
    distance_km = GEOD.inv(point.x, point.y, lon, lat)[2] / 1000
    return (
        f"{end.name} lies {distance_km:.0f} km from the nearest road of the {network.name} "
        f"(at {lon:.3f},{lat:.3f}): choose a place within {FARTHEST_KM:.0f} km of one"
    )


def _is_pair(given: object) -> bool:
    """Tell a ``(lon, lat)`` pair, which has floats or is a tuple, from a list of two node numbers."""
    if not isinstance(given, tuple | list | np.ndarray) or len(given) != 2:  # noqa: PLR2004 - longitude, latitude
        return False
    numbers = all(isinstance(part, int | float | np.number) for part in given)
    whole = all(isinstance(part, int | np.integer) for part in given)
    return numbers and (isinstance(given, tuple) or not whole)


def _words(geometry: BaseGeometry) -> str:
    point = geometry.representative_point()
    return f"{point.x:.3f}, {point.y:.3f}" if geometry.geom_type == "Point" else "the area drawn"
