"""The two scenes of the tool: what a planner sees before an action, and what an analyst sees after it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd

from geoanalysis.domain.marking import ATTRIBUTION, EXERCISE_NOTICE, SCHEMATIC_NETWORK_NOTICE
from geoanalysis.domain.operation import Operation, Plan
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.layers import (
    borders_layer,
    checkpoints_layer,
    corridor_layers,
    crossings_layer,
    hot_cells_layer,
    hot_crossings_layer,
    intensity_layer,
    seizures_layer,
)
from geoanalysis.maps.scene import REGION, Extent, Layer, Scene
from geoanalysis.network import Corridor

_DRAWING_ORDER = (
    "borders",
    "corridor",
    "hotspots",
    "crossings",
    "intensity",
    "seizures",
    "hot_crossings",
    "checkpoints",
)


@dataclass(frozen=True, slots=True)
class Display:
    """
    How a scene is looked at, apart from what is in it.

    `layers` names those switched on, of ``borders``, ``corridor``, ``crossings``, ``intensity``, ``hotspots``
    and ``seizures``; `measure` is what colours the check intensity: ``check_share`` or
    ``checks_per_officer_hour``.
    """

    layers: tuple[str, ...] = ("borders", "hotspots", "seizures")
    measure: str = "check_share"
    extent: Extent = REGION
    selected_id: str | None = None


def plan_scene(
    operation: Operation,
    plan: Plan,
    display: Display,
    *,
    borders: gpd.GeoDataFrame,
    crossings: gpd.GeoDataFrame,
    intensity: gpd.GeoDataFrame,
    seizures: gpd.GeoDataFrame,
    corridors: Sequence[Corridor] = (),
) -> Scene:
    """
    Show a plan on the borders, crossings and corridors of its date.

    Parameters
    ----------
    operation
        The action whose check intensity is shown; an exercise marks the scene as one.
    plan
        The checkpoints picked; always drawn.
    borders, crossings, intensity, seizures
        As given by `reference.load_borders`, `reference.load_crossings`, `review.check_intensity` and
        `reference.load_press_events`; all EPSG:4326.
    corridors
        Corridors to draw, as given by `network.corridor`.
    """
    builders: dict[str, Callable[[], Sequence[Layer]]] = {
        "borders": lambda: [borders_layer(borders)],
        "corridor": lambda: corridor_layers(corridors),
        "crossings": lambda: [crossings_layer(crossings)],
        "intensity": lambda: [intensity_layer(intensity, display.measure)],
        "seizures": lambda: [seizures_layer(seizures)],
        "checkpoints": lambda: [checkpoints_layer(plan)],
    }
    simulated = operation.exercise and "intensity" in display.layers
    routed = "corridor" in display.layers and bool(corridors)
    return Scene(
        title=plan.name,
        subtitle=f"Plan for {_day(plan.on)}: {len(plan.deployments)} checkpoints",
        on=plan.on,
        layers=_build(builders, {*display.layers, "checkpoints"}),
        extent=display.extent,
        selected_id=display.selected_id,
        handling=max(plan.handling, operation.handling if simulated else Handling.H0),
        notices=_notices(exercise=simulated, schematic=routed),
        sources=(ATTRIBUTION,),
        parameters=tuple(_corridor_words(corridor) for corridor in corridors if routed),
        data_as_of=operation.data_as_of,
    )


def review_scene(
    operation: Operation,
    display: Display,
    *,
    borders: gpd.GeoDataFrame,
    crossings: gpd.GeoDataFrame,
    intensity: gpd.GeoDataFrame,
    hotspots: gpd.GeoDataFrame | None,
    findings: Sequence[str] = (),
) -> Scene:
    """
    Show what was checked and found in an action, and where the hits exceed what the checks explain.

    Parameters
    ----------
    operation
        The selected records, as given by `review.select`.
    borders, crossings, intensity, hotspots
        As given by `reference.load_borders`, `reference.load_crossings`, `review.check_intensity` and
        `hotspots.summarise`; all EPSG:4326. Without `hotspots` that layer stays out.
    findings
        Sentences to print beside the map.
    """
    builders: dict[str, Callable[[], Sequence[Layer]]] = {
        "borders": lambda: [borders_layer(borders)],
        "hotspots": lambda: [] if hotspots is None else [hot_cells_layer(hotspots)],
        "hot_crossings": lambda: [] if hotspots is None else [hot_crossings_layer(hotspots)],
        "crossings": lambda: [crossings_layer(crossings)],
        "intensity": lambda: [intensity_layer(intensity, display.measure)],
        "seizures": lambda: [seizures_layer(operation.seizures)],
    }
    return Scene(
        title=operation.name,
        subtitle=f"{_day(operation.starts)} to {_day(operation.ends)}",
        on=operation.starts,
        layers=_build(builders, _with_hot_crossings(display.layers)),
        extent=display.extent,
        selected_id=display.selected_id,
        handling=operation.handling,
        notices=_notices(exercise=operation.exercise, schematic=False),
        sources=(ATTRIBUTION,),
        parameters=tuple(findings),
        data_as_of=operation.data_as_of,
    )


def _build(
    builders: dict[str, Callable[[], Sequence[Layer]]], switched_on: Collection[str]
) -> tuple[Layer, ...]:
    wanted = [key for key in _DRAWING_ORDER if key in switched_on and key in builders]
    return tuple(layer for key in wanted for layer in builders[key]())


def _with_hot_crossings(layers: Collection[str]) -> set[str]:
    """Switch on what belongs to the hot spots but is drawn above the seizures."""
    return {*layers, "hot_crossings"} if "hotspots" in layers else set(layers)


def _notices(*, exercise: bool, schematic: bool) -> tuple[str, ...]:
    return (EXERCISE_NOTICE,) * exercise + (SCHEMATIC_NETWORK_NOTICE,) * schematic


def _corridor_words(corridor: Corridor) -> str:
    return (
        f"Corridor {corridor.origin.name} - {corridor.destination.name}: roads whose best route takes "
        f"at most {corridor.tolerance:.0%} longer than {corridor.minutes / 60:.1f} h; "
        f"{corridor.border_delay_min:.0f} min at each border that is not crossed freely"
    )


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
