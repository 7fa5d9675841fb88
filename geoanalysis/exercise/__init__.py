"""The seeded generator of exercises, with the truth that is hidden in them."""

from geoanalysis.exercise.generator import (
    Exercise,
    Planted,
    generate,
    planted_json,
    write_exercise,
)
from geoanalysis.exercise.setting import Setting, bundled_setting

__all__ = [
    "Exercise",
    "Planted",
    "Setting",
    "bundled_setting",
    "generate",
    "planted_json",
    "write_exercise",
]
