from datetime import date

import pytest

from geoanalysis.domain.membership import (
    EU_SINCE,
    SCHENGEN_LAND_SINCE,
    border_type,
    is_crossed_freely,
    is_eu,
    is_external_entry,
    is_schengen,
)
from geoanalysis.domain.vocabularies import BorderType, CrossingMode

ACTION_2022 = date(2022, 10, 26)


@pytest.mark.parametrize(
    ("country", "mode", "first_day"),
    [
        ("HR", CrossingMode.ROAD, date(2023, 1, 1)),
        ("HR", CrossingMode.AIR, date(2023, 3, 26)),
        ("BG", CrossingMode.ROAD, date(2025, 1, 1)),
        ("RO", CrossingMode.SEA, date(2024, 3, 31)),
        ("RO", CrossingMode.AIR, date(2024, 3, 31)),
    ],
)
def test_schengen_begins_on_the_day_of_the_council_decision(
    country: str, mode: CrossingMode, first_day: date
) -> None:
    assert is_schengen(country, first_day, mode)
    assert not is_schengen(country, date.fromordinal(first_day.toordinal() - 1), mode)


def test_eu_and_schengen_have_the_published_number_of_members_at_the_action() -> None:
    everyone = (set(EU_SINCE) | set(SCHENGEN_LAND_SINCE)) - {"AX"}
    assert sum(is_eu(country, ACTION_2022) for country in everyone) == 27
    assert sum(is_schengen(country, ACTION_2022) for country in everyone) == 26
    assert sum(is_schengen(country, date(2026, 1, 1)) for country in everyone) == 29


def test_united_kingdom_left_after_31_january_2020() -> None:
    assert is_eu("GB", date(2020, 1, 31))
    assert not is_eu("GB", date(2020, 2, 1))


@pytest.mark.parametrize(
    ("pair", "in_2022", "in_2026"),
    [
        (("HR", "SI"), BorderType.INTERNAL_CHECKED, BorderType.SCHENGEN_INTERNAL),
        (("HU", "RO"), BorderType.INTERNAL_CHECKED, BorderType.SCHENGEN_INTERNAL),
        (("BG", "TR"), BorderType.EXTERNAL, BorderType.EXTERNAL),
        (("RS", "XK"), BorderType.NON_EU, BorderType.NON_EU),
        (("AT", "CH"), BorderType.SCHENGEN_INTERNAL, BorderType.SCHENGEN_INTERNAL),
        (("NO", "RU"), BorderType.EXTERNAL, BorderType.EXTERNAL),
        (("IT", "SM"), BorderType.OPEN, BorderType.OPEN),
    ],
)
def test_border_type_depends_on_the_day_and_not_on_the_order(
    pair: tuple[str, str], in_2022: BorderType, in_2026: BorderType
) -> None:
    assert border_type(*pair, ACTION_2022) is border_type(*reversed(pair), ACTION_2022) is in_2022
    assert border_type(*pair, date(2026, 1, 1)) is in_2026


def test_only_schengen_and_open_borders_are_crossed_freely() -> None:
    assert is_crossed_freely("AT", "HU", ACTION_2022)
    assert is_crossed_freely("IT", "SM", ACTION_2022)
    assert not is_crossed_freely("BG", "RO", ACTION_2022)
    assert is_crossed_freely("BG", "RO", date(2026, 1, 1))


def test_a_port_of_the_eu_is_an_external_entry_and_one_of_albania_is_not() -> None:
    assert is_external_entry("GR", CrossingMode.SEA, ACTION_2022)
    assert not is_external_entry("AL", CrossingMode.SEA, ACTION_2022)
