"""
The schematic road network, cut at the borders.

The source is undirected, with true lengths but straight chords, and has gaps, which are closed first. A chord
between two countries stays, for the days on which their border is crossed freely; beside it stand links
through the road crossings near it, for the days on which it is not.
"""

from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from geoanalysis.domain.crs import GEOD, LONLAT, METRIC, metric
from geoanalysis.reference.borders import load_countries
from geoanalysis.reference.build.gaps import closed_gaps
from geoanalysis.reference.build.manifest import Entry, record
from geoanalysis.reference.build.options import DataFolder, SourceFolder
from geoanalysis.reference.files import data_folder

BOX: Final = (4.0, 34.0, 43.0, 56.0)
"""West, south, east and north of what is kept, in degrees: from the Rhine to the Caucasus."""
CHORD_REACH_KM: Final = 4.0
"""A crossing lies on a chord if it is nearer than this, or than a share of the chord's length."""
CHORD_REACH_SHARE: Final = 0.12
ROAD_REACH_KM: Final = 30.0
"""A crossing that lies on no chord is joined to the nearest road end of each side within this distance."""
SINUOSITY: Final = 1.2
"""Length of a road over its straight distance, where no length is known."""
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


def build_roads(source: SourceFolder, out: DataFolder = data_folder()) -> None:  # noqa: B008 - a constant path
    """Make the schematic road network from roads_europe_coarse_{nodes,edges}.parquet and the crossings."""
    nodes = pd.read_parquet(source / "roads_europe_coarse_nodes.parquet").set_index("node_id")
    nodes = nodes[nodes["lon"].between(BOX[0], BOX[2]) & nodes["lat"].between(BOX[1], BOX[3])]
    edges = pd.read_parquet(source / "roads_europe_coarse_edges.parquet")
    edges = edges[edges["from_node"].isin(nodes.index) & edges["to_node"].isin(nodes.index)]
    edges = pd.concat([edges, closed_gaps(nodes, edges)], ignore_index=True)
    nodes = nodes.assign(country=countries_at(_points(nodes)))
    crossings = pd.read_csv(out / "checkpoints" / "crossings.csv", keep_default_na=False)
    crossings = crossings[crossings["mode"] == "road"]
    straight = chords(nodes, edges)
    network = pd.concat([straight, links(nodes, straight, crossings)], ignore_index=True)
    places = pd.concat([_ends(nodes), _ends(crossings.set_index("crossing_id"))])
    places, network = main_component(places, network)
    _write(places, network, out / "roads")


def countries_at(points: gpd.GeoSeries) -> np.ndarray:
    """Give the country of each point, by the finer layer if it can; off the coast the nearest within 5 km."""
    countries = pd.concat([load_countries("see"), load_countries("europe")], ignore_index=True)
    located = gpd.GeoDataFrame(geometry=points).sjoin(countries, how="left", predicate="intersects")
    found = located.sort_values("index_right").groupby(level=0)["country"].first().reindex(points.index)
    lost = points[found.isna()]
    reach_m = _COAST_KM * 1000
    near = metric(gpd.GeoDataFrame(geometry=lost)).sjoin_nearest(metric(countries), max_distance=reach_m)
    found.loc[near.index] = near["country"]
    return np.asarray(found.fillna(""), dtype=str)


