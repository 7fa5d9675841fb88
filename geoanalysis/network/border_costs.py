"""What a border costs: which crossings a vehicle may use on a day, and the minutes that each takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geoanalysis.domain.errors import InputError
from geoanalysis.domain.membership import is_crossed_freely
from geoanalysis.domain.vocabularies import CrossingMode
from geoanalysis.network.arcs import Access, Floats, trees_from
from geoanalysis.network.road_network import RoadNetwork

DELAY_MIN: Final = 30.0
"""Minutes lost at an international crossing whose waits are not known; an assumption."""
_LESS_AT: Final[Mapping[str, float]] = MappingProxyType(
    {"international": 1.0, "bilateral": 0.5, "local": 0.5}
)
"""The same at crossings of other categories, as a share of it; an assumption."""
CHECK_MIN: Final = 120.0
"""What a load does to avoid a manned crossing: the detour, in minutes, that it takes; an assumption."""
_HOURS: Final = re.compile(r"(\d\d)-(\d\d)")
_DAY_MIN: Final = 24 * 60
_ROAD: Final = "road "


class Vehicle(StrEnum):
    """What a load travels in."""

    CAR = "car"
    LOCAL_CAR = "local car"
    LORRY = "lorry"


@dataclass(frozen=True)
class WhatIf:
    """
    What a planner does to crossings and roads, to see where traffic goes then.

    Attributes
    ----------
    closed, manned
        Ids of crossings (or ``road 17`` for the road of that number).
    slowed_min
        Minutes more, by the same ids.
    check_min
        What a manned place is worth avoiding: the detour that a load takes, in minutes.
    """

    closed: frozenset[str] = frozenset()
    manned: frozenset[str] = frozenset()
    slowed_min: Mapping[str, float] = field(default_factory=dict)
    check_min: float = CHECK_MIN

    def minutes(self, ids: pd.Series) -> Floats:
        """Give the minutes more at each of some ids; infinite where closed."""
        more = ids.map(self.slowed_min).fillna(0).to_numpy("float64")
        more = more + ids.isin(self.manned).to_numpy() * self.check_min
        return np.where(ids.isin(self.closed).to_numpy(), np.inf, more)

    def only_roads(self) -> "WhatIf":
        """Give what is done to roads, without what is done to crossings."""
        return replace(
            self,
            closed=frozenset(filter(_is_road, self.closed)),
            manned=frozenset(filter(_is_road, self.manned)),
            slowed_min={one: more for one, more in self.slowed_min.items() if _is_road(one)},
        )


@dataclass(frozen=True)
class Travel:
    """
    When and in what a load travels, and what it meets on the way.

    Attributes
    ----------
    on
        The day, which decides which borders are crossed freely and which crossings are open.
    vehicle
        A car uses international crossings, a local car also those for local traffic, a lorry those for
        freight.
    delay_min
        Minutes lost at an international crossing whose waits are not known; half of it at any other.
    departs
        Local time at the origin. Where it is given, a crossing that is shut on arrival costs the time until
        it opens.
    what_if
        What the planner does to crossings and roads.
    """

    on: date
    vehicle: Vehicle = Vehicle.CAR
    delay_min: float = DELAY_MIN
    departs: time | None = None
    what_if: WhatIf = WhatIf()


def with_borders(network: RoadNetwork, crossings: gpd.GeoDataFrame, travel: Travel) -> RoadNetwork:
    """
    Make the network of a day from one whose border nodes say which border and crossing they are.

    A border crossed freely on that day costs nothing. Any other is crossed only at the crossings of the table
    that are open and that the vehicle may use.

    Parameters
    ----------
    network
        With `pair` and `crossing_id` at its border nodes.
    crossings
        As given by `reference.load_crossings` for that day.
    travel
        When, in what, and what the planner does.

    Raises
    ------
    InputError
        If a delay is negative or no finite number.
    """
    _refuse_impossible(travel)
    nodes, edges = network.nodes, network.edges
    passed_min = _passage_min(crossings, travel)
    delay_min = nodes["crossing_id"].map(passed_min).fillna(np.inf).where(nodes["pair"] != "", 0.0)
    free = nodes["pair"].isin(_free_pairs(nodes["pair"], travel.on))
    hours = opening_hours(crossings)
    return replace(
        network,
        nodes=nodes.assign(
            guarded=(nodes["pair"] != "") & ~free,
            delay_min=delay_min.mask(free, 0.0),
            opens_min=nodes["crossing_id"].map(hours["opens_min"]).fillna(0.0).mask(free, 0.0),
            shuts_min=nodes["crossing_id"].map(hours["shuts_min"]).fillna(_DAY_MIN).mask(free, _DAY_MIN),
        ),
        edges=edges.assign(minutes=edges["minutes"] + _more_on_roads(travel.what_if, len(edges))),
        on=travel.on,
        departs_min=None if travel.departs is None else travel.departs.hour * 60 + travel.departs.minute,
    )


def road_number(what: str) -> int | None:
    """Give the number of a road named by such an id; None where it is a crossing's."""
    number = what.removeprefix(_ROAD)
    return int(number) if number != what and number.isdecimal() else None


