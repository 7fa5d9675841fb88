"""Rectangles on a page, in points (1/72 inch) from its lower left corner."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in points."""
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    @classmethod
    def around(cls, x: float, y: float, radius: float) -> "Box":
        """Give the square around a point."""
        return cls(x - radius, y - radius, x + radius, y + radius)

    def padded(self, margin: float) -> "Box":
        """Give the box grown by `margin` on every side; a negative one shrinks it."""
        return Box(self.left - margin, self.bottom - margin, self.right + margin, self.top + margin)

    def contains(self, other: "Box") -> bool:
        """Tell whether `other` lies wholly inside."""
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and self.right >= other.right
            and self.top >= other.top
        )


def overlaps(boxes: Sequence[Box], others: Sequence[Box]) -> npt.NDArray[np.float64]:
    """Give for each box the area that it shares with all the others, in square points."""
    mine, theirs = _sides(boxes)[:, None], _sides(others)[None]
    width = np.minimum(mine[..., 2], theirs[..., 2]) - np.maximum(mine[..., 0], theirs[..., 0])
    height = np.minimum(mine[..., 3], theirs[..., 3]) - np.maximum(mine[..., 1], theirs[..., 1])
    return np.asarray((np.maximum(width, 0) * np.maximum(height, 0)).sum(axis=1))


def _sides(boxes: Sequence[Box]) -> npt.NDArray[np.float64]:
    return np.array([(box.left, box.bottom, box.right, box.top) for box in boxes]).reshape(-1, 4)
