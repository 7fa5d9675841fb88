"""Where a planner closes, slows down or mans crossings and roads, to see what happens."""

from collections.abc import Iterator

import geopandas as gpd
import pandas as pd
import shapely

from geoanalysis.domain.crs import LONLAT
from geoanalysis.network.border_costs import WhatIf, road_number
from geoanalysis.network.road_network import RoadNetwork


def what_if_places(network: RoadNetwork, crossings: gpd.GeoDataFrame, what_if: WhatIf) -> gpd.GeoDataFrame:
    """
    Give the places at which something is done.

    Parameters
    ----------
    network
        Whose roads are meant.
    crossings
        As given by `reference.load_crossings`.
    what_if
        What is done. Ids that neither the table nor the network has are left out.

    Returns
    -------
    GeoDataFrame
        `id`, `name`, `done` (``closed``, ``slowed`` or ``manned``) and a point, EPSG:4326: of a road, the
        middle of it.
    """
    rows = [(done, one) for done, ids in _done(what_if) for one in sorted(ids)]
    table = pd.DataFrame(rows, columns=["done", "id"])
    known = pd.concat([_crossings(crossings, table["id"]), _roads(network, table["id"])])
    found = table.merge(known, on="id")
    return gpd.GeoDataFrame(found[["id", "name", "done"]], geometry=found["geometry"].to_numpy(), crs=LONLAT)


def road_name(network: RoadNetwork, number: int) -> str:
    """Name a road by its number in the network, and by what stands on the signs."""
    ref = str(network.edges["ref"].iloc[number])
    return f"road {number} ({ref})" if ref else f"road {number}"


def _done(what_if: WhatIf) -> Iterator[tuple[str, frozenset[str]]]:
    yield "manned", what_if.manned
    yield "slowed", frozenset(what_if.slowed_min)
    yield "closed", what_if.closed


def _crossings(crossings: gpd.GeoDataFrame, ids: pd.Series) -> pd.DataFrame:
    meant = crossings[crossings["crossing_id"].isin(ids)]
    return pd.DataFrame(
        {"id": meant["crossing_id"], "name": meant["name"], "geometry": meant.geometry.to_numpy()}
    )


def _roads(network: RoadNetwork, ids: pd.Series) -> pd.DataFrame:
    numbers = [number for one in ids.unique() if (number := road_number(one)) is not None]
    there = [number for number in numbers if number < len(network.edges)]
    lines = network.edges.geometry.to_numpy()[there]
    return pd.DataFrame(
        {
            "id": [f"road {number}" for number in there],
            "name": [road_name(network, number) for number in there],
            "geometry": shapely.line_interpolate_point(lines, 0.5, normalized=True),
        }
    )
