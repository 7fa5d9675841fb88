"""Places on roads, away from borders, at which a load can be stopped."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoanalysis.domain.crs import LONLAT, metric
from geoanalysis.domain.errors import PlaceError
from geoanalysis.network.road_network import RoadNetwork

_NEAR_KM: Final = 5.0
_CARRIAGEWAYS_M: Final = 60.0
"""Carriageways of a road are no further apart, and a check stops both."""


def with_road_points(network: RoadNetwork, points: Mapping[str, tuple[float, float]]) -> RoadNetwork:
    """
    Put places on roads into a network as nodes that are passed as crossings are, without delay.

    The nearest road is cut there; where it is one carriageway, so is the other of the same road.

    Parameters
    ----------
    network
        For a day, as made by `with_borders`.
    points
        Longitude and latitude, EPSG:4326, by the id that the node gets as its `crossing_id`.

    Raises
    ------
    PlaceError
        If a place is more than 5 km from any road, or the network has no lines.
    """
    for point_id, (lon, lat) in points.items():
        network = _cut(network, point_id, shapely.Point(lon, lat))
    return network


def _cut(network: RoadNetwork, point_id: str, point: shapely.Point) -> RoadNetwork:
    if not isinstance(network.edges, gpd.GeoDataFrame):
        raise PlaceError("this network has no lines: points on its roads cannot be found")
    place = metric(gpd.GeoSeries([point], crs=LONLAT)).iloc[0]
    roads = _roads_at(network.edges, point, place)
    if not len(roads):
        raise PlaceError(f"{point_id}: no road is within {_NEAR_KM:g} km; move it to a road, or remove it")
    first = len(network.nodes)
    halves = [_halves(road, place, first + number) for number, road in enumerate(roads.itertuples())]
    cut = gpd.GeoDataFrame([half for pair in halves for half in pair], geometry="geometry", crs=LONLAT)
    edges = pd.concat(
        [network.edges.drop(index=roads.index), cut[list(network.edges.columns)]], ignore_index=True
    )
    at = gpd.GeoSeries([pair[0]["geometry"] for pair in halves], crs=LONLAT)
    fresh = network.nodes.iloc[[0] * len(halves)].assign(
        country=roads["country"].to_numpy(),
        pair="",
        crossing_id=point_id,
        guarded=True,
        delay_min=0.0,
        opens_min=0.0,
        shuts_min=1440.0,
        geometry=shapely.get_point(at.to_numpy(), -1),
    )
    nodes = pd.concat([network.nodes, fresh], ignore_index=True)
    return replace(network, nodes=nodes, edges=edges, kept={})


def _roads_at(edges: gpd.GeoDataFrame, point: shapely.Point, place: shapely.Point) -> gpd.GeoDataFrame:
    """Give the nearest road, with its other carriageway where it has one; lines in metres as `metres`."""
    around = point.buffer(2 * _NEAR_KM / 100)  # degrees: wide enough at any latitude
    near = edges.iloc[np.sort(edges.sindex.query(around, predicate="intersects"))]
    near = near[near["pair"] == ""]
    lines = metric(near.geometry)
    near = near.assign(metres=lines, away_m=lines.distance(place)).sort_values("away_m", kind="stable")
    near = near[near["away_m"] <= _NEAR_KM * 1000]
    if near.empty or not near["oneway"].iloc[0]:
        return near.iloc[:1]
    best = near.iloc[0]
    other = (
        near["oneway"] & (near["ref"] == best["ref"]) & (near["away_m"] <= best["away_m"] + _CARRIAGEWAYS_M)
    )
    apart = near[other].drop(index=best.name)
    apart = apart[[_runs_against(best["metres"], line) for line in apart["metres"]]]
    return pd.concat([near.iloc[:1], apart.iloc[:1]])


def _runs_against(one: shapely.LineString, other: shapely.LineString) -> bool:
    """Tell whether two lines run in opposite directions."""
    directions = [np.subtract(line.coords[-1], line.coords[0]) for line in (one, other)]
    return bool(np.dot(*directions) < 0)


def _halves(road: Any, place: shapely.Point, node: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give a road cut at the place on it that is nearest to a point."""
    share = float(np.clip(road.metres.project(place, normalized=True), 0.001, 0.999))
    middle = road.geometry.interpolate(share, normalized=True)
    before = shapely.ops.substring(road.geometry, 0, share, normalized=True)
    after = shapely.ops.substring(road.geometry, share, 1, normalized=True)
    row = road._asdict()
    ends = (
        {"to_node": node, "geometry": _ending(before, middle)},
        {"from_node": node, "geometry": after},
    )
    parts = (share, 1 - share)
    first, second = (
        {**row, **end, "minutes": road.minutes * part, "length_km": road.length_km * part}
        for end, part in zip(ends, parts, strict=True)
    )
    return first, second


def _ending(line: shapely.LineString, at: shapely.Point) -> shapely.LineString:
    return shapely.LineString([*line.coords[:-1], at.coords[0]])
