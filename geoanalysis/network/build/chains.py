"""From ways to roads between junctions: ways are cut where others meet them, and joined where none does."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geoanalysis.network.arcs import Bools, Floats, Ints
from geoanalysis.network.build.extracts import Ways
from geoanalysis.network.build.lines import along_km, first_of_each, is_first

_JOINING = 2
"""So many ends of stretches meet at a node that is no junction."""


@dataclass(frozen=True, eq=False)
class Chains:
    """
    Roads between junctions, and the nodes along them one after the other.

    Attributes
    ----------
    table
        One row per road, the columns of `Ways.table`.
    owner
        For each node along a road, the row of the road.
    node, lon, lat
        As in `Ways`.
    along_km
        Kilometres from the first node of the road, along it (geodesic, WGS 84).
    """

    table: pd.DataFrame
    owner: Ints
    node: Ints
    lon: Floats
    lat: Floats
    along_km: Floats

    @property
    def starts(self) -> Ints:
        """Give where each road begins among the nodes, and after the last where they end."""
        return np.searchsorted(self.owner, np.arange(len(self.table) + 1))


def chains_of(ways: Ways) -> Chains:
    """Cut ways at junctions, and join what is alike and meets where nothing else does."""
    first, last = _stretches(ways)
    of_way = ways.owner[first]
    order, forward, owner = _joined(ways, first, last, of_way)
    picked, road = _positions(first[order], last[order], forward, owner)
    table = ways.table.iloc[of_way[order[first_of_each(owner)]]].reset_index(drop=True)
    lon, lat = ways.lon[picked], ways.lat[picked]
    return Chains(table, road, ways.node[picked], lon, lat, along_km(road, lon, lat))


def _stretches(ways: Ways) -> tuple[Ints, Ints]:
    """Give first and last place of each stretch between two junctions."""
    ends = is_first(ways.owner) | np.concatenate([is_first(ways.owner)[1:], [True]])
    is_junction = (np.bincount(ways.node) > 1)[ways.node] | ends
    cuts = np.flatnonzero(is_junction)
    same = ways.owner[cuts[:-1]] == ways.owner[cuts[1:]]
    return cuts[:-1][same], cuts[1:][same]


def _joined(ways: Ways, first: Ints, last: Ints, of_way: Ints) -> tuple[Ints, Bools, Ints]:
    """Give stretches in the order of the roads that they make, whether forward, and the road of each."""
    mate = _mates(ways, first, last, of_way)
    oneway = ways.table["oneway"].to_numpy()[of_way].tolist()
    order: list[int] = []
    forward: list[bool] = []
    sizes: list[int] = []
    for ends in _walks(mate.tolist()):
        against = oneway[ends[0] >> 1] and bool(ends[0] & 1)
        directed = [end ^ 1 for end in reversed(ends)] if against else ends
        order += [end >> 1 for end in directed]
        forward += [not end & 1 for end in directed]
        sizes.append(len(ends))
    return np.array(order), np.array(forward), np.repeat(np.arange(len(sizes)), sizes)


def _mates(ways: Ways, first: Ints, last: Ints, of_way: Ints) -> Ints:
    """
    Give for each end of a stretch (2 s its first, 2 s + 1 its last) the end that it is joined to, or -1.

    Two ends are joined where they alone meet, of stretches alike; one-way ones head to tail.
    """
    node = np.column_stack([ways.node[first], ways.node[last]]).ravel()
    order = np.argsort(node, kind="stable")
    meeting = np.bincount(node)
    pairs = order[(meeting == _JOINING)[node[order]]].reshape(-1, 2)
    alike = ways.table.groupby(list(ways.table.columns), dropna=False, sort=False).ngroup().to_numpy()[of_way]
    oneway = ways.table["oneway"].to_numpy()[of_way]
    one, other = pairs.T
    fits = (one >> 1 != other >> 1) & (alike[one >> 1] == alike[other >> 1])
    fits &= ~oneway[one >> 1] | ((one & 1) != (other & 1))
    mate = np.full(len(node), -1)
    mate[one[fits]], mate[other[fits]] = other[fits], one[fits]
    return mate


def _walks(mate: list[int]) -> Iterator[list[int]]:
    """Give each road as the ends at which one enters its stretches in turn; last those that go round."""
    done = [False] * (len(mate) // 2)
    loose = [end for end, other in enumerate(mate) if other < 0]
    for start in [*loose, *range(0, len(mate), 2)]:
        if done[start >> 1]:
            continue
        walk, end = [], start
        while end >= 0 and not done[end >> 1]:
            done[end >> 1] = True
            walk.append(end)
            end = mate[end ^ 1]
        yield walk


def _positions(first: Ints, last: Ints, forward: Bools, owner: Ints) -> tuple[Ints, Ints]:
    """Give the places of all nodes along roads, and the road of each; where stretches join, once."""
    joins = ~is_first(owner)
    sizes = last - first + 1 - joins
    begins = np.cumsum(sizes) - sizes
    step = np.arange(sizes.sum()) - np.repeat(begins, sizes)
    away = step + np.repeat(joins, sizes)
    start, sign = np.where(forward, first, last), np.where(forward, 1, -1)
    return np.repeat(start, sizes) + np.repeat(sign, sizes) * away, np.repeat(owner, sizes)
