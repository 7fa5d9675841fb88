"""Review: what was checked and found, where hits exceed what checks explain, what the action achieved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import geopandas as gpd
import streamlit as st

from geoanalysis import hotspots, review
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import Commodity, CrimeArea
from geoanalysis.pages import (
    _charts,
    _data,
    _review_data,
    _review_results,
    _review_statistics,
    _scenes,
    _state,
    _tables,
    _words,
)
from geoanalysis.pages._controls import choose_many, choose_one
from geoanalysis.pages._explained import explain, saying_why
from geoanalysis.pages._map_view import MapEvent, map_view
from geoanalysis.pages._views import EARLIEST, LATEST, ReviewView

_LAYERS = (
    *("borders", "crossings", "density", "border_density", "intensity", "hotspots", "clusters"),
    "seizures",
)
_CROSSINGS, _CELLS, _INTENSITY = "review.crossings", "review.cells", "review.intensity"
_TABLES = (
    *(_CROSSINGS, _CELLS, _INTENSITY, _review_results.YIELD),
    *(_review_statistics.LOCAL, _review_statistics.BIVARIATE),
    *(_review_statistics.CLUSTERS, _review_statistics.EMERGING),
)
_TABS = (
    *(
        "Crossings",
        "Hexagons",
        "Hit rates",
        "Around places",
        "Clusters",
        "Over time",
        "Check intensity",
        "Planned and done",
    ),
    *("Concentration", "Displacement", "Compare", "Totals", "Published"),
)
_FUNNEL, _TIMELINE, _TIME, _TAB = "review.funnel", "review.timeline", "review.time", "review.tab"
_TIMES_CLEARED, _FIRST_TAB = "review.times_cleared", "review.first_tab"


def page() -> None:
    """Draw the page."""
    _take_period()
    before = _controls(_state.view(ReviewView))
    view = replace(before, place=_chosen_place(before.place))
    _state.show(view)
    operation = _scenes.selected_operation(view)
    spots = _scenes.summary_of(operation)
    _state.say_if_exercise()
    _state.say_what_is_missing()
    _show_findings(operation, spots, view)
    if {"density", "border_density"}.intersection(view.layers):
        explain("Density along roads")
    scene = _scenes.scene_of_review(view)
    fly_to = scene.surroundings(view.place) if view.place != before.place else None
    map_view(scene, key="review.map", on_event=_follow, fly_to=fly_to)
    if spots is not None:
        _show_charts(view, spots)
    _show_tabs(view, operation, spots)


def _controls(view: ReviewView) -> ReviewView:
    operation = _state.operation()
    with st.sidebar:
        starts, ends = _time_slider(view, operation)
        layers = choose_many("Show", _LAYERS, view.layers, key="review.layers", words=_words.layer)
        measure = choose_one(
            "Check intensity as",
            list(_words.MEASURES),
            view.measure,
            key="review.measure",
            words=_words.measure,
            disabled="intensity" not in layers,
        )
        chosen: dict[str, Any] = {
            "crime_areas": choose_many(
                "Crime area",
                list(CrimeArea),
                view.crime_areas,
                key="review.crime_areas",
                words=_words.crime_area,
            ),
            "commodities": choose_many(
                "Commodity", list(Commodity), view.commodities, key="review.commodities", words=_words.plain
            ),
            "countries": choose_many(
                "Country", review.countries(operation), view.countries, key="review.countries"
            ),
        }
        st.caption(
            "Crime area and commodity filter the seizures; checks and hits are not reported by crime area. A "
            "shift that lies partly in the time counts whole: its counts cannot be cut."
        )
    kept = replace(view, starts=starts, ends=ends, layers=layers, measure=measure, **chosen)
    return _review_statistics.crime_areas(_review_statistics.controls(kept))


def _time_slider(view: ReviewView, operation: Operation) -> tuple[datetime, datetime]:
    first, last = review.window(operation)
    kept = [min(max(moment, first), last).replace(tzinfo=None) for moment in (view.starts, view.ends)]
    starts, ends = st.slider(
        "Time (UTC)",
        first.replace(tzinfo=None),
        last.replace(tzinfo=None),
        (kept[0], kept[1]),
        timedelta(hours=1),
        format="DD MMM HH:mm",
        key=_TIME,
        persist_state="session",
    )
    return starts.replace(tzinfo=UTC), ends.replace(tzinfo=UTC)


def _take_period() -> None:
    """Take over a period clicked in the timeline: the whole page looks at that time only."""
    clicked = _charts.chosen(_timeline_key(), "moment")
    if clicked:
        view = _state.view(ReviewView)
        starts = datetime.fromisoformat(clicked)
        st.session_state[_TIME] = (starts, starts + timedelta(hours=view.period_h))


def _whole_action() -> None:
    first, last = review.window(_state.operation())
    st.session_state[_TIME] = (first.replace(tzinfo=None), last.replace(tzinfo=None))
    _state.remember(replace(_state.view(ReviewView), starts=EARLIEST, ends=LATEST))
    st.session_state[_TIMES_CLEARED] = st.session_state.get(_TIMES_CLEARED, 0) + 1


def _timeline_key() -> str:
    """Name the timeline anew after each return to the whole action: no bar of it is marked then."""
    return f"{_TIMELINE}.{st.session_state.get(_TIMES_CLEARED, 0)}"


def _chosen_place(place: str) -> str:
    """Give the place that was clicked in a table or the funnel since the last run."""
    for key in _TABLES:
        place = _tables.chosen_place(key, place)
    clicked = _charts.chosen(_FUNNEL, "place_id")
    return place if clicked is None else clicked


def _follow(event: MapEvent) -> None:
    """Take over what was done on the map: a click chooses the place."""
    view = _state.view(ReviewView)
    if event.extent is not None:
        view = replace(view, extent=event.extent)
    if event.clicked_id is not None:
        view = replace(view, place=event.clicked_id)
    _state.remember(view)


def _show_findings(operation: Operation, spots: gpd.GeoDataFrame | None, view: ReviewView) -> None:
    st.subheader(operation.name)
    selection = _scenes.selection_in_words(view)
    if selection:
        st.markdown(f"**Only {selection}.**")
    if spots is None:
        with saying_why("Hot spots cannot be told"):
            _data.summary(operation)
        st.caption("Widen the time or the countries, or correct the records on the Data page.")
        return
    chosen = [hotspots.finding(row) for _, row in spots[spots["place_id"] == view.place].iterrows()]
    others = [sentence for sentence in hotspots.findings(spots) if sentence not in chosen]
    st.markdown("\n".join(f"- {sentence}" for sentence in (*(f"**{one}**" for one in chosen), *others)))
    explain("Hits given checks")


def _show_charts(view: ReviewView, spots: gpd.GeoDataFrame) -> None:
    left, right = st.columns(2)
    with left:
        explain("Funnel")
        places, limits = _review_data.funnel(spots[spots["kind"] == "crossing"])
        _charts.funnel(places, limits, key=_FUNNEL, place=view.place)
    with right:
        explain("Timeline")
        _show_timeline(view, spots)


@saying_why("No timeline")
def _show_timeline(view: ReviewView, spots: gpd.GeoDataFrame) -> None:
    """Draw the whole action over time, whatever time is chosen: a click chooses a period of it."""
    whole = _scenes.selected_operation(replace(view, starts=EARLIEST, ends=LATEST))
    chosen = spots[(spots["place_id"] == view.place) & (spots["kind"] == "crossing")]
    where = f"at {chosen['name'].iloc[0]}" if len(chosen) else "of all places"
    words = f"Hits and expected hits {where}"
    _charts.timeline(_review_data.line_of(view, whole), key=_timeline_key(), words=words)
    line, button = st.columns([0.7, 0.3], vertical_alignment="center")
    line.caption(f"{words}; red: expected. A click looks at that period only.")
    button.button("Whole action", on_click=_whole_action, width="stretch")


def _show_tabs(view: ReviewView, operation: Operation, spots: gpd.GeoDataFrame | None) -> None:
    if _TAB not in st.session_state:  # tabs with another default would be other tabs, and lose the next click
        st.session_state[_FIRST_TAB] = view.tab if view.tab in _TABS else _TABS[0]
    default = st.session_state[_FIRST_TAB]
    tabs = dict(zip(_TABS, st.tabs(_TABS, default=default, key=_TAB, on_change="rerun"), strict=True))
    opened = next((name for name, tab in tabs.items() if tab.open), default)
    with tabs[opened]:
        shown = _show_tab(opened, replace(view, tab="" if opened == _TABS[0] else opened), operation, spots)
    _state.show(shown)


def _show_tab(
    name: str, view: ReviewView, operation: Operation, spots: gpd.GeoDataFrame | None
) -> ReviewView:
    """Show one tab; the others are not computed. Give the view with what was chosen in it."""
    if name == "Clusters":
        view = _review_statistics.cluster_controls(view)
        _review_statistics.clusters(view, operation)
    elif name in _ASKING:
        return _ASKING[name](view, operation)
    elif name in _WITHOUT_SPOTS:
        _WITHOUT_SPOTS[name](view, operation)
    elif spots is None:
        st.info("Too few checks pass these filters: widen the time or the countries.")
    else:
        _WITH_SPOTS[name](view, operation, spots)
    return view


def _show_places(kind: str, key: str, view: ReviewView, spots: gpd.GeoDataFrame) -> None:
    _tables.place_table(
        spots[spots["kind"] == kind].sort_values(["hotspot", "p_value"], ascending=[False, True]),
        _tables.HOTSPOT_COLUMNS,
        key=key,
        place=view.place,
        words=f"Hot-spot summary, one row per {kind}",
    )
    explain("Smoothed rate")


_ASKING: dict[str, Callable[[ReviewView, Operation], ReviewView]] = {
    "Compare": _review_results.compare,
    "Displacement": _review_results.displacement,
}
"""Tabs that ask for something that belongs in the link."""
_WITHOUT_SPOTS: dict[str, Callable[[ReviewView, Operation], None]] = {
    "Hit rates": lambda _, operation: _review_statistics.rates(operation),
    "Check intensity": lambda view, operation: _review_results.intensity_and_yield(
        view, operation, _INTENSITY
    ),
    "Planned and done": lambda _, operation: _review_results.planned(operation),
    "Totals": lambda _, operation: _review_results.totals(operation),
    "Published": lambda _view, _operation: _review_results.published(),
}
_WITH_SPOTS: dict[str, Callable[[ReviewView, Operation, gpd.GeoDataFrame], None]] = {
    "Crossings": lambda view, _, spots: _show_places("crossing", _CROSSINGS, view, spots),
    "Hexagons": lambda view, _, spots: _show_places("cell", _CELLS, view, spots),
    "Around places": lambda view, operation, spots: _review_statistics.around_places(view, spots, operation),
    "Over time": lambda view, operation, spots: _review_statistics.over_time(view, spots, operation),
    "Concentration": lambda _view, _operation, spots: _review_results.concentration(spots),
}
