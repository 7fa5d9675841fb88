"""The corridor between places as a file, with all that was assumed."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import typer

from geoanalysis import network, reference, store
from geoanalysis.domain.errors import InputError
from geoanalysis.domain.marking import ATTRIBUTION
from geoanalysis.network import Corridors, End, Movement, RoadNetwork, Travel, Vehicle, WhatIf
from geoanalysis.reference.selection import find_crossing, select_crossings

EPILOG: Final = (
    'Example: python -m geoanalysis corridor "Istanbul; border BG-TR * 2" Vienna --out corridor.geojson'
)
_ENDS: Final = (
    "Places; separate several by ;. Each is a name, lon,lat, border BG-TR, a crossing or port, or "
    "area lon lat lon lat ...; add * 2 to count it twice."
)
_MANY_PAIRS: Final = 4

ACTION: Final = datetime(2022, 10, 26)  # noqa: DTZ001 - a day, read by typer as naive
Day = Annotated[
    datetime, typer.Option(formats=["%Y-%m-%d"], help="Day that decides which borders are checked.")
]
Roads = Annotated[
    Path | None, typer.Option(help="Road network made by `roads build`; the bundled one if not given.")
]
Names = Annotated[str | None, typer.Option(help="Crossings by id, name or part of it, separated by ;.")]


def corridor(  # noqa: PLR0913 - the options of a command
    *,
    origins: Annotated[str, typer.Argument(help=_ENDS)],
    destinations: Annotated[str, typer.Argument(help=_ENDS)],
    out: Annotated[Path, typer.Option(help="File to write: .geojson or .gpkg.")],
    on: Day = ACTION,
    roads: Roads = None,
    vehicle: Annotated[Vehicle, typer.Option(help="What loads travel in.")] = Vehicle.CAR,
    border_delay: Annotated[
        float, typer.Option(help="Minutes at a crossing whose waits are not known.")
    ] = 30.0,
    departs: Annotated[
        datetime | None, typer.Option(formats=["%H:%M"], help="When loads leave, for opening hours.")
    ] = None,
    alternatives: Annotated[int, typer.Option(help="How many ways per pair, at most.")] = 5,
    stretch: Annotated[float, typer.Option(help="Longest way, times the best.")] = 1.4,
    overlap: Annotated[float, typer.Option(help="Most that two ways share, 0 to 1.")] = 0.7,
    tolerance: Annotated[
        float, typer.Option(help="Of the roads within a tolerance of the best, as a share.")
    ] = 0.05,
    close: Names = None,
    man: Names = None,
) -> None:
    """Find where loads may move between places, and write it as map layers: bands, roads, ways."""
    if out.suffix not in {".geojson", ".gpkg"}:
        raise InputError(f"{out}: a corridor is written as .geojson or .gpkg")
    crossings = reference.load_crossings(on.date())
    what_if = WhatIf(closed=_ids(close, crossings), manned=_ids(man, crossings))
    leaves = None if departs is None else departs.time()
    movement = Movement(
        origins=ends_of(origins, crossings),
        destinations=ends_of(destinations, crossings),
        travel=Travel(on.date(), vehicle, border_delay, leaves, what_if),
        k=alternatives,
        stretch=stretch,
        max_overlap=overlap,
        tolerance=tolerance,
    )
    net = network.schematic_network(on.date()) if roads is None else network.load_network(roads)
    found = network.corridors(net, crossings, movement, progress=_progress(movement))
    store.write_layers(_layers(found, net), out)
    for line in _lines(found, out):
        typer.echo(line)


def _layers(found: Corridors, net: RoadNetwork) -> dict[str, pd.DataFrame]:
    """Give all that was found as layers, and how it came as one row of words."""
    texts = {column: found.routes[column].map(" > ".join) for column in ("crossings", "countries")}
    return {
        "bands": found.band,
        "roads": found.roads.drop(columns=["from_node", "to_node", "country", "pair", "link"]),
        "ways": found.routes.assign(**texts),
        "crossings": _crossings(found, net),
        "within_tolerance": found.within[["edge", "detour", "geometry"]],
        "about": pd.DataFrame({"made_by": [network.in_words(found)], "source": [ATTRIBUTION]}),
    }


def _crossings(found: Corridors, net: RoadNetwork) -> gpd.GeoDataFrame:
    """Give the crossings at their places; where closing one leaves no way, no file holds the minutes."""
    at = net.nodes.drop_duplicates("crossing_id").set_index("crossing_id").geometry
    closed_min = found.crossings["if_closed_min"]
    columns = {"if_closed_min": closed_min.where(np.isfinite(closed_min)), "cut_off": np.isinf(closed_min)}
    return gpd.GeoDataFrame(
        found.crossings.assign(**columns),
        geometry=at.reindex(found.crossings["crossing_id"]).to_numpy(),
        crs=net.nodes.crs,
    )


def _lines(found: Corridors, out: Path) -> list[str]:
    best = found.routes.loc[found.routes["time_min"].idxmin()]
    names = dict(zip(found.crossings["crossing_id"], found.crossings["name"], strict=True))
    return [
        f"{found.name}: {best.time_min / 60:.1f} h, {best.length_km:.0f} km on the {found.network}",
        *(f"  {names.get(one, one)}" for one in best.crossings),
        *found.missing,
        f"{len(found.routes)} ways over {len(found.crossings)} crossings written to {out}",
    ]


def ends_of(texts: str, crossings: gpd.GeoDataFrame) -> tuple[End, ...]:
    """Give the ends that texts separated by ; name."""
    named = [text for text in texts.split(";") if text.strip()]
    return network.named_ends(named, reference.load_places(), crossings)


def _ids(texts: str | None, crossings: gpd.GeoDataFrame) -> frozenset[str]:
    roads = select_crossings(crossings, modes=["road"])
    named = filter(None, map(str.strip, (texts or "").split(";")))
    return frozenset(find_crossing(text, roads) for text in named)


def _progress(movement: Movement) -> network.Progress | None:
    """Say on standard error how far a long search is; a short one says nothing."""
    if len(movement.origins) * len(movement.destinations) <= _MANY_PAIRS:
        return None
    return lambda done: typer.echo(f"\r{done:4.0%} of the pairs", nl=done >= 1, err=True)
