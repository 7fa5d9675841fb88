"""What a planner asks about movements: from where to where, in what, and what is assumed."""

from dataclasses import replace
from datetime import time
from typing import Any, Final, NamedTuple

import streamlit as st

from geoanalysis import network
from geoanalysis.pages import _data, _movements
from geoanalysis.pages._controls import choose_number, choose_one, choose_or_write
from geoanalysis.pages._views import PlanView

_MOST_ENDS: Final = 6
_ENDS_HELP: Final = (
    "A city, a port, a crossing, `border BG-TR` for all its crossings, `lon,lat`, or an area drawn on the "
    "map with *From here* or *To here*. `Sofia * 2` counts twice."
)


class _Number(NamedTuple):
    field: str
    label: str
    low: float
    high: float
    step: float
    words: str


_ASSUMPTIONS: Final = (
    _Number(
        "border_delay_min", "Delay at a border, min", 0, 600, 5, "at international crossings without waits"
    ),
    _Number("alternatives", "Alternatives per pair", 1, 10, 1, "at most"),
    _Number("longest", "Longest alternative, times the best", 1, 3, 0.05, "in driving time with borders"),
    _Number(
        "common_percent", "Most in common, %", 10, 95, 5, "of the time of the quicker of two alternatives"
    ),
    _Number("band_km", "Width of the band, km", 2, 60, 2, "across the road"),
    _Number(
        "tolerance_percent", "Detour tolerated, %", 0, 50, 1, "for the layer of roads within the tolerance"
    ),
    _Number("slow_min", "Slowing down costs, min", 0, 600, 5, "at each place slowed down"),
    _Number(
        "check_min",
        "Avoiding a check is worth, min",
        0,
        600,
        5,
        "the detour a load takes round a manned place",
    ),
)


def corridor_controls(view: PlanView) -> PlanView:
    """Draw the controls and give the view as they are set."""
    st.subheader("Corridor")
    view = replace(view, **_ends(view), network=_network(view))
    vehicle = choose_one("In a", list(network.Vehicle), view.vehicle, key="plan.vehicle")
    with st.expander("Assumptions"):
        numbers: dict[str, Any] = {
            number.field: choose_number(
                number.label,
                getattr(view, number.field),
                low=float(number.low),
                high=float(number.high),
                step=float(number.step),
                key=f"plan.{number.field}",
                words=number.words,
            )
            for number in _ASSUMPTIONS
        }
        leaves = st.time_input(
            "Leaves at",
            _movements.departure(view),
            key="plan.departs",
            help="local time; with it, crossings that are shut on arrival cost the time until they open",
            persist_state="session",
        )
    return replace(view, vehicle=vehicle, departs=_text(leaves), **numbers)


def _ends(view: PlanView) -> dict[str, Any]:
    offered = _data.ends_offered(view.on)
    return {
        field: choose_or_write(
            label, offered, getattr(view, field), key=f"plan.{field}", most=_MOST_ENDS, words=_ENDS_HELP
        )
        for field, label in (("origins", "From"), ("destinations", "To"))
    }


def _network(view: PlanView) -> str:
    """Let the user choose a road network where there is a choice, and say how old it is."""
    names = _data.road_networks()
    chosen = view.network if view.network in names else ""
    if len(names) > 1:
        chosen = choose_one("Roads", names, chosen, key="plan.network", words=_network_words)
    roads = _data.road_network(view.on, chosen)
    state = f", state of {roads.as_of:%B %Y}" if roads.as_of else ""
    more = "" if chosen else " Build a detailed one: see *Detailed roads* in the README."
    st.caption(f"Roads: {roads.name}{state}.{more}")
    return chosen


def _network_words(file_name: str) -> str:
    return file_name or "schematic (bundled)"


def _text(leaves: time | None) -> str:
    return "" if leaves is None else f"{leaves:%H:%M}"
