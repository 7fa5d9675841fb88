"""What must be said is said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from drawing import document_of

from geoanalysis.briefing.document import Imprint
from geoanalysis.briefing.sheets.surroundings import Numbering, footer_paragraphs
from geoanalysis.briefing.typesetting.words import utc
from geoanalysis.domain.marking import (
    ATTRIBUTION,
    BOUNDARY_DISCLAIMER,
    KOSOVO_FOOTNOTE,
    handling_marking,
)
from geoanalysis.domain.vocabularies import Handling
from geoanalysis.maps.scene import Scene


def foot(scene: Scene, imprint: Imprint, *, kosovo_shown: bool = False) -> str:
    document = document_of(replace(scene, method=("5 % tolerance",)), imprint)
    numbering = Numbering(3, 12)
    return "\n".join(footer_paragraphs(document, document.pages[0], numbering, kosovo_shown=kosovo_shown))


def test_the_footer_says_state_sources_method_and_reference(scene: Scene) -> None:
    words = foot(scene, Imprint("R-1", "/brief?page=plan", datetime(2022, 10, 30, 6, 5, tzinfo=UTC)))
    for part in (
        "Data as of 29 October 2022 18:00 UTC",
        "as on 26 October 2022",
        "Produced 30 October 2022 06:05 UTC",
        "Ref. R-1",
        "View /brief?page=plan",
        "Page 3 of 12",
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
