"""
Compare distances on the schematic network with those on a detailed one.

Run `python -m benchmarks.city_pairs [DETAILED]` in the project folder. DETAILED is a network that
`python -m geoanalysis roads build` made; without it one is built from the extract of South-East Europe, if
that is here. The figures in the tests are for that extract of August 2021, whose notes give distances of some
of these 28 pairs; the others are chosen among the cities of the region.

Both distances are those of the best route, with the usual delays at borders.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from benchmarks._detailed import detailed_file
from geoanalysis.network import (
    RoadNetwork,
    Travel,
    alternative_routes,
    load_network,
    schematic_network,
    with_borders,
)
from geoanalysis.reference import find_place, load_crossings, load_places

PAIRS: Final = (
    ("Sofia", "Belgrade"),
    ("Belgrade", "Zagreb"),
    ("Istanbul", "Vienna"),
    ("Sofia", "Niš"),
    ("Niš", "Sofia"),
    ("Skopje", "Thessaloniki"),
    ("Szeged", "Belgrade"),
    ("Istanbul", "Edirne"),
    ("Istanbul", "Ankara"),
    ("Edirne", "Plovdiv"),
    ("Plovdiv", "Sofia"),
    ("Sofia", "Bucharest"),
    ("Sofia", "Thessaloniki"),
    ("Thessaloniki", "Athens"),
    ("Thessaloniki", "Tirana"),
    ("Niš", "Skopje"),
    ("Skopje", "Pristina"),
    ("Tirana", "Podgorica"),
    ("Podgorica", "Sarajevo"),
    ("Sarajevo", "Zagreb"),
    ("Split", "Zagreb"),
    ("Zagreb", "Ljubljana"),
    ("Zagreb", "Budapest"),
    ("Budapest", "Vienna"),
    ("Belgrade", "Timişoara"),
    ("Timişoara", "Budapest"),
    ("Bucharest", "Constanţa"),
    ("Bucharest", "Chisinau"),
)
ACTION: Final = date(2022, 10, 26)


def compare(detailed: RoadNetwork) -> pd.DataFrame:
    """Give both distances of every pair and their difference, as a share of the detailed network's."""
    crossings = load_crossings(ACTION)
    networks = {
        "detailed_km": with_borders(detailed, crossings, Travel(ACTION)),
        "schematic_km": with_borders(schematic_network(ACTION), crossings, Travel(ACTION)),
    }
    rows = {
        " - ".join(pair): {name: _distance_km(network, *pair) for name, network in networks.items()}
        for pair in PAIRS
    }
    table = pd.DataFrame.from_dict(rows, orient="index")
    return table.assign(difference=table["schematic_km"] / table["detailed_km"] - 1)


def _distance_km(network: RoadNetwork, origin: str, destination: str) -> float:
    places = load_places()
    route = alternative_routes(network, find_place(origin, places), find_place(destination, places), k=1)
    return float(route["length_km"].iloc[0])


def main(path: Path) -> None:
    """Print the table."""
    table = compare(load_network(path))
    formats = {
        "detailed_km": "{:.0f}".format,
        "schematic_km": "{:.0f}".format,
        "difference": "{:+.1%}".format,
    }
    sys.stdout.write(table.to_string(formatters=formats))
    sys.stdout.write(f"\nmedian of absolute differences: {table['difference'].abs().median():.1%}\n")


if __name__ == "__main__":
    with detailed_file(sys.argv[1:]) as file:
        main(file)
