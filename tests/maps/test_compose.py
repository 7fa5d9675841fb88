from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from geoanalysis.domain.marking import ATTRIBUTION, EXERCISE_NOTICE, SCHEMATIC_NETWORK_NOTICE
from geoanalysis.domain.operation import Deployment, Operation, Plan
from geoanalysis.domain.schemas import CHECK_SHIFTS, RESULTS, SEIZURES
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.compose import Display, plan_scene, review_scene
from geoanalysis.maps.scene import Extent, Layer, Scene
from geoanalysis.network import Corridors

ON = date(2022, 10, 26)
ALL = (
    "borders",
    "corridor",
    "within",
    "difference",
    "road_problems",
    "crossings",
    "hotspots",
    "intensity",
    "seizures",
)


@pytest.fixture
def layers(layers_with: Callable[[str], tuple[Layer, ...]]) -> Mapping[str, Sequence[Layer]]:
    borders, band, roads, within, difference, route, what_if, gaps, *others = layers_with("Kapitan Andreevo")
    cells, crossings, intensity, seizures, hot, _ = others
    return {
        "what_if": [what_if],
        "road_problems": [gaps],
        "route": [route],
        "difference": [difference],
        "within": [within],
        "seizures": [seizures],
        "hot_crossings": [hot],
        "intensity": [intensity],
        "hotspots": [cells],
        "crossings": [crossings],
        "corridor": [roads],
        "bands": [band],
        "borders": [borders],
    }


@pytest.fixture
def operation() -> Operation:
    result = {"country": "BG", "date": ON, "crime_area": "drugs", "measure": "arrests"}
    results = RESULTS.conform(pd.DataFrame([result | {"value": 4, "unit": "count", "handling": "H2"}]))
    return Operation(
        "op",
        "Exercise",
        ON,
        date(2022, 10, 29),
        seizures=SEIZURES.empty(),
        check_shifts=CHECK_SHIFTS.empty(),
        results=results,
        exercise=True,
        data_as_of=datetime(2022, 10, 29, 18, tzinfo=UTC),
    )


@pytest.fixture
def plan() -> Plan:
    return Plan("p", "Night plan", ON, (Deployment("a", "A", 26.35, 41.72, 4),), handling=Handling.H1)


def test_layers_are_drawn_from_land_up_whatever_the_order_they_come_in(
    layers: Mapping[str, Sequence[Layer]], operation: Operation, plan: Plan
) -> None:
    scene = plan_scene(operation, plan, Display(ALL[::-1]), layers)
    assert [layer.key for layer in scene.layers] == [
        "band",
        "borders",
        "within",
        "difference",
        "roads",
        "route",
        "road_problems",
        "hotspot_cells",
        "crossings",
        "intensity",
        "seizures",
        "hotspot_crossings",
        "what_if",
        "checkpoints",
    ]


def test_only_what_is_switched_on_is_in_the_scene(
    layers: Mapping[str, Sequence[Layer]], operation: Operation
) -> None:
    shown = review_scene(operation, Display(("seizures", "hotspots")), layers).layers
    assert [layer.key for layer in shown] == ["hotspot_cells", "seizures", "hotspot_crossings"]
    assert review_scene(operation, Display(()), layers).layers == ()


def test_a_plan_says_exercise_and_its_handling_only_where_it_shows_reports(
    layers: Mapping[str, Sequence[Layer]], operation: Operation, plan: Plan
) -> None:
    with_checks = plan_scene(operation, plan, Display(("borders", "intensity")), layers)
    without = plan_scene(operation, plan, Display(("borders",)), layers)
    assert (with_checks.notices, with_checks.handling) == ((EXERCISE_NOTICE,), Handling.H2)
    assert (without.notices, without.handling) == ((), Handling.H1)


@pytest.mark.parametrize("shown", ["corridor", "within", "difference"])
def test_a_scene_with_corridors_says_how_they_were_made_and_on_which_roads(
    layers: Mapping[str, Sequence[Layer]],
    operation: Operation,
    plan: Plan,
    corridors_named: Callable[[str], Corridors],
    shown: str,
) -> None:
    def made(network: str, layer: str) -> Scene:
        return plan_scene(operation, plan, Display((layer,)), layers, corridors_named(network))

    schematic = made(SCHEMATIC_NETWORK_NOTICE, shown)
    assert schematic.notices == (SCHEMATIC_NETWORK_NOTICE,)
    assert all(
        words in schematic.method[0] for words in ("up to 5 alternatives", "0.02 per minute (assumed)")
    )
    assert made("detailed roads of 2021", shown).notices == ()
    assert "detailed roads of 2021" in made("detailed roads of 2021", shown).method[0]
    assert made(SCHEMATIC_NETWORK_NOTICE, "borders").method == ()


def test_a_review_of_an_exercise_always_says_so(
    layers: Mapping[str, Sequence[Layer]], operation: Operation
) -> None:
    assert review_scene(operation, Display(()), layers).notices == (EXERCISE_NOTICE,)
    assert review_scene(replace(operation, exercise=False), Display(()), layers).notices == ()


def test_a_scene_carries_all_that_must_be_said(
    layers: Mapping[str, Sequence[Layer]], operation: Operation
) -> None:
    frame = Extent(24, 41, 28, 43)
    scene = review_scene(operation, Display(("borders",), frame, "a"), layers, ("One finding.",))
    assert (scene.title, scene.subtitle) == ("Exercise", "26 October 2022 to 29 October 2022")
    assert (scene.extent, scene.selected_id) == (frame, "a")
    assert (scene.sources, scene.parameters) == ((ATTRIBUTION,), ("One finding.",))
    assert (scene.handling, scene.data_as_of) == (Handling.H2, operation.data_as_of)
