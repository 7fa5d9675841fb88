"""A blank page to draw on: one figure, measured in points."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from geoanalysis.briefing.boxes import Box
from geoanalysis.briefing.symbols import outline, pen
from geoanalysis.briefing.text import ASCENT, Style, Typesetter
from geoanalysis.symbology import Symbol

Align = Literal["left", "center", "right"]
_POINTS_PER_INCH: Final = 72.0
_HALO_PT: Final = 1.8


class Sheet:
    """
    A figure with one set of axes over the whole page, in points.

    Built on matplotlib's objects without pyplot and without touching its settings, so that several threads
    can draw at once.
    """

    def __init__(self, size: tuple[float, float], *, dpi: int) -> None:
        width, height = size
        self.size = size
        self.type = Typesetter(dpi)
        self.figure = Figure(
            figsize=(width / _POINTS_PER_INCH, height / _POINTS_PER_INCH), dpi=dpi, facecolor="white"
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
        effects: Sequence[AbstractPathEffect] = (),
    ) -> None:
        """
        Set lines of text, the top of the first at `at`.

        `part` names the part of the page that the text belongs to; it is kept as the artist's group id.
        """
        for number, line in enumerate(lines):
            text = Text(
                at[0],
                at[1] - style.size * ASCENT - number * style.pitch,
                line,
                color=style.colour,
                fontproperties=self.type.properties(style),
                horizontalalignment=align,
                verticalalignment="baseline",
                parse_math=False,
                path_effects=list(effects),
                zorder=zorder,
            )
            text.set_gid(part)
            self.axes.add_artist(text)

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], *, colour: str, width: float = 0.6
    ) -> None:
        """Draw a straight line."""
        self.axes.add_line(
            Line2D([start[0], end[0]], [start[1], end[1]], color=colour, linewidth=width, zorder=3)
        )

    def rectangle(self, box: Box, *, fill: str, stroke: str | None = None, zorder: float = 3) -> None:
        """Draw a rectangle."""
        self.axes.add_patch(
            Rectangle(
                (box.left, box.bottom),
                box.width,
                box.height,
                facecolor=fill,
                edgecolor=stroke or "none",
                linewidth=0.7,
                zorder=zorder,
            )
        )

    def swatch(self, box: Box, symbol: Symbol) -> None:
        """Draw a rectangle in the look of an area symbol."""
        corners = [(box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top)]
        patch = PolyCollection([corners], zorder=3, **pen(symbol))
        self.axes.add_collection(patch, autolim=False)

    def dots(
        self, places: Sequence[tuple[float, float]], *, radius: float, colour: str, zorder: float = 3
    ) -> None:
        """Draw plain dots, radius in points."""
        dot = Symbol("", "circle", colour, stroke=None)
        self.stamp(dot, places, [radius] * len(places), zorder=zorder)

    def stamp(
        self,
        symbol: Symbol,
        places: Sequence[tuple[float, float]],
        radii: Sequence[float],
        *,
        zorder: float = 3,
        clip: Box | None = None,
    ) -> None:
        """Draw a point symbol at places on the page, radii in points, clipped to a box if one is given."""
        stamps = PathCollection(
            [outline(symbol)],
            sizes=[radius**2 for radius in radii],
            offsets=places,
            offset_transform=self.axes.transData,
            transform=IdentityTransform(),
            zorder=zorder,
            **pen(symbol),
        )
        self.axes.add_collection(stamps, autolim=False)
        if clip is not None:
            stamps.set_clip_path(
                Rectangle((clip.left, clip.bottom), clip.width, clip.height, transform=self.axes.transData)
            )

    def png(self, metadata: dict[str, str | None]) -> bytes:
        """Give the page as a PNG file with that metadata."""
        buffer = BytesIO()
        self.figure.savefig(buffer, format="png", dpi=self.figure.dpi, metadata=metadata)
        return buffer.getvalue()


def halo(width: float = _HALO_PT, colour: str = "white") -> list[withStroke]:
    """Give the outline that keeps a text legible on a map, for `Sheet.write`."""
    return [withStroke(linewidth=width, foreground=colour, alpha=0.9)]
