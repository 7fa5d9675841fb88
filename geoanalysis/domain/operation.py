"""Operations and plans: what an action is, who stands where, and what was reported."""

from dataclasses import dataclass, replace
from datetime import date, datetime

import geopandas as gpd
import pandas as pd

from geoanalysis.domain.vocabularies import Handling


@dataclass(frozen=True, slots=True)
class Deployment:
    """One place that a plan mans: a crossing of the table, or a road point with an id of the plan's own."""

    place_id: str
    name: str
    lon: float
    lat: float
    officers: int = 0
    shift: str = "24h"
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A named set of deployments for a day, and what it assumes."""

    plan_id: str
    name: str
    on: date
    deployments: tuple[Deployment, ...] = ()
    handling: Handling = Handling.H1
    remarks: str = ""

    @property
    def place_ids(self) -> tuple[str, ...]:
        """The places manned, in the order of the plan."""
        return tuple(deployment.place_id for deployment in self.deployments)

    def toggle(self, deployment: Deployment) -> "Plan":
        """Give the plan with that place added, or removed if it was in."""
        kept = tuple(d for d in self.deployments if d.place_id != deployment.place_id)
        if len(kept) < len(self.deployments):
            return replace(self, deployments=kept)
        return replace(self, deployments=(*self.deployments, deployment))


@dataclass(frozen=True)
class Operation:
    """
    A joint action and all that was reported of it.

    `seizures` and `check_shifts` conform to `schemas.SEIZURES` and `schemas.CHECK_SHIFTS` (EPSG:4326),
    `results` to `schemas.RESULTS`. An `exercise` is simulated and says so wherever it is shown.
    """

    operation_id: str
    name: str
    starts: date
    ends: date
    seizures: gpd.GeoDataFrame
    check_shifts: gpd.GeoDataFrame
    results: pd.DataFrame
    countries: tuple[str, ...] = ()
    exercise: bool = False
    data_as_of: datetime | None = None
    plans: tuple[Plan, ...] = ()
    remarks: str = ""

    @property
    def handling(self) -> Handling:
        """The most restrictive handling code of all records: it governs every export."""
        frames = (self.seizures, self.check_shifts, self.results)
        codes = {str(code) for frame in frames for code in frame["handling"].dropna().unique()}
        return Handling(max(codes | {plan.handling.value for plan in self.plans}, default=Handling.H0.value))
