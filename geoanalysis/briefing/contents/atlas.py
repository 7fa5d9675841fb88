"""One page for each hot spot, or for each checkpoint of a plan."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import geopandas as gpd

from geoanalysis.briefing.contents.figures import (
    AS_ENTERED,
    bars_of,
    checkpoint_facts,
    crossing_facts,
    place_facts,
)
from geoanalysis.briefing.contents.material import AtlasOf, Material, PlanOnMap
from geoanalysis.briefing.document import Bars, Fact, MapWithPanel, Page
from geoanalysis.domain.operation import Deployment
from geoanalysis.hotspots import finding
from geoanalysis.hotspots.summary import CROSSING
from geoanalysis.maps.layers import chosen_layer
from geoanalysis.maps.scene import Extent, Scene
from geoanalysis.review import Dossier

_AROUND_KM: Final = 40.0
_FIGURES: Final = "Figures"


def atlas_pages(material: Material, of: AtlasOf, action: str) -> Iterator[Page]:
    """Give the pages of an atlas; none where there is no hot spot, or no checkpoint. `action` names it."""
    if of == "checkpoints" and material.plan is not None:
        deployments = material.plan.plan.deployments
        for number, deployment in enumerate(deployments, 1):
            yield _checkpoint_page(material, material.plan, deployment, f"{number} of {len(deployments)}")
    elif of == "hot spots" and material.found is not None and material.found.spots is not None:
        hot = _hot(material.found.spots)
        for number in range(len(hot)):
            spot = hot.iloc[[number]]
            yield _hot_spot_page(material, material.found, spot, f"{number + 1} of {len(hot)} · {action}")


def _hot_spot_page(material: Material, found: Dossier, spot: gpd.GeoDataFrame, place: str) -> Page:
    scene, row = _around(material.scene, spot), spot.iloc[0]
    timeline = found.timeline_of(row["place_id"])
    facts = (*place_facts(row), *_crossing(material, row["place_id"]))
    body = MapWithPanel(
        scene, (finding(row),), facts, _FIGURES, None if timeline is None else bars_of(timeline)
    )
    return Page(f"Hot spot: {row['name']}", place, body, found.method)


def _hot(spots: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the hot spots, crossings first, without hexagons in which one of these lies: its page has both."""
    hot = spots[spots["hotspot"]].sort_values(["kind", "p_value"], ascending=[False, True], kind="stable")
    at_crossing = hot["kind"] == CROSSING
    holding = hot.geometry.intersects(hot.geometry[at_crossing].union_all())
    return hot[at_crossing | ~holding]


def _checkpoint_page(material: Material, plan: PlanOnMap, deployment: Deployment, place: str) -> Page:
    extent = Extent(deployment.lon, deployment.lat, deployment.lon, deployment.lat).widened(_AROUND_KM)
    scene = replace(plan.scene, extent=extent, selected_id=deployment.place_id)
    facts = (*checkpoint_facts(deployment), *_crossing(material, deployment.place_id))
    reported, bars = _reported(material.found, deployment.place_id)
    body = MapWithPanel(scene, (), (*facts, *reported), _FIGURES, bars)
    return Page(
        f"Checkpoint: {deployment.name}",
        f"{place} · {plan.scene.title}",
        body,
        (*scene.method, *_method(material.found)),
    )


def _reported(found: Dossier | None, place_id: str) -> tuple[tuple[Fact, ...], Bars | None]:
    """Give what was checked and found at a place, where an action is open and knows it."""
    if found is None or found.spots is None:
        return (), None
    rows = found.spots[found.spots["place_id"] == place_id]
    timeline = found.timeline_of(place_id)
    facts = place_facts(rows.iloc[0]) if len(rows) else ()
    return facts, None if timeline is None else bars_of(timeline)


def _method(found: Dossier | None) -> tuple[str, ...]:
    return (AS_ENTERED,) if found is None else found.method


def _crossing(material: Material, place_id: str) -> tuple[Fact, ...]:
    """Give what is known of a place that is a crossing."""
    rows = material.crossings[material.crossings["crossing_id"] == place_id]
    return crossing_facts(rows.iloc[0]) if len(rows) else ()


def _around(scene: Scene, spot: gpd.GeoDataFrame) -> Scene:
    """Give the scene around a place, which is drawn on top where no layer shows it."""
    place_id = str(spot["place_id"].iloc[0])
    extent = Extent(*spot.total_bounds).widened(_AROUND_KM)
    there = replace(scene, extent=extent, selected_id=place_id)
    if scene.surroundings(place_id) is not None:
        return there
    return replace(there, layers=(*scene.layers, chosen_layer(spot)))
