"""The two scenes of the tool: what a planner sees before an action, and what an analyst sees after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd

from geoanalysis.domain.marking import ATTRIBUTION, EXERCISE_NOTICE, SCHEMATIC_NETWORK_NOTICE
from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.layers import (
    borders_layer,
    checkpoints_layer,
    crossings_layer,
    hot_cells_layer,
    hot_crossings_layer,
    seizures_layer,
)
from geoanalysis.maps.review_layers import counted_seizures_layer
from geoanalysis.maps.scene import REGION, Extent, Layer, Scene
from geoanalysis.network import Corridors, in_words
from geoanalysis.review import Dossier

Layers = Mapping[str, Sequence[Layer]]
"""The layers that a scene may show, by the name under which they are switched on."""

_DRAWING_ORDER = (
    "bands",
    "borders",
    "within",
    "difference",
    "corridor",
    "route",
    "road_problems",
    "hotspots",
    "border_density",
    "density",
    "crossings",
    "suggested",
    "intensity",
    "seizures",
    "hot_crossings",
    "clusters",
    "what_if",
)
_DRAWN_WITH = {"hot_crossings": "hotspots", "bands": "corridor", "route": "corridor", "what_if": "corridor"}
"""What is switched on with another, but drawn at its own place in the order."""
_ROUTED = frozenset({"corridor", "within", "difference"})
"""What shows where loads may move, on some network."""


@dataclass(frozen=True, slots=True)
class Display:
    """
    How a scene is looked at, apart from what is in it.

    `layers` names those switched on: of ``borders``, ``corridor``, ``within``, ``difference``,
    ``road_problems``, ``crossings``, ``suggested``, ``intensity``, ``hotspots``, ``clusters``, ``density``,
    ``border_density`` and ``seizures``.
    """

    layers: tuple[str, ...] = ("borders", "hotspots", "seizures")
    extent: Extent = REGION
    selected_id: str | None = None


def plan_scene(
    operation: Operation | None,
    plan: Plan,
    display: Display,
    layers: Layers,
    corridors: Corridors | None = None,
    findings: Sequence[str] = (),
) -> Scene:
    """
    Show a plan on the borders, crossings and corridors of its day.

    Parameters
    ----------
    operation
        The action whose check intensity is among the layers, if any is; an exercise marks the scene as one.
    plan
        The checkpoints picked; always drawn, on top.
    display
        How it is looked at.
    layers
        ``borders``, ``bands``, ``corridor``, ``within``, ``difference``, ``route``, ``what_if``,
        ``road_problems``, ``crossings``, ``intensity`` and ``seizures``, as far as they are at hand.
    corridors
        The corridors that the layers show; how they were made is said in words.
    findings
        Sentences on them to print beside the map.
    """
    reported = operation if "intensity" in display.layers else None
    routed = corridors if _ROUTED.intersection(display.layers) else None
    schematic = routed is not None and routed.network == SCHEMATIC_NETWORK_NOTICE
    return Scene(
        title=plan.name,
        subtitle=f"Plan for {day_in_words(plan.on)}: {_counted(len(plan.deployments))}",
        on=plan.on,
        layers=(*_switched_on(layers, display), checkpoints_layer(plan)),
        extent=display.extent,
        selected_id=display.selected_id,
        handling=max(plan.handling, reported.handling if reported else Handling.H0),
        notices=(EXERCISE_NOTICE,) * (reported is not None and reported.exercise)
        + (SCHEMATIC_NETWORK_NOTICE,) * schematic,
        sources=(ATTRIBUTION,),
        parameters=() if routed is None else tuple(findings),
        method=() if routed is None else (in_words(routed),),
        data_as_of=reported.data_as_of if reported else None,
    )


def review_scene(
    operation: Operation,
    display: Display,
    layers: Layers,
    findings: Sequence[str] = (),
    *,
    selection: str = "",
    method: Sequence[str] = (),
) -> Scene:
    """
    Show what was checked and found in an action, and where the hits exceed what the checks explain.

    Parameters
    ----------
    operation
        The selected records, as given by `review.select`.
    display
        How it is looked at.
    layers
        ``borders``, ``crossings``, ``intensity``, ``hotspots``, ``hot_crossings``, ``clusters``, ``density``,
        ``border_density`` and ``seizures``, as far as they are at hand.
    findings
        Sentences to print beside the map, as given by `hotspots.findings`.
    selection
        What was left of the action, as given by `review.in_words`; nothing if all.
    method
        How it was made, in sentences.
    """
    days = f"{day_in_words(operation.starts)} to {day_in_words(operation.ends)}"
    return Scene(
        title=operation.name,
        subtitle=f"{days}. Only {selection}" if selection else days,
        on=operation.starts,
        layers=_switched_on(layers, display),
        extent=display.extent,
        selected_id=display.selected_id,
        handling=operation.handling,
        notices=(EXERCISE_NOTICE,) * operation.exercise,
        sources=(ATTRIBUTION,),
        parameters=tuple(findings),
        method=tuple(method),
        data_as_of=operation.data_as_of,
    )


def dossier_layers(found: Dossier, borders: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame) -> Layers:
    """
    Show what may be told of an action: as `review_scene` takes it, small counts withheld.

    Parameters
    ----------
    found
        As given by `review.dossier`.
    borders, crossings
        The tables of the first day of the action, EPSG:4326.
    """
    seizures = (
        counted_seizures_layer(found.counted_places(), found.disclosure.least)
        if found.disclosure.least > 1
        else seizures_layer(found.operation.seizures)
    )
    layers = {
        "borders": [borders_layer(borders)],
        "crossings": [crossings_layer(crossings)],
        "seizures": [seizures],
    }
    if found.spots is None:
        return layers
    spots = {"hotspots": [hot_cells_layer(found.spots)], "hot_crossings": [hot_crossings_layer(found.spots)]}
    return layers | spots


def dossier_scene(found: Dossier, layers: Layers, display: Display | None = None) -> Scene:
    """Show what may be told of an action, in layers as given by `dossier_layers` or by a page."""
    return review_scene(
        found.operation,
        display or Display(),
        layers,
        found.findings,
        selection=found.selection,
        method=found.method,
    )


def _switched_on(layers: Layers, display: Display) -> tuple[Layer, ...]:
    wanted = (key for key in _DRAWING_ORDER if _DRAWN_WITH.get(key, key) in display.layers)
    return tuple(layer for key in wanted for layer in layers.get(key, ()))


def day_in_words(on: date) -> str:
    """Write a day."""
    return f"{on.day} {on:%B %Y}"


def _counted(checkpoints: int) -> str:
    return "1 checkpoint" if checkpoints == 1 else f"{checkpoints} checkpoints"
