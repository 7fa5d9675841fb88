"""Corridors as layers of a scene: bands by expected share, roads, the tolerance view, and what changes."""

from collections.abc import Iterable, Iterator
from textwrap import shorten
from typing import Any, Final

import geopandas as gpd
import numpy as np

from geoanalysis.maps.features import features
from geoanalysis.maps.scene import Layer
from geoanalysis.network import SHARE_CLASSES, Corridors, Differences
from geoanalysis.symbology import (
    CHANGES,
    CORRIDOR_ROADS,
    CORRIDOR_ROUTE,
    CORRIDOR_WITHIN,
    ROAD_PROBLEMS,
    SHARE_RAMP,
    WHAT_IF,
    Symbol,
)

_MUCH: Final = 0.1
_DECIMALS: Final = 3
_BAND_OPACITY: Final = 0.55
_LONGEST_NAME: Final = 60


def corridor_layers(found: Corridors) -> tuple[Layer, Layer]:
    """Show the bands of corridors, darker where more is expected, and the roads in them, to be clicked."""
    return _bands(found), _roads(found)


def within_layer(found: Corridors) -> Layer:
    """Show the tolerance view: all roads on ways that take little longer than the best."""
    words = f"within {found.movement.tolerance:.0%} of the best time"
    labels = [
        f"{_road_name(row)}\n{row.detour:.1%} longer than the best route" for row in found.within.itertuples()
    ]
    drawn = features(
        found.within,
        ids=[f"within {edge}" for edge in found.within["edge"]],
        labels=labels,
        styles=["road"] * len(found.within),
    )
    return Layer("within", f"Roads {words}", drawn, {"road": CORRIDOR_WITHIN})


def route_layer(route: gpd.GeoDataFrame) -> Layer:
    """Show one of the alternatives, given as its row of `Corridors.routes`."""
    labels = [
        f"{row.origin} to {row.destination}, alternative {row.rank}\n{row.time_min / 60:.1f} h, "
        f"{row.length_km:,.0f} km, {row.share:.0%} of these trips"
        for row in route.itertuples()
    ]
    ids = [f"route {row}" for row in route.index]
    drawn = features(route, ids=ids, labels=labels, styles=["route"] * len(route))
    return Layer("route", "Alternative", drawn, {"route": CORRIDOR_ROUTE})


def difference_layer(changed: Differences) -> Layer:
    """Show where roads gain and where they lose traffic; what changes most is on top."""
    stretches = _stretches(changed.roads).sort_values("change", key=np.abs, kind="stable")
    drawn = features(
        stretches,
        ids=[f"change {number}" for number in range(len(stretches))],
        labels=[f"{row.before:.0%} → {row.after:.0%} of the traffic" for row in stretches.itertuples()],
        styles=[_change_style(change) for change in stretches["change"]],
    )
    title = "Change of the expected share"
    return Layer("difference", title, drawn, dict(CHANGES), explained="symbols")


def what_if_layer(places: gpd.GeoDataFrame) -> Layer:
    """Show what is closed, slowed down or manned, given as by `network.what_if_places`."""
    labels = [f"{row.name}\n{WHAT_IF[row.done].words}" for row in places.itertuples()]
    drawn = features(places, ids=places["id"], labels=labels, styles=places["done"])
    return Layer("what_if", "What if", drawn, dict(WHAT_IF), clickable=True)


def road_problems_layer(problems: gpd.GeoDataFrame) -> Layer:
    """Show where a road network does not hang together, given as `network.Topology.problems`."""
    drawn = features(
        problems,
        ids=[f"problem {number}" for number in range(len(problems))],
        labels=[f"{row.name}\n{row.kind}" for row in problems.itertuples()],
        styles=problems["kind"],
    )
    return Layer("road_problems", "Gaps of the road network", drawn, dict(ROAD_PROBLEMS))


def _bands(found: Corridors) -> Layer:
    band, name = found.band, shorten(found.name, _LONGEST_NAME, placeholder=" …")
    words = [
        f"{low:.0%} to {high:.0%}" for low, high in zip(band["share_from"], band["share_to"], strict=True)
    ]
    drawn = features(
        band,
        ids=[f"band {low:g}" for low in band["share_from"]],
        labels=[f"Corridor {name}\n{share} of the traffic expected" for share in words],
        styles=words,
    )
    return Layer(
        "band",
        f"Expected share of {name}",
        drawn,
        dict(_share_symbols(band["share_from"], words)),
        explained="symbols",
    )


def _roads(found: Corridors) -> Layer:
    roads = found.roads[found.roads["share"] >= SHARE_CLASSES[0]].sort_values("share", kind="stable")
    drawn = features(
        roads,
        ids=[f"road {edge}" for edge in roads["edge"]],
        labels=[f"{_road_name(row)}\n{row.share:.0%} of the traffic expected" for row in roads.itertuples()],
        styles=np.searchsorted(SHARE_CLASSES, roads["share"], side="right").clip(1) - 1,
    )
    symbols = {str(place): symbol for place, symbol in enumerate(CORRIDOR_ROADS)}
    return Layer("roads", "Roads", drawn, symbols, clickable=True, explained="elsewhere")


def _stretches(roads: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join roads that change alike to long lines, on which dashes can be seen."""
    same = roads[["before", "after", "change"]].round(_DECIMALS)
    joined = roads[["geometry"]].join(same).dissolve(["before", "after", "change"]).reset_index()
    return joined.set_geometry(joined.line_merge())


def _share_symbols(lowest: Iterable[float], words: Iterable[str]) -> Iterator[tuple[str, Symbol]]:
    """Give a colour of the ramp to each class, the highest first, as a legend has it."""
    for low, share in reversed(list(zip(lowest, words, strict=True))):
        colour = SHARE_RAMP[SHARE_CLASSES.index(low)]
        yield share, Symbol(share, "area", colour, stroke=None, fill_opacity=_BAND_OPACITY)


def _change_style(change: float) -> str:
    return ("gains" if change > 0 else "loses") + "_much" * (abs(change) >= _MUCH)


def _road_name(row: Any) -> str:
    return f"Road {row.ref}" if row.ref else "Road"
