from collections.abc import Callable
from fractions import Fraction

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from geoanalysis.domain.crs import LONLAT, METRIC
from geoanalysis.domain.errors import CRSError, InsufficientDataError, SchemaError
from geoanalysis.domain.schemas import CHECK_SHIFTS
from geoanalysis.hotspots import summarise
from geoanalysis.hotspots.exposure_test import upper_tail

Make = Callable[..., gpd.GeoDataFrame]
COLUMNS = [
    *("kind", "place_id", "name", "selection", "targeted_share", "seizures", "checked", "hits"),
    *(
        "hit_rate",
        "hit_rate_low",
        "hit_rate_high",
        "smoothed",
        "expected",
        "ratio",
        "p_value",
        "q_value",
        "hotspot",
        "gi_z",
        "geometry",
    ),
]


def crossing(summary: gpd.GeoDataFrame, place_id: str) -> pd.Series:
    return summary[(summary["kind"] == "crossing") & (summary["place_id"] == place_id)].iloc[0]


def cell_of(summary: gpd.GeoDataFrame, lon: float, lat: float) -> pd.Series:
    return summary[summary["place_id"] == h3.latlng_to_cell(lat, lon, 4)].iloc[0]


@pytest.fixture(scope="module")
def quiet(crossings: gpd.GeoDataFrame) -> list[dict[str, object]]:
    """Give an action in which every fiftieth check has a hit, at every crossing alike."""
    return [{"crossing_id": name, "checked": 300, "hits": 6} for name in crossings["crossing_id"]]


def test_rows_columns_and_geometry(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame, quiet: list
) -> None:
    summary = summarise(no_seizures, make_shifts(quiet[:40]), crossings)
    assert list(summary.columns) == COLUMNS
    assert summary.crs == LONLAT
    assert set(summary.loc[summary["kind"] == "crossing", "place_id"]) == set(crossings["crossing_id"][:40])
    cells = summary[summary["kind"] == "cell"]
    assert [h3.get_resolution(cell) for cell in cells["place_id"]] == [4] * len(cells)
    assert set(cells.geom_type) == {"Polygon"}
    assert cells["checked"].sum() == 40 * 300
    assert cells["hits"].sum() == 40 * 6
    assert summary["hotspot"].dtype == bool
    assert not summary["hotspot"].any()


