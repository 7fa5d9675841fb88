"""Roads cut where they cross a border between two countries, and the crossings that they cross at."""

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geoanalysis.domain.crs import LONLAT, metric
from geoanalysis.domain.vocabularies import CrossingMode
from geoanalysis.network.arcs import Floats, Ints
from geoanalysis.network.build.chains import Chains
from geoanalysis.network.build.lines import along_km, is_first

WEAVE_KM: Final = 0.3
"""A road that is over the line for less than this, and back, does not cross the border."""
REACH_KM: Final = 1.5
"""A road crosses at a crossing of the table at most so far away, or farther as its position is uncertain."""
SHORE_KM: Final = 5.0
"""What is nearer to a country than this belongs to it: bridges, causeways, gaps between outlines."""
_UNCERTAIN: Final = 1.5
"""How many times the stated uncertainty of a position counts."""
Texts = np.ndarray


@dataclass(frozen=True, eq=False)
class CutRoads:
    """Roads in one country each, which `countries` names; `pairs` are those of the border nodes by number."""

    chains: Chains
    countries: Texts
    pairs: dict[int, str]


def cut_at_borders(chains: Chains, countries: gpd.GeoDataFrame) -> CutRoads:
    """
    Put a node where a road crosses from one country into another.

    Parameters
    ----------
    chains
        The roads.
    countries
        With `country` (alpha-2), as given by `reference.load_countries`. What lies in none belongs to the
        nearest within `SHORE_KM`, and at sea beyond to the country before it along the way.
    """
    labels = _smooth(chains, _along(chains, _countries_at(chains.lon, chains.lat, countries)))
    same_road = chains.owner[1:] == chains.owner[:-1]
    cuts = np.flatnonzero(same_road & (labels[1:] != labels[:-1]))
    lon, lat = _line_crossed(chains, cuts, labels, countries)
    node = chains.node.max(initial=-1) + 1 + np.arange(len(cuts))
    pairs = ["-".join(sorted(pair)) for pair in zip(labels[cuts], labels[cuts + 1], strict=True)]
    # the new node ends one road and begins the next: it goes in twice
    at = np.repeat(cuts + 1, 2)
    owner = np.insert(chains.owner, at, np.repeat(chains.owner[cuts], 2))
    after = np.insert(np.zeros(len(labels), dtype=int), at, np.tile([0, 1], len(cuts)))
    _, road = np.unique(np.cumsum(after + is_first(owner)), return_inverse=True)
    first = np.flatnonzero(is_first(road))
    origin = owner[first]
    lon, lat = np.insert(chains.lon, at, np.repeat(lon, 2)), np.insert(chains.lat, at, np.repeat(lat, 2))
    cut = Chains(
        chains.table.iloc[origin].reset_index(drop=True),
        road,
        np.insert(chains.node, at, np.repeat(node, 2)),
        lon,
        lat,
        along_km(road, lon, lat),
    )
    in_country = np.insert(labels, at, np.column_stack([labels[cuts], labels[cuts + 1]]).ravel())
    return CutRoads(cut, in_country[first], dict(zip(node.tolist(), pairs, strict=True)))


def match_crossings(nodes: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame) -> pd.Series:
    """
    Give the crossing that each border node stands for: the nearest of its border that is in reach.

    Parameters
    ----------
    nodes
        With `pair`, empty where a node is on no border.
    crossings
        As given by `reference.load_crossings`.

    Returns
    -------
    Series
        Of `crossing_id`, indexed as the nodes; empty where there is none in reach.
    """
    roads = crossings[crossings["mode"] == CrossingMode.ROAD]
    at_border = nodes[nodes["pair"] != ""]
    matched = pd.Series("", index=nodes.index, dtype="str")
    for pair, here in at_border.groupby("pair"):
        listed = roads[roads["pair"] == pair]
        if len(listed):
            matched[here.index] = _nearest_in_reach(here, listed)
    return matched


