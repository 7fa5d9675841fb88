"""Symbols look on paper as they do on the screen."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import geoanalysis.maps
from geoanalysis.briefing.typesetting.symbols import ink_on, line_pen, outline, pen, radius_pt
from geoanalysis.symbology import BORDERS, CRIME_AREAS, INK, LIGHT, SELECTED, Symbol

BROWSER_SCRIPT = Path(geoanalysis.maps.__file__).parent / "js" / "border_map.js"


@pytest.mark.parametrize("shape", ["square", "triangle", "diamond", "cross"])
def test_outlines_are_the_browsers(shape: str) -> None:
    found = re.search(rf"{shape}: (\[[-\d\s.,\[\]]+\])", BROWSER_SCRIPT.read_text("utf-8"))
    assert found is not None
    on_screen = np.array(json.loads(re.sub(r",\s*\]", "]", found[1]))) * [1, -1]
    on_paper = outline(Symbol("", shape, "#000000")).vertices
    corners = lambda xy: {(round(x, 3), round(y, 3)) for x, y in xy.tolist()}  # noqa: E731
    assert corners(on_paper) == corners(on_screen)


def test_ninety_six_pixels_are_an_inch() -> None:
    assert radius_pt(96) == 72
    assert pen(Symbol("", "circle", "#000000", stroke_px=4))["linewidths"] == [3.0]
    assert line_pen(Symbol("", "line", "#000000", size_px=4))["linewidths"] == [3.0]


def test_a_symbol_without_stroke_has_no_edge() -> None:
    look = pen(Symbol("", "area", "#000000", stroke=None, fill_opacity=0.5))
    assert look["edgecolors"] == ["none"]
    assert look["facecolors"] == [("#000000", 0.5)]
    assert pen(SELECTED)["facecolors"][0][1] == 0


def test_dashes_are_as_long_whatever_the_width() -> None:
    dashed = [symbol for symbol in BORDERS.values() if symbol.dashed]
    assert dashed
    for symbol in dashed:
        (_, dashes), width = line_pen(symbol)["linestyles"][0], symbol.size_px
        assert [dash * width for dash in dashes] == pytest.approx([5, 3])


def test_figures_stand_out_on_every_crime_area() -> None:
    assert ink_on("#000000", LIGHT) == "#ffffff"
    assert ink_on("#ffffff", LIGHT) == INK
    for symbol in CRIME_AREAS.values():
        assert by_hand(ink_on(symbol.fill, LIGHT), symbol.fill) >= 3.5


def by_hand(one: str, two: str) -> float:
    """WCAG 2.2, written independently with numpy."""
    rgb = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (one, two)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    light = linear @ [0.2126, 0.7152, 0.0722]
    return float((light.max() + 0.05) / (light.min() + 0.05))
