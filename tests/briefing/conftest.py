"""Real scenes on the real basemap, and pages composed of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import geopandas as gpd
import pytest
from drawing import compose_page

from geoanalysis.briefing.composition import Composition
from geoanalysis.briefing.document import Imprint
from geoanalysis.briefing.typesetting.layout import PageForm
from geoanalysis.domain.marking import ATTRIBUTION, EXERCISE_NOTICE, SCHEMATIC_NETWORK_NOTICE
from geoanalysis.domain.operation import Deployment, Plan
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.layers import borders_layer, checkpoints_layer, crossings_layer, seizures_layer
from geoanalysis.maps.scene import Extent, Layer, Scene
from geoanalysis.reference import (
    load_borders,
    load_countries,
    load_crossings,
    load_places,
    load_press_events,
)
from geoanalysis.symbology import HOTSPOT_CROSSING, Symbol

ON = date(2022, 10, 26)
LONG_TITLE = (
    "Gemeinsame Aktionstage Südosteuropa: Κοινές Ημέρες Δράσης στα εξωτερικά σύνορα της Ένωσης, "
    "Съвместни дни за действие – Заједнички дани акције, Összehangolt műveleti napok 2022"
)
FINDINGS = tuple(
    f"{number} of the crossings between Karasovići – Debeli Brijeg and Nădlac II – Csanádpalota (motorway) "
    "have more hits than their checks explain (false-discovery rate 5 %)."
    for number in range(1, 6)
)

Points = Callable[..., Layer]


def _points(
    *places: tuple[str, float, float], symbol: Symbol = HOTSPOT_CROSSING, key: str = "spots"
) -> Layer:
    names, lons, lats = zip(*places, strict=True) if places else ((), (), ())
    columns = {
        "id": [f"{key}-{number}" for number in range(len(places))],
        "label": [f"{name}\nmore" for name in names],
        "style": ["it"] * len(places),
    }
    frame = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lons, lats), crs=4326)
    return Layer(key, "Spots", frame, {"it": symbol})


@pytest.fixture(scope="session")
def points() -> Points:
    """Give a maker of layers of named points with one symbol."""
    return _points


@pytest.fixture(scope="session")
def basemap() -> Basemap:
    return Basemap(load_countries(), load_places())


@pytest.fixture(scope="session")
def crossings() -> gpd.GeoDataFrame:
    table = load_crossings(ON)
    return table[table["mode"] == "road"]


@pytest.fixture(scope="session")
def scene(crossings: gpd.GeoDataFrame) -> Scene:
    """Give a full scene with the longest names that there are."""
    longest = crossings.loc[crossings["name"].str.len().nlargest(14).index]
    deployments = [
        Deployment(row.crossing_id, row.name, row.geometry.x, row.geometry.y, 12)
        for row in longest.itertuples(index=False)
    ]
    plan = Plan("p", "Plan", ON, tuple(deployments))
    return Scene(
        title=LONG_TITLE,
        subtitle="Karasovići – Debeli Brijeg and all other crossings, 26 to 29 October 2022",
        on=ON,
        layers=(
            borders_layer(load_borders(ON)),
            crossings_layer(crossings),
            seizures_layer(load_press_events()),
            checkpoints_layer(plan),
        ),
        selected_id=longest["crossing_id"].iloc[0],
        handling=Handling.H2,
        notices=(EXERCISE_NOTICE, SCHEMATIC_NETWORK_NOTICE),
        sources=(ATTRIBUTION,),
        parameters=FINDINGS,
        data_as_of=datetime(2022, 10, 29, 18, tzinfo=UTC),
    )


@pytest.fixture(scope="session")
def bare(scene: Scene) -> Scene:
    """Give a scene of the same frame without layers and words."""
    return replace(
        scene, title="Bare", layers=(), notices=(), parameters=(), selected_id=None, data_as_of=None
    )


@pytest.fixture(scope="session")
def balkans() -> Extent:
    return Extent(13.5, 41.0, 29.5, 46.5)


@pytest.fixture(scope="session")
def compose(scene: Scene, basemap: Basemap) -> Callable[[PageForm], Composition]:
    """Give the full scene on a page; each form is composed once."""

    @cache
    def composed(form: PageForm) -> Composition:
        return compose_page(scene, basemap, Imprint("EMPACT-JAD-SEE-2022/047 v1.2"), form=form)

    return composed
