"""A small world to check by hand, the texts that must never run, and a page without a network."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import shapely.affinity
from playwright.sync_api import Browser, Page

from geoanalysis.domain.crs import LONLAT
from geoanalysis.domain.operation import Deployment, Plan
from geoanalysis.domain.schemas import SEIZURES
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps import corridor_layers, layers
from geoanalysis.maps.basemap import Basemap
from geoanalysis.maps.scene import Extent, Layer, Scene
from geoanalysis.network import Corridors, Differences, End, Movement, Travel

ON = date(2022, 10, 26)
HOSTILE = {
    "image": '<img src=x onerror="window.ran=1">',
    "script end": "</script><script>window.ran=1</script>",
    "style end": "</style><script>window.ran=1</script>",
    "template": "${window.ran=1}",
    "half a template": "${",
    "back-ticks": "`+(window.ran=1)+`",
    "quotes": "\"'-(window.ran=1)-'\"",
    "unicode escape": "\\u003cimg src=x onerror=window.ran=1\\u003e",
    "comment": "<!--<script>",
    "line separators": "a\u2028window.ran=1\u2029b",
    "address": "javascript:window.ran=1",
    "server template": "{{ 7*191 }}{% raw %}{#",
}
"""What has run, or blanked the map, in one place or another of folium, Leaflet or Streamlit."""


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE.keys())
def hostile(request: pytest.FixtureRequest) -> str:
    """Give each text that must never run."""
    return str(request.param)


@pytest.fixture(scope="session")
def layers_with() -> Callable[[str], tuple[Layer, ...]]:
    """Give a maker of one layer of every kind, with that text wherever a record has text of its own."""
    return _layers


@pytest.fixture(scope="session")
def corridors_named() -> Callable[[str], Corridors]:
    """Give a maker of the answer of two ways between two ends of that name."""
    return _corridors


@pytest.fixture(scope="session")
def scene_with() -> Callable[[str], Scene]:
    """Give a maker of a scene of all those layers, with that text in its words too."""
    return _scene


@pytest.fixture(scope="session")
def basemap_with() -> Callable[[str], Basemap]:
    """Give a maker of a basemap of two countries that share the meridian of 26.3 degrees east."""
    return _basemap


@pytest.fixture
def open_file(chromium: Browser, tmp_path: Path) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens HTML as a file, without a network; any fault of the page fails the test."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.extend(_strangers(request.url)))

    def opened(html: str) -> Page:
        path = tmp_path / "map.html"
        path.write_text(html, "utf-8")
        page.goto(path.as_uri())
        return page

    yield opened
    context.close()
    assert faults == []


def _strangers(url: str) -> list[str]:
    return [] if url.endswith("/map.html") or url.startswith("data:") else [f"request to {url}"]


def _scene(text: str) -> Scene:
    return Scene(
        title=text,
        subtitle=text,
        on=ON,
        layers=_layers(text),
        extent=Extent(24.5, 41.2, 28.5, 42.9),
        selected_id=f"first {text}",
        handling=Handling.H2,
        notices=(text,),
        sources=(text,),
        parameters=(text,),
        data_as_of=datetime(2022, 10, 29, 18, tzinfo=UTC),
    )


def _layers(text: str) -> tuple[Layer, ...]:
    return (
        layers.borders_layer(_borders(text)),
        *corridor_layers.corridor_layers(_corridors(text)),
        corridor_layers.within_layer(_corridors(text)),
        corridor_layers.difference_layer(_differences(text)),
        corridor_layers.route_layer(_corridors(text).routes[:1]),
        corridor_layers.what_if_layer(_what_if_places(text)),
        corridor_layers.road_problems_layer(_road_problems(text)),
        layers.hot_cells_layer(_hotspots(text)),
        layers.crossings_layer(_crossings(text)),
        layers.intensity_layer(_intensity(text)),
        layers.seizures_layer(_seizures(text)),
        layers.hot_crossings_layer(_hotspots(text)),
        layers.checkpoints_layer(_plan(text)),
    )


def _frame(columns: dict[str, Any], geometry: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=geometry, crs=LONLAT)


def _borders(text: str) -> gpd.GeoDataFrame:
    columns = {"pair": [text], "name_a": [text], "name_b": [text]}
    columns |= {"border_type": ["external"], "length_km": [259.0]}
    return _frame(columns, [shapely.LineString([(26.3, 41.7), (27.2, 42.1), (28.0, 42.0)])])


def _crossings(text: str) -> gpd.GeoDataFrame:
    columns = {
        "crossing_id": [f"first {text}", "second"],
        "name": [text, text],
        "mode": ["road", text],
        "category": ["international", text],
        "traffic_type": ["passenger+freight", text],
        "open": [True, False],
        "persons_per_year": [4e6, float("nan")],
        "traffic_year": pd.array([2019, None], dtype="Int64"),
    }
    return _frame(columns, shapely.points([(26.35, 41.72), (26.7, 41.95)]))


def _intensity(text: str) -> gpd.GeoDataFrame:
    columns = {
        "place_id": [text, "second"],
        "name": [text, text],
        "checked": [400, 100],
        "check_share": [0.25, float("nan")],
    }
    return _frame(columns, shapely.points([(26.35, 41.8), (26.7, 42.1)]))


def _seizures(text: str) -> gpd.GeoDataFrame:
    row = {"seizure_id": text, "item": 1, "occurred_utc": "2022-10-26T08:30:00Z", "country": "BG"}
    row |= {"place_name": text, "lon": 26.0, "lat": 42.3, "crime_area": "drugs", "commodity": "heroin"}
    row |= {"quantity": 5.78, "unit": "kg", "remarks": text, "handling": "H1"}
    return SEIZURES.conform(pd.DataFrame([row]))


def _hotspots(text: str) -> gpd.GeoDataFrame:
    columns = {
        "kind": ["crossing", "cell"],
        "place_id": [text, f"cell {text}"],
        "name": [text, text],
        "checked": [724, 900],
        "hits": [39, 12],
        "expected": [17.2, 12.5],
        "q_value": [0.004, float("nan")],
        "hotspot": [True, False],
    }
    return _frame(columns, [shapely.Point(25.5, 42.0), shapely.box(25.0, 41.5, 25.8, 42.2)])


def _corridors(text: str) -> Corridors:
    way = shapely.LineString([(25.0, 42.5), (25.6, 42.6), (26.2, 42.4)])
    beside = shapely.affinity.translate(way, yoff=0.1)
    ends = End(text, way.boundary.geoms[0]), End(text, way.boundary.geoms[1])
    trip = {"origin": text, "destination": text, "trip_share": 1.0}
    times = {"rank": [1, 2], "time_min": [90.0, 93.0], "length_km": [110.0, 112.0], "share": [0.6, 0.4]}
    return Corridors(
        routes=_frame(trip | times, [way, beside]),
        roads=_frame({"edge": [7, 8], "ref": [text, ""], "share": [0.6, 0.4]}, [way, beside]),
        band=_frame(
            {"share_from": [0.25, 0.5], "share_to": [0.5, 1.0]}, [beside.buffer(0.2), way.buffer(0.2)]
        ),
        within=_frame({"edge": [7, 8], "ref": [text, ""], "detour": [0.0, 0.03]}, [way, beside]),
        crossings=pd.DataFrame(),
        missing=(),
        movement=Movement(ends[:1], ends[1:], Travel(ON)),
        network=text,
        as_of=None,
    )


def _differences(text: str) -> Differences:
    roads = _corridors(text).roads.drop(columns="share")
    shares = {"before": [0.6, 0.0], "after": [0.0, 0.6], "change": [-0.6, 0.6]}
    return Differences(roads.assign(**shares), pd.DataFrame(), 3.0, ())


def _what_if_places(text: str) -> gpd.GeoDataFrame:
    columns = {"id": ["shut", "road 7"], "name": [text, text], "done": ["closed", "slowed"]}
    return _frame(columns, shapely.points([(26.0, 42.45), (25.3, 42.55)]))


def _road_problems(text: str) -> gpd.GeoDataFrame:
    return _frame({"kind": ["loose end at a border"], "name": [text]}, [shapely.Point(25.5, 42.2)])


def _plan(text: str) -> Plan:
    return Plan("plan", text, ON, (Deployment(f"picked {text}", text, 27.0, 41.7, 4, text),))


def _basemap(text: str) -> Basemap:
    countries = _frame(
        {"country": ["BG", "TR"], "name": [text, text]},
        [shapely.box(24, 41, 26.3, 43), shapely.box(26.3, 41, 29, 43)],
    )
    places = _frame(
        {"name": [text, text], "country": ["BG", "TR"], "population": [50_000, 180_000]},
        shapely.points([(25.6, 42.0), (26.55, 41.68)]),
    )
    return Basemap(countries, places)
