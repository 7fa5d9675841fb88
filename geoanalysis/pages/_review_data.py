"""What the tabs of the Review page show, kept between reruns by content and parameters."""

from dataclasses import replace
from typing import Any, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import streamlit as st

from geoanalysis import hotspots, review
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import UnitChecked
from geoanalysis.hotspots.cells import RESOLUTION
from geoanalysis.hotspots.road_density import BANDWIDTH_KM
from geoanalysis.pages import _data
from geoanalysis.pages._views import ReviewView

Frame: TypeAlias = pd.DataFrame
_kept = st.cache_resource(max_entries=32, show_spinner=False)
NEAR = {
    "roads": "near along roads",
    "band": "near in a straight line",
    "nearest": "the six nearest",
}
SPACE_TIME, SPACE = "space and time", "space only"
STRAIGHT, ALONG_ROADS = "straight lines", "along roads"
_FARTHEST_KM = 400.0
"""Places farther apart along roads are in no window together."""


def reports(operation: Operation) -> hotspots.Reports:
    """Give the records that take part, with their places."""
    return _reports(_content(operation), operation)


def periods(operation: Operation, period_h: float, by: str = "crossing_id") -> hotspots.PlacePeriods:
    """Give checks and hits of the crossings (or of "all" together) per period."""
    return _periods(_content(operation), period_h, by, operation)


def line_of(view: ReviewView, operation: Operation) -> Frame:
    """Give checks and hits over time, of the place chosen or of all shifts together."""
    if view.place:
        at_crossings = periods(operation, view.period_h)
        if view.place in at_crossings.place_ids:
            return hotspots.timeline(at_crossings, view.place)
    return hotspots.timeline(periods(operation, view.period_h, "all"))


def funnel(spots: gpd.GeoDataFrame) -> tuple[Frame, Frame]:
    """Give the places of a funnel and its limits."""
    return _funnel(fingerprint(spots), spots)


def local_statistics(
    spots: gpd.GeoDataFrame, kind: str, view: ReviewView, operation: Operation
) -> tuple[Frame, str]:
    """Give Gi* and local Moran of crossings or hexagons, and who is near whom in words."""
    near = replace(view, near="contiguity") if kind == "cell" else view
    return _local(fingerprint(spots), kind, *_near(near), spots, operation)


def clusters(view: ReviewView, operation: Operation) -> gpd.GeoDataFrame:
    """Give the clusters of a scan."""
    return _clusters(_content(operation), view.period_h, view.scan, view.windows, view.network, operation)


def emerging(view: ReviewView, spots: gpd.GeoDataFrame, operation: Operation) -> Frame:
    """Say what crossings have been over time."""
    return _emerging(_content(operation), view.period_h, *_near(view), spots, operation)


def together(view: ReviewView, operation: Operation) -> Any:
    """Give the colocation of two crime areas, in both directions."""
    return _together(_content(operation), view.first, view.second, operation)


def in_words(view: ReviewView) -> list[str]:
    """Say how the layers that are switched on were made, for whoever reads the picture."""
    roads = view.network or "schematic network"
    windows = f"windows grow {view.windows}" if view.windows == ALONG_ROADS else "circular windows"
    request = hotspots.ScanRequest()
    said = {
        "clusters": (
            f"Clusters: Poisson scan in {view.scan}, checks as exposure, {windows}, periods of "
            f"{view.period_h:g} h, {request.replicates} replicates, seed {request.seed}."
        ),
        "density": f"Along roads ({roads}): quartic kernel, {BANDWIDTH_KM:g} km, divided at crossroads.",
        "border_density": f"Along borders: quartic kernel, {BANDWIDTH_KM:g} km, seizures within 10 km.",
    }
    return [words for layer, words in said.items() if layer in view.layers]


def along_roads(view: ReviewView, operation: Operation) -> gpd.GeoDataFrame:
    """Give the density of seizures along roads."""
    return _along_roads(_content(operation), view.network, operation)


def along_borders(operation: Operation) -> gpd.GeoDataFrame:
    """Give the density of seizures along borders."""
    return _along_borders(_content(operation), operation)


def bivariate(view: ReviewView, spots: gpd.GeoDataFrame, operation: Operation) -> Frame:
    """Give the local Moran of two crime areas, by crossing."""
    areas = view.first, view.second
    return _bivariate(_content(operation), *_near(view), *areas, spots, operation)


def near_repeats(operation: Operation) -> hotspots.NearRepeats:
    """Give the pairs of seizures by distance and delay."""
    return _near_repeats(_content(operation), operation)


def comparison(before: Operation, after: Operation) -> review.Comparison:
    """Compare two actions, or two stretches of one."""
    return _comparison(_content(before), _content(after), before, after)


def _near(view: ReviewView) -> tuple[str, float, str]:
    """Give what decides who is near whom: the roads matter only where neighbours are along roads."""
    return view.near, view.band_km, view.network if view.near == "roads" else ""


def _around(
    near: Any, band_km: float, network: str, spots: gpd.GeoDataFrame, operation: Operation
) -> hotspots.Surroundings:
    roads = _data.road_network(operation.starts, network) if near == "roads" else None
    return hotspots.surroundings(spots, near, band_km=band_km, network=roads)


def _content(operation: Operation) -> str:
    return fingerprint(operation.seizures, operation.check_shifts)