def test_a_crossing_is_tested_by_hand(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    shifts = [
        {"crossing_id": "c00", "checked": 60, "hits": 5},
        {"crossing_id": "c00", "checked": 40, "hits": 4},
        {"crossing_id": "c22", "checked": 300, "hits": 3},
        {"crossing_id": "c44", "checked": 600, "hits": 8},
    ]
    row = crossing(summarise(no_seizures, make_shifts(shifts), crossings), "c00")
    assert (row["checked"], row["hits"], row["selection"]) == (100, 9, "targeted")
    assert row["hit_rate"] == 0.09
    assert row["expected"] == pytest.approx(100 * 20 / 1000)
    peer = binomtest(9, 20, 0.1, alternative="greater")
    assert row["p_value"] == pytest.approx(peer.pvalue, rel=1e-12)
    assert row["q_value"] == pytest.approx(3 * peer.pvalue, rel=1e-12)
    interval = binomtest(9, 100).proportion_ci(0.95, method="wilson")
    assert (row["hit_rate_low"], row["hit_rate_high"]) == pytest.approx((interval.low, interval.high))
    assert row["hotspot"]


def test_selections_are_never_pooled(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    """A crossing that checks on suspicion only has more hits, and is no hot spot for that."""
    shifts = [
        {"crossing_id": name, "checked": checked, "hits": hits, "selection": selection}
        for name in crossings["crossing_id"][:40]
        for selection, checked, hits in (("random", 400, 4), ("targeted", 50, 5))
    ]
    shifts.append({"crossing_id": "c70", "checked": 300, "hits": 30, "selection": "targeted"})
    shifts.append({"crossing_id": "c75", "checked": 300, "hits": 3, "selection": "random"})
    summary = summarise(no_seizures, make_shifts(shifts), crossings)
    assert not summary["hotspot"].any()
    suspicious = crossing(summary, "c70")
    assert suspicious["expected"] == pytest.approx(300 * 230 / 2300)
    assert suspicious["selection"] == "targeted"
    assert crossing(summary, "c75")["selection"] == "random"
    mixed = crossing(summary, "c00")
    assert mixed["selection"] == "mixed"
    shares = np.array([[float(Fraction(400, 16300)), float(Fraction(50, 2300))]])
    assert mixed["p_value"] == pytest.approx(upper_tail(np.array([9]), np.array([163, 230]), shares)[0])


def test_planted_places_are_found_and_over_checked_ones_are_not(
    make_shifts: Make, make_seizures: Make, crossings: gpd.GeoDataFrame
) -> None:
    random, actions = np.random.default_rng(3), 20
    found = alarms = fooled_by_counts = 0
    for _ in range(actions):
        checked = np.exp(random.normal(np.log(200), 0.7, 80)).astype(int) + 20
        over_checked, hot = [11, 44, 77], [16, 30, 38, 72]
        checked[over_checked], checked[hot] = 6 * 250, 400
        rate = np.where(np.isin(np.arange(80), hot), 0.06, 0.02)
        hits = random.binomial(checked, rate)
        rows = [
            {"crossing_id": name, "checked": n, "hits": h}
            for name, n, h in zip(crossings["crossing_id"], checked, hits, strict=True)
        ]
        seizures = [{"crossing_id": row["crossing_id"]} for row in rows for _ in range(row["hits"])]
        summary = summarise(make_seizures(seizures), make_shifts(rows), crossings)
        called = summary[(summary["kind"] == "crossing") & summary["hotspot"]]["place_id"]
        found += sum(f"c{place:02d}" in set(called) for place in hot)
        alarms += any(f"c{place:02d}" in set(called) for place in over_checked)
        gi_z = summary[summary["kind"] == "crossing"].set_index("place_id")["gi_z"]
        fooled_by_counts += bool((gi_z[[f"c{place:02d}" for place in over_checked]] > 1.96).any())
    assert found >= 0.8 * 4 * actions
    assert alarms <= 0.05 * actions
    assert fooled_by_counts >= 0.5 * actions


def test_a_quiet_cell_beside_a_hot_one_stays_quiet(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame, quiet: list
) -> None:
    lon, lat = 30.0, 45.0
    hot, beside = h3.grid_disk(h3.latlng_to_cell(lat, lon, 4), 1)[:2]
    (hot_lat, hot_lon), (beside_lat, beside_lon) = h3.cell_to_latlng(hot), h3.cell_to_latlng(beside)
    points = [
        {"place_name": "Loud", "lon": hot_lon, "lat": hot_lat, "checked": 400, "hits": 40},
        {"place_name": "Quiet", "lon": beside_lon, "lat": beside_lat, "checked": 400, "hits": 7},
    ]
    summary = summarise(no_seizures, make_shifts(quiet + points), crossings).set_index("place_id")
    assert summary.loc[hot, "hotspot"]
    assert summary.loc[hot, "name"] == "around Loud"
    assert summary.loc[beside, "q_value"] < 0.05
    assert not summary.loc[beside, "hotspot"]
    # both are tested by the same pair of cells
    total_checked, total_hits = 80 * 300 + 800, 80 * 6 + 47
    peer = binomtest(47, total_hits, 800 / total_checked, alternative="greater").pvalue
    assert summary.loc[[hot, beside], "p_value"].tolist() == pytest.approx([peer, peer], rel=1e-12)
    assert summary.loc[beside, "expected"] == pytest.approx(400 * total_hits / total_checked)


def test_neighbours_lend_strength(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame, quiet: list
) -> None:
    """Seven cells with too few checks each are one hot spot together."""
    disk = h3.grid_disk(h3.latlng_to_cell(45.0, 30.0, 4), 1)
    points = [
        {"place_name": f"p{i}", "lon": lon, "lat": lat, "checked": 40, "hits": 4}
        for i, (lat, lon) in enumerate(map(h3.cell_to_latlng, disk))
    ]
    summary = summarise(no_seizures, make_shifts(quiet + points), crossings).set_index("place_id")
    assert summary.loc[disk[0], "expected"] < 1
    assert summary.loc[disk[0], "hotspot"]


def test_events_are_counted_not_items(
    make_shifts: Make, make_seizures: Make, crossings: gpd.GeoDataFrame, quiet: list
) -> None:
    seizures = make_seizures(
        [
            {"seizure_id": "A", "item": 1, "crossing_id": "c05"},
            {"seizure_id": "A", "item": 2, "crossing_id": "c05", "commodity": "cocaine"},
            {"seizure_id": "B", "crossing_id": "c05"},
            {"seizure_id": "C", "place_name": "Road", "lon": 30.0, "lat": 45.0},
        ]
    )
    summary = summarise(seizures, make_shifts(quiet), crossings)
    assert crossing(summary, "c05")["seizures"] == 2
    road = cell_of(summary, 30.0, 45.0)
    assert (road["seizures"], road["checked"], road["selection"]) == (1, 0, "unknown")
    assert np.isnan(road["hit_rate"])
    assert np.isnan(road["p_value"])
    assert summary.loc[summary["kind"] == "crossing", "seizures"].sum() == 2
    assert summary.loc[summary["kind"] == "cell", "seizures"].sum() == 3
    assert crossing(summary, "c05")["gi_z"] > 4


def test_gi_star_of_crossings_follows_the_formula(
    make_shifts: Make, make_seizures: Make, crossings: gpd.GeoDataFrame, quiet: list
) -> None:
    counts = np.random.default_rng(5).poisson(2, 80)
    seizures = make_seizures([{"crossing_id": f"c{i:02d}"} for i in np.repeat(np.arange(80), counts)])
    summary = summarise(seizures, make_shifts(quiet), crossings, band_km=60)
    xy = crossings.to_crs(METRIC).geometry.get_coordinates().to_numpy()
    near = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1)) <= 60_000
    k = near.sum(1)
    z = (near @ counts - counts.mean() * k) / (counts.std() * np.sqrt((80 * k - k**2) / 79))
    np.testing.assert_allclose(summary.loc[summary["kind"] == "crossing", "gi_z"], z, rtol=1e-10)


