"""Counts of seizures, clusters of a scan and the density along roads and borders as layers of a scene."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.small_counts import fewer_than, told
from geoanalysis.domain.vocabularies import CrimeArea
from geoanalysis.maps.features import features
from geoanalysis.maps.scene import Layer
from geoanalysis.symbology import ALONG_ROADS, CLUSTER, CLUSTER_UNCLEAR, CRIME_AREAS, Symbol

_CLEAR = 0.05
_MOST_UNCLEAR = 5


def counted_seizures_layer(places: gpd.GeoDataFrame, least: int) -> Layer:
    """
    Show how many seizures of each crime area there were where, for maps that leave the room.

    Parameters
    ----------
    places
        As `review.counted_places` gives them with the same `least`.
    least
        Counts below this are not told.

    Returns
    -------
    Layer
        Its features have a column ``count``, NaN where not told.
    """
    drawn = features(
        places,
        ids=places["place_id"],
        labels=[_counted_label(row, least) for row in places.itertuples()],
        styles=places["crime_area"],
    ).assign(count=places["seizures"].astype("Float64").to_numpy(float, na_value=np.nan))
    small = f" ({fewer_than(least)}: not told)" if least > 1 else ""
    symbols = {area.value: symbol for area, symbol in CRIME_AREAS.items()}
    return Layer("seizures", f"Seizures by place and crime area{small}", drawn, symbols)


def clusters_layer(clusters: gpd.GeoDataFrame) -> Layer:
    """
    Show the places of the clusters of a scan, as `hotspots.scan_action` gives them.

    Of the clusters that are not clear only the most likely ones are shown.
    """
    clusters = clusters[(clusters["p_value"] <= _CLEAR) | (clusters["cluster"] <= _MOST_UNCLEAR)]
    clear = clusters["p_value"].astype(float) <= _CLEAR
    drawn = features(
        clusters,
        ids=clusters["place_id"],
        labels=[_cluster_label(row) for row in clusters.itertuples()],
        styles=np.where(clear, "clear", "unclear"),
    )
    symbols = {"clear": CLUSTER, "unclear": CLUSTER_UNCLEAR}
    return Layer("clusters", "Clusters of hits given checks", drawn, symbols, clickable=True)


def along_lines_layer(pieces: gpd.GeoDataFrame, lines: str) -> Layer:
    """Show the density of seizures along roads or borders, as `hotspots.seizures_along_roads` gives it."""
    values = pieces["per_100_km"]
    top = float(values.max()) if len(values) else 1.0
    bounds = [top * share for share in (0.05, 0.2, 0.5)]
    number = np.searchsorted(bounds, values, "right")
    lows, highs = [0.0, *bounds], [*bounds, top]
    symbols = {
        f"class{k}": Symbol(f"{low:.2g} to {high:.2g}", "line", style.fill, size_px=style.size_px)
        for k, (low, high, style) in enumerate(zip(lows, highs, ALONG_ROADS, strict=True))
    }
    drawn = features(
        pieces,
        ids=[f"{lines} {row.edge} {i}" for i, row in enumerate(pieces.itertuples())],
        labels=[f"{value:.2g} seizures per 100 km of {lines}" for value in values],
        styles=[f"class{k}" for k in number],
    )
    title = f"Seizures per 100 km of {lines}: activity, not risk"
    return Layer(f"{lines}_density", title, drawn, dict(reversed(symbols.items())))


def _counted_label(row: Any, least: int) -> str:
    area = CRIME_AREAS[CrimeArea(row.crime_area)].words
    return f"{row.name}\n{area}: {row.not_told or told(row.seizures, least)}"


def _cluster_label(row: Any) -> str:
    lines = [
        row.name,
        f"cluster {row.cluster}: {row.cases} hits where {row.expected:.1f} are expected",
        f"rate {row.relative_risk:.1f} times that elsewhere, p = {row.p_value:.2g}",
    ]
    if pd.notna(row.starts):
        lines.append(f"{row.starts:%d %b %H:%M} to {row.ends:%d %b %H:%M} UTC")
    return "\n".join(lines)
