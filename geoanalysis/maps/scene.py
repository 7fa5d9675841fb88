"""
A scene: everything that a picture shows, before any plotting library sees it.

Pages make one scene and hand it to whichever room draws it: `maps` for the browser, `briefing` for paper. So
the screen, the PNG and the offline HTML show the same extent, layers, counts and notices.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Literal

import geopandas as gpd

from geoanalysis.domain.crs import GEOD
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.symbology import Symbol


@dataclass(frozen=True, slots=True)
class Extent:
    """A frame in degrees, EPSG:4326."""

    west: float
    south: float
    east: float
    north: float

    def widened(self, by_km: float) -> "Extent":
        """Give the frame with `by_km` added on every side."""
        west, _, _ = GEOD.fwd(self.west, self.south, 270, by_km * 1000)
        east, _, _ = GEOD.fwd(self.east, self.south, 90, by_km * 1000)
        _, south, _ = GEOD.fwd(self.west, self.south, 180, by_km * 1000)
        _, north, _ = GEOD.fwd(self.west, self.north, 0, by_km * 1000)
        return Extent(west, south, east, north)


REGION = Extent(12.0, 34.5, 31.0, 49.5)
"""South-East Europe: what a map shows when nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend: the symbol, its words, and how many of it the layer holds."""

    symbol: Symbol
    words: str
    count: int | None = None


@dataclass(frozen=True)
class Layer:
    """
    Things of one kind to draw.

    `features` is in EPSG:4326 with columns ``id`` (text, unique), ``label`` (text, shown when pointed at),
    ``style`` (key of `symbols`), for points also ``size_px`` (radius, missing means the symbol's own), and
    the geometry. Where it has a column ``count`` (NaN where not told) a feature stands for so many
    things, and the legend adds them up. `title` stands above the legend entries and names the unit of what
    colours or sizes mean; `sizes` are symbols of known values, to read the others by. `explained` says what
    the legend tells of it: symbols with their counts, symbols only where a count means nothing, or nothing
    where another layer explains it too.
    """

    key: str
    title: str
    features: gpd.GeoDataFrame
    symbols: Mapping[str, Symbol]
    clickable: bool = False
    shown: bool = True
    unit: str = ""
    explained: Literal["counts", "symbols", "elsewhere"] = "counts"
    sizes: tuple[LegendEntry, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A hash of all that is drawn: equal layers have equal digests."""
        return fingerprint(self.features, tuple(self.symbols.items()), self.title, self.clickable)

    @property
    def legend(self) -> tuple[LegendEntry, ...]:
        """What the layer holds, in the order of its symbols; symbols without features are left out."""
        there = set(self.features["style"])
        return tuple(
            LegendEntry(symbol, symbol.words, self._count(key) if self.explained == "counts" else None)
            for key, symbol in self.symbols.items()
            if key in there and self.explained != "elsewhere"
        )

    def _count(self, style: str) -> int | None:
        """Count what is drawn in a style; None where a part of it is not told."""
        drawn = self.features[self.features["style"] == style]
        if "count" not in drawn:
            return len(drawn)
        counts = drawn["count"]
        return None if counts.isna().any() else int(counts.sum())


@dataclass(frozen=True)
class Scene:
    """
    A view with all that must be said about it.

    `parameters` are sentences to print beside the map, `method` those that say how it was made.
    """

    title: str
    subtitle: str
    on: date
    layers: tuple[Layer, ...]
    extent: Extent = REGION
    selected_id: str | None = None
    handling: Handling = Handling.H0
    notices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    data_as_of: datetime | None = None

    def shown(self) -> "Scene":
        """Give the scene with only the layers that are switched on."""
        return replace(self, layers=tuple(layer for layer in self.layers if layer.shown))

    def surroundings(self, feature_id: str, within_km: float = 40) -> Extent | None:
        """Give the frame around the feature of that id, or None if no layer holds it."""
        for layer in self.layers:
            found = layer.features[layer.features["id"] == feature_id]
            if len(found):
                return Extent(*found.total_bounds).widened(within_km)
        return None
