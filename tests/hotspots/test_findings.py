from collections.abc import Callable

import geopandas as gpd
import pandas as pd
import pytest

from geoanalysis.domain.schemas import CHECK_SHIFTS
from geoanalysis.hotspots import finding, findings, summarise

Make = Callable[..., gpd.GeoDataFrame]


@pytest.fixture
def shifts(make_shifts: Make, crossings: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    usual = [{"crossing_id": name, "checked": 410, "hits": 7} for name in crossings["crossing_id"]]
    return make_shifts([*usual, {"crossing_id": "c40", "checked": 410, "hits": 35}])


def test_a_hot_spot_in_words(
    no_seizures: gpd.GeoDataFrame, shifts: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    spots = summarise(no_seizures, shifts, crossings)
    said = findings(spots)
    # 595 hits in 33 210 checks are 14.69 in 820; Wilson interval of 42 in 820: 3.81 % to 6.85 %
    assert said[0] == (
        "Crossing c40: 42 hits in 820 checks, 2.9 times the expected rate, 95 % 2.1-3.8; "
        "not explained by the number of checks (selection: targeted)."
    )
    assert said[1].startswith("1 hexagon has more hits than the checks in and around explain: Crossing c40")
    assert said[2] == (
        "Compared with 595 hits in 33210 checks (person) of all that is looked at, each selection by itself; "
        "exact test, false-discovery rate 5 %, H3 cells of resolution 4."
    )
    assert len(said) == 3
    hot_cell = spots[(spots["kind"] == "cell") & spots["hotspot"]].iloc[0]
    assert "with the hexagons around it not explained by the number of checks" in finding(hot_cell)
    usual = spots[spots["place_id"] == "c00"].iloc[0]
    assert finding(usual).endswith(
        "not clearly more than the number of checks explains (selection: targeted)."
    )


def test_many_hot_spots_are_counted(
    no_seizures: gpd.GeoDataFrame, shifts: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame, make_shifts: Make
) -> None:
    hot = make_shifts([{"crossing_id": f"c{i}", "checked": 300, "hits": 60} for i in range(70, 74)])
    said = findings(summarise(no_seizures, pd.concat([shifts, hot]), crossings), limit=2)
    assert [sentence.split(":")[0] for sentence in said[:2]] == ["Crossing c70", "Crossing c71"]
    assert said[2] == "3 more crossings have more hits than their checks explain."


def test_little_information_in_words(
    make_seizures: Make, make_shifts: Make, shifts: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    road = [{"place_name": "Road", "lon": 30.0, "lat": 45.0, "checked": 1, "hits": 1}]
    seizures = make_seizures([{"place_name": "Field", "lon": 32.0, "lat": 45.0}])
    spots = summarise(seizures, pd.concat([shifts, make_shifts(road)]), crossings)
    said = [finding(row) for _, row in spots.iterrows()]
    assert "around Road: 1 hit in 1 check; too little information for a test (0.0 hits expected)." in said
    assert "around Field: 1 seizure, no checks reported: activity, not risk." in said
    assert not any("nan" in sentence.lower() for sentence in said)


def test_nothing_to_say_is_said(make_seizures: Make, crossings: gpd.GeoDataFrame) -> None:
    seizures = make_seizures([{"crossing_id": "c01"}])
    said = findings(summarise(seizures, CHECK_SHIFTS.empty(), crossings))
    assert said[:2] == ("No crossing could be tested.", "No hexagon could be tested.")
    assert "No person checks are reported: counts are activity, not risk." in said
    assert not any("nan" in sentence.lower() for sentence in said)


def withheld(spots: gpd.GeoDataFrame, words: str) -> gpd.GeoDataFrame:
    """Give a summary as `review.suppressed_spots` does where no hits may be told."""
    hidden = spots.assign(hits=pd.array([None] * len(spots), dtype="Int64"), not_told=words)
    hidden[["hit_rate", "hit_rate_low", "hit_rate_high", "ratio", "p_value", "q_value"]] = float("nan")
    hidden.attrs = spots.attrs | {"suppressed_below": 5}
    return hidden


def test_withheld_counts_are_never_told(
    no_seizures: gpd.GeoDataFrame, shifts: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    spots = withheld(summarise(no_seizures, shifts, crossings), "fewer than 5")
    said = findings(spots)
    assert said[0] == (
        "Crossing c40: fewer than 5 hits in 820 checks; more than the number of checks explains."
    )
    assert said[1].startswith("1 hexagon has more hits than the checks in and around explain: Crossing c40")
    hot_cell = spots[(spots["kind"] == "cell") & spots["hotspot"]].iloc[0]
    assert finding(hot_cell).endswith("with the hexagons around it more than the number of checks explains.")
    usual = spots[spots["place_id"] == "c00"].iloc[0]
    assert finding(usual) == (
        "Crossing c00: fewer than 5 hits in 410 checks; not clearly more than the number of checks explains."
    )
    beside = withheld(spots, "some (not told)")
    assert findings(beside)[0].startswith(
        "Crossing c40: some hits (how many is not told) in 820 checks; more"
    )
    quiet = spots.assign(hotspot=False)
    quiet.attrs = spots.attrs
    assert findings(quiet)[0] == "No crossing has clearly more hits than its checks explain."
    every = [*said, *findings(beside), *(finding(row) for _, row in spots.iterrows())]
    assert not any(gap in sentence for sentence in every for gap in ("NA", "nan", "None"))


def test_few_checks_and_seizures_are_not_told_either(
    make_seizures: Make, crossings: gpd.GeoDataFrame
) -> None:
    spots = summarise(make_seizures([{"crossing_id": "c01"}]), CHECK_SHIFTS.empty(), crossings)
    row = spots.assign(not_told="fewer than 5").iloc[0].copy()
    row["seizures"] = pd.NA
    words = "Crossing c01: fewer than 5 seizures, no checks reported: activity, not risk."
    assert finding(row) == words
    row[["hits", "checked"]] = pd.NA
    assert finding(row).startswith("Crossing c01: fewer than 5 hits in fewer than 5 checks; not clearly more")


@pytest.mark.parametrize(
    ("hits", "words"), [(3, "fewer than 5 hits"), (None, "fewer than 5 hits"), (9, "9 hits")]
)
def test_small_totals_of_the_action_are_not_told(
    no_seizures: gpd.GeoDataFrame,
    shifts: gpd.GeoDataFrame,
    crossings: gpd.GeoDataFrame,
    hits: int | None,
    words: str,
) -> None:
    spots = summarise(no_seizures, shifts, crossings)
    spots.attrs |= {"suppressed_below": 5, "hits": hits}
    assert f"Compared with {words} in 33210 checks (person)" in findings(spots)[2]


def test_a_share_that_is_withheld_is_not_said(
    make_shifts: Make, no_seizures: gpd.GeoDataFrame, shifts: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame
) -> None:
    random = make_shifts([{"crossing_id": "c00", "checked": 400, "hits": 7, "selection": "random"}])
    spots = summarise(no_seizures, pd.concat([shifts, random, random.assign(crossing_id="c01")]), crossings)
    row = spots[spots["place_id"] == "c00"].iloc[0].copy()
    assert finding(row).endswith("(selection: 51 % targeted, each kind compared with its own rate).")
    row["targeted_share"] = float("nan")
    assert finding(row).endswith("(selection: mixed, each kind compared with its own rate).")
