"""Where loads may move from some places to others: the answer to a planner's question, with the question."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.network.alternatives import PER_MIN
from geoanalysis.network.arcs import Floats
from geoanalysis.network.bands import BUFFER_KM, bands
from geoanalysis.network.border_costs import Travel, with_borders
from geoanalysis.network.corridor import TOLERANCE, corridor
from geoanalysis.network.crossing_graph import CrossingGraph
from geoanalysis.network.ends import End
from geoanalysis.network.road_network import RoadNetwork
from geoanalysis.network.shares import Progress, Shares, Trip, shares

GraphOf = Callable[[RoadNetwork, tuple[End, ...], tuple[End, ...]], CrossingGraph]

MAX_OVERLAP: Final = 0.7
"""Two ways that part for the last third are two ways for a border officer, with crossings of their own."""


@dataclass(frozen=True)
class Movement:
    """
    What a planner asks: from where to where, when, in what, and how ways may differ.

    Attributes
    ----------
    origins, destinations
        Each origin trades with each destination, in proportion to the product of their weights.
    travel
        The day, the vehicle, delays at borders, and what the planner does to crossings and roads.
    k, stretch, max_overlap
        How many alternatives per pair, and how they may differ, see `alternative_routes`.
    tolerance
        Of the tolerance view, see `corridor`.
    buffer_km
        Half the width of the bands.
    """

    origins: tuple[End, ...]
    destinations: tuple[End, ...]
    travel: Travel
    k: int = 5
    stretch: float = 1.4
    max_overlap: float = MAX_OVERLAP
    tolerance: float = TOLERANCE
    buffer_km: float = BUFFER_KM


@dataclass(frozen=True)
class Corridors:
    """
    The answer, with the question.

    Attributes
    ----------
    routes
        The alternatives of every pair, as in `Shares.routes`.
    roads
        The roads that expect any traffic: as in `network.edges`, with `edge` (the row there), `share` and the
        line, EPSG:4326.
    band
        As given by `bands`.
    within
        The tolerance view, as given by `corridor`.
    crossings
        One row per crossing that expects traffic, the most used first: `crossing_id`, `name`, `pair`,
        `share`, `delay_min`, and `if_closed_min`, the minutes that trips lose at most if it alone is closed
        (infinite where some then have no way).
    missing
        Why pairs have no routes, a sentence each.
    movement
        The question.
    network, as_of
        The name of the network, and the state of its map data.
    """

    routes: gpd.GeoDataFrame
    roads: gpd.GeoDataFrame
    band: gpd.GeoDataFrame
    within: gpd.GeoDataFrame
    crossings: pd.DataFrame
    missing: tuple[str, ...]
    movement: Movement
    network: str
    as_of: date | None

    @property
    def name(self) -> str:
        """From where to where, in words."""
        sides = self.movement.origins, self.movement.destinations
        return " to ".join(", ".join(end.name for end in side) for side in sides)


def corridors(
    network: RoadNetwork,
    crossings: gpd.GeoDataFrame,
    movement: Movement,
    *,
    graph_of: GraphOf = CrossingGraph.build,
    progress: Progress | None = None,
) -> Corridors:
    """
    Find where loads may move: alternatives, what roads and crossings expect, bands, and the tolerance view.

    Parameters
    ----------
    network
        Roads with their border nodes, as `schematic_network` and `build_from_osm` give them.
    crossings
        As given by `reference.load_crossings` for the day.
    movement
        The question.
    graph_of
        Makes the crossing graph; give one that keeps graphs, by the content of what they are made from.
    progress
        Told the share of pairs done, from 0 to 1; what it raises ends the search.

    Raises
    ------
    InputError
        If a parameter is impossible.
    PlaceError
        If an end is too far from any road, or no road leads from any origin to any destination.
    """
    of_day, undisturbed = _of_the_day(network, crossings, movement.travel)
    pairs = product(movement.origins, movement.destinations)
    trips = [Trip(a, b, a.weight * b.weight) for a, b in pairs]
    expected = shares(
        of_day,
        trips,
        k=movement.k,
        stretch=movement.stretch,
        max_overlap=movement.max_overlap,
        progress=progress,
    )
    return Corridors(
        routes=expected.routes,
        roads=expected.edges,
        band=bands(expected.edges, buffer_km=movement.buffer_km),
        within=corridor(of_day, movement.origins, movement.destinations, tolerance=movement.tolerance),
        crossings=_crossings(expected, of_day, crossings).assign(
            if_closed_min=_if_closed_min(expected, undisturbed, movement, graph_of)
        ),
        missing=expected.missing,
        movement=movement,
        network=network.name,
        as_of=network.as_of,
    )


def in_words(found: Corridors) -> str:
    """Say in one line how corridors were made, for any picture of them."""
    movement, travel = found.movement, found.movement.travel
    state = f", state of {found.as_of:%B %Y}" if found.as_of else ""
    departs = f", leaving at {travel.departs:%H:%M}" if travel.departs else ""
    return (
        f"Corridor {found.name}: up to {movement.k} alternatives per pair, at most "
        f"{movement.stretch:g} times the best time and {movement.max_overlap:.0%} in common; "
        f"share by path-size logit, {PER_MIN:g} per "
        f"minute (assumed); {travel.vehicle}{departs}; {travel.delay_min:.0f} min at an international "
        f"crossing unless waits are known (assumed); band {2 * movement.buffer_km:g} km wide; "
        f"{found.network}{state}"
    )


def _crossings(expected: Shares, of_day: RoadNetwork, crossings: gpd.GeoDataFrame) -> pd.DataFrame:
    named = crossings.set_index("crossing_id")["name"]
    delay_min = of_day.nodes.groupby("crossing_id")["delay_min"].min()
    table = expected.crossings
    ids = table["crossing_id"]
    named_rows = table.assign(name=ids.map(named).fillna(ids), delay_min=ids.map(delay_min))
    return named_rows[["crossing_id", "name", "pair", "share", "delay_min"]]


def _of_the_day(
    network: RoadNetwork, crossings: gpd.GeoDataFrame, travel: Travel
) -> tuple[RoadNetwork, RoadNetwork]:
    """Give the network of the day, and the same without what is done to crossings."""
    of_day = with_borders(network, crossings, travel)
    undisturbed = replace(travel, what_if=travel.what_if.only_roads())
    return of_day, of_day if undisturbed == travel else with_borders(network, crossings, undisturbed)


def _if_closed_min(
    expected: Shares, undisturbed: RoadNetwork, movement: Movement, graph_of: GraphOf
) -> Floats:
    """Give what closing each crossing costs; the graph stays the same whatever is done to crossings."""
    ids = expected.crossings["crossing_id"]
    graph = graph_of(undisturbed, movement.origins, movement.destinations)
    at = pd.Series(graph.crossing_ids, dtype="str").unique()
    more = movement.travel.what_if.minutes(pd.Series(at, dtype="str"))
    closed_min = graph.if_closed(ids, dict(zip(at, more, strict=True)))
    return np.asarray(closed_min.reindex(ids), dtype="float64")