@_kept
def _reports(content: str, _operation: Operation) -> hotspots.Reports:  # noqa: ARG001 - the cache key
    return hotspots.gather(
        _operation.seizures,
        _operation.check_shifts,
        _data.crossings(_operation.starts),
        unit_checked=UnitChecked.PERSON.value,
        resolution=RESOLUTION,
    )


@_kept
def _periods(content: str, period_h: float, by: Any, _operation: Operation) -> hotspots.PlacePeriods:  # noqa: ARG001
    return hotspots.per_period(reports(_operation), by, period_h=period_h)


@_kept
def _funnel(content: str, _spots: gpd.GeoDataFrame) -> tuple[Frame, Frame]:  # noqa: ARG001
    tested = pd.DataFrame(_spots.drop(columns="geometry"))
    tested = tested[tested["expected"] > 0]
    tested = tested.assign(ratio=tested["hits"] / tested["expected"])
    ends = tested["expected"].agg(["min", "max"]).to_numpy()
    grid = np.geomspace(max(ends[0], 0.1), max(ends[1], 1.0), 120) if len(tested) else np.array([1.0])
    return tested, hotspots.ratio_limits(grid)


@st.cache_resource(max_entries=16, show_spinner="Looking around each place ...")
def _local(
    content: str,  # noqa: ARG001
    kind: str,  # noqa: ARG001
    near: Any,
    band_km: float,
    network: str,
    _spots: gpd.GeoDataFrame,
    _operation: Operation,
) -> tuple[Frame, str]:
    around = _around(near, band_km, network, _spots, _operation)
    return hotspots.local_statistics(_spots, around, permutations=99_999), around.words


@st.cache_resource(max_entries=16, show_spinner="Scanning for clusters ...")
def _clusters(
    content: str,  # noqa: ARG001
    period_h: float,
    scan: str,
    windows: str,
    network: str,
    _operation: Operation,
) -> gpd.GeoDataFrame:
    counted = periods(_operation, period_h)
    places = _data.crossings(_operation.starts).rename(columns={"crossing_id": "place_id"})
    request = hotspots.ScanRequest(space_time=scan == SPACE_TIME)
    if windows == STRAIGHT:
        return hotspots.scan_action(counted, places, request)
    located = places.set_index("place_id", drop=False).loc[list(counted.place_ids)].reset_index(drop=True)
    roads = _data.road_network(_operation.starts, network)
    far = hotspots.road_distances_km(roads, located[["place_id", "geometry"]], most_km=_FARTHEST_KM)
    return hotspots.scan_action(counted, places, request, distances_km=far)


@st.cache_resource(max_entries=16, show_spinner="Following places over time ...")
def _emerging(
    content: str,  # noqa: ARG001
    period_h: float,
    near: Any,
    band_km: float,
    network: str,
    _spots: gpd.GeoDataFrame,
    _operation: Operation,
) -> Frame:
    counted = periods(_operation, period_h)
    rows = _spots.set_index("place_id", drop=False).loc[list(counted.place_ids)].reset_index(drop=True)
    around = _around(near, band_km, network, rows, _operation)
    found = hotspots.emerging_places(counted, around.weights)
    return found.assign(name=rows["name"].to_numpy())


@st.cache_resource(max_entries=16, show_spinner="Dealing labels out ...")
def _together(content: str, first: str, second: str, _operation: Operation) -> Any:  # noqa: ARG001
    found = reports(_operation)
    return tuple(hotspots.crime_areas_together(found, *pair) for pair in ((first, second), (second, first)))


@st.cache_resource(max_entries=4, show_spinner="Spreading seizures along roads ...")
def _along_roads(content: str, network: str, _operation: Operation) -> gpd.GeoDataFrame:  # noqa: ARG001
    events = _operation.seizures.drop_duplicates("seizure_id")
    return hotspots.seizures_along_roads(events, _data.road_network(_operation.starts, network))


@st.cache_resource(max_entries=4, show_spinner="Spreading seizures along borders ...")
def _along_borders(content: str, _operation: Operation) -> gpd.GeoDataFrame:  # noqa: ARG001
    events = _operation.seizures.drop_duplicates("seizure_id")
    return hotspots.seizures_along_borders(events, _data.borders(_operation.starts))


@st.cache_resource(max_entries=16, show_spinner="Looking around each place ...")
def _bivariate(
    content: str,  # noqa: ARG001
    near: Any,
    band_km: float,
    network: str,
    first: str,
    second: str,
    _spots: gpd.GeoDataFrame,
    _operation: Operation,
) -> Frame:
    around = _around(near, band_km, network, _spots, _operation)
    return hotspots.bivariate_moran(reports(_operation), _spots, around, first, second, permutations=9999)


@st.cache_resource(max_entries=16, show_spinner="Pairing seizures ...")
def _near_repeats(content: str, _operation: Operation) -> hotspots.NearRepeats:  # noqa: ARG001
    return hotspots.near_repeats_of(reports(_operation), _data.crossings(_operation.starts))


@st.cache_resource(max_entries=16, show_spinner="Comparing ...")
def _comparison(before: str, after: str, _before: Operation, _after: Operation) -> review.Comparison:  # noqa: ARG001
    return review.compare(_before, _after, crossings=_data.crossings(_after.starts))
