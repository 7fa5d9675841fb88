"""What tags say, against the rules of the OpenStreetMap wiki (Key:oneway, Key:access, Key:duration)."""

import numpy as np
import pytest

from geoanalysis.network.build.tags import way_of


@pytest.mark.parametrize(
    ("tags", "oneway", "backwards"),
    [
        ({"highway": "primary"}, False, False),
        ({"highway": "primary", "oneway": "yes"}, True, False),
        ({"highway": "primary", "oneway": "1"}, True, False),
        ({"highway": "primary", "oneway": "true"}, True, False),
        ({"highway": "primary", "oneway": "-1"}, True, True),
        ({"highway": "primary", "oneway": "reverse"}, True, True),
        ({"highway": "primary", "oneway": "no"}, False, False),
        ({"highway": "primary", "oneway": "reversible"}, False, False),
        ({"highway": "motorway"}, True, False),
        ({"highway": "motorway_link"}, False, False),
        ({"highway": "motorway", "oneway": "no"}, False, False),
        ({"highway": "motorway", "oneway": "-1"}, True, True),
        ({"highway": "trunk"}, False, False),
        ({"highway": "secondary", "junction": "roundabout"}, True, False),
        ({"highway": "secondary", "junction": "circular"}, True, False),
        ({"highway": "secondary", "junction": "roundabout", "oneway": "no"}, False, False),
    ],
)
def test_direction(tags: dict[str, str], *, oneway: bool, backwards: bool) -> None:
    way = way_of(tags)
    assert way is not None
    assert (way.oneway, way.backwards) == (oneway, backwards)


@pytest.mark.parametrize(
    ("tags", "driven"),
    [
        ({"highway": "tertiary"}, True),
        ({"highway": "tertiary_link"}, True),
        ({"highway": "unclassified"}, False),
        ({"highway": "residential"}, False),
        ({"highway": "construction", "construction": "motorway"}, False),
        ({"highway": "primary", "access": "no"}, False),
        ({"highway": "primary", "access": "private"}, False),
        ({"highway": "primary", "motor_vehicle": "no"}, False),
        ({"highway": "primary", "access": "no", "motor_vehicle": "yes"}, True),
        ({"highway": "primary", "access": "yes", "motorcar": "no"}, False),
        ({"highway": "primary", "access": "customers"}, True),
        ({"route": "ferry"}, True),
        ({"route": "ferry", "motor_vehicle": "no"}, False),
        ({"route": "bus"}, False),
        ({}, False),
    ],
)
def test_who_drives_there(tags: dict[str, str], *, driven: bool) -> None:
    assert (way_of(tags) is not None) == driven


def test_class_ramp_and_sign() -> None:
    ramp = way_of({"highway": "trunk_link", "ref": "A1;E75"})
    assert ramp is not None
    assert (ramp.road_class, ramp.link, ramp.ref) == ("trunk", True, "A1;E75")


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [
        ("1:30", 90),
        ("01:30:00", 90),
        ("PT1H30M", 90),
        ("PT45M", 45),
        ("45", 45),
        ("PT2H", 120),
        ("00:20", 20),
    ],
)
def test_the_time_of_a_ferry(duration: str, minutes: float) -> None:
    ferry = way_of({"route": "ferry", "duration": duration})
    assert ferry is not None
    assert ferry.ferry_min == minutes


@pytest.mark.parametrize("duration", ["", "soon", "PT", "1:2:3:4", "-5"])
def test_an_unreadable_time_is_unknown(duration: str) -> None:
    ferry = way_of({"route": "ferry", "duration": duration})
    assert ferry is not None
    assert np.isnan(ferry.ferry_min)


def test_surfaces_hold_cars_up() -> None:
    speeds = [
        way.surface_km_h
        for surface in ("asphalt", "cobblestone", "gravel", "mud")
        if (way := way_of({"highway": "tertiary", "surface": surface})) is not None
    ]
    assert speeds == sorted(speeds, reverse=True)
    assert speeds[0] == np.inf