def test_other_units_and_missing_counts_are_left_out_and_said(
    make_shifts: Make,
    make_seizures: Make,
    no_seizures: gpd.GeoDataFrame,
    crossings: gpd.GeoDataFrame,
    quiet: list,
) -> None:
    more = [
        {"crossing_id": "c01", "checked": 500, "hits": 100, "unit_checked": "vehicle"},
        {"crossing_id": "c01", "checked": 500, "hits": None},
        {"checked": 1000, "hits": 20},
    ]
    summary = summarise(make_seizures([{"seizure_id": "X"}]), make_shifts(quiet + more), crossings)
    assert crossing(summary, "c01")["checked"] == 300
    assert crossing(summary, "c01")["expected"] == pytest.approx(6)
    assert (summary.attrs["checked"], summary.attrs["hits"]) == (25_000, 500)
    assert summary.attrs["notes"] == (
        "Left out: check shifts of other units than person: 1.",
        "Left out: check shifts without counts of checks and hits: 1.",
        "Left out: check shifts without a place (they count for the whole action only): 1.",
        "Left out: seizures without a place: 1.",
    )
    vehicles = summarise(no_seizures, make_shifts(quiet + more), crossings, unit_checked="vehicle")
    assert crossing(vehicles, "c01")["hits"] == 100


def test_parameters_are_kept_and_obeyed(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame, quiet: list
) -> None:
    shifts = make_shifts([*quiet, {"crossing_id": "c40", "checked": 300, "hits": 13}])
    strict, lax = (summarise(no_seizures, shifts, crossings, fdr=fdr, resolution=3) for fdr in (0.001, 0.999))
    assert not strict["hotspot"].any()
    assert lax["hotspot"].any()
    assert strict.attrs["request"] == {
        "fdr": 0.001,
        "resolution": 3,
        "unit_checked": "person",
        "band_km": 50.0,
    }
    assert {h3.get_resolution(cell) for cell in strict.loc[strict["kind"] == "cell", "place_id"]} == {3}


def test_without_checks_counts_are_shown_as_activity(
    make_seizures: Make, crossings: gpd.GeoDataFrame
) -> None:
    seizures = make_seizures([{"crossing_id": name} for name in crossings["crossing_id"]])
    summary = summarise(seizures, CHECK_SHIFTS.empty(), crossings)
    assert summary["p_value"].isna().all()
    assert not summary["hotspot"].any()
    assert summary.attrs["notes"][0] == "No person checks are reported: counts are activity, not risk."


@pytest.mark.parametrize(
    ("shifts", "said"),
    [
        ([{"crossing_id": "c00", "checked": 900, "hits": 30}], "has others to compare with"),
        ([{"crossing_id": f"c{i:02d}", "checked": 90, "hits": 0} for i in range(9)], "No check had a hit"),
    ],
)
def test_what_cannot_be_told_is_said(
    make_shifts: Make,
    no_seizures: gpd.GeoDataFrame,
    crossings: gpd.GeoDataFrame,
    shifts: list[dict[str, object]],
    said: str,
) -> None:
    summary = summarise(no_seizures, make_shifts(shifts), crossings)
    assert summary["p_value"].isna().all()
    assert summary["gi_z"].isna().all()
    assert any(said in note for note in summary.attrs["notes"])
    assert any("Gi* needs 30 places" in note for note in summary.attrs["notes"])


def test_bad_input_is_refused(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame, quiet: list
) -> None:
    with pytest.raises(InsufficientDataError, match="no person checks and no seizures"):
        summarise(no_seizures, CHECK_SHIFTS.empty(), crossings)
    wrong = make_shifts([*quiet, {"shift_id": "S-9", "crossing_id": "c00", "checked": 3, "hits": 4}])
    with pytest.raises(SchemaError, match=r"more hits than checks: 1 \(the first is S-9\)"):
        summarise(no_seizures, wrong, crossings)
    with pytest.raises(SchemaError, match="hits"):
        summarise(no_seizures, make_shifts(quiet).drop(columns="hits"), crossings)
    with pytest.raises(CRSError, match="the crossings table"):
        summarise(no_seizures, make_shifts(quiet), crossings.to_crs(METRIC))


def test_same_records_in_another_order_give_the_same_summary(
    make_shifts: Make, make_seizures: Make, crossings: gpd.GeoDataFrame, quiet: list
) -> None:
    shifts = make_shifts([*quiet, {"crossing_id": "c40", "checked": 300, "hits": 20}])
    seizures = make_seizures([{"crossing_id": f"c{i:02d}"} for i in range(0, 80, 3)])
    one = summarise(seizures, shifts, crossings)
    other = summarise(seizures.iloc[::-1], shifts.sample(frac=1, random_state=1), crossings)
    pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other))
