"""Scenes and layers as plain data for the browser; text stays text."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from math import pi, sqrt
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geoanalysis.domain.crs import lonlat, metric
from geoanalysis.maps.scene import Layer, LegendEntry, Scene
from geoanalysis.symbology import BORDER, LAND, SEA, SELECTED

Geometries = npt.NDArray[np.object_]

_TOLERANCE_M = 250
_STRAIGHT = 2
"""So many positions a line without bends has."""
_AREA = 2
"""The dimension of an area."""
_DECIMALS = 4
_GOLDEN_ANGLE = pi * (3 - sqrt(5))
_SPREAD_PX = 5.5


def scene_payload(
    scene: Scene, payload_of: Callable[[Layer], dict[str, object]] | None = None
) -> dict[str, object]:
    """
    Give everything that the browser needs to draw the scene, layers in drawing order.

    `payload_of` stands for `layer_payload` where a caller keeps the payloads of layers that stay the same.
    """
    payload_of = payload_of or layer_payload
    return {
        "layers": [payload_of(layer) for layer in scene.shown().layers],
        "extent": [scene.extent.west, scene.extent.south, scene.extent.east, scene.extent.north],
        "notices": list(scene.notices),
        "sources": list(scene.sources),
        "selected": scene.selected_id,
        "ring": asdict(SELECTED),
        "style": {"sea": SEA, "land": LAND, "border": BORDER},
    }


def layer_payload(layer: Layer) -> dict[str, object]:
    """Give one layer as data, its features as JSON text, and a hash that changes when anything of it does."""
    return {
        "key": layer.key,
        "title": layer.title,
        "hash": layer.digest,
        "clickable": layer.clickable,
        "symbols": {key: asdict(symbol) for key, symbol in layer.symbols.items()},
        "features": json.dumps(_features(layer.features), ensure_ascii=False, separators=(",", ":")),
        "legend": [_legend_entry(entry) for entry in layer.legend],
    }


def _legend_entry(entry: LegendEntry) -> dict[str, object]:
    return {"symbol": asdict(entry.symbol), "words": entry.words, "count": entry.count}


def _features(features: gpd.GeoDataFrame) -> list[dict[str, object]]:
    geometries = _light(features).geometry.to_numpy()
    sizes = features["size_px"] if "size_px" in features else [np.nan] * len(features)
    columns = (features["id"], features["label"], features["style"], sizes)
    return [
        {"id": id_, "label": label, "style": style, **_size(size), **coordinates, **offset}
        for id_, label, style, size, coordinates, offset in zip(
            *columns, _coordinates(geometries), _offsets(geometries), strict=True
        )
    ]


def _light(features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Simplify lines and areas to what a screen can show; what has no bends is left as it is."""
    if shapely.get_num_coordinates(features.geometry.to_numpy()).max(initial=0) <= _STRAIGHT:
        return features
    flat = metric(features)
    return lonlat(flat.set_geometry(flat.simplify(_TOLERANCE_M)))


def _size(size_px: float) -> dict[str, object]:
    return {} if np.isnan(size_px) else {"size_px": round(float(size_px), 1)}


def _coordinates(geometries: Geometries) -> list[dict[str, object]]:
    """Give the positions of each geometry, latitude first: of a point, of lines, or of rings of areas."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    nested: list[list[Any]] = [[] for _ in geometries]
    for geometry, part in zip(owner, _nested(parts), strict=True):
        nested[geometry].append(part)
    kinds = shapely.get_dimensions(geometries)
    return [_named(kind, inner) for kind, inner in zip(kinds, nested, strict=True)]


def _named(dimension: int, parts: list[Any]) -> dict[str, object]:
    if dimension == 0:
        return {"point": parts[0][0]}
    return {"areas" if dimension == _AREA else "lines": parts}


def _nested(parts: Geometries) -> list[Any]:
    """Give each single point or line as a list of positions, each area as a list of such rings."""
    if len(parts) == 0 or shapely.get_dimensions(parts[0]) < _AREA:
        return list(_positions(parts))
    rings, owner = shapely.get_rings(parts, return_index=True)
    areas: list[Any] = [[] for _ in parts]
    for area, ring in zip(owner, _positions(rings), strict=True):
        areas[area].append(ring)
    return list(areas)


def _positions(lines: Geometries) -> list[list[list[float]]]:
    """Give the positions of points or lines, all rounded at once: one by one takes ten times longer."""
    flat = np.round(shapely.get_coordinates(lines)[:, ::-1], _DECIMALS).tolist()
    ends = np.cumsum(shapely.get_num_coordinates(lines)).tolist()
    return [flat[start:end] for start, end in zip([0, *ends][:-1], ends, strict=True)]


def _offsets(geometries: Geometries) -> list[dict[str, object]]:
    """Spread points at one position on a sunflower spiral, in pixels, so that none hides another."""
    seen: defaultdict[tuple[float, ...], int] = defaultdict(int)
    offsets: list[dict[str, object]] = []
    for geometry in geometries:
        rank = 0
        if geometry.geom_type == "Point":
            rank = seen[geometry.coords[0]]
            seen[geometry.coords[0]] += 1
        offsets.append({"offset_px": _spiral(rank)} if rank else {})
    return offsets


def _spiral(rank: int) -> list[float]:
    radius, turn = _SPREAD_PX * sqrt(rank), rank * _GOLDEN_ANGLE
    return [round(radius * np.cos(turn), 1), round(radius * np.sin(turn), 1)]
