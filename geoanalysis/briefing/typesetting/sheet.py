"""A blank page to draw on: one figure, measured in points, in one theme."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Stroke
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.symbols import line_pen, outline, pen
from geoanalysis.briefing.typesetting.text import ASCENT, Style, Typesetter
from geoanalysis.symbology import PAPER, Symbol, Theme

Align = Literal["left", "center", "right"]
HALO: Final = "halo"
"""The part of outlines around text, which are no text."""
_POINTS_PER_INCH: Final = 72.0
_HALO_ALPHA: Final = 0.9


@dataclass(frozen=True, slots=True)
class Halo:
    """The outline that keeps a text legible on a map: width in points, colour of the light theme."""

    width: float = 1.8
    colour: str = PAPER


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph at its place, for formats that set text themselves; `part` as for `Sheet.write`."""

    part: str
    words: str
    box: Box
    style: Style
    align: Align = "left"
    bullet: bool = False


class Sheet:
    """
    A figure with one set of axes over the whole page, in points.

    Built on matplotlib's objects without pyplot and without touching its settings, so that several threads
    can draw at once. `passages` collects what a format with text of its own sets again; colours are those of
    the light theme, which the sheet turns into those of its own.
    """

    def __init__(self, size: tuple[float, float], *, dpi: int, theme: Theme) -> None:
        width, height = size
        self.size = size
        self.theme = theme
        self.type = Typesetter()
        self.passages: list[Passage] = []
        self.figure = Figure(
            figsize=(width / _POINTS_PER_INCH, height / _POINTS_PER_INCH),
            dpi=dpi,
            facecolor=theme.shade(PAPER),
        )
        FigureCanvasAgg(self.figure)
        self.axes = self.inset(Box(0, 0, width, height), zorder=10)
        self.axes.set(xlim=(0, width), ylim=(0, height))
        self.axes.patch.set_visible(False)

    def inset(self, box: Box, *, zorder: float) -> Axes:
        """Give axes of their own at a place on the page, without ticks and frame."""
        width, height = self.size
        axes = self.figure.add_axes(
            (box.left / width, box.bottom / height, box.width / width, box.height / height), zorder=zorder
        )
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[:].set_visible(False)
        return axes

    def write(
        self,
        lines: Sequence[str],
        at: tuple[float, float],
        style: Style,
        *,
        part: str,
        align: Align = "left",
        zorder: float = 6,
        halo: Halo | None = None,
    ) -> None:
        """
        Set lines of text, the top of the first at `at`.

        `part` names the part of the page that the text belongs to; it is kept as the artist's group id.
        """
        for number, line in enumerate(lines):
            text = self._text(line, (at[0], at[1] - style.size * ASCENT - number * style.pitch), style, align)
            text.set(zorder=zorder, gid=part)
            if halo is not None:
                self._surround(text, halo)
            self.axes.add_artist(text)

    def write_upright(self, words: str, at: tuple[float, float], style: Style, *, part: str) -> None:
        """Set one line upward, read from the right, with the middle of its lower edge at `at`."""
        text = self._text(words, at, style, "right")
        text.set(rotation=90, verticalalignment="center", gid=part)
        self.axes.add_artist(text)

    def _text(self, words: str, at: tuple[float, float], style: Style, align: Align) -> Text:
        return Text(
            at[0],
            at[1],
            words,
            color=self.theme.shade(style.colour),
            fontproperties=self.type.properties(style),
            horizontalalignment=align,
            verticalalignment="baseline",
            parse_math=False,
        )

    def _surround(self, text: Text, halo: Halo) -> None:
        """Draw the outline of a text below it; an effect on the text itself would turn it into shapes."""
        around = Text(0, 0)
        around.update_from(text)
        around.set_position(text.get_position())
        around.set(text=text.get_text(), parse_math=False, gid=HALO, zorder=text.get_zorder() - 0.001)
        colour = self.theme.shade(halo.colour)
        around.set_path_effects([Stroke(linewidth=halo.width, foreground=colour, alpha=_HALO_ALPHA)])
        self.axes.add_artist(around)

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], *, colour: str, width: float = 0.6
    ) -> None:
        """Draw a straight line."""
        ends = [start[0], end[0]], [start[1], end[1]]
        self.axes.add_line(Line2D(*ends, color=self.theme.shade(colour), linewidth=width, zorder=3))

    def stroke(self, ends: Sequence[tuple[float, float]], symbol: Symbol) -> None:
        """Draw a line in the look of a line symbol."""
        drawing = LineCollection([ends], zorder=3, **line_pen(self.theme.symbol(symbol)))
        self.axes.add_collection(drawing, autolim=False)

    def rectangle(
        self, box: Box, *, fill: str, stroke: str | None = None, zorder: float = 3, part: str | None = None
    ) -> None:
        """Draw a rectangle."""
        self.axes.add_patch(
            Rectangle(
                (box.left, box.bottom),
                box.width,
                box.height,
                facecolor=self.theme.shade(fill),
                edgecolor="none" if stroke is None else self.theme.shade(stroke),
                linewidth=0.7,
                zorder=zorder,
                gid=part,
            )
        )

    def swatch(self, box: Box, symbol: Symbol) -> None:
        """Draw a rectangle in the look of an area symbol."""
        corners = [(box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top)]
        patch = PolyCollection([corners], zorder=3, **pen(self.theme.symbol(symbol)))
        self.axes.add_collection(patch, autolim=False)

    def dots(
        self,
        places: Sequence[tuple[float, float]],
        *,
        radius: float,
        colour: str,
        zorder: float = 3,
        part: str | None = None,
    ) -> None:
        """Draw plain dots, radius in points."""
        dot = Symbol("", "circle", colour, stroke=None)
        self.stamp(dot, places, [radius] * len(places), zorder=zorder, part=part)

    def stamp(
        self,
        symbol: Symbol,
        places: Sequence[tuple[float, float]],
        radii: Sequence[float],
        *,
        zorder: float = 3,
        clip: Box | None = None,
        part: str | None = None,
    ) -> None:
        """Draw a point symbol at places on the page, radii in points, clipped to a box if one is given."""
        stamps = PathCollection(
            [outline(symbol)],
            sizes=[radius**2 for radius in radii],
            offsets=places,
            offset_transform=self.axes.transData,
            transform=IdentityTransform(),
            zorder=zorder,
            gid=part,
            **pen(self.theme.symbol(symbol)),
        )
        self.axes.add_collection(stamps, autolim=False)
        if clip is not None:
            stamps.set_clip_path(
                Rectangle((clip.left, clip.bottom), clip.width, clip.height, transform=self.axes.transData)
            )
