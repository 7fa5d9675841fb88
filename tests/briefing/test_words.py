"""What must be said is said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from geoanalysis.briefing.typesetting.words import Imprint, footer_paragraphs, utc
from geoanalysis.domain.marking import (
    ATTRIBUTION,
    BOUNDARY_DISCLAIMER,
    KOSOVO_FOOTNOTE,
    handling_marking,
)
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.scene import Scene


def foot(scene: Scene, imprint: Imprint, *, kosovo_shown: bool = False) -> str:
    method = ("5 % tolerance",)
    return "\n".join(
        footer_paragraphs(scene, imprint, origin=(21.5, 42.0), method=method, kosovo_shown=kosovo_shown)
    )


def test_the_footer_says_state_sources_method_and_reference(scene: Scene) -> None:
    words = foot(scene, Imprint("R-1", datetime(2022, 10, 30, 6, 5, tzinfo=UTC)))
    for part in (
        "Data as of 29 October 2022 18:00 UTC",
        "as on 26 October 2022",
        "Produced 30 October 2022 06:05 UTC",
        "Ref. R-1",
        "Page 1 of 1",
        ATTRIBUTION,
        "5 % tolerance",
        "Lambert azimuthal equal-area projection centred on 42° N 21°30\u2032 E",
        BOUNDARY_DISCLAIMER,
    ):
        assert part in words


def test_the_age_of_the_data_is_never_left_open(scene: Scene) -> None:
    words = foot(replace(scene, data_as_of=None), Imprint("R-1"))
    assert "Data as of: not stated" in words
    assert "Produced" not in words


def test_the_footnote_goes_with_kosovo(scene: Scene) -> None:
    assert KOSOVO_FOOTNOTE in foot(scene, Imprint("R"), kosovo_shown=True)
    assert KOSOVO_FOOTNOTE not in foot(scene, Imprint("R"), kosovo_shown=False)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2022, 10, 29, 18, 0),  # noqa: DTZ001 - one without a time zone is taken to be UTC
        datetime(2022, 10, 29, 18, 0, tzinfo=UTC),
        datetime(2022, 10, 29, 20, 0, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_moments_are_told_in_utc(moment: datetime) -> None:
    assert utc(moment) == "29 October 2022 18:00 UTC"


@pytest.mark.parametrize("handling", Handling)
def test_every_handling_code_has_words(handling: Handling) -> None:
    words = handling_marking(handling)
    assert words.startswith(f"Handling code {handling.value} - ")
    assert len(words) > 30
