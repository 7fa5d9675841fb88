"""
A briefing before any page is drawn: what is told, page by page, and what must be said about it.

Contents are results of the analysis rooms in words, numbers and scenes; `contents` makes them, `sheets` draws
them, `formats` writes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, TypeAlias

import pandas as pd

from geoanalysis.domain.errors import InputError
from geoanalysis.domain.marking import handling_marking
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.scene import Scene

LONGEST_MARKING: Final = 120
"""Letters of a marking of the user, which must not push the handling code off any page or file."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What identifies a briefing: reference, link to the same view in the app, and when it was produced."""

    reference: str
    link: str = ""
    produced: datetime | None = None


@dataclass(frozen=True, slots=True)
class About:
    """
    What every page says: of which action, how it may be handled, how old it is, from where, what is missing.

    `marking` are words of the user that stand before the handling code, never in its place.

    Raises
    ------
    InputError
        If the marking is too long.
    """

    action: str
    on: date
    handling: Handling
    imprint: Imprint
    marking: str = ""
    notices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    data_as_of: datetime | None = None
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a marking that would hide the handling code."""
        if len(self.marking) > LONGEST_MARKING:
            raise InputError(
                f"the marking has {len(self.marking)} letters, {LONGEST_MARKING} have room: shorten it"
            )


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number in large type, what it counts, and what stands under it."""

    value: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a small table beside a map: words on the left, a value on the right."""

    words: str
    value: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    title: str
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table in words; a row of a single cell is the heading of those that follow."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A period of a timeline: its label, its count, what the checks lead one to expect; None: not told."""

    label: str
    value: float | None
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts over time; `words` say what bars and ticks are, `checked` is drawn below where it is told."""

    words: str
    bars: tuple[Bar, ...]
    checked: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """A ratio with its 95 % interval; `stands_out` says that it is clearly above 1."""

    words: str
    value: float
    low: float
    high: float
    note: str = ""
    stands_out: bool = True


@dataclass(frozen=True, slots=True)
class Summary:
    """The page that a chief reads if no other: figures, findings, and the clearest places."""

    figures: tuple[KeyFigure, ...]
    findings: tuple[str, ...]
    intervals: tuple[Interval, ...] = ()
    intervals_title: str = ""


@dataclass(frozen=True, slots=True)
class MapWithPanel:
    """A map with key points, facts, a chart and its legend beside or below it."""

    scene: Scene
    points: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    facts_title: str = ""
    bars: Bars | None = None


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A table that goes on over as many pages as it needs; `notes` stand below it."""

    table: Table
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """A chart over the whole page."""

    bars: Bars
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two maps of one frame and scale, each under its name, with what differs below."""

    left: Scene
    right: Scene
    points: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    facts_title: str = ""


Body: TypeAlias = Summary | MapWithPanel | TableSheet | Timeline | SideBySide


@dataclass(frozen=True, slots=True)
class Page:
    """One page, or several if its table is long; `method` says how it was made, in one line."""

    title: str
    subtitle: str
    body: Body
    method: tuple[str, ...] = ()

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """The scenes that the page draws."""
        match self.body:
            case MapWithPanel(scene=scene):
                return (scene,)
            case SideBySide(left=left, right=right):
                return left, right
            case _:
                return ()


@dataclass(frozen=True)
class Document:
    """
    Pages in order, what all of them say, and the tables for those who go on calculating.

    `empty` names the parts that were asked for and have nothing to tell.
    """

    about: About
    pages: tuple[Page, ...]
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    empty: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title of the first page, which names the briefing."""
        return self.pages[0].title

    @property
    def handling(self) -> Handling:
        """The most restrictive handling code of anything that the briefing shows."""
        shown = (scene.handling for page in self.pages for scene in page.scenes)
        return max([self.about.handling, *shown], key=lambda code: code.value)

    @property
    def notices(self) -> tuple[str, ...]:
        """What no reader of any page may miss."""
        shown = (notice for page in self.pages for scene in page.scenes for notice in scene.notices)
        return tuple(dict.fromkeys([*self.about.notices, *shown]))

    @property
    def marking_words(self) -> str:
        """The marking of the user, and how all of it may be handled."""
        return " · ".join(filter(None, [self.about.marking, handling_marking(self.handling)]))

    @property
    def marking(self) -> str:
        """The line at the top and the bottom of every page."""
        return " · ".join([self.marking_words, *self.notices])
