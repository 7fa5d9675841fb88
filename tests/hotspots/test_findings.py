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
