"""
The schematic road network, cut at the borders.

The source is undirected, with true lengths but straight chords, and has gaps, which are closed first. A
chord between two countries stays, for the days on which their border is crossed freely; beside it stand links
to the crossings that it leads through, for the days on which it is not.
"""

from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import typer
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geoanalysis.domain.crs import metric
from geoanalysis.reference.borders import load_countries
from geoanalysis.reference.build.gaps import closed_gaps, known_gaps
from geoanalysis.reference.build.manifest import Entry, record
from geoanalysis.reference.build.options import PROJECT_DATA, DataFolder, SourceFolder
from geoanalysis.reference.build.road_links import links, points
from geoanalysis.reference.build.tables import read_table

BOX: Final = (4.0, 34.0, 43.0, 56.0)
"""West, south, east and north of what is kept, in degrees: from the Rhine to the Caucasus."""
_COAST_KM: Final = 5.0
_TYPES: Final = {
    "from_node": "int32",
    "to_node": "int32",
    "km": "float32",
    "pair": "category",
    "crossing_id": "category",
}
_ORIGIN: Final = "OpenStreetMap highways by PyPI scgraph_data 2.0.0"
_LICENCE: Final = "ODbL 1.0, © OpenStreetMap contributors"
_AS_OF: Final = "2024-04-19"


def build_roads(source: SourceFolder, out: DataFolder = PROJECT_DATA) -> None:
    """Make the schematic road network from roads_europe_coarse_{nodes,edges}.parquet and the crossings."""
    ends, chords = _source(source)
    table = read_table(out / "checkpoints" / "crossings.csv")
    crossings = table[table["mode"] == "road"]
    over = chords[chords["pair"] != ""].reset_index(drop=True)
    joined = links(ends, over, crossings)
    _report(ends, over, crossings, joined)
    network = pd.concat([chords.assign(crossing_id=""), joined.drop(columns="chord")], ignore_index=True)
    places = pd.concat([ends, crossings.set_index("crossing_id")[["lon", "lat"]].assign(country="")])
    _write(*main_component(places, network), out / "roads")


def countries_at(places: gpd.GeoSeries) -> npt.NDArray[np.str_]:
    """Give the country of each point, by the finer layer if it can; off the coast the nearest within 5 km."""
    countries = pd.concat([load_countries("see"), load_countries("europe")], ignore_index=True)
    located = gpd.GeoDataFrame(geometry=places).sjoin(countries, how="left", predicate="intersects")
    found = located.sort_values("index_right").groupby(level=0)["country"].first().reindex(places.index)
    lost = places[found.isna()]
    reach_m = _COAST_KM * 1000
    near = metric(gpd.GeoDataFrame(geometry=lost)).sjoin_nearest(metric(countries), max_distance=reach_m)
    found.loc[near.index] = near["country"]
    return np.asarray(found.fillna(""), dtype=str)


def main_component(places: pd.DataFrame, network: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep what hangs together, and number the ends anew."""
    codes = pd.Series(np.arange(len(places)), index=places.index)
    tail, head = codes[network["from_node"]].to_numpy(), codes[network["to_node"]].to_numpy()
    graph = coo_array((np.ones(len(network)), (tail, head)), shape=(len(places), len(places)))
    _, labels = connected_components(graph, directed=False)
    kept = labels == np.bincount(labels).argmax()
    numbers = np.cumsum(kept) - 1
    network = network.assign(from_node=numbers[tail], to_node=numbers[head])[kept[tail]]
    return places[kept].reset_index(drop=True), network


def _source(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the ends of roads with their countries, and the roads with the pair of countries they join."""
    west, south, east, north = BOX
    nodes = pd.read_parquet(folder / "roads_europe_coarse_nodes.parquet").set_index("node_id")
    nodes = nodes[nodes["lon"].between(west, east) & nodes["lat"].between(south, north)]
    edges = pd.read_parquet(folder / "roads_europe_coarse_edges.parquet")
    edges = edges[edges["from_node"].isin(nodes.index) & edges["to_node"].isin(nodes.index)]
    edges = pd.concat([edges, closed_gaps(nodes, edges), known_gaps(nodes)], ignore_index=True)
    ends = nodes.assign(country=countries_at(points(nodes)))
    sides = np.column_stack([ends["country"].loc[edges[end]] for end in ("from_node", "to_node")])
    sides = np.sort(sides.astype(str))
    return ends, edges.assign(pair=["" if a == b else f"{a}-{b}" for a, b in sides])


def _report(ends: pd.DataFrame, over: pd.DataFrame, crossings: pd.DataFrame, joined: pd.DataFrame) -> None:
    """Say which crossings are on the network and how, and which roads over a border lead through none."""
    on_road = set(joined["crossing_id"][joined["chord"] >= 0])
    apart = set(crossings["crossing_id"]) - set(joined["crossing_id"])
    near = joined["crossing_id"].nunique() - len(on_road)
    typer.echo(
        f"{len(crossings)} road crossings: {len(on_road)} on a road of the network, {near} joined to the "
        f"nearest road ends, {len(apart)} not joined:"
    )
    typer.echo("\n".join(f"  {crossing_id}" for crossing_id in sorted(apart)))
    closed = over[over["pair"].isin(joined["pair"]) & ~over.index.isin(joined["chord"])]
    typer.echo(f"{len(closed)} roads over borders with crossings of the table that lead through none:")
    for road in closed.sort_values("pair").itertuples():
        a, b = (ends.loc[node] for node in (road.from_node, road.to_node))
        typer.echo(f"  {road.pair} {road.km:.1f} km: {a.lon:.3f},{a.lat:.3f} - {b.lon:.3f},{b.lat:.3f}")


def _write(places: pd.DataFrame, network: pd.DataFrame, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    places = places.astype({"lon": "float32", "lat": "float32", "country": "category"}).round(4)
    network = network.round({"km": 3}).astype(_TYPES).sort_values(["from_node", "to_node"])
    for name, table, title in (
        ("nodes", places, "ends of roads, and crossings"),
        ("edges", network, "roads, and links through crossings"),
    ):
        table.to_parquet(folder / f"{name}.parquet", index=False, compression="zstd")
        record(
            folder,
            Entry(f"{name}.parquet", f"schematic network: {title}", _ORIGIN, _LICENCE, _AS_OF, len(table)),
        )
