"""The tabs of the Review page that tell what the action achieved."""

from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import pandas as pd
import streamlit as st

from geoanalysis import review, store
from geoanalysis.domain.fingerprint import fingerprint
from geoanalysis.domain.marking import EXERCISE_NOTICE
from geoanalysis.domain.operation import Operation
from geoanalysis.hotspots import PlacePeriods
from geoanalysis.pages import _charts, _data, _review_data, _scenes, _state, _tables, _words
from geoanalysis.pages._explained import explain, saying_why
from geoanalysis.pages._views import ReviewView

YIELD, PLANNED, COMPARED = "review.yield", "review.planned", "review.compared"
_REST = "The rest of the action (outside the time chosen)"


def intensity_and_yield(view: ReviewView, operation: Operation, key: str) -> None:
    """Show how much was checked where, and what it yielded for the officers' time."""
    _tables.place_table(
        _data.intensity(operation),
        _tables.INTENSITY_COLUMNS,
        key=key,
        place=view.place,
        words="Check intensity, one row per place",
    )
    explain("Yield")
    found = review.yields(operation, _data.crossings(operation.starts))
    if found.empty:
        st.info("No place reports officers or officer-hours: what an hour yielded cannot be told.")
        return
    if found.attrs["left_out"]:
        st.caption(f"{found.attrs['left_out']} places do not report officers: left out.")
    _tables.place_table(
        found,
        _tables.YIELD_COLUMNS,
        key=YIELD,
        place=view.place,
        words="Yield per officer-hour, one row per place",
    )


@saying_why()
def concentration(spots: gpd.GeoDataFrame) -> None:
    """Show how concentrated hits are, over places and over checks."""
    explain("Concentration")
    crossings = spots[spots["kind"] == "crossing"]
    over_places = review.concentration(crossings["hits"])
    over_checks = review.concentration(crossings["hits"], crossings["expected"])
    more = "more than" if over_checks.gini > over_checks.chance_high else "no more than"
    st.markdown(
        f"- {over_places.places_for_most * 100:.0f} % of the crossings gave 80 % of the hits: G' = "
        f"{over_places.generalised:.2f} (95 % {over_places.low:.2f}-{over_places.high:.2f}).\n"
        f"- Given the checks: G = {over_checks.gini:.2f}, {more} if every crossing had the rate of its "
        f"selections (then {over_checks.by_chance:.2f}, 95 % {over_checks.chance_low:.2f}-"
        f"{over_checks.chance_high:.2f}: few hits are concentrated by chance)."
    )
    curves = [
        one.curve.assign(what=what)
        for one, what in ((over_places, "over places"), (over_checks, "over checks"))
    ]
    _charts.lorenz(pd.concat(curves))


def planned(operation: Operation) -> None:
    """Show the deployments of the plan beside the shifts reported."""
    plans = {
        plan.name: plan
        for plan in (_state.plan(), *_state.kept_plans(), *operation.plans)
        if plan.deployments
    }
    if not plans:
        st.info(
            "No plan is open: pick checkpoints on the *Plan* or *Checkpoints* page, or open a plan there."
        )
        return
    name = st.selectbox("Plan", list(plans), key="review.plan")
    table = review.planned_against_done(plans[name], operation, _data.crossings(operation.starts))
    counts = table["state"].value_counts()
    st.markdown("\n".join(f"- {state}: {number} places" for state, number in counts.items()))
    st.caption(f"Counted: {table.attrs['days']}. Officers: the mean of the shifts that report them.")
    _tables.plain_table(table, _tables.PLANNED_COLUMNS, "Planned against done, one row per place")


def compare(view: ReviewView, operation: Operation) -> ReviewView:
    """Compare the selection with another action, or with the rest of this one."""
    explain("Rate ratio")
    view, words, before = _before(view)
    if before.check_shifts.empty:
        st.info(
            "Nothing was checked outside the time chosen: choose a part of the action, or keep this action "
            "and open another one on the Data page."
        )
        return view
    found = _review_data.comparison(before, operation)
    after = _named(_state.operation()) if view.other == "kept" else "the time chosen"
    st.markdown(f"**{words}, then {after}**")
    if words == after:
        st.info("This is the action that is kept: open another one on the Data page and come back.")
        return view
    st.markdown("\n".join(f"- {row.name}: {row.words}." for row in found.totals.itertuples()))
    tables = {"Crossings": found.crossings, "Border sections": found.sections, "Countries": found.countries}
    for where, table in tables.items():
        st.markdown(f"**{where}**")
        _tables.plain_table(table, _tables.CHANGE_COLUMNS, f"Changes of the hit rate: {where}")
    if len(found.published) and before.starts != operation.starts:
        st.markdown("**Published**")
        _published_pair(found.published)
    return view


