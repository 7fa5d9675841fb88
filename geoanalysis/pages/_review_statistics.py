"""The tabs of the Review page that tell where and when hits stand out, beyond the tables of places."""

from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import streamlit as st

from geoanalysis import hotspots
from geoanalysis.domain.operation import Operation
from geoanalysis.domain.vocabularies import CrimeArea
from geoanalysis.hotspots.emerging import NO_PATTERN, TOO_LITTLE, WORDS
from geoanalysis.pages import _charts, _data, _review_data, _tables, _words
from geoanalysis.pages._controls import choose_number, choose_one, switch
from geoanalysis.pages._explained import explain, saying_why
from geoanalysis.pages._views import ReviewView

LOCAL, CLUSTERS, EMERGING, BIVARIATE = "review.local", "review.clusters", "review.emerging", "review.two"
_BY = {"section": "border section", "country": "country", "crime_area": "crime area", "cell": "hexagon"}
_PERIODS = ("4", "6", "8", "12", "24")


def controls(view: ReviewView) -> ReviewView:
    """Let the user decide who is near whom and how long a period is."""
    with st.sidebar.expander("Neighbours and periods"):
        near = choose_one(
            "Crossings are neighbours when",
            list(_review_data.NEAR),
            view.near,
            key="review.near",
            words=_review_data.NEAR.__getitem__,
        )
        band_km = choose_number("At most, km", view.band_km, low=5, high=200, step=5, key="review.band_km")
        network = choose_one(
            "Roads",
            _data.road_networks(),
            view.network,
            key="review.network",
            words=lambda name: name or "schematic network",
        )
        hours = choose_one(
            "Length of a period, hours", list(_PERIODS), f"{view.period_h:g}", key="review.period_h"
        )
    return replace(view, near=near, band_km=band_km, network=network, period_h=float(hours))


def around_places(view: ReviewView, spots: gpd.GeoDataFrame, operation: Operation) -> None:
    """Show Gi* and local Moran of crossings, and whether two crime areas go together."""
    st.caption("What other tools show. A hot spot is only what exceeds its checks: see *Crossings*.")
    explain("Gi*")
    explain("Local Moran")
    kind = st.segmented_control(
        "Places",
        ["crossing", "cell"],
        default="crossing",
        required=True,
        key="review.local_kind",
        format_func={"crossing": "Crossings", "cell": "Hexagons"}.__getitem__,
    )
    rows = spots[spots["kind"] == kind].reset_index(drop=True)
    with saying_why():
        table, words = _review_data.local_statistics(rows, str(kind), view, operation)
        st.caption(f"Neighbours: {words}. p by 99 999 permutations, q corrected for all places of the kind.")
        ordered = table.sort_values("gi_rate_q", kind="stable")
        _tables.place_table(
            ordered,
            _tables.LOCAL_COLUMNS,
            key=LOCAL,
            place=view.place,
            words="Local statistics, one row per place",
        )
    _together(view, spots, operation)


@saying_why()
def rates(operation: Operation) -> None:
    """Show hit rates with intervals by section, country, cell or crime area, each selection by itself."""
    left, middle, right = st.columns([0.5, 0.25, 0.25], vertical_alignment="bottom")
    by: Any = left.segmented_control(
        "By", list(_BY), default="section", required=True, key="review.rates_by", format_func=_BY.__getitem__
    )
    exact = middle.toggle("Exact interval", key="review.exact", help="Wilson's interval otherwise")
    pooled = right.toggle(
        "Pool selections", key="review.pooled", help="Then a rate rises with the share of targeted checks."
    )
    table = hotspots.hit_rates(
        _review_data.reports(operation), by, pooled=pooled, interval="exact" if exact else "wilson"
    )
    if by == "crime_area":
        st.caption("*Hits* are seizures of each area here, over all checks: one check may lead to several.")
    if pooled:
        st.caption(
            "Pooled: random and targeted checks together. Do not compare places that select otherwise."
        )
    named = table.rename(columns={str(by): "where"}).sort_values("ratio", ascending=False)
    _tables.plain_table(named, _tables.RATE_COLUMNS, f"Hit rates by {_BY[str(by)]}")


def crime_areas(view: ReviewView) -> ReviewView:
    """Let the user choose the two crime areas that are looked at together."""
    with st.sidebar.expander("Crime areas together"):
        areas = list(CrimeArea)
        first = choose_one("Around", areas, view.first, key="review.first", words=_words.crime_area)
        second = choose_one("is there more", areas, view.second, key="review.second", words=_words.crime_area)
    return replace(view, first=first, second=second)


@saying_why()
def _together(view: ReviewView, spots: gpd.GeoDataFrame, operation: Operation) -> None:
    st.markdown(f"**{_words.crime_area(view.first).capitalize()} and {_words.crime_area(view.second)}**")
    explain("Colocation")
    found = _review_data.together(view, operation)
    pairs = ((view.first, view.second), (view.second, view.first))
    st.markdown("\n".join(f"- {_in_words(*pair, one)}" for pair, one in zip(pairs, found, strict=True)))
    crossings = spots[spots["kind"] == "crossing"].reset_index(drop=True)
    table = _review_data.bivariate(view, crossings, operation)
    if table["i"].isna().all():
        st.caption(
            "By crossing nothing can be told: smoothed, the seizures per expected hit are alike everywhere."
        )
        return
    st.caption(
        f"By crossing: {_words.crime_area(view.first)} here, {_words.crime_area(view.second)} around, as "
        "smoothed seizures per expected hit (bivariate local Moran)."
    )
    ordered = table.sort_values("q_value", kind="stable")
    _tables.place_table(
        ordered,
        _tables.BIVARIATE_COLUMNS,
        key=BIVARIATE,
        place=view.place,
        words="Two crime areas by crossing",
    )


