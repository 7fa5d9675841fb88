"""OpenStreetMap extracts as arrays: the ways that cars drive, and the nodes along them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import numpy as np
import osmium
import pandas as pd
from osmium.filter import EntityFilter, TagFilter

from geoanalysis.domain.errors import InputError, UnreadableFileError
from geoanalysis.network.arcs import Ints
from geoanalysis.network.build.lines import along_km, is_first, lengths_km
from geoanalysis.network.build.tags import FERRY, ROAD_CLASSES, Way, way_of

Report = Callable[[str, float], None]
"""Told what is being done, and the share done, from 0 to 1."""


def silently(what: str, share: float) -> None:
    """Tell nobody."""


_UNKNOWN: Final = 2**31 - 1
"""Stands for the position of a node that an extract does not have."""
_SCALE: Final = 1e7
_REPORTED: Final = 20_000


@dataclass(frozen=True, eq=False)
class Ways:
    """
    Ways, and the nodes along them one after the other.

    Attributes
    ----------
    table
        One row per way: `road_class`, `link`, `oneway`, `ref` and `surface_km_h` as in `tags.Way`, and
        `ferry_km_h` (NaN where it is no ferry or its time is not known).
    owner
        For each node along a way, the row of the way.
    node
        Its number: equal numbers are one node.
    lon, lat
        Its position, EPSG:4326.
    as_of
        The state of the newest extract, where one says so.
    """

    table: pd.DataFrame
    owner: Ints
    node: Ints
    lon: np.ndarray
    lat: np.ndarray
    as_of: date | None


@dataclass(eq=False)
class _Collected:
    ids: list[int]
    ways: list[Way]
    counts: list[int]
    refs: list[int]
    x: list[int]
    y: list[int]

    @classmethod
    def empty(cls) -> "_Collected":
        return cls([], [], [], [], [], [])


def read_extracts(paths: Sequence[Path], report: Report) -> Ways:
    """
    Read the ways that cars drive: roads from motorway to tertiary, and ferries.

    Extracts may overlap: a way counts once. A way is cut where an extract lacks a node of it.

    Raises
    ------
    UnreadableFileError
        If a file is missing, is no extract, or is damaged or cut off.
    InputError
        If there are no extracts, or none has such a way.
    """
    if not paths:
        raise InputError("no extract is given: name at least one .osm.pbf file")
    collected = _Collected.empty()
    seen: set[int] = set()
    states = [_read(path, collected, seen, report) for path in paths]
    if not collected.ids:
        raise InputError(
            f"{', '.join(map(str, paths))}: no road from motorway to tertiary, and no ferry, is in it"
        )
    return _as_arrays(collected, max(filter(None, states), default=None))


def _read(path: Path, collected: _Collected, seen: set[int], report: Report) -> date | None:
    """Add the ways of one extract that have not been seen; give the state of its data."""
    if not path.is_file():
        raise UnreadableFileError(
            f"{path}: there is no such file; download an extract, such as from Geofabrik"
        )
    try:
        return _read_ways(path, collected, seen, report)
    except (RuntimeError, ValueError) as reason:
        raise UnreadableFileError(
            f"{path}: it is no OpenStreetMap extract, or is cut off ({reason}); download it again"
        ) from reason


def _read_ways(path: Path, collected: _Collected, seen: set[int], report: Report) -> date | None:
    reader = osmium.FileProcessor(path).with_locations()
    wanted = [("highway", kind + suffix) for kind in ROAD_CLASSES for suffix in ("", "_link")]
    reader.with_filter(EntityFilter(osmium.osm.WAY)).with_filter(TagFilter(*wanted, ("route", FERRY)))
    for osm_way in reader:
        if not isinstance(osm_way, osmium.osm.Way) or osm_way.id in seen:
            continue
        seen.add(osm_way.id)
        if len(seen) % _REPORTED == 0:
            report(f"reading {path.name}: {len(seen):,} ways", 0.0)
        if (way := way_of(dict(osm_way.tags))) is not None:
            _add(collected, osm_way, way)
    return _state(reader.header.get("osmosis_replication_timestamp") or reader.header.get("timestamp"))


def _add(collected: _Collected, osm_way: "osmium.osm.Way", way: Way) -> None:
    nodes = list(osm_way.nodes)[:: -1 if way.backwards else 1]
    collected.ids.append(osm_way.id)
    collected.ways.append(way)
    collected.counts.append(len(nodes))
    collected.refs += [node.ref for node in nodes]
    collected.x += [node.x for node in nodes]
    collected.y += [node.y for node in nodes]


def _state(timestamp: str) -> date | None:
    try:
        return datetime.fromisoformat(timestamp).astimezone(UTC).date()
    except ValueError:
        return None


def _as_arrays(collected: _Collected, as_of: date | None) -> Ways:
    """Give nodes numbers, and leave out those without a position and those that repeat the one before."""
    x, y = np.array(collected.x), np.array(collected.y)
    _, node = np.unique(np.array(collected.refs), return_inverse=True)
    owner = np.repeat(np.arange(len(collected.counts)), collected.counts)
    known = (x != _UNKNOWN) & (y != _UNKNOWN)
    # a gap ends a stretch: the rows of a way are numbered anew after it
    stretch = np.cumsum(is_first(owner) | np.concatenate([[True], ~known[:-1]]))[known] - 1
    owner, node, x, y = owner[known], node[known], x[known], y[known]
    again = ~is_first(stretch) & np.concatenate([[False], node[1:] == node[:-1]])
    _, stretch = np.unique(stretch[~again], return_inverse=True)
    rows = owner[~again][is_first(stretch)]
    lon, lat = x[~again] / _SCALE, y[~again] / _SCALE
    table = pd.DataFrame(collected.ways).iloc[rows].reset_index(drop=True)
    ferry_km_h = lengths_km(stretch, along_km(stretch, lon, lat)) / table["ferry_min"] * 60
    table = table.drop(columns=["backwards", "ferry_min"]).assign(ferry_km_h=ferry_km_h)
    return Ways(table, stretch, node[~again], lon, lat, as_of)