def with_waits(network: RoadNetwork, origin: Access) -> RoadNetwork:
    """
    Add to the delays what one waits at crossings that are shut when a load from that origin arrives.

    The load leaves at the hour of the network (`departs_min`) and takes the quickest way to each crossing.
    Waits change arrivals, so both are found again until they agree; each round settles at least one crossing
    more. One clock is used for all countries.

    Returns
    -------
    RoadNetwork
        The same one where no hour is given or every crossing is open all day.
    """
    shut = _open_h(network.nodes) < _DAY_MIN
    if network.departs_min is None or not shut.any():
        return network
    delay_min = network.nodes["delay_min"].to_numpy("float64")
    passing_min = np.where(np.isfinite(delay_min), delay_min, 0)[shut]
    waits_min = np.zeros(int(shut.sum()))
    waiting = network
    for _ in range(len(waits_min) + 1):
        through_min = trees_from(waiting.graph, [origin]).minutes[0][shut]
        arrived_min = np.where(np.isfinite(through_min), through_min - passing_min - waits_min, np.inf)
        waits_now_min = _wait_min(network.nodes[shut], network.departs_min + arrived_min)
        if np.allclose(waits_now_min, waits_min):
            break
        waits_min = waits_now_min
        total_min = delay_min.copy()
        total_min[shut] += waits_min
        waiting = replace(network, nodes=network.nodes.assign(delay_min=total_min))
    return waiting


def _more_on_roads(what_if: WhatIf, count: int) -> Floats:
    """Give the minutes more on each of so many roads; what is done to others is left out."""
    done = {*what_if.closed, *what_if.manned, *what_if.slowed_min}
    numbers = [number for one in done if (number := road_number(one)) is not None and number < count]
    more_min = np.zeros(count)
    more_min[numbers] = what_if.minutes(pd.Series([f"{_ROAD}{number}" for number in numbers], dtype="str"))
    return more_min


def _wait_min(nodes: pd.DataFrame, arrives_min: Floats) -> Floats:
    """Give the minutes until each of some crossings is open, from a minute counted from midnight."""
    opens, shuts = nodes["opens_min"].to_numpy("float64"), nodes["shuts_min"].to_numpy("float64")
    reached = np.isfinite(arrives_min)
    of_day = np.where(reached, arrives_min, 0) % _DAY_MIN
    until = np.where(of_day < opens, opens - of_day, _DAY_MIN - of_day + opens)
    waiting = reached & ((of_day < opens) | (of_day > shuts))
    return np.asarray(np.where(waiting, until, 0.0))


def _open_h(nodes: pd.DataFrame) -> Floats:
    """Give the minutes a day that each node is open."""
    return np.asarray(nodes["shuts_min"] - nodes["opens_min"], dtype="float64")


def _passage_min(crossings: gpd.GeoDataFrame, travel: Travel) -> pd.Series:
    """Give the minutes that each crossing takes by its id; infinite where the vehicle is stopped."""
    stated = travel.delay_min * crossings["category"].map(_LESS_AT)
    minutes = crossings["wait_min"].astype("float64").fillna(stated)
    minutes = minutes.where(_usable(crossings, travel.vehicle), np.inf)
    minutes = minutes + travel.what_if.minutes(crossings["crossing_id"])
    return minutes.set_axis(crossings["crossing_id"])


def _usable(crossings: gpd.GeoDataFrame, vehicle: Vehicle) -> pd.Series:
    usable = crossings["open"] & (crossings["mode"] == CrossingMode.ROAD)
    if vehicle is not Vehicle.LOCAL_CAR:
        usable &= crossings["category"] == "international"
    if vehicle is Vehicle.LORRY:
        usable &= crossings["traffic_type"].str.contains("freight")
    return usable


def _free_pairs(pairs: pd.Series, on: date) -> set[str]:
    sides = {pair: pair.split("-") for pair in pairs.unique() if pair}
    return {pair for pair, (a, b) in sides.items() if is_crossed_freely(a, b, on)}


def opening_hours(crossings: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Give the minutes of the day at which each crossing opens and shuts; all day where it is not known.

    Returns
    -------
    DataFrame
        ``opens_min`` and ``shuts_min`` by crossing id.
    """
    hours = crossings["opening_hours"].str.extract(_HOURS).astype("float64") * 60
    hours = hours.set_axis(["opens_min", "shuts_min"], axis="columns")
    known = hours["opens_min"] < hours["shuts_min"]
    return (
        hours.where(known).fillna({"opens_min": 0, "shuts_min": _DAY_MIN}).set_axis(crossings["crossing_id"])
    )


def _is_road(what: str) -> bool:
    return road_number(what) is not None


def _refuse_impossible(travel: Travel) -> None:
    what_if = travel.what_if
    given = [travel.delay_min, what_if.check_min, *what_if.slowed_min.values()]
    if not all(0 <= minutes < np.inf for minutes in given):
        raise InputError("a delay is negative or no finite number: give minutes, 0 for none")