def _in_words(first: str, second: str, found: hotspots.Colocation) -> str:
    clear = "more than" if found.p_value <= 0.05 else "not clearly more than"  # noqa: PLR2004 - the usual 5 %
    return (
        f"Around seizures of {_words.crime_area(first)}, {_words.crime_area(second)} are "
        f"{found.quotient:.2f} times as frequent as among all seizures: {clear} chance gives "
        f"(95 % of dealt labels: {found.low:.2f}-{found.high:.2f}, p = {found.p_value:.2g})."
    )


def cluster_controls(view: ReviewView) -> ReviewView:
    """Let the user choose whether time counts in the scan, and how windows grow."""
    left, right = st.columns(2)
    with left:
        scan = switch("Scan", (_review_data.SPACE_TIME, _review_data.SPACE), view.scan, key="review.scan")
    with right:
        growth = _review_data.STRAIGHT, _review_data.ALONG_ROADS
        windows = switch("Windows grow", growth, view.windows, key="review.windows")
    return replace(view, scan=scan, windows=windows)


@saying_why()
def clusters(view: ReviewView, operation: Operation) -> None:
    """Show the clusters of a scan."""
    explain("Scan")
    found = _review_data.clusters(view, operation)
    if found.empty:
        st.info("No group of places has more hits than its checks explain.")
        return
    clear = found[found["p_value"] <= 0.05].drop_duplicates("cluster")  # noqa: PLR2004 - the usual 5 %
    for row in clear.itertuples():
        st.markdown(f"- {_cluster_words(row)}")
    if clear.empty:
        st.markdown("- No cluster is clear: the most likely one would come up by chance.")
    st.caption("Switch the layer *Clusters (scan)* on to see them on the map. Later clusters share no place.")
    _tables.place_table(
        found, _tables.CLUSTER_COLUMNS, key=CLUSTERS, place=view.place, words="Clusters, one row per member"
    )


def _cluster_words(row: Any) -> str:
    when = "" if pd.isna(row.starts) else f", {row.starts:%d %b %H:%M} to {row.ends:%d %b %H:%M} UTC"
    places = f"{row.name} and {row.places - 1} more" if row.places > 1 else row.name
    return (
        f"{places}{when}: {row.cases} hits where {row.expected:.1f} are expected, "
        f"{row.relative_risk:.1f} times the rate elsewhere (p = {row.p_value:.2g})."
    )


@saying_why()
def over_time(view: ReviewView, spots: gpd.GeoDataFrame, operation: Operation) -> None:
    """Show what places have been over time, when the rate changed, the week, and near repeats."""
    explain("Emerging")
    crossings = spots[spots["kind"] == "crossing"].reset_index(drop=True)
    with saying_why():
        found = _review_data.emerging(view, crossings, operation)
        told = found[~found["category"].isin([NO_PATTERN, TOO_LITTLE])]
        few = int((found["category"] == TOO_LITTLE).sum())
        st.markdown(_emerging_words(told, len(found) - few, view.period_h))
        if few:
            st.caption(
                f"{few} crossings have too few periods with enough checks (8 are needed): nothing is said of "
                "them. Widen the surroundings or set another length of a period."
            )
        if len(told):
            _tables.place_table(
                told, _tables.EMERGING_COLUMNS, key=EMERGING, place=view.place, words="Emerging hot spots"
            )
    _changes(view, operation)
    st.markdown("**Hours of the week**")
    _charts.weekly_profile(hotspots.weekly_profile(_review_data.reports(operation)))
    _repeats(operation)


def _emerging_words(told: pd.DataFrame, places: int, period_h: float) -> str:
    if told.empty:
        return f"- None of {places} crossings was hot or cold in a pattern (periods of {period_h:g} h)."
    lines = []
    for category, rows in told.groupby("category"):
        kind, _, rest = str(category).partition(" ")
        names = ", ".join(rows["name"].head(6)) + (" ..." if len(rows) > 6 else "")  # noqa: PLR2004 - fits a line
        lines.append(
            f"- **{str(category).capitalize()}** ({rest.removesuffix(' spot')} {WORDS[kind]}): {names}."
        )
    return "\n".join(lines)


@saying_why()
def _changes(view: ReviewView, operation: Operation) -> None:
    explain("Change points")
    line = _review_data.line_of(view, operation)
    changes = hotspots.change_points(line["hits"], line["expected"])
    starts = line["starts"]
    words = [
        f"- From {starts[c.first]:%d %b %H:%M} UTC (95 %: {starts[c.low]:%d %b %H:%M} to "
        f"{starts[c.high]:%d %b %H:%M}) the hit rate was {c.rate_after:.2f} times the expected one, "
        f"{c.rate_before:.2f} before (p = {c.p_value:.2g})."
        for c in changes
    ]
    st.markdown("\n".join(words) or "- The hit rate did not clearly change during the action.")


@saying_why()
def _repeats(operation: Operation) -> None:
    st.markdown("**Near repeats of seizures**")
    explain("Near repeats")
    found = _review_data.near_repeats(operation)
    cells = [
        [
            "–" if np.isnan(ratio) else f"{pairs:,} ({ratio:.2f}, p = {p:.2g})"
            for pairs, ratio, p in zip(*row, strict=True)
        ]
        for row in zip(found.observed, found.ratios, found.p_values, strict=True)
    ]
    table = pd.DataFrame(
        cells, [f"{name} km" for name in found.distances], [f"{name} h" for name in found.delays]
    )
    st.caption("Pairs of seizures by distance and delay: how many, times the expected number, p.")
    st.dataframe(table, alt="Near repeats: pairs by distance and delay")