def chords(nodes: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """Give all edges of the source, with the pair of countries where they differ."""
    country = nodes["country"]
    sides = np.sort(np.column_stack([country[edges["from_node"]], country[edges["to_node"]]]).astype(str))
    pairs = np.where(sides[:, 0] == sides[:, 1], "", [f"{a}-{b}" for a, b in sides])
    ends = edges[["from_node", "to_node"]].astype(str)
    return ends.assign(km=edges["km"], pair=pairs, crossing_id="")


def links(nodes: pd.DataFrame, straight: pd.DataFrame, crossings: pd.DataFrame) -> pd.DataFrame:
    """Join every crossing to a road end on each side: along the chord it lies on, else to the nearest."""
    on_chords = _links_on_chords(nodes, straight[straight["pair"] != ""], crossings)
    joined = set(zip(on_chords["crossing_id"], on_chords["country"], strict=True))
    nearest = [
        _link_to_nearest(nodes, crossing, side)
        for crossing in crossings.itertuples()
        for side in (crossing.country_a, crossing.country_b)
        if (crossing.crossing_id, side) not in joined
    ]
    table = pd.concat([on_chords, pd.DataFrame([link for link in nearest if link])], ignore_index=True)
    return table.drop(columns="country")


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


def _links_on_chords(nodes: pd.DataFrame, over: pd.DataFrame, crossings: pd.DataFrame) -> pd.DataFrame:
    lines = _lines(nodes, over)
    points = _points(crossings).to_crs(METRIC)
    rows = []
    for number, crossing in enumerate(crossings.itertuples()):
        same = (over["pair"] == "-".join(sorted((crossing.country_a, crossing.country_b)))).to_numpy()
        reach_m = np.maximum(CHORD_REACH_KM * 1000, CHORD_REACH_SHARE * shapely.length(lines[same]))
        distance_m = shapely.distance(lines[same], points.iloc[number])
        if not same.any() or not (distance_m <= reach_m).any():
            continue
        chord = over[same].iloc[int(np.argmin(np.where(distance_m <= reach_m, distance_m, np.inf)))]
        rows += _split(nodes, chord, crossing)
    return pd.DataFrame(rows, columns=["from_node", "to_node", "km", "pair", "crossing_id", "country"])


def _split(nodes: pd.DataFrame, chord: pd.Series, crossing: Any) -> list[dict[str, object]]:
    """Lead a chord through a crossing: the two parts share its length, none is shorter than straight."""
    ends = [nodes.loc[int(chord[end])] for end in ("from_node", "to_node")]
    straight_km = [_distance_km(end, crossing) for end in ends]
    stretch = max(1.0, float(chord["km"]) / max(sum(straight_km), 1e-6))
    return [
        {
            "from_node": node,
            "to_node": crossing.crossing_id,
            "km": km * stretch,
            "pair": chord["pair"],
            "crossing_id": crossing.crossing_id,
            "country": end["country"],
        }
        for node, end, km in zip(chord[["from_node", "to_node"]], ends, straight_km, strict=True)
    ]


def _link_to_nearest(nodes: pd.DataFrame, crossing: Any, side: str) -> dict[str, object] | None:
    inside = nodes[nodes["country"] == side]
    points = _points(inside).to_crs(METRIC).get_coordinates().to_numpy()
    here = gpd.GeoSeries.from_xy([crossing.lon], [crossing.lat], crs=LONLAT).to_crs(METRIC)
    distance_m, nearest = KDTree(points).query(here.get_coordinates().to_numpy()[0])
    if distance_m > ROAD_REACH_KM * 1000:
        return None
    end = inside.iloc[nearest]
    return {
        "from_node": str(end.name),
        "to_node": crossing.crossing_id,
        "km": _distance_km(end, crossing) * SINUOSITY,
        "pair": "-".join(sorted((crossing.country_a, crossing.country_b))),
        "crossing_id": crossing.crossing_id,
        "country": side,
    }


def _distance_km(end: pd.Series, crossing: Any) -> float:
    _, _, metres = GEOD.inv(end["lon"], end["lat"], crossing.lon, crossing.lat)
    return float(metres) / 1000


def _points(frame: pd.DataFrame) -> gpd.GeoSeries:
    return gpd.GeoSeries.from_xy(frame["lon"], frame["lat"], index=frame.index, crs=LONLAT)


def _lines(nodes: pd.DataFrame, over: pd.DataFrame) -> np.ndarray:
    flat = _points(nodes).to_crs(METRIC).get_coordinates()
    ends = [flat.loc[over[end].astype(int)].to_numpy() for end in ("from_node", "to_node")]
    return np.asarray(shapely.linestrings(np.stack(ends, axis=1)))


def _ends(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[["lon", "lat"]].set_axis(frame.index.astype(str))


def _write(places: pd.DataFrame, network: pd.DataFrame, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    places = places.round(4).astype("float32")
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
