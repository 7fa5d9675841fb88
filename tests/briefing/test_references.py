"""Pages look as they did when somebody last looked at them."""

from pathlib import Path

import numpy as np
import pytest
from drawing import texts
from make_references import (
    PAGES,
    REFERENCES,
    as_shares,
    compose_reference,
    in_colours_of,
    path_of,
    pixels,
)
from PIL import Image

from geoanalysis.briefing.composition import Composition
from geoanalysis.domain.vocabularies import CrimeArea
from geoanalysis.symbology import CRIME_AREAS, Theme

MOST_OVER_ALL = 0.02
MOST_IN_A_TILE = 0.05
"""Root mean square differences, as shares of the range: on the whole page, and on any square of it."""
MOST_CHANGED, FAR_OFF = 0.005, 0.25
"""At most this share of the pixels may be off by more than this share of the range."""
TILE_PX = 20


def rms(difference: np.ndarray) -> float:
    return float(np.sqrt((difference**2).mean()))


def tile_rms(difference: np.ndarray) -> float:
    """Give the largest root mean square difference on squares that overlap by half: one label fills one."""
    rows, columns = difference.shape[:2]
    corners = (
        (row, column) for row in range(0, rows, TILE_PX // 2) for column in range(0, columns, TILE_PX // 2)
    )
    return max(rms(difference[row : row + TILE_PX, left : left + TILE_PX]) for row, left in corners)


def departures(drawn: np.ndarray, kept: np.ndarray) -> list[str]:
    """Say in which ways a picture departs from its reference by more than another machine explains."""
    if drawn.shape != kept.shape:
        return [f"size {drawn.shape[1::-1]} instead of {kept.shape[1::-1]}"]
    difference = drawn - kept
    measures = (
        ("difference over all", rms(difference), MOST_OVER_ALL),
        ("difference somewhere", tile_rms(difference), MOST_IN_A_TILE),
        ("share of pixels far off", float((np.abs(difference).max(axis=2) > FAR_OFF).mean()), MOST_CHANGED),
    )
    return [f"{words} {value:.4f}, at most {most}" for words, value, most in measures if value > most]


def save_beside(drawn: np.ndarray, kept: np.ndarray, place: Path) -> None:
    """Keep what is drawn, the reference and where they differ, one beside the other."""
    same_size = drawn.shape == kept.shape
    parts = [drawn, kept, 1 - np.abs(drawn - kept)] if same_size else [drawn]
    Image.fromarray((np.hstack(parts) * 255).astype("uint8")).save(place)


def compared(picture: Image.Image, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Give a picture and the reference of that name in the same colours."""
    with Image.open(path_of(name)) as reference:
        return as_shares(in_colours_of(picture, reference)), as_shares(reference)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_like_its_reference(name: str, tmp_path: Path) -> None:
    drawn, kept = compared(pixels(compose_reference(name)), name)
    found = departures(drawn, kept)
    if found:
        save_beside(drawn, kept, tmp_path / f"{name}.png")
    assert not found, (
        f"{name}: {'; '.join(found)}. Look at {tmp_path / name}.png (drawn, reference, difference); if the "
        "new page is right, renew all: python tests/briefing/make_references.py"
    )


@pytest.fixture(scope="module")
def map_page() -> Composition:
    return compose_reference("map")


def test_a_lost_label_is_seen(map_page: Composition) -> None:
    drawn = as_shares(pixels(map_page))
    labels = [text for text in texts(map_page) if text.get_gid() in {"point", "city", "country"}]
    for label in (labels[0], labels[len(labels) // 2], labels[-1]):
        label.set_visible(False)
        found = departures(as_shares(pixels(map_page)), drawn)
        label.set_visible(True)
        assert any("somewhere" in words for words in found), label.get_text()


def test_a_changed_colour_of_a_symbol_is_seen(monkeypatch: pytest.MonkeyPatch, map_page: Composition) -> None:
    fill = CRIME_AREAS[CrimeArea.DRUGS].fill
    shade = Theme.shade
    monkeypatch.setattr(
        Theme, "shade", lambda self, colour: "#009e73" if colour == fill else shade(self, colour)
    )
    found = departures(*compared(pixels(compose_reference("map")), "map"))
    assert any("somewhere" in words for words in found)
    monkeypatch.undo()
    assert departures(*compared(pixels(map_page), "map")) == []


def test_noise_of_another_machine_is_not_seen(map_page: Composition) -> None:
    drawn = as_shares(pixels(map_page))
    noise = np.random.default_rng(20221026).normal(0, 0.015, drawn.shape)
    assert departures(np.clip(drawn + noise, 0, 1), drawn) == []


def test_another_size_is_seen() -> None:
    assert departures(np.zeros((2, 3, 3)), np.zeros((3, 3, 3))) == ["size (3, 2) instead of (3, 3)"]


def test_references_are_few_and_small() -> None:
    assert {path.stem for path in REFERENCES.glob("*.png")} == set(PAGES)
    assert sum(path.stat().st_size for path in REFERENCES.glob("*.png")) < 400_000
