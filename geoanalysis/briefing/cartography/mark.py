"""One point symbol at its place on the page."""

from dataclasses import dataclass

from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.symbology import ALERT, Symbol


@dataclass(frozen=True, slots=True)
class Mark:
    """
    One symbol on the map, in points on the page.

    `home` is the true place; a mark of a crowd may stand beside it, and if the crowd was pushed away, `tie`
    is the middle of the crowd. `count` is how many things the mark stands for, as far as that is told;
    `partly_told` says that it stands for more.
    """

    symbol: Symbol
    x: float
    y: float
    radius: float
    home: tuple[float, float]
    ids: tuple[str, ...]
    label: str = ""
    count: int = 1
    tie: tuple[float, float] | None = None
    partly_told: bool = False

    @property
    def figure(self) -> str:
        """The number written on the symbol; none on a single thing, nor where no count is told."""
        if self.partly_told:
            return f"{self.count}+" if self.count else ""
        return str(self.count) if self.count > 1 else ""

    @property
    def is_alert(self) -> bool:
        """Tell whether it is what the page is about: a hot spot or a checkpoint of the plan."""
        return self.symbol.fill == ALERT

    @property
    def box(self) -> Box:
        """The square that the symbol fills."""
        return Box.around(self.x, self.y, self.radius)
