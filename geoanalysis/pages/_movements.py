"""From a view of the Plan page to where loads may move, kept between reruns by what was asked."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import time
from typing import Any, Final

import geopandas as gpd
import streamlit as st

from geoanalysis import network
from geoanalysis.domain.errors import GeoanalysisError, PlaceError
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.network import Corridors, CrossingGraph, Differences, End, Movement, RoadNetwork
from geoanalysis.pages import _data, _state
from geoanalysis.pages._views import PlanView

_ASKED: Final = (
    "on",
    "network",
    "origins",
    "destinations",
    "vehicle",
    "departs",
    "border_delay_min",
    "alternatives",
    "longest",
    "common_percent",
    "tolerance_percent",
    "band_km",
    "closed",
    "slowed",
    "manned",
    "slow_min",
    "check_min",
)
"""What of a view decides on where loads may move."""
ROUTED: Final = frozenset({"corridor", "within", "difference"})
"""The layers that show it."""


@dataclass(frozen=True)
class Answer:
    """
    What a view asks, and the answer.

    `found` is with what the planner supposes, `before` without it; both are the same where nothing is
    supposed, and None where nothing can be found. `problems` say why things are missing.
    """

    question: PlanView
    found: Corridors | None = None
    before: Corridors | None = None
    problems: tuple[str, ...] = ()

    @property
    def supposes(self) -> bool:
        """Tell whether anything is closed, slowed or manned."""
        return bool(self.question.closed or self.question.slowed or self.question.manned)

    @property
    def changed(self) -> Differences | None:
        """What that changes, if anything is supposed."""
        if self.found is None or self.before is None or not self.supposes:
            return None
        return network.differences(self.before, self.found)


def answer(view: PlanView) -> Answer:
    """Find where loads may move, with and without what the planner supposes."""
    question = _question(view)
    if not (ROUTED.intersection(view.layers) and question.origins and question.destinations):
        return Answer(question)
    asked, problems = _known(question)
    found, why = _found(asked)
    before, _ = _found(_supposing_nothing(asked))
    missing = [] if found is None else found.missing
    return Answer(question, found, before, tuple(dict.fromkeys([*problems, *why, *missing])))


def what_if_places(question: PlanView) -> gpd.GeoDataFrame:
    """Give the places at which something is supposed."""
    roads = _data.road_network(question.on, question.network)
    return network.what_if_places(roads, _data.crossings(question.on), _what_if(question))


def what_changes(asked: Answer) -> tuple[str, ...]:
    """Say what is supposed and what it changes, if anything is."""
    changed = asked.changed
    return () if changed is None else (network.change_in_words(changed, what_if_places(asked.question)),)


def _question(view: PlanView) -> PlanView:
    """Give the view with nothing but what decides on the answer."""
    asked = PlanView(**{name: getattr(view, name) for name in _ASKED})
    if view.network not in _data.road_networks():
        asked = replace(asked, network="")
    if view.vehicle not in list(network.Vehicle):
        asked = replace(asked, vehicle=network.Vehicle.CAR.value)
    if view.plan_manned:
        asked = replace(asked, manned=tuple(dict.fromkeys([*view.manned, *sorted(_state.plan().place_ids)])))
    return asked


def _found(question: PlanView) -> tuple[Corridors | None, list[str]]:
    """Give the corridors, or None and why there are none."""
    try:
        return _corridors(question), []
    except GeoanalysisError as reason:
        return None, [str(reason)]


def _supposing_nothing(question: PlanView) -> PlanView:
    return replace(question, closed=(), slowed=(), manned=())


def _known(question: PlanView) -> tuple[PlanView, list[str]]:
    """Give the question with only the ends that there are, and what is wrong with the others."""
    kept: dict[str, Any] = {}
    unknown: list[str] = []
    for side in ("origins", "destinations"):
        kept[side] = ()
        for text in getattr(question, side):
            try:
                _end(question, text)
                kept[side] += (text,)
            except PlaceError as reason:
                unknown.append(str(reason))
    return (replace(question, **kept) if all(kept.values()) else question), unknown


def _end(question: PlanView, text: str) -> End:
    return network.named_end(text, _data.places(), _data.crossings(question.on))


@st.cache_resource(max_entries=64, show_spinner="Searching the roads ...")
def _corridors(question: PlanView) -> Corridors:
    roads = _data.road_network(question.on, question.network)
    return network.corridors(
        roads, _data.crossings(question.on), _movement(question), graph_of=_kept_crossing_graph
    )


def _movement(question: PlanView) -> Movement:
    return Movement(
        origins=tuple(_end(question, text) for text in question.origins),
        destinations=tuple(_end(question, text) for text in question.destinations),
        travel=network.Travel(
            question.on,
            network.Vehicle(question.vehicle),
            question.border_delay_min,
            departure(question),
            _what_if(question),
        ),
        k=int(question.alternatives),
        stretch=question.longest,
        max_overlap=question.common_percent / 100,
        tolerance=question.tolerance_percent / 100,
        buffer_km=question.band_km / 2,
    )


def _what_if(question: PlanView) -> network.WhatIf:
    return network.WhatIf(
        closed=frozenset(question.closed),
        manned=frozenset(question.manned),
        slowed_min=dict.fromkeys(question.slowed, question.slow_min),
        check_min=question.check_min,
    )


def departure(view: PlanView) -> time | None:
    """Give the time of departure, none where a link has no time of day there."""
    with suppress(ValueError):
        return time.fromisoformat(view.departs).replace(tzinfo=None)
    return None


def _kept_crossing_graph(
    roads: RoadNetwork, origins: tuple[End, ...], destinations: tuple[End, ...]
) -> CrossingGraph:
    """Contract a network once for all that is done to its crossings."""
    sides = [[_content(end) for end in side] for side in (origins, destinations)]
    return _crossing_graph(fingerprint(roads.digest, sides), roads, origins, destinations)


def _content(end: End) -> tuple[object, ...]:
    where = b"" if end.where is None else end.where.wkb
    return end.name, end.country, end.crossing_ids, end.node, end.weight, where


@st.cache_resource(max_entries=16, show_spinner="Joining the crossings ...")
def _crossing_graph(
    content: str,  # noqa: ARG001 - the cache key
    _roads: RoadNetwork,
    _origins: tuple[End, ...],
    _destinations: tuple[End, ...],
) -> CrossingGraph:
    return CrossingGraph.build(_roads, _origins, _destinations)
