"""
What each thing looks like: colour, shape, size and legend words; no plotting library.

One style key means one thing on every page and in every export. Colours are Okabe and Ito's palette and
ramps that stay apart for colour-blind readers (https://jfly.uni-koeln.de/color/); crime areas differ in shape
as well as in colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal

from geoanalysis.domain.vocabularies import BorderType, CrimeArea

Shape = Literal["circle", "square", "triangle", "diamond", "cross", "line", "area"]


@dataclass(frozen=True, slots=True)
class Symbol:
    """
    How one kind of thing is drawn.

    `size_px` is the radius of a point or the width of a line, in CSS pixels (1/96 inch); `fill` and `stroke`
    are hex colours, `stroke=None` draws none.
    """

    words: str
    shape: Shape
    fill: str
    stroke: str | None = "#ffffff"
    size_px: float = 5.0
    stroke_px: float = 0.8
    fill_opacity: float = 0.95
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """
    Light or dark: which colour stands for each colour of the light theme.

    Everything is named by its light colour; what is not among `shades` looks the same in both.
    """

    name: str
    shades: Mapping[str, str]

    def shade(self, colour: str) -> str:
        """Give what stands for a light colour."""
        return self.shades.get(colour, colour)

    def symbol(self, symbol: Symbol) -> Symbol:
        """Give a symbol in the colours of the theme."""
        stroke = None if symbol.stroke is None else self.shade(symbol.stroke)
        return replace(symbol, fill=self.shade(symbol.fill), stroke=stroke)


PAPER: Final = "#ffffff"
INK: Final = "#1d2b36"
MUTED: Final = "#6b7780"
SEA: Final = "#dfe8ee"
LAND: Final = "#f6f4ef"
RULE: Final = "#c5ced4"
"""Quiet rules in tables, charts and panels."""
EU_LAND: Final = "#fdfdfb"
BORDER: Final = "#9aa5ad"
ACCENT: Final = "#27518a"
ALERT: Final = "#b3123c"

CRIME_AREAS: Final[Mapping[CrimeArea, Symbol]] = MappingProxyType(
    {
        CrimeArea.FIREARMS: Symbol("firearms", "triangle", "#d55e00"),
        CrimeArea.DRUGS: Symbol("drugs", "square", "#0072b2"),
        CrimeArea.MIGRANT_SMUGGLING: Symbol("migrant smuggling", "circle", "#e69f00"),
        CrimeArea.HUMAN_TRAFFICKING: Symbol("trafficking in human beings", "diamond", "#cc79a7"),
        CrimeArea.DOCUMENT_FRAUD: Symbol("document fraud", "cross", "#009e73"),
        CrimeArea.OTHER: Symbol("other", "circle", "#7f7f7f", size_px=4),
    }
)

BORDERS: Final[Mapping[BorderType, Symbol]] = MappingProxyType(
    {
        BorderType.EXTERNAL: Symbol("external border", "line", ACCENT, size_px=3.0),
        BorderType.INTERNAL_CHECKED: Symbol(
            "internal border with checks", "line", "#5b8cc4", size_px=1.8, dashed=True
        ),
        BorderType.NON_EU: Symbol("border outside the EU", "line", "#8a949b", size_px=1.2),
        BorderType.SCHENGEN_INTERNAL: Symbol("Schengen-internal border", "line", "#c3cad0", size_px=0.8),
        BorderType.OPEN: Symbol("open border", "line", "#c3cad0", size_px=0.6),
    }
)

CROSSING: Final = Symbol(
    "border crossing point", "circle", "#ffffff", stroke=ACCENT, stroke_px=1.6, size_px=4.5
)
CROSSING_CLOSED: Final = Symbol(
    "crossing, closed", "circle", "#ffffff", stroke="#9aa5ad", stroke_px=1.4, size_px=4
)
PICKED: Final = Symbol("checkpoint of the plan", "circle", ALERT, stroke="#ffffff", stroke_px=1.4, size_px=7)
SELECTED: Final = Symbol(
    "selected", "circle", "#ffffff", stroke="#111111", stroke_px=2.4, size_px=10, fill_opacity=0
)

SIZE: Final = Symbol("size", "circle", PAPER, stroke=MUTED, stroke_px=1.2, fill_opacity=0)
"""Circles of known values in the key of sizes."""

SHARE_RAMP: Final = ("#d9cde9", "#b79fd6", "#8a66b5", "#4b2a7b")
"""Expected share of the traffic of a corridor, from low to high: violet, each class darker than the last."""
CORRIDOR_ROADS: Final = tuple(
    Symbol("road of the corridor", "line", colour, size_px=width_px)
    for colour, width_px in (("#9c80c4", 1.2), ("#8a66b5", 1.8), ("#6a459c", 2.8), ("#3d2168", 4.0))
)
"""Roads of the corridor by the same classes: darker and wider where more is expected."""
CORRIDOR_ROUTE: Final = Symbol("alternative selected below", "line", "#111111", size_px=4.0)
CORRIDOR_WITHIN: Final = Symbol("road within the tolerance", "line", "#00796b", size_px=1.8, dashed=True)
CHANGES: Final[Mapping[str, Symbol]] = MappingProxyType(
    {
        "gains_much": Symbol("gains 10 points of share or more", "line", "#e07b1a", size_px=11.0),
        "gains": Symbol("gains less", "line", "#e07b1a", size_px=6.0),
        "loses_much": Symbol("loses 10 points of share or more", "line", "#3aa0dc", size_px=9.0, dashed=True),
        "loses": Symbol("loses less", "line", "#3aa0dc", size_px=5.0, dashed=True),
    }
)
"""Drawn under the roads; gains are solid and losses dashed, so that the two differ without colours too."""
WHAT_IF: Final[Mapping[str, Symbol]] = MappingProxyType(
    {
        "closed": Symbol("closed, to see what happens", "cross", "#111111", size_px=7, stroke_px=1.2),
        "slowed": Symbol("slowed down", "triangle", "#111111", size_px=6, stroke_px=1.2),
        "manned": Symbol("manned, to see what happens", "diamond", "#111111", size_px=6.5, stroke_px=1.2),
    }
)
"""What a planner supposes about crossings and roads; black, as nothing else on the map is."""

SUGGESTED: Final = Symbol(
    "suggested checkpoint (size: how often manned)", "square", "#d81b60", stroke="#ffffff", size_px=8
)
"""What the optimiser would man, beside what the planner picked."""

ROAD_PROBLEMS: Final[Mapping[str, Symbol]] = MappingProxyType(
    {
        "no road at the crossing": Symbol("no road at the crossing", "cross", "#8c510a", size_px=6),
        "not reachable from both sides": Symbol(
            "not reachable from both sides", "diamond", "#8c510a", size_px=6
        ),
        "border without a crossing": Symbol("border without a crossing", "square", "#bf812d", size_px=3.5),
        "loose end at a border": Symbol("loose end at a border", "circle", "#bf812d", size_px=3),
    }
)
"""What a road network lacks, in brown, by the kinds of `network.Topology`."""

INTENSITY_RAMP: Final = ("#fee8c8", "#fdbb84", "#fc8d59", "#d7301f", "#7f0000")
"""Check intensity from low to high; read with the number beside it."""
INTENSITY_UNKNOWN: Final = Symbol(
    "unknown", "circle", "#ffffff", stroke=MUTED, stroke_px=1.4, size_px=5, fill_opacity=0.6, dashed=True
)

HOTSPOT: Final = Symbol(
    "hot spot: more hits than checks explain", "area", ALERT, stroke=ALERT, stroke_px=2, fill_opacity=0.25
)
NOT_HOTSPOT: Final = Symbol(
    "checked, no excess", "area", "#8a949b", stroke="#8a949b", stroke_px=0.5, fill_opacity=0.08
)
NOT_TESTED: Final = Symbol(
    "too few checks to tell",
    "area",
    "#ffffff",
    stroke="#8a949b",
    stroke_px=0.5,
    fill_opacity=0.05,
    dashed=True,
)
HOTSPOT_CROSSING: Final = Symbol(
    "hot-spot crossing", "diamond", ALERT, stroke="#ffffff", size_px=9, stroke_px=1.4
)

CLUSTER: Final = Symbol(
    "cluster, p at most 5 %",
    "circle",
    "#542788",
    stroke="#ffffff",
    size_px=7,
    stroke_px=1.2,
    fill_opacity=0.85,
)
CLUSTER_UNCLEAR: Final = Symbol(
    "cluster, not clear", "circle", "#ffffff", stroke="#542788", size_px=5, stroke_px=1.4, fill_opacity=0.7
)
ALONG_ROADS: Final = tuple(
    Symbol("seizures along roads", "line", colour, size_px=width_px)
    for colour, width_px in (("#a1dab4", 1.6), ("#41b6c4", 2.6), ("#2c7fb8", 4.0), ("#253494", 6.0))
)
"""Density of seizures along roads, from low to high: darker and wider; activity, not risk."""
CHOSEN: Final = Symbol("place chosen", "circle", "#f6f4ef", stroke="#111111", size_px=5, stroke_px=1.6)
"""A place that was chosen and is on no layer shown."""

LIGHT: Final = Theme("light", MappingProxyType({}))
DARK: Final = Theme(
    "dark",
    MappingProxyType(
        {
            PAPER: "#0f1820",
            INK: "#e8edf0",
            MUTED: "#a3adb5",
            SEA: "#17242e",
            LAND: "#24313b",
            EU_LAND: "#303e49",
            BORDER: "#84929c",
            ACCENT: "#86b5f0",
            ALERT: "#ff5c7c",
            "#111111": "#ffffff",
            # land and type of the briefing
            "#e9ebec": "#1f2a32",
            "#b4c1ca": "#4a5964",
            "#c9d1d6": "#465661",
            "#4b5962": "#b3bec6",
            "#66727b": "#9dabb5",
            RULE: "#4a5964",
            # borders
            "#5b8cc4": "#6f9fd8",
            "#8a949b": "#8b98a1",
            "#c3cad0": "#5a6872",
            # crime areas
            "#d55e00": "#f2742b",
            "#0072b2": "#4aa8e0",
            "#009e73": "#2cc79a",
            "#7f7f7f": "#a6a6a6",
            "#d81b60": "#ff5fa0",
            # ramps: what is most stands out most, so they grow lighter
            "#d9cde9": "#605676",
            "#b79fd6": "#7d6ca3",
            "#8a66b5": "#a088d0",
            "#4b2a7b": "#d3bdfb",
            "#9c80c4": "#8f7cbb",
            "#6a459c": "#b9a0ea",
            "#3d2168": "#e3d5ff",
            "#fee8c8": "#7a4a3a",
            "#fdbb84": "#a85a3c",
            "#fc8d59": "#d86a45",
            "#d7301f": "#f88a5c",
            "#7f0000": "#ffe0b8",
            "#5a2d0c": "#f3d9c4",
            "#542788": "#b99be8",
            "#a1dab4": "#2f6577",
            "#41b6c4": "#2f8fa8",
            "#2c7fb8": "#54c3cf",
            "#253494": "#d9f5c8",
            # roads
            "#00796b": "#35c2b0",
            "#8c510a": "#e0a458",
            "#bf812d": "#d69b4c",
        }
    ),
)
"""Contrasts are kept: text 4.5 to 1 and symbols 3 to 1 against land and paper, or as in the light theme."""
