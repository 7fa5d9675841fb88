"""Layers kept between reruns: a click changes few of them, and only those are made and sent again."""

from collections.abc import Callable
from datetime import date

import geopandas as gpd
import streamlit as st

from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.maps import corridor_layers, layers, review_layers
from geoanalysis.maps.scene import Layer
from geoanalysis.network import Corridors
from geoanalysis.pages import _data
from geoanalysis.pages._views import PlanView
from geoanalysis.reference.selection import before

_kept = st.cache_resource(max_entries=64, show_spinner=False)


@_kept
def borders(on: date) -> list[Layer]:
    """Give the border sections of a day."""
    return [layers.borders_layer(_data.borders(on))]


@_kept
def past_seizures(on: date) -> list[Layer]:
    """Give the seizures that were reported in public before a day."""
    return [layers.seizures_layer(before(_data.press_events(), on))]


def corridors(question: PlanView, found: Corridors) -> dict[str, list[Layer]]:
    """Give the bands, the roads and the tolerance view of corridors, by the question that they answer."""
    band, roads, within = _of_corridors(question, found)
    return {"bands": [band], "corridor": [roads], "within": [within]}


@_kept
def _of_corridors(question: PlanView, _found: Corridors) -> tuple[Layer, Layer, Layer]:  # noqa: ARG001 - the key
    return (*corridor_layers.corridor_layers(_found), corridor_layers.within_layer(_found))


@_kept
def road_problems(on: date, file_name: str) -> list[Layer]:
    """Give where a road network does not hang together."""
    return [corridor_layers.road_problems_layer(_data.topology(on, file_name).problems)]


def crossings(chosen: gpd.GeoDataFrame) -> list[Layer]:
    """Give the crossings."""
    return _of_frame("crossings_layer", fingerprint(chosen), chosen, layers.crossings_layer)


def seizures(recorded: gpd.GeoDataFrame) -> list[Layer]:
    """Give the seizures of an operation."""
    return _of_frame("seizures_layer", fingerprint(recorded), recorded, layers.seizures_layer)


def intensity(measured: gpd.GeoDataFrame, measure: str) -> list[Layer]:
    """Give the check intensity in one of its measures."""
    return _of_frame("intensity_layer", fingerprint(measured), measured, layers.intensity_layer, measure)


def hot_cells(spots: gpd.GeoDataFrame) -> list[Layer]:
    """Give the hexagons of a hot-spot summary."""
    return _of_frame("hot_cells_layer", fingerprint(spots), spots, layers.hot_cells_layer)


def hot_crossings(spots: gpd.GeoDataFrame) -> list[Layer]:
    """Give the hot crossings of a hot-spot summary."""
    return _of_frame("hot_crossings_layer", fingerprint(spots), spots, layers.hot_crossings_layer)


def clusters(found: gpd.GeoDataFrame) -> list[Layer]:
    """Give the clusters of a scan."""
    return _of_frame("clusters_layer", fingerprint(found), found, review_layers.clusters_layer)


def chosen(spots: gpd.GeoDataFrame) -> list[Layer]:
    """Give the chosen place of a hot-spot summary."""
    return _of_frame("chosen_layer", fingerprint(spots), spots, layers.chosen_layer)


def along_lines(pieces: gpd.GeoDataFrame, lines: str) -> list[Layer]:
    """Give the density of seizures along roads or borders."""
    return _of_frame("along_lines", fingerprint(pieces), pieces, review_layers.along_lines_layer, lines)


@_kept
def _of_frame(
    kind: str,  # noqa: ARG001 - with the next, the cache key
    content: str,  # noqa: ARG001
    _frame: gpd.GeoDataFrame,
    _draw: Callable[..., Layer],
    *parameters: str,
) -> list[Layer]:
    return [_draw(_frame, *parameters)]
