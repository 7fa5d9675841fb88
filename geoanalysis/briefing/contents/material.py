"""What a briefing is made of, and what is asked for."""

from dataclasses import dataclass
from typing import Literal

import geopandas as gpd

from geoanalysis.briefing.contents.templates import TEMPLATES, Part
from geoanalysis.domain.operation import Plan
from geoanalysis.maps.scene import Scene
from geoanalysis.review import Dossier

AtlasOf = Literal["hot spots", "checkpoints"]


@dataclass(frozen=True)
class PlanOnMap:
    """A plan and the scene that shows it."""

    plan: Plan
    scene: Scene


@dataclass(frozen=True)
class Material:
    """
    Results for a briefing, made by the analysis rooms; what is missing is not told.

    `scene` is the view to print; `crossings` is the crossings table of its day; `found` tells of an action
    and `earlier` is the scene of the one that it is compared with; `plan` and `other_plan` likewise. With
    `shows_plan` the view is of a plan, and what is told of an action has to say so itself.
    """

    scene: Scene
    crossings: gpd.GeoDataFrame
    found: Dossier | None = None
    plan: PlanOnMap | None = None
    earlier: Scene | None = None
    other_plan: PlanOnMap | None = None
    shows_plan: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """
    What a briefing shall contain and say.

    Without a `title` the scene's is taken, without a `headline` one is proposed, and `findings` of None are
    those proposed. `marking` stands before the handling code. `atlas_of` says what gets pages of its own,
    `left_out` what is missing for reasons of the caller's.
    """

    parts: tuple[Part, ...] = TEMPLATES["map"]
    title: str = ""
    headline: str = ""
    findings: tuple[str, ...] | None = None
    marking: str = ""
    atlas_of: AtlasOf = "hot spots"
    left_out: tuple[str, ...] = ()
