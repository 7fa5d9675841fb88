"""A detailed road network from OpenStreetMap extracts."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geoanalysis import reference
from geoanalysis.domain.crs import LONLAT
from geoanalysis.network.build.borders import CutRoads, cut_at_borders, match_crossings
from geoanalysis.network.build.chains import chains_of
from geoanalysis.network.build.extracts import Report, read_extracts, silently
from geoanalysis.network.build.ferries import boarding_min, piers
from geoanalysis.network.build.lines import first_of_each, lengths_km
from geoanalysis.network.build.speeds import speeds_km_h
from geoanalysis.network.road_network import RoadNetwork

NAME: Final = "detailed road network"
LEAST_KM: Final = 3.0
"""What hangs together for less is left out: bits at the edges of extracts, and stubs."""
_EDGE_COLUMNS: Final = (
    *("from_node", "to_node", "minutes", "length_km", "oneway", "road_class", "link", "ref", "country"),
)
_CROSSINGS_OF: Final = date(2022, 10, 26)
"""Which crossings there are does not depend on the day, only whether they are open."""


def build_from_osm(paths: Iterable[Path | str], *, report: Report = silently) -> RoadNetwork:
    """
    Build a road network from extracts.

    It has the roads from motorway to tertiary that cars may use, and ferries; one-way as tagged, or implied
    on motorways and roundabouts; speeds by class, country and surface (`speeds`); a node where roads meet,
    and one where a road crosses a border, which stands for the crossing of the bundled table that is near it.
    What is no longer than `LEAST_KM` in all, and hangs together with nothing else, is left out.

    Parameters
    ----------
    paths
        Extracts in the OSM PBF format, official ones such as Geofabrik's; they may overlap.
    report
        Told what is being done and the share done; what it raises ends the building.

    Returns
    -------
    RoadNetwork
        To be made the network of a day by `with_borders`, and kept by `save_network`.

    Raises
    ------
    UnreadableFileError
        If a file is missing, is no extract, or is damaged or cut off.
    InputError
        If no extract is given, or none has a road.
    """
    ways = read_extracts([Path(path) for path in paths], report)
    report("joining ways between junctions", 0.5)
    chains = chains_of(ways)
    report("cutting roads at borders", 0.6)
    cut = cut_at_borders(chains, _countries(chains.lon, chains.lat))
    report("making the network", 0.8)
    nodes, edges = _frames(cut)
    nodes = nodes.assign(crossing_id=match_crossings(nodes, reference.load_crossings(_CROSSINGS_OF)))
    report("done", 1.0)
    return RoadNetwork(nodes, edges, name=NAME, as_of=ways.as_of)


def _countries(lon: np.ndarray, lat: np.ndarray) -> gpd.GeoDataFrame:
    """Give fine outlines of countries, with coarse ones around them where positions lie beyond."""
    fine = reference.load_countries("see")
    west, south, east, north = fine.total_bounds
    reaches = west <= lon.min() and south <= lat.min() and lon.max() <= east and lat.max() <= north
    return fine if reaches else reference.load_countries("both")


def _frames(cut: CutRoads) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Give nodes and edges as `RoadNetwork` has them."""
    chains = cut.chains
    points = np.column_stack([chains.lon, chains.lat])
    first = first_of_each(chains.owner)
    ends = np.concatenate([first, np.append(first[1:], len(chains.owner)) - 1])
    used, at, number = np.unique(chains.node[ends], return_index=True, return_inverse=True)
    columns = {
        "from_node": number[: len(first)],
        "to_node": number[len(first) :],
        "country": cut.countries,
        "length_km": lengths_km(chains.owner, chains.along_km),
    }
    lines = shapely.linestrings(points, indices=chains.owner)
    edges = gpd.GeoDataFrame(chains.table.assign(**columns), geometry=lines, crs=LONLAT)
    nodes = gpd.GeoDataFrame(
        {"pair": [cut.pairs.get(node, "") for node in used.tolist()]},
        geometry=shapely.points(points[ends[at]]),
        crs=LONLAT,
    )
    nodes = nodes.assign(country=_countries_of(nodes, edges))
    return _without_bits(nodes, _timed(edges, nodes))


def _countries_of(nodes: gpd.GeoDataFrame, edges: gpd.GeoDataFrame) -> pd.Series:
    """Give each node the country of a road at it; a border node is in none."""
    both = pd.concat([edges.set_index(end)["country"] for end in ("from_node", "to_node")])
    return both.groupby(level=0).first().reindex(nodes.index).where(nodes["pair"] == "", "")


def _timed(edges: gpd.GeoDataFrame, nodes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the roads with the minutes of driving, and what joins piers to them."""
    minutes = edges["length_km"] / speeds_km_h(edges) * 60 + boarding_min(edges)
    timed = edges.assign(minutes=minutes)[[*_EDGE_COLUMNS, "geometry"]]
    return pd.concat([timed, piers(timed, nodes)], ignore_index=True)


def _without_bits(
    nodes: gpd.GeoDataFrame, edges: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Leave out components that are shorter than `LEAST_KM` in all, and number the nodes anew."""
    tail, head = edges["from_node"].to_numpy(), edges["to_node"].to_numpy()
    shape = (len(nodes), len(nodes))
    _, component = connected_components(coo_array((np.ones(len(edges)), (tail, head)), shape), directed=False)
    length_km = np.bincount(component[tail], weights=edges["length_km"])
    kept = length_km[component] >= min(LEAST_KM, length_km.max())
    number = np.cumsum(kept) - 1
    left = edges[kept[tail]].assign(from_node=number[tail[kept[tail]]], to_node=number[head[kept[tail]]])
    return nodes[kept].reset_index(drop=True), left.reset_index(drop=True)
