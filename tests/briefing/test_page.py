"""The parts of a page tile it without overlapping."""

import itertools

import pytest

from geoanalysis.briefing.typesetting.boxes import Box, overlaps
from geoanalysis.briefing.typesetting.layout import PAGES, content_width, lay_out, page_size
from geoanalysis.domain.errors import InputError


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("aspect", [0.4, 1.0, 1.6, 3.0])
def test_parts_lie_on_the_page_and_apart(page: str, aspect: float) -> None:
    layout = lay_out(page_size(page), heading_height=40, footer_height=50, map_aspect=aspect)
    parts = [getattr(layout, name) for name in type(layout).__dataclass_fields__ if name != "page"]
    assert all(layout.page.contains(part) for part in parts)
    for one, two in itertools.combinations(parts, 2):
        assert overlaps([one], [two])[0] == 0


def test_a_wide_extent_gets_a_wide_map_and_a_tall_one_a_wide_panel() -> None:
    wide, tall = (
        lay_out(page_size("16:9"), heading_height=40, footer_height=50, map_aspect=aspect)
        for aspect in (3.0, 0.5)
    )
    assert wide.map.width > tall.map.width
    assert wide.panel.width == pytest.approx(0.25 * content_width(page_size("16:9")))
    assert tall.panel.width == pytest.approx(0.36 * content_width(page_size("16:9")))


def test_paper_sizes_are_those_of_iso_216() -> None:
    assert [side / 72 * 25.4 for side in page_size("A4")] == pytest.approx([297, 210])
    assert [side / 72 * 25.4 for side in page_size("A3")] == pytest.approx([420, 297])
    assert page_size("16:9")[0] / page_size("16:9")[1] == pytest.approx(16 / 9)


def test_an_unknown_page_names_those_that_there_are() -> None:
    with pytest.raises(InputError, match="A4"):
        page_size("letter")


def test_overlap_is_counted_in_square_points() -> None:
    box = Box(0, 0, 10, 10)
    assert overlaps([box], [Box(5, 5, 20, 20), Box(10, 0, 20, 10), Box(-5, -5, 1, 1)]).tolist() == [26.0]
    assert overlaps([box], []).tolist() == [0.0]
    assert box.padded(-2) == Box(2, 2, 8, 8)
    assert Box.around(5, 5, 1) == Box(4, 4, 6, 6)
