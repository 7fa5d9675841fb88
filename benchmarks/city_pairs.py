"""
Compare distances on the schematic network with those on a detailed one.

Run `python -m benchmarks.city_pairs [--detailed FOLDER]` in the project folder. FOLDER holds
`roads_edges.parquet` and `roads_nodes.parquet`: directed roads of OpenStreetMap of August 2021 with classes,
which are no part of the project. Its README speaks of 28 city pairs but names only some of them (the first
seven here); the others are chosen among the cities of the region.

On the detailed network the quickest path is found with a speed per class and without delays at borders, from
any strongly connected node near one city to any near the other: within 2 km more than the nearest one. On
ours it is the best route of the corridor, with the usual delays.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geoanalysis.domain.crs import LONLAT, metric
from geoanalysis.network import corridor
from geoanalysis.reference import Place, find_place, load_places, load_roads

PAIRS = (
    ("Sofia", "Belgrade"),
    ("Belgrade", "Zagreb"),
    ("Istanbul", "Vienna"),
    ("Sofia", "Niš"),
    ("Niš", "Sofia"),
    ("Skopje", "Thessaloniki"),
    ("Szeged", "Belgrade"),
    ("Istanbul", "Edirne"),
    ("Istanbul", "Ankara"),
    ("Edirne", "Plovdiv"),
    ("Plovdiv", "Sofia"),
    ("Sofia", "Bucharest"),
    ("Sofia", "Thessaloniki"),
    ("Thessaloniki", "Athens"),
    ("Thessaloniki", "Tirana"),
    ("Niš", "Skopje"),
    ("Skopje", "Pristina"),
    ("Tirana", "Podgorica"),
    ("Podgorica", "Sarajevo"),
    ("Sarajevo", "Zagreb"),
    ("Split", "Zagreb"),
    ("Zagreb", "Ljubljana"),
    ("Zagreb", "Budapest"),
    ("Budapest", "Vienna"),
    ("Belgrade", "Timişoara"),
    ("Timişoara", "Budapest"),
    ("Bucharest", "Constanţa"),
    ("Bucharest", "Chisinau"),
)
SPEEDS_KM_H = {"motorway": 115, "trunk": 85, "primary": 70, "secondary": 55, "tertiary": 45}
LINK_KM_H = 45
REACH_M = 2000
ACTION = date(2022, 10, 26)
_SHARED = Path(os.environ.get("GEOANALYSIS_SHARED", Path(__file__).parents[2] / "shared"))
DETAILED = _SHARED / "data" / "read-only" / "roads-and-layers"


class DetailedRoads:
    """A directed road network with a speed per class; of parallel roads the quickest."""

    def __init__(self, folder: Path) -> None:
        nodes = gpd.read_parquet(folder / "roads_nodes.parquet")
        roads = pd.read_parquet(
            folder / "roads_edges.parquet",
            columns=["from_node", "to_node", "road_class", "link", "oneway", "length_m"],
        )
        speed = roads["road_class"].astype(str).map(SPEEDS_KM_H).where(~roads["link"], LINK_KM_H)
        arcs = roads[["from_node", "to_node", "length_m"]].assign(hours=roads["length_m"] / 1000 / speed)
        back = arcs[~roads["oneway"]].rename(columns={"from_node": "to_node", "to_node": "from_node"})
        arcs = pd.concat([arcs, back]).sort_values("hours").drop_duplicates(["from_node", "to_node"])
        self._length_km = arcs.set_index(["from_node", "to_node"])["length_m"] / 1000
        shape = (len(nodes), len(nodes))
        self._hours = csr_array((arcs["hours"], (arcs["from_node"], arcs["to_node"])), shape=shape)
        self._strong = metric(nodes[nodes["strong"] & (nodes["component"] == 0)])

    def distance_km(self, origin: Place, destination: Place) -> float:
        """Give the length of the quickest path."""
        hours, before, _ = dijkstra(
            self._hours, indices=self._around(origin), return_predecessors=True, min_only=True
        )
        ends = self._around(destination)
        node, length_km = int(ends[np.argmin(hours[ends])]), 0.0
        while before[node] >= 0:
            length_km += float(self._length_km.loc[before[node], node])
            node = int(before[node])
        return length_km

    def _around(self, place: Place) -> np.ndarray:
        here = metric(gpd.GeoDataFrame(geometry=gpd.points_from_xy([place.lon], [place.lat]), crs=LONLAT))
        distance_m = self._strong.distance(here.geometry.iloc[0])
        return self._strong["node_id"][distance_m <= distance_m.min() + REACH_M].to_numpy()


def compare(folder: Path) -> pd.DataFrame:
    """Give both distances of every pair and their difference, as a share of the detailed network's."""
    places, ours, detailed = load_places(), load_roads(ACTION), DetailedRoads(folder)
    rows = []
    for pair in PAIRS:
        ends = [find_place(name, places) for name in pair]
        found = corridor(ours, *ends)
        posts = found.crossings["name"][found.crossings["on_best"]]
        rows.append((" - ".join(pair), detailed.distance_km(*ends), found.km, "; ".join(posts)))
    table = pd.DataFrame(rows, columns=["pair", "detailed_km", "schematic_km", "crossings"]).set_index("pair")
    table.insert(2, "difference", table["schematic_km"] / table["detailed_km"] - 1)
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Compare distances with those on a detailed network.")
    parser.add_argument("--detailed", type=Path, default=DETAILED, help="folder of the detailed network")
    folder = parser.parse_args(arguments).detailed
    if not (folder / "roads_edges.parquet").is_file():
        print("skipped: the detailed network is not here")
        return 0
    table = compare(folder)
    formats = {
        "detailed_km": "{:.0f}".format,
        "schematic_km": "{:.0f}".format,
        "difference": "{:+.1%}".format,
    }
    print(table.to_string(formatters=formats))
    print(f"median of absolute differences: {table['difference'].abs().median():.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
