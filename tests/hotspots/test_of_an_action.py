"""The statistics of a whole action: rates, periods, clusters, neighbours, two crime areas, lines."""

import subprocess
import sys
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from scipy.stats import beta, binom, poisson

from benchmarks.exposure_simulation import COUNTS, DEFAULT, SCAN, simulate
from geoanalysis import exercise, hotspots, reference
from geoanalysis.domain.errors import InsufficientDataError
from geoanalysis.domain.schemas import CHECK_SHIFTS
from geoanalysis.exercise import Exercise
from geoanalysis.hotspots.areas import ScanRequest
from geoanalysis.network import RoadNetwork, schematic_network

Make = Callable[..., gpd.GeoDataFrame]


@pytest.fixture(scope="module")
def made() -> Exercise:
    return exercise.generate(3)


@pytest.fixture(scope="module")
def table(made: Exercise) -> gpd.GeoDataFrame:
    return reference.load_crossings(made.operation.starts)


@pytest.fixture(scope="module")
def reports(made: Exercise, table: gpd.GeoDataFrame) -> hotspots.Reports:
    action = made.operation
    return hotspots.gather(action.seizures, action.check_shifts, table, unit_checked="person", resolution=4)


@pytest.fixture(scope="module")
def spots(made: Exercise, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return hotspots.summarise(made.operation.seizures, made.operation.check_shifts, table)


@pytest.fixture(scope="module")
def periods(reports: hotspots.Reports) -> hotspots.PlacePeriods:
    return hotspots.per_period(reports, "crossing_id")


@pytest.fixture(scope="module")
def places(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return table.rename(columns={"crossing_id": "place_id"})


@pytest.mark.parametrize("by", ["crossing_id", "section", "cell", "country"])
def test_hit_rates_keep_selections_apart(reports: hotspots.Reports, by: str) -> None:
    rates = hotspots.hit_rates(reports, by)
    assert not rates.duplicated([by, "selection"]).any()
    placed = reports.check_shifts.dropna(subset="pair" if by == "section" else by)
    assert rates["hits"].sum() == placed["hits"].sum()
    pooled = hotspots.hit_rates(reports, by, pooled=True)
    assert set(pooled["selection"]) == {"all"}
    assert pooled["checked"].sum() == rates["checked"].sum()
    assert (
        (rates["hit_rate_low"] <= rates["hit_rate"]) & (rates["hit_rate"] <= rates["hit_rate_high"])
    ).all()
    assert (rates["few"] == (rates["expected"] < 1)).all()


def test_exact_intervals_are_those_of_the_beta_distribution(reports: hotspots.Reports) -> None:
    rates = hotspots.hit_rates(reports, "country", interval="exact")
    rates = rates[rates["hits"] > 0]
    low = beta.ppf(0.025, rates["hits"], rates["checked"] - rates["hits"] + 1)
    np.testing.assert_allclose(rates["hit_rate_low"], low, rtol=1e-9)


def test_rates_of_crime_areas_count_seizures(reports: hotspots.Reports) -> None:
    rates = hotspots.hit_rates(reports, "crime_area")
    known = reports.seizures.dropna(subset="shift_id").drop_duplicates(["seizure_id", "crime_area"])
    assert rates["hits"].sum() == known["shift_id"].isin(reports.check_shifts["shift_id"]).sum()
    assert rates.groupby("selection")["checked"].nunique().eq(1).all()


def test_periods_hold_all_that_has_a_place(reports: hotspots.Reports, periods: hotspots.PlacePeriods) -> None:
    placed = reports.check_shifts.dropna(subset="crossing_id")
    assert periods.checked.sum() == placed["checked"].sum()
    assert len(periods.starts) == 12
    line = hotspots.timeline(periods)
    assert line["hits"].sum() == placed["hits"].sum() == pytest.approx(line["expected"].sum())
    one = hotspots.timeline(periods, periods.place_ids[0])
    there = placed["crossing_id"] == periods.place_ids[0]
    assert one["checked"].sum() == placed.loc[there, "checked"].sum()


def test_the_week_spreads_a_shift_over_its_hours(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    """26 October 2022 was a Wednesday."""
    times = {"start_utc": "2022-10-26T22:30:00Z", "end_utc": "2022-10-27T02:30:00Z"}
    shifts = make_shifts([{"crossing_id": "c00", "checked": 80, "hits": 4} | times])
    gathered = hotspots.gather(no_seizures, shifts, crossings, unit_checked="person", resolution=4)
    week = hotspots.weekly_profile(gathered).set_index(["weekday", "hour"])
    assert week["checked"].sum() == pytest.approx(80)
    assert week.loc[(2, 22), "checked"] == pytest.approx(10)
    assert week.loc[(3, 0), "checked"] == pytest.approx(20)
    assert week.loc[(3, 2), "hits"] == pytest.approx(0.5)
    assert np.isnan(week.loc[(0, 0), "ratio"])
    assert week.loc[(3, 1), "ratio"] == pytest.approx(1)


def test_planted_crossings_are_in_clear_clusters_and_over_checked_ones_are_not(
    made: Exercise, periods: hotspots.PlacePeriods, places: gpd.GeoDataFrame
) -> None:
    found = hotspots.scan_action(periods, places, ScanRequest(space_time=False))
    clear = set(found.loc[found["p_value"] <= 0.05, "place_id"])
    assert len(clear & set(made.planted.hot)) >= 3
    assert not clear & set(made.planted.over_checked)
    one = found.drop_duplicates("cluster").iloc[0]
    assert one["relative_risk"] > 2
    assert pd.isna(one["starts"])


def test_a_cluster_has_its_hours(periods: hotspots.PlacePeriods, places: gpd.GeoDataFrame) -> None:
    found = hotspots.scan_action(periods, places, ScanRequest(replicates=19))
    assert (found["ends"] > found["starts"]).all()
    assert (found["ends"] - found["starts"]).max() <= pd.Timedelta(hours=48)


def test_what_an_even_action_has_been_over_time(
    periods: hotspots.PlacePeriods, spots: gpd.GeoDataFrame
) -> None:
    rows = spots.set_index("place_id", drop=False).loc[list(periods.place_ids)].reset_index(drop=True)
    around = hotspots.surroundings(rows, "band")
    found = hotspots.emerging_places(periods, around.weights)
    quiet = found["category"].isin(["no pattern detected", "too few periods with checks"])
    assert quiet.mean() > 0.97
    assert (found["periods"] < 8).sum() == (found["category"] == "too few periods with checks").sum() > 0
    short = hotspots.PlacePeriods(
        periods.place_ids, periods.starts[:4], periods.checked[:, :4], periods.hits[:, :4], 8.0
    )
    with pytest.raises(InsufficientDataError, match="there are 4"):
        hotspots.emerging_places(short, around.weights)


def ladder() -> tuple[RoadNetwork, gpd.GeoDataFrame]:
    """Give two valleys 10 km apart, joined by a road at their far ends only."""
    lon, lat = np.meshgrid(np.arange(6) * 0.12, [0.0, 0.09])
    nodes = gpd.GeoDataFrame(
        {"country": [""] * 12},
        geometry=gpd.points_from_xy(20 + lon.ravel(), 43 + lat.ravel()),
        crs="EPSG:4326",
    )
    first = [*range(5), *range(6, 11), 5]
    edges = pd.DataFrame({"from_node": first, "to_node": [*range(1, 6), *range(7, 12), 11]})
    edges = edges.assign(minutes=10.0, length_km=10.0)
    places = nodes.iloc[[0, 6, 1]].reset_index(drop=True).assign(place_id=["a", "b", "c"])
    return RoadNetwork(nodes, edges), places


def test_two_places_over_a_mountain_are_no_neighbours() -> None:
    network, places = ladder()
    far = hotspots.road_distances_km(network, places, most_km=200)
    assert far[0, 1] == pytest.approx(110, abs=0.1)
    assert far[0, 2] == pytest.approx(10, abs=0.1)
    assert np.isinf(hotspots.road_distances_km(network, places, most_km=50)[0, 1])
    rows = places.assign(kind="crossing")
    along = hotspots.surroundings(rows, "roads", band_km=50, network=network)
    assert along.weights.toarray().tolist() == [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
    straight = hotspots.surroundings(rows, "band", band_km=50)
    assert straight.weights.toarray().min() == 1
    nearest = hotspots.surroundings(rows, "nearest", count=1)
    assert nearest.weights.toarray()[2].tolist() == [1, 0, 1]


def test_crossings_have_no_edges_to_share(spots: gpd.GeoDataFrame) -> None:
    crossings = spots[spots["kind"] == "crossing"]
    with pytest.raises(InsufficientDataError, match="only hexagons share edges"):
        hotspots.surroundings(crossings, "contiguity")
    with pytest.raises(InsufficientDataError, match="need a road network"):
        hotspots.surroundings(crossings, "roads")


def test_local_statistics_of_crossings_and_cells(spots: gpd.GeoDataFrame) -> None:
    for kind, near in (("crossing", "band"), ("cell", "contiguity")):
        rows = spots[spots["kind"] == kind].reset_index(drop=True)
        table = hotspots.local_statistics(rows, hotspots.surroundings(rows, near), permutations=999)
        assert len(table) == len(rows)
        assert (table["gi_rate_z"].isna() == (rows["checked"] == 0)).all()
        assert table["gi_counts_q"].dropna().between(0, 1).all()
        assert (table["gi_counts_q"].isna() == (table["neighbours"] == 0)).all()
    few = spots[spots["kind"] == "crossing"].head(10).reset_index(drop=True)
    with pytest.raises(InsufficientDataError, match="there are 10"):
        hotspots.local_statistics(few, hotspots.surroundings(few, "band"))


def test_kinds_that_go_together_are_told_from_those_that_do_not() -> None:
    random = np.random.default_rng(0)
    events = random.integers(2, 9, 40)
    side_by_side = np.arange(40)
    near = (np.abs(side_by_side[:, None] - side_by_side) <= 1).astype(float)
    first = np.where(side_by_side < 20, events // 2, 0)
    together = hotspots.colocation_quotient(first, first, events, near)
    assert together.quotient > 1.5
    assert together.p_value == 0.001
    apart = hotspots.colocation_quotient(first, np.where(side_by_side >= 20, events // 2, 0), events, near)
    assert apart.quotient < 0.5
    assert apart.p_value > 0.9


def test_a_colocation_quotient_by_hand() -> None:
    """Around the one event A are two others, one of them B; among the other five events there are two B."""
    near = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]], float)
    found = hotspots.colocation_quotient([1, 0, 0], [0, 1, 1], [1, 2, 3], near, permutations=9)
    assert found.quotient == pytest.approx((1 / 2) / (2 / 5))
    with pytest.raises(InsufficientDataError, match="there are 0 and 2"):
        hotspots.colocation_quotient([0, 0, 0], [0, 1, 1], [1, 2, 3], near)


def test_colocation_keeps_its_level() -> None:
    random = np.random.default_rng(2)
    near = (np.abs(np.arange(30)[:, None] - np.arange(30)) <= 1).astype(float)
    events = random.integers(3, 12, 30)
    p = []
    for seed in range(150):
        first = random.multivariate_hypergeometric(events, 30)
        second = random.multivariate_hypergeometric(events - first, 40)
        p.append(
            hotspots.colocation_quotient(first, second, events, near, permutations=99, seed=seed).p_value
        )
    assert np.mean(np.array(p) <= 0.05) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 150)


def test_crime_areas_of_an_exercise_do_not_go_together(
    reports: hotspots.Reports, spots: gpd.GeoDataFrame
) -> None:
    assert hotspots.crime_areas_together(reports, "firearms", "drugs").p_value > 0.01
    rows = spots[spots["kind"] == "crossing"].reset_index(drop=True)
    local = hotspots.bivariate_moran(reports, rows, hotspots.surroundings(rows, "band"), "firearms", "drugs")
    assert (local["q_value"] <= 0.05).sum() == 0
    with pytest.raises(InsufficientDataError):
        hotspots.crime_areas_together(reports, "firearms", "no such area")
    with pytest.raises(InsufficientDataError, match="not compared with itself"):
        hotspots.crime_areas_together(reports, "firearms", "firearms")


def test_near_repeats_of_an_exercise(reports: hotspots.Reports, table: gpd.GeoDataFrame) -> None:
    found = hotspots.near_repeats_of(reports, table, permutations=99)
    events = reports.seizures.dropna(subset="cell")["seizure_id"].nunique()
    assert found.observed.sum() == events * (events - 1) / 2
    assert found.distances[1] == "1 to under 10"


def test_seizures_along_roads_and_borders_keep_their_number(made: Exercise) -> None:
    events = made.operation.seizures.drop_duplicates("seizure_id")
    along = hotspots.seizures_along_roads(events, schematic_network(made.operation.starts), bandwidth_km=20)
    km = along.geometry.to_crs(3035).length / 1000
    assert 0.6 < (along["per_100_km"] * km).sum() / 100 / len(events) < 1.05  # dead ends let some go
    borders = reference.load_borders(made.operation.starts)
    near = hotspots.seizures_along_borders(events, borders)
    assert near["per_100_km"].max() > 0
    with pytest.raises(InsufficientDataError, match=r"within 0\.001 km"):
        hotspots.seizures_along_borders(events.head(3), borders.head(1), nearest_km=0.001)


def test_funnel_limits_are_quantiles() -> None:
    limits = hotspots.funnel_limits([50, 400], 0.1)
    for row, n in zip(limits.itertuples(), (50, 400), strict=True):
        high = row.high_95 * n
        assert binom.cdf(np.ceil(high), n, 0.1) >= 0.975 > binom.cdf(np.ceil(high) - 1, n, 0.1)
    expected = np.array([0.5, 5.0, 80.0])
    ratios = hotspots.ratio_limits(expected)
    upper = np.ceil(ratios["high_95"] * expected)
    assert (poisson.cdf(upper, expected) >= 0.975).all()
    assert (ratios["low_99.8"] <= ratios["low_95"]).all()


def test_a_single_shift_is_no_timeline_of_others(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    empty = hotspots.gather(no_seizures, CHECK_SHIFTS.empty(), crossings, unit_checked="person", resolution=4)
    with pytest.raises(InsufficientDataError, match="no check shift has a place"):
        hotspots.per_period(empty, "crossing_id")
    shifts = make_shifts([{"crossing_id": "c00", "checked": 80, "hits": 4}])
    one = hotspots.gather(no_seizures, shifts, crossings, unit_checked="person", resolution=4)
    periods = hotspots.per_period(one, "crossing_id")
    with pytest.raises(InsufficientDataError, match="only one"):
        hotspots.scan_action(periods, crossings.rename(columns={"crossing_id": "place_id"}))


def test_the_room_compiles_nothing() -> None:
    """D4: a peer compiles for 18 CPU seconds in each process before its first result."""
    script = "import sys, geoanalysis.hotspots; print(sorted({'numba', 'scipy.stats'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_intensified_checks_raise_few_false_alarms() -> None:
    scores = simulate(60, 10, rates=[0.02]).set_index("method")
    assert scores.loc[DEFAULT, "false_alarms"] <= 0.1
    assert scores.loc[DEFAULT, "sensitivity"] >= 0.9
    assert scores.loc[COUNTS, "false_alarms"] == 1
    assert scores.loc[SCAN, "sensitivity"] >= 0.8


@pytest.mark.proof
def test_false_alarms_stay_at_their_level_in_a_thousand_actions() -> None:
    scores = simulate(1000, 100)
    ours = scores[scores["method"] == DEFAULT]
    assert (ours["false_alarms"] <= 0.05).all()
    assert (ours["sensitivity"] >= 0.6).all()


def test_a_crossing_that_heats_up_is_told_from_one_that_always_was() -> None:
    random = np.random.default_rng(5)
    checked = np.full((40, 10), 400.0)
    rate = np.full((40, 10), 0.02)
    rate[7, 7:] = rate[23] = 0.2
    hits = random.poisson(checked * rate).astype(float)
    alone = hotspots.PlacePeriods(
        tuple(f"c{i:02d}" for i in range(40)),
        pd.date_range("2022-10-26", periods=10, freq="8h", tz="UTC"),
        checked[:, :, None] * [1, 0, 0],
        hits[:, :, None] * [1, 0, 0],
        8.0,
    )
    found = hotspots.emerging_places(alone, csr_array(np.eye(40))).set_index("place_id")["category"]
    assert found["c07"] == "consecutive hot spot"
    assert found["c23"] in {"persistent hot spot", "intensifying hot spot", "diminishing hot spot"}
    assert (found == "no pattern detected").sum() >= 36


def test_places_that_select_otherwise_are_no_hot_spots(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    """Twelve crossings side by side check targeted only, with five times the hit rate of random checks."""
    random = np.random.default_rng(0)
    rows = [
        {
            "crossing_id": f"c{i:02d}",
            "checked": 400,
            "hits": int(random.binomial(400, 0.1 if 30 <= i < 42 else 0.02)),
            "selection": "targeted" if 30 <= i < 42 else "random",
        }
        for i in range(80)
    ]
    spots = hotspots.summarise(no_seizures, make_shifts(rows), crossings)
    rows_of = spots[spots["kind"] == "crossing"].reset_index(drop=True)
    assert not spots["hotspot"].any()
    table = hotspots.local_statistics(rows_of, hotspots.surroundings(rows_of, "band"), permutations=9999)
    assert (table["gi_rate_q"] <= 0.05).sum() == 0
    assert (table["moran_q"] <= 0.05).sum() == 0


def test_a_period_without_checks_is_missing_and_not_quiet() -> None:
    random = np.random.default_rng(3)
    checked = np.full((40, 12), 400.0)
    rate = np.full((40, 12), 0.02)
    rate[0] = rate[1] = rate[2] = 0.2
    checked[0, 8:] = checked[1, 11] = checked[2, 4:] = 0
    hits = random.poisson(checked * rate).astype(float)
    periods = hotspots.PlacePeriods(
        tuple(f"c{i:02d}" for i in range(40)),
        pd.date_range("2022-10-26", periods=12, freq="8h", tz="UTC"),
        checked[:, :, None] * [1, 0, 0],
        hits[:, :, None] * [1, 0, 0],
        8.0,
    )
    found = hotspots.emerging_places(periods, csr_array(np.eye(40))).set_index("place_id")
    always = {"persistent hot spot", "intensifying hot spot", "diminishing hot spot"}
    assert found.loc["c00", "category"] in always
    assert found.loc["c01", "category"] in always
    assert found.loc["c02", ["category", "periods"]].tolist() == ["too few periods with checks", 4]


def test_a_quiet_hexagon_beside_a_hot_one_stays_quiet(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    called = []
    for seed in range(30):
        random = np.random.default_rng(seed)
        rows = [
            {
                "lon": 20 + 0.35 * (i % 10),
                "lat": 42 + 0.3 * (i // 10),
                "checked": 400,
                "hits": int(random.binomial(400, 0.12 if i == 45 else 0.02)),
            }
            for i in range(100)
        ]
        spots = hotspots.summarise(no_seizures, make_shifts(rows), crossings)
        called.append(spots["hotspot"].sum() - 1)
    assert np.mean(called) < 0.7


def test_rates_of_crime_areas_have_all_checks_below(reports: hotspots.Reports) -> None:
    rates = hotspots.hit_rates(reports, "crime_area", pooled=True)
    assert rates["checked"].unique().tolist() == [reports.check_shifts["checked"].sum()]
    many = hotspots.Reports(
        pd.concat([reports.seizures.assign(seizure_id=f"S{i}") for i in range(3)]),
        reports.check_shifts.head(3),
        (),
    )
    assert hotspots.hit_rates(many, "crime_area")["hit_rate_high"].notna().all()


def test_crossings_without_a_position_or_named_twice_do_no_harm(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    shifts = make_shifts([{"crossing_id": f"c{i:02d}", "checked": 300, "hits": 6} for i in range(5)])
    nowhere = crossings.copy()
    nowhere.loc[0, "geometry"] = None
    doubled = pd.concat([nowhere, nowhere.tail(2)], ignore_index=True)
    spots = hotspots.summarise(no_seizures, shifts, doubled)
    assert spots.loc[spots["kind"] == "crossing", "place_id"].tolist() == ["c01", "c02", "c03", "c04"]


def test_parallel_roads_count_by_the_shorter() -> None:
    network, places = ladder()
    both = pd.concat([network.edges, network.edges.assign(length_km=12.0)], ignore_index=True)
    far = hotspots.road_distances_km(RoadNetwork(network.nodes, both), places, most_km=200)
    assert far[0, 2] == pytest.approx(10, abs=0.1)


def test_the_local_quotient_does_not_count_the_event_itself() -> None:
    """Two events at each of 60 places far apart: the one neighbour is of the second kind by its share."""
    random = np.random.default_rng(1)
    n = np.full(60, 2)
    first = np.ones(60, int)
    second = (random.random(60) < 0.5).astype(int)
    found = hotspots.colocation_quotient(first, second, n, csr_array((60, 60)), permutations=999)
    with_second = second[found.places["place"]] == 1
    share = second.sum() / 119
    assert found.places.loc[with_second, "p_value"].mean() == pytest.approx(share, abs=0.02)
    assert (found.places.loc[~with_second, "p_value"] == 1).all()
