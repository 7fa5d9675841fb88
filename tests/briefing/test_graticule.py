"""Degrees are marked where the edges cross them."""

import numpy as np
import pytest

from geoanalysis.briefing.cartography.frame import MapView, fit_extent
from geoanalysis.briefing.cartography.graticule import crossed, degrees_words, draw_graticule
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.sheet import Sheet
from geoanalysis.maps.scene import REGION, Extent
from geoanalysis.symbology import LIGHT


def test_an_edge_crosses_the_multiples_of_the_step() -> None:
    ticks = list(crossed(np.linspace(11.0, 19.0, 9), 2.0))
    assert ticks == [(12.0, 0.125), (14.0, 0.375), (16.0, 0.625), (18.0, 0.875)]


def test_an_edge_over_the_prime_meridian_has_a_zero() -> None:
    assert [degrees for degrees, _ in crossed(np.linspace(-1.5, 1.5, 4), 1.0)] == [-1.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("degrees", "words"),
    [
        (22.0, "22° E"),
        (22.5, "22°30\u2032 E"),
        (-0.25, "0°15\u2032 W"),
        (26.1, "26°06\u2032 E"),
        (0.0, "0° E"),
    ],
)
def test_angles_are_written_in_degrees_and_minutes(degrees: float, words: str) -> None:
    assert degrees_words(degrees, "E", "W") == words


@pytest.mark.parametrize(
    "extent", [REGION, Extent(25.9, 41.4, 26.9, 42.0), Extent(26.30, 41.70, 26.40, 41.75)]
)
def test_every_frame_has_a_few_figures_and_none_twice(extent: Extent) -> None:
    box = Box(40, 40, 600, 440)
    sheet = Sheet((640, 480), dpi=72, theme=LIGHT)
    draw_graticule(sheet, MapView(fit_extent(extent, box.width / box.height), box))
    figures = [text.get_text() for text in sheet.axes.texts]
    assert len(figures) == len(set(figures))
    assert 2 <= sum(figure.endswith("E") for figure in figures) <= 16
    assert 2 <= sum(figure.endswith("N") for figure in figures) <= 16
