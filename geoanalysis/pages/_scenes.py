"""From a view to its scene: the Plan and Review pages show it, the Brief page prints the same one."""

from datetime import UTC, datetime, time, timedelta

import geopandas as gpd

from geoanalysis import hotspots, network, review
from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.domain.operation import Operation
from geoanalysis.maps.compose import Display, plan_scene, review_scene
from geoanalysis.maps.scene import Scene
from geoanalysis.pages import _data, _state
from geoanalysis.pages._views import PlanView, ReviewView
from geoanalysis.reference.selection import select_crossings


def scene_of(view: _state.View) -> Scene:
    """Give the scene of a view of either page."""
    return scene_of_plan(view) if isinstance(view, PlanView) else scene_of_review(view)


def scene_of_plan(view: PlanView) -> Scene:
    """Give the scene of the Plan page; corridors that cannot be found are left out, see `corridors_of`."""
    operation = _state.operation()
    return plan_scene(
        operation,
        _state.plan(),
        _display(view),
        borders=_data.borders(view.on),
        crossings=crossings_of(view),
        intensity=_data.intensity(operation),
        seizures=_data.press_events(),
        corridors=corridors_of(view)[0],
    )


def crossings_of(view: PlanView) -> gpd.GeoDataFrame:
    """Give the crossings that pass the filters of the Plan page."""
    return select_crossings(
        _data.crossings(view.on),
        modes=view.modes,
        categories=view.categories,
        countries=view.countries,
        pairs=view.pairs,
    )


def corridors_of(view: PlanView) -> tuple[list[network.Corridor], list[str]]:
    """Give the corridors between every origin and destination, and why any of them is missing."""
    found, missing = [], []
    if "corridor" not in view.layers:
        return found, missing
    for origin in view.origins:
        for destination in view.destinations:
            try:
                found.append(_corridor(view, origin, destination))
            except ValueError as reason:
                missing.append(str(reason))
    return found, missing


def scene_of_review(view: ReviewView) -> Scene:
    """Give the scene of the Review page."""
    operation = selected_operation(view)
    spots = summary_of(operation)
    return review_scene(
        operation,
        _display(view),
        borders=_data.borders(operation.starts),
        crossings=_data.crossings(operation.starts),
        intensity=_data.intensity(operation),
        hotspots=spots,
        findings=() if spots is None else hotspots.findings(spots),
    )


def selected_operation(view: ReviewView) -> Operation:
    """Give the open operation with only the records that pass the filters of the Review page."""
    return review.select(
        _state.operation(),
        review.ReviewFilter(
            starts_utc=view.starts,
            ends_utc=view.ends,
            crime_areas=view.crime_areas,
            commodities=view.commodities,
            countries=view.countries,
        ),
    )


def summary_of(operation: Operation) -> gpd.GeoDataFrame | None:
    """Give the hot-spot summary, or None where there is too little to say anything."""
    try:
        return _data.summary(operation)
    except InsufficientDataError:
        return None


def window(operation: Operation) -> tuple[datetime, datetime]:
    """Give the first and last moment of an operation, UTC."""
    starts = datetime.combine(operation.starts, time(), UTC)
    return starts, datetime.combine(operation.ends, time(), UTC) + timedelta(days=1)


def _display(view: _state.View) -> Display:
    return Display(view.layers, view.measure, view.extent, view.place or None)


def _corridor(view: PlanView, origin: str, destination: str) -> network.Corridor:
    return _data.corridor(
        view.on,
        origin,
        destination,
        tolerance=view.tolerance_percent / 100,
        border_delay_min=view.border_delay_min,
    )
