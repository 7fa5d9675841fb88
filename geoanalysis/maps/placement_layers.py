"""Suggested checkpoints as a layer of a scene, beside those that the planner picked."""

import geopandas as gpd
import numpy as np

from geoanalysis.maps.features import features
from geoanalysis.maps.scene import Layer
from geoanalysis.symbology import SUGGESTED

_LARGEST_PX = 10.0
_SMALLEST_PX = 3.0


def suggestion_layer(places: gpd.GeoDataFrame) -> Layer:
    """
    Show where a suggestion stands, larger where it stands more often.

    Parameters
    ----------
    places
        ``place_id``, ``name``, ``probability`` (1 for a fixed plan) and points, EPSG:4326.
    """
    labels = [
        f"{row.name}\nsuggested: manned in {row.probability:.0%} of shifts" for row in places.itertuples()
    ]
    size_px = (np.sqrt(places["probability"]) * _LARGEST_PX).clip(lower=_SMALLEST_PX)
    ids = ["suggested " + place for place in places["place_id"]]
    drawn = features(places, ids=ids, labels=labels, styles=["suggested"] * len(places), size_px=size_px)
    return Layer("suggested", "Suggestion", drawn, {"suggested": SUGGESTED}, explained="counts")
