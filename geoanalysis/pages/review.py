"""Review: what was checked and found, and where the hits exceed what the checks explain."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import geopandas as gpd
import streamlit as st

from geoanalysis import hotspots, review
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import Commodity, CrimeArea
from geoanalysis.pages import _data, _scenes, _state, _tables, _words
from geoanalysis.pages._controls import choose_many, choose_one
from geoanalysis.pages._map_view import MapEvent, map_view
from geoanalysis.pages._views import ReviewView

_LAYERS = ("borders", "crossings", "intensity", "hotspots", "seizures")
_TABLES = ("review.crossings", "review.cells", "review.intensity")


def page() -> None:
    """Draw the page."""
    before = _controls(_state.view(ReviewView))
    view = before
    for key in _TABLES:
        view = replace(view, place=_tables.chosen_place(key, view.place))
    _state.show(view)
    operation = _scenes.selected_operation(view)
    spots = _scenes.summary_of(operation)
    _state.say_if_exercise()
    _state.say_what_is_missing()
    _show_findings(operation, spots)
    scene = _scenes.scene_of_review(view)
    fly_to = scene.surroundings(view.place) if view.place != before.place else None
    map_view(scene, key="review.map", on_event=_follow, fly_to=fly_to)
    _show_tables(view, operation, spots)


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
            "Crime area and commodity filter the seizures; checks and hits are not reported by crime area."
        )
    return replace(view, starts=starts, ends=ends, layers=layers, measure=measure, **chosen)


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
        key="review.time",
        persist_state="session",
    )
    return starts.replace(tzinfo=UTC), ends.replace(tzinfo=UTC)


def _follow(event: MapEvent) -> None:
    """Take over what was done on the map: a click chooses the place."""
    view = _state.view(ReviewView)
    if event.extent is not None:
        view = replace(view, extent=event.extent)
    if event.clicked_id is not None:
        view = replace(view, place=event.clicked_id)
    _state.remember(view)


def _show_findings(operation: Operation, spots: gpd.GeoDataFrame | None) -> None:
    st.subheader(operation.name)
    if spots is None:
        st.info("Too few checks pass these filters to speak of hot spots: widen the time or the countries.")
        return
    found = hotspots.findings(spots)
    st.markdown("\n".join(f"- {sentence}" for sentence in found))


def _show_tables(view: ReviewView, operation: Operation, spots: gpd.GeoDataFrame | None) -> None:
    tabs = st.tabs(["Hot spots: crossings", "Hot spots: hexagons", "Check intensity", "Totals", "Published"])
    if spots is not None:
        for tab, kind, key in zip(tabs, ("crossing", "cell"), _TABLES, strict=False):
            with tab:
                _tables.place_table(
                    spots[spots["kind"] == kind].sort_values(["hotspot", "p_value"], ascending=[False, True]),
                    _tables.HOTSPOT_COLUMNS,
                    key=key,
                    place=view.place,
                    words=f"Hot-spot summary, one row per {kind}",
                )
    with tabs[2]:
        _tables.place_table(
            _data.intensity(operation),
            _tables.INTENSITY_COLUMNS,
            key=_TABLES[2],
            place=view.place,
            words="Check intensity, one row per place",
        )
    with tabs[3]:
        _show_totals(operation)
    with tabs[4]:
        _show_published()


def _show_totals(operation: Operation) -> None:
    for by in ("country", "crime_area", "commodity"):
        st.markdown(f"**By {_words.plain(by)}**")
        table = review.totals(operation, by)
        st.dataframe(
            table, hide_index=True, column_config=_tables.total_columns(table), alt=f"Totals by {by}"
        )


def _show_published() -> None:
    st.caption("What was published of the action, beside what the records here add up to, unfiltered.")
    st.dataframe(
        review.reconcile(_state.operation(), _data.actions()),
        column_config=_tables.PUBLISHED_COLUMNS,
        hide_index=True,
        alt="Published and recorded results",
    )