def _nearest_in_reach(nodes: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame) -> list[str]:
    here, there = (metric(frame[["geometry"]]).get_coordinates().to_numpy() for frame in (nodes, crossings))
    away_km = np.hypot(*(here[:, None, :] - there[None, :, :]).transpose(2, 0, 1)) / 1000
    reach_km = np.maximum(REACH_KM, _UNCERTAIN * crossings["position_uncertainty_km"].fillna(0).to_numpy())
    within = np.where(away_km <= reach_km, away_km, np.inf)
    nearest = within.argmin(axis=1)
    ids = crossings["crossing_id"].to_numpy()
    return [ids[place] if np.isfinite(within[row, place]) else "" for row, place in enumerate(nearest)]


def _countries_at(lon: Floats, lat: Floats, countries: gpd.GeoDataFrame) -> Texts:
    """Give the country of each position, or the nearest; empty where none is near."""
    outlines, names = countries.geometry.to_numpy(), countries["country"].to_numpy()
    shapely.prepare(outlines)
    points = shapely.points(lon, lat)
    country, place = shapely.STRtree(points).query(outlines, predicate="intersects")
    labels = np.full(len(lon), "", dtype=object)
    labels[place] = names[country]
    outside = np.flatnonzero(labels == "")
    near, country = _nearest_country(points[outside], countries)
    labels[outside[near]] = names[country]
    return labels


def _nearest_country(points: np.ndarray, countries: gpd.GeoDataFrame) -> tuple[Ints, Ints]:
    """Give which points have a country near, and the places of these countries."""
    here = metric(gpd.GeoDataFrame(geometry=points, crs=LONLAT)).geometry.to_numpy()
    tree = shapely.STRtree(metric(countries[["geometry"]]).geometry.to_numpy())
    near, country = tree.query_nearest(here, max_distance=SHORE_KM * 1000, all_matches=False)
    return near, country


def _along(chains: Chains, labels: Texts) -> Texts:
    """Give what is in no country the label before it along its road, or else the one after."""
    known = pd.Series(labels).where(labels != "").groupby(chains.owner)
    filled: pd.Series = known.ffill().fillna(known.bfill()).fillna("")
    return np.asarray(filled, dtype=object)


def _smooth(chains: Chains, labels: Texts) -> Texts:
    """Undo short weaves over the line: those that come back to the country that they left."""
    changes = np.flatnonzero((labels[1:] != labels[:-1]) & (chains.owner[1:] == chains.owner[:-1]))
    smooth = labels.copy()
    for road, places in groupby(changes.tolist(), key=chains.owner.__getitem__):
        _smooth_one(smooth, list(places), chains, int(road))
    return smooth


def _smooth_one(labels: Texts, changes: list[int], chains: Chains, road: int) -> None:
    for out, back in pairwise(changes):
        away_km = chains.along_km[back] - chains.along_km[out + 1]
        if labels[out] == labels[back + 1] and away_km < WEAVE_KM and chains.owner[out] == road:
            labels[out + 1 : back + 1] = labels[out]


def _line_crossed(
    chains: Chains, cuts: Ints, labels: Texts, countries: gpd.GeoDataFrame
) -> tuple[Floats, Floats]:
    """Give where the step after each place crosses the border of the country it leaves."""
    outline = countries.set_index("country").geometry
    ends = np.stack([np.column_stack([chains.lon[at], chains.lat[at]]) for at in (cuts, cuts + 1)], axis=1)
    steps = shapely.linestrings(ends)
    inside = shapely.intersection(steps, outline.reindex(labels[cuts]).to_numpy())
    share = np.clip(shapely.length(inside) / np.maximum(shapely.length(steps), 1e-12), 0.01, 0.99)
    at = ends[:, 0] + share[:, None] * (ends[:, 1] - ends[:, 0])
    return at[:, 0], at[:, 1]
