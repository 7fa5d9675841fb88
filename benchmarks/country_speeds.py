"""
How quickly the schematic network is driven, by country: what `reference.roads.SPEEDS_KM_H` is rounded from.

For pairs of the larger towns of a country: the kilometres of the quickest way on the schematic network over
the hours of the quickest way on a detailed one.

Run `python -m benchmarks.country_speeds [DETAILED]` in the project folder. DETAILED is a network that
`python -m geoanalysis roads build` made; without it one is built from the extract of South-East Europe, if
that is here.
"""

import sys
from dataclasses import replace
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from benchmarks._detailed import detailed_file
from geoanalysis.domain.crs import metric
from geoanalysis.network import (
    RoadNetwork,
    Travel,
    load_network,
    schematic_network,
    travel_time_min,
    with_borders,
)
from geoanalysis.reference import load_crossings, load_places

ON: Final = date(2022, 10, 26)
TOWNS: Final = 15
"""So many of each country, the largest."""
FARTHEST_KM: Final = 10.0
"""Towns farther from the detailed network are left out."""
NEAREST_KM: Final = 30.0
"""Towns nearer to each other are left out: what counts between them is their streets."""


def country_speeds_km_h(detailed: RoadNetwork) -> pd.DataFrame:
    """Give the median and the quartiles of the speeds of each country that has roads in both networks."""
    networks = _by_kilometre(_of_day(schematic_network(ON))), _of_day(detailed)
    places = _on_roads(_on_roads(load_places(), detailed), networks[0])
    in_both = sorted(set(detailed.nodes["country"]) & set(places["country"]))
    rows = {country: _speeds(networks, _towns(places, country)) for country in in_both}
    return pd.DataFrame(rows, index=["quarter", "median", "three quarters", "pairs"]).T.dropna()


def _of_day(network: RoadNetwork) -> RoadNetwork:
    return with_borders(network, load_crossings(ON), Travel(ON))


def _by_kilometre(network: RoadNetwork) -> RoadNetwork:
    """Give the network with kilometres for minutes: along what is the quickest way at one speed."""
    return replace(network, edges=network.edges.assign(minutes=network.edges["length_km"]))


def _on_roads(places: gpd.GeoDataFrame, network: RoadNetwork) -> gpd.GeoDataFrame:
    _, tree = network.snapping
    away_m, _ = tree.query(metric(places[["geometry"]]).get_coordinates().to_numpy())
    return places[away_m < FARTHEST_KM * 1000]


def _towns(places: gpd.GeoDataFrame, country: str) -> gpd.GeoSeries:
    return places[places["country"] == country].nlargest(TOWNS, "population").geometry


def _speeds(networks: tuple[RoadNetwork, RoadNetwork], towns: gpd.GeoSeries) -> list[float]:
    km, minutes = (travel_time_min(network, towns, towns) for network in networks)
    apart = (km > NEAREST_KM) & np.isfinite(km) & np.isfinite(minutes) & (minutes > 0)
    speeds = km[apart] / minutes[apart] * 60
    if len(speeds) == 0:
        return [np.nan] * 4
    return [*np.quantile(speeds, [0.25, 0.5, 0.75]), len(speeds)]


if __name__ == "__main__":
    with detailed_file(sys.argv[1:]) as path:
        sys.stdout.write(country_speeds_km_h(load_network(path)).round(1).to_string() + "\n")
