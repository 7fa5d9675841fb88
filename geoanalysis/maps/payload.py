"""Scenes and layers as plain data for the browser; text stays text."""

from collections import defaultdict
from dataclasses import asdict
from math import pi, sqrt

import geopandas as gpd
import numpy as np
import shapely

from geoanalysis.domain.crs import lonlat, metric
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.maps.scene import Layer, LegendEntry, Scene
from geoanalysis.symbology import BORDER, LAND, SEA, SELECTED

_LINE_TOLERANCE_M = 120
_DECIMALS = 4
_GOLDEN_ANGLE = pi * (3 - sqrt(5))
_SPREAD_PX = 5.5


def scene_payload(scene: Scene) -> dict[str, object]:
    """Give everything that the browser needs to draw the scene, layers in drawing order."""
    shown = scene.shown()
    return {
        "layers": [layer_payload(layer) for layer in shown.layers],
        "extent": [scene.extent.west, scene.extent.south, scene.extent.east, scene.extent.north],
        "notices": list(scene.notices),
        "sources": list(scene.sources),
        "selected": scene.selected_id,
        "ring": asdict(SELECTED),
        "style": {"sea": SEA, "land": LAND, "border": BORDER},
    }


def layer_payload(layer: Layer) -> dict[str, object]:
    """Give one layer as data, with a hash that changes when anything of it does."""
    return {
        "key": layer.key,
        "title": layer.title,
        "hash": fingerprint(layer.features, tuple(layer.symbols.items()), layer.clickable),
        "clickable": layer.clickable,
        "symbols": {key: asdict(symbol) for key, symbol in layer.symbols.items()},
        "features": _features(layer.features),
        "legend": [_legend_entry(entry) for entry in layer.legend],
    }


def _legend_entry(entry: LegendEntry) -> dict[str, object]:
    return {"symbol": asdict(entry.symbol), "words": entry.words, "count": entry.count}


def _features(features: gpd.GeoDataFrame) -> list[dict[str, object]]:
    geometries = _light(features).geometry
    sizes = features["size_px"] if "size_px" in features else [np.nan] * len(features)
    offsets = _offsets(geometries)
    return [
        {"id": id_, "label": label, "style": style, **_size(size), **_coordinates(geometry), **offset}
        for id_, label, style, size, geometry, offset in zip(
            features["id"], features["label"], features["style"], sizes, geometries, offsets, strict=True
        )
    ]


def _light(features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Simplify lines and areas to what a screen can show."""
    if (features.geom_type == "Point").all():
        return features
    flat = metric(features)
    return lonlat(flat.set_geometry(flat.simplify(_LINE_TOLERANCE_M)))


def _size(size_px: float) -> dict[str, object]:
    return {} if np.isnan(size_px) else {"size_px": round(float(size_px), 1)}


def _coordinates(geometry: shapely.Geometry) -> dict[str, object]:
    if geometry.geom_type == "Point":
        return {"point": _latlon(geometry)[0]}
    parts = getattr(geometry, "geoms", [geometry])
    if geometry.geom_type.endswith("LineString"):
        return {"lines": [_latlon(part) for part in parts]}
    return {
        "areas": [[_latlon(part.exterior), *(_latlon(hole) for hole in part.interiors)] for part in parts]
    }


def _latlon(geometry: shapely.Geometry) -> list[list[float]]:
    rounded = np.round(shapely.get_coordinates(geometry), _DECIMALS)
    return [[float(lat), float(lon)] for lon, lat in rounded]


def _offsets(geometries: gpd.GeoSeries) -> list[dict[str, object]]:
    """Spread points at one position on a sunflower spiral, in pixels, so that none hides another."""
    seen: defaultdict[bytes, int] = defaultdict(int)
    offsets = []
    for geometry in geometries:
        rank = 0
        if geometry.geom_type == "Point":
            rank = seen[geometry.wkb]
            seen[geometry.wkb] += 1
        offsets.append({"offset_px": _spiral(rank)} if rank else {})
    return offsets


def _spiral(rank: int) -> list[float]:
    radius, turn = _SPREAD_PX * sqrt(rank), rank * _GOLDEN_ANGLE
    return [round(radius * np.cos(turn), 1), round(radius * np.sin(turn), 1)]