def _before(view: ReviewView) -> tuple[ReviewView, str, Operation]:
    """Let the user choose what to compare with: the rest of the action or the action kept, filtered alike."""
    left, right = st.columns([0.75, 0.25], vertical_alignment="bottom")
    kept = _state.kept_operation()
    words = {"rest": _REST} if kept is None else {"rest": _REST, "kept": _named(kept)}
    index = list(words).index(view.other) if view.other in words else 0
    other = left.selectbox(
        "Before: compare with", list(words), index, format_func=words.__getitem__, key="review.other"
    )
    right.button(
        "Keep this action",
        on_click=_keep,
        help="Then open another one on the Data page and compare it with this one.",
    )
    before = kept if kept is not None and other == "kept" else _rest(_state.operation(), view)
    filters = replace(_scenes.passing(view), starts_utc=None, ends_utc=None)
    return replace(view, other=other), words[other], review.select(before, filters)


def _named(operation: Operation) -> str:
    """Name an action so that two of one name can be told apart."""
    return f"{operation.name} (ref. {fingerprint(operation)})"


def _keep() -> None:
    _state.keep_operation()
    st.session_state["review.other"] = "kept"


def published_pairs() -> None:
    """Set what was published of any two actions side by side."""
    actions = review.published_actions(_data.actions())
    dated = actions.dropna(subset="start_date")
    names = {row.action_id: f"{row.action_name} ({row.start_date:%Y})" for row in dated.itertuples()}
    ids = list(names)
    left, right = st.columns(2)
    first = left.selectbox(
        "Published: before", ids, _place(ids, "JAD_SEE_2022"), names.__getitem__, key="review.first_action"
    )
    second = right.selectbox(
        "and after", ids, _place(ids, "JAD_SEE_2023"), names.__getitem__, key="review.second_action"
    )
    _published_pair(review.compare_published(_data.actions(), first, second))


def displacement(view: ReviewView, operation: Operation) -> ReviewView:
    """Show what changed where checks were intensified and around, from a moment on that the user sets."""
    explain("Displacement")
    explain("Difference in differences")
    with saying_why():
        counted = _review_data.periods(operation, view.period_h)
        view = replace(view, split=_split(view, counted))
        place = [view.place] if view.place in counted.place_ids else []
        crossings = _data.crossings(operation.starts)
        found = review.before_and_after(counted, crossings, view.split, treated=place)
        st.markdown("\n".join(f"- {sentence}" for sentence in found.findings))
        _tables.plain_table(found.areas, _tables.AREA_COLUMNS, "Hits and checks before and after")
        st.caption(
            "There: the place chosen, or where twice as much or more was checked after; around: within 60 km."
        )
    return view


def totals(operation: Operation) -> None:
    """Show what was seized in all."""
    for by in ("country", "crime_area", "commodity", "unit"):
        st.markdown(f"**By {_words.plain(by)}**")
        table = review.totals(operation, by)
        st.dataframe(
            table, hide_index=True, column_config=_tables.total_columns(table), alt=f"Totals by {by}"
        )


def published() -> None:
    """Show what was published beside what is recorded, and give the result sheet away."""
    st.caption("What was published of the action, beside what the records here add up to, unfiltered.")
    _tables.plain_table(
        review.reconcile(_state.operation(), _data.actions()),
        _tables.PUBLISHED_COLUMNS,
        "Published and recorded results",
    )
    sheet = review.result_sheet(_state.operation(), _data.actions())
    marked = sheet.assign(notice=EXERCISE_NOTICE) if _state.operation().exercise else sheet
    st.download_button(
        "Result sheet (CSV)",
        store.table_csv(marked),
        file_name=f"result_sheet_{_state.operation().operation_id}.csv",
        mime="text/csv",
        on_click="ignore",
        help="In the categories of the published sheets, with what was published beside it.",
    )
    _tables.plain_table(sheet, _tables.SHEET_COLUMNS, "Result sheet")
    published_pairs()


def _published_pair(table: pd.DataFrame) -> None:
    _tables.plain_table(table, _tables.PUBLISHED_PAIR_COLUMNS, "Published figures of two actions")


def _place(ids: list[str], wanted: str) -> int:
    return ids.index(wanted) if wanted in ids else 0


def _rest(operation: Operation, view: ReviewView) -> Operation:
    return review.without_window(operation, view.starts, view.ends)


def _split(view: ReviewView, counted: PlacePeriods) -> datetime:
    """Let the user set from when on checks were intensified; halfway through the time chosen at first."""
    moments = counted.labels[1:] or counted.labels
    wanted = view.split if view.split in moments else moments[len(moments) // 2]
    return st.select_slider(
        "Checks were intensified from (UTC)",
        moments,
        wanted,
        format_func=lambda moment: f"{moment:%d %b %H:%M}",
        key="review.split",
        disabled=len(moments) <= 1,
    )
