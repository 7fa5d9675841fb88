"""Crossings by their id or, where people write that, by their name in any alphabet of the region."""

import re
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from geoanalysis.domain.vocabularies import CrossingMode
from geoanalysis.intake.distinct import by_distinct
from geoanalysis.intake.folding import folded
from geoanalysis.intake.report import found
from geoanalysis.intake.rules import Rule

ALIKE: Final = 85
"""The least similarity (of 100) at which a name is taken for another: found on pairs of names."""

_NAMED_APART: Final = frozenset({CrossingMode.RAIL, CrossingMode.FERRY, CrossingMode.RIVER})
"""Modes whose crossings share their name with one on the road: the mode is part of their name."""
_LAND: Final = frozenset({CrossingMode.ROAD, *_NAMED_APART})
_BRACKETS: Final = re.compile(r"\s*\([^)]*\)")
_SUGGESTIONS: Final = 3
_NEAR: Final = 60
"""The least similarity of a name that is worth a suggestion."""


@dataclass(frozen=True, slots=True)
class _Match:
    """What a text that is no id was taken for."""

    crossing_id: str | None
    certain: bool
    names: tuple[str, ...]


def resolved(cells: pd.Series, crossings: gpd.GeoDataFrame) -> tuple[pd.Series, list[pd.DataFrame]]:
    """
    Give the id of the crossing that each cell names, missing where there is none, and what was found.

    An id is taken as it is, a full name ("A – B", in either order) is noted. Another name is taken with doubt
    if exactly one crossing has it for one of its sides, or a name at least `ALIKE`. All else is refused.
    """
    ids = dict(zip(crossings["crossing_id"].str.casefold(), crossings["crossing_id"], strict=True))
    known = cells.str.casefold().map(ids)
    named = cells[(cells != "") & known.isna()]
    if named.empty:
        return known.astype("str"), []
    finder = _Finder.of(crossings)
    matches = by_distinct(named, finder.find)
    told = matches.map(lambda match: match.crossing_id)
    return known.astype("str").fillna(told.astype("str")), _findings(named, matches)


def _findings(named: pd.Series, matches: pd.Series) -> list[pd.DataFrame]:
    told = matches.map(lambda match: match.crossing_id is not None).astype(bool)
    certain = matches.map(lambda match: match.certain).astype(bool)
    words = matches[told].map(lambda match: f"{match.names[0]} (crossing_id {match.crossing_id})")
    return [
        found(named[certain].drop_duplicates(), Rule.CROSS_NAME, "note", "read as " + words),
        found(
            named[told & ~certain], Rule.CROSS_NAME, "doubted", "taken for " + words + ": if so, write the id"
        ),
        found(named[~told], Rule.CROSS_UNKNOWN, "refused", matches[~told].map(_refusal)),
    ]


def _refusal(match: _Match) -> str:
    if not match.names:
        return "no crossing has this id or name: take the crossing_id from the table of crossings"
    listed = "; ".join(match.names)
    return f"no single crossing has this id or name; write the crossing_id, or the full name: {listed}?"


@dataclass(frozen=True)
class _Finder:
    """The names of all crossings, folded, for comparison."""

    crossing_ids: np.ndarray
    names: np.ndarray
    full: dict[str, int]
    aliases: list[str]
    owners: np.ndarray

    @classmethod
    def of(cls, crossings: gpd.GeoDataFrame) -> "_Finder":
        """Fold the names of a table of crossings."""
        columns = (crossings[name].fillna("").astype(str) for name in ("name", "name_local", "mode"))
        by_crossing = [_aliases(*texts) for texts in zip(*columns, strict=True)]
        pairs = [(alias, owner) for owner, aliases in enumerate(by_crossing) for alias in sorted(aliases)]
        return cls(
            crossings["crossing_id"].to_numpy(),
            crossings["name"].to_numpy(),
            _full_names(crossings["name"]),
            [alias for alias, _ in pairs],
            np.array([owner for _, owner in pairs], dtype=np.intp),
        )

    def find(self, text: str) -> _Match:
        """Tell which crossing a text names, whole or but for what it has in brackets."""
        whole, bare = self._find(folded(text)), _BRACKETS.sub("", text)
        return whole if whole.crossing_id or bare == text else self._find(folded(bare))

    def _find(self, wanted: str) -> _Match:
        if wanted in self.full:
            return self._match(self.full[wanted], certain=True)
        scores = process.cdist([wanted], self.aliases, scorer=fuzz.ratio)[0]
        best = np.zeros(len(self.names))
        np.maximum.at(best, self.owners, scores)
        for least in (100, ALIKE):
            candidates = np.flatnonzero(best >= least)
            if len(candidates) == 1:
                return self._match(int(candidates[0]), certain=False)
        nearest = [owner for owner in np.argsort(-best, kind="stable")[:_SUGGESTIONS] if best[owner] >= _NEAR]
        return _Match(None, certain=False, names=tuple(map(str, self.names[nearest])))

    def _match(self, owner: int, *, certain: bool) -> _Match:
        return _Match(str(self.crossing_ids[owner]), certain, (str(self.names[owner]),))


def _full_names(names: pd.Series) -> dict[str, int]:
    """Give the crossing of each full name in both orders, without those that several have."""
    owners: dict[str, set[int]] = {}
    for owner, name in enumerate(names):
        for order in ("{0} {1}", "{1} {0}"):
            sides = [*str(name).split(" – "), ""][:2]
            owners.setdefault(folded(order.format(*sides)), set()).add(owner)
    return {name: next(iter(found)) for name, found in owners.items() if len(found) == 1}


def _aliases(name: str, name_local: str, mode: str) -> set[str]:
    """Give the folded names of a crossing: whole, by side, and in the local tongue if it is on land."""
    bare = _BRACKETS.sub("", name)
    apart = f" {mode}" if mode in _NAMED_APART else ""
    sides = [f"{side}{apart}" for side in (bare, *bare.split(" – "))]
    local = [f"{token}{apart}" for token in name_local.split(";")] if mode in _LAND else []
    return {alias for alias in map(folded, (name, *sides, *local)) if alias}
