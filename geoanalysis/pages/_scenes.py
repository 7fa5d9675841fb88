"""From a view to its scene: the Plan and Review pages show it, the Brief page prints the same one."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import geopandas as gpd

from geoanalysis import hotspots, review
from geoanalysis.domain.errors import InsufficientDataError, SchemaError
from geoanalysis.domain.operation import Operation
from geoanalysis.maps.compose import Display, plan_scene, review_scene
from geoanalysis.maps.corridor_layers import difference_layer, route_layer, what_if_layer
from geoanalysis.maps.placement_layers import suggestion_layer
from geoanalysis.maps.review_layers import counted_seizures_layer
from geoanalysis.maps.scene import Layer, Scene
from geoanalysis.pages import _data, _layers, _movements, _placing, _review_data, _state
from geoanalysis.pages._views import PlaceView, PlanView, ReviewView
from geoanalysis.reference.selection import select_crossings
from geoanalysis.review import Dossier


def scene_of(view: _state.View, told: Dossier | None = None) -> Scene:
    """Give the scene of a view of any page; with `told`, only with what may be told of the action."""
    if isinstance(view, PlaceView):
        return scene_of_place(view)
    return scene_of_plan(view, told) if isinstance(view, PlanView) else scene_of_review(view, told)


def scene_of_place(view: PlaceView) -> Scene:
    """Give the scene of the Checkpoints page: what is picked and what is suggested."""
    plan = _state.plan()
    crossings = select_crossings(_data.crossings(plan.on), modes=["road"])
    suggested = _placing.suggested_places(view)
    layers = {
        "borders": _layers.borders(plan.on),
        "crossings": _layers.crossings(crossings),
        "suggested": [suggestion_layer(suggested)] if len(suggested) else [],
    }
    display = Display(("borders", "crossings", "suggested"), view.extent, view.place or None)
    words = _placing.in_words(view)
    scene = plan_scene(_state.operation(), plan, display, layers, None)
    return replace(scene, parameters=words[:1], method=words[1:])


def scene_of_plan(view: PlanView, told: Dossier | None = None) -> Scene:
    """Give the scene of the Plan page; what cannot be found is left out, see `_movements.answer`."""
    operation = _state.operation() if told is None else told.operation
    measured = _measured(operation, told)
    asked = _movements.answer(view)
    layers = {
        "borders": _layers.borders(view.on),
        **_corridor_layers(asked, view),
        "road_problems": _road_problems(view, asked),
        "crossings": _layers.crossings(crossings_of(view)),
        "intensity": _intensity_layers(view, review.at_places(measured, crossings_of(view)["crossing_id"])),
        "seizures": _layers.past_seizures(view.on),
    }
    findings = _movements.what_changes(asked)
    return plan_scene(operation, _state.plan(), _display(view), layers, asked.found, findings)


def _corridor_layers(asked: _movements.Answer, view: PlanView) -> dict[str, list[Layer]]:
    if asked.found is None:
        return {}
    layers = _layers.corridors(asked.question, asked.found)
    chosen = asked.found.routes[asked.found.routes.index.astype(str) == view.route]
    layers["route"] = [] if chosen.empty else [route_layer(chosen)]
    if asked.changed is not None:
        layers["difference"] = [difference_layer(asked.changed)]
    if asked.supposes:
        layers["what_if"] = [what_if_layer(_movements.what_if_places(asked.question))]
    return layers


def _road_problems(view: PlanView, asked: _movements.Answer) -> list[Layer]:
    shown = "road_problems" in view.layers
    return _layers.road_problems(view.on, asked.question.network) if shown else []


def crossings_of(view: PlanView) -> gpd.GeoDataFrame:
    """Give the crossings that pass the filters of the Plan page."""
    return select_crossings(
        _data.crossings(view.on),
        modes=view.modes,
        categories=view.categories,
        countries=view.countries,
        pairs=view.pairs,
    )


def scene_of_review(view: ReviewView, told: Dossier | None = None) -> Scene:
    """Give the scene of the Review page."""
    operation = selected_operation(view) if told is None else told.operation
    spots = summary_of(operation) if told is None else told.spots
    layers = {
        "borders": _layers.borders(operation.starts),
        "crossings": _layers.crossings(_data.crossings(operation.starts)),
        "intensity": _intensity_layers(view, _measured(operation, told)),
        "seizures": _seizures(operation, told),
    }
    if spots is not None:
        layers |= {"hotspots": _layers.hot_cells(spots), "hot_crossings": _layers.hot_crossings(spots)}
    if not hides_counts(told):
        layers |= _statistics_layers(view, operation)
    how = () if spots is None else (hotspots.method(spots),)
    found = () if spots is None else hotspots.findings_alone(spots)
    scene = review_scene(
        operation,
        _display(view),
        layers,
        found,
        selection=selection_in_words(view) if told is None else told.selection,
        method=(*how, *_review_data.in_words(view)),
    )
    return scene if spots is None else _with_chosen(scene, spots, view.place)


def hides_counts(told: Dossier | None) -> bool:
    """Tell whether small counts are withheld."""
    return told is not None and told.disclosure.least > 1


def _measured(operation: Operation, told: Dossier | None) -> gpd.GeoDataFrame:
    """Give the check intensity, without small counts where they are withheld."""
    measured = _data.intensity(operation)
    if told is None:
        return measured
    spots = told.spots
    also = () if spots is None else spots.loc[spots["checked"].isna() | spots["hits"].isna(), "place_id"]
    return review.suppressed_intensity(measured, told.disclosure.least, also=tuple(also))


def _seizures(operation: Operation, told: Dossier | None) -> list[Layer]:
    """Give each seizure, or where small counts are withheld how many there were where."""
    if told is not None and hides_counts(told):
        return [counted_seizures_layer(told.counted_places(), told.disclosure.least)]
    return _layers.seizures(operation.seizures)


def _with_chosen(scene: Scene, spots: gpd.GeoDataFrame, place: str) -> Scene:
    """Add the chosen place where no layer shows it."""
    chosen = spots[spots["place_id"] == place]
    if chosen.empty or scene.surroundings(place) is not None:
        return scene
    return replace(scene, layers=(*scene.layers, *_layers.chosen(chosen)))


def _statistics_layers(view: ReviewView, operation: Operation) -> dict[str, list[Layer]]:
    """Give the layers that take a while, only where they are switched on and can be told."""
    wanted: dict[str, Any] = {
        "clusters": lambda: _layers.clusters(_review_data.clusters(view, operation)),
        "density": lambda: _layers.along_lines(_review_data.along_roads(view, operation), "road"),
        "border_density": lambda: _layers.along_lines(_review_data.along_borders(operation), "border"),
    }
    found = {}
    for key, draw in wanted.items():
        if key in view.layers:
            with suppress(InsufficientDataError, SchemaError):
                found[key] = draw()
    return found


def selected_operation(view: ReviewView) -> Operation:
    """Give the open operation with only the records that pass the filters of the Review page."""
    return review.select(_state.operation(), passing(view))


def selection_in_words(view: ReviewView) -> str:
    """Say what the filters of the Review page let pass; nothing where all passes."""
    return review.in_words(passing(view), _state.operation())


def passing(view: ReviewView) -> review.ReviewFilter:
    """Give the filters of the Review page."""
    return review.ReviewFilter(
        starts_utc=view.starts,
        ends_utc=view.ends,
        crime_areas=view.crime_areas,
        commodities=view.commodities,
        countries=view.countries,
    )


def summary_of(operation: Operation) -> gpd.GeoDataFrame | None:
    """Give the hot-spot summary, or None where there is too little to say anything."""
    try:
        return _data.summary(operation)
    except (InsufficientDataError, SchemaError):
        return None


def _display(view: PlanView | ReviewView) -> Display:
    return Display(view.layers, view.extent, view.place or None)


def _intensity_layers(view: PlanView | ReviewView, measured: gpd.GeoDataFrame) -> list[Layer]:
    return _layers.intensity(measured, view.measure) if "intensity" in view.layers else []
