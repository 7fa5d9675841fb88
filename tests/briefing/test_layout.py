"""The parts of a page tile it without overlapping."""

import itertools

import pytest
from drawing import FORMS

from geoanalysis.briefing.typesetting.boxes import Box, overlaps
from geoanalysis.briefing.typesetting.layout import PageForm, columns, divisions, framed, lay_out
from geoanalysis.domain.errors import InputError


def divide(body: Box, aspect: float) -> tuple[Box, Box]:
    """Give the first way to divide a body, which has the largest map."""
    region, panel = next(divisions(body, aspect))
    return framed(region), panel


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("aspect", [0.4, 1.0, 1.6, 3.0])
def test_parts_lie_on_the_page_and_apart(form: PageForm, aspect: float) -> None:
    layout = lay_out(form.size, heading_height=40, footer_height=50)
    parts = [getattr(layout, name) for name in type(layout).__dataclass_fields__ if name != "page"]
    assert all(layout.page.contains(part) for part in parts)
    for one, two in itertools.combinations(parts, 2):
        assert overlaps([one], [two])[0] == 0
    map_box, panel = divide(layout.body, aspect)
    assert layout.body.contains(map_box)
    assert layout.body.contains(panel)
    assert overlaps([map_box], [panel])[0] == 0


def test_a_wide_extent_gets_a_wide_map_and_a_tall_one_a_wide_panel() -> None:
    body = Box(0, 0, 900, 400)
    wide, tall = (divide(body, aspect) for aspect in (3.0, 0.5))
    assert wide[0].width > tall[0].width
    assert [wide[1].width, tall[1].width] == pytest.approx([0.25 * 900, 0.42 * 900])


@pytest.mark.parametrize(("body", "aspect"), [(Box(0, 0, 900, 400), 1.6), (Box(0, 0, 500, 700), 1.2)])
def test_the_map_gives_way_step_by_step(body: Box, aspect: float) -> None:
    ways = list(divisions(body, aspect))
    panels = [panel.width * panel.height for _, panel in ways]
    assert len(ways) >= 2
    assert panels == sorted(panels)
    for region, panel in ways:
        assert body.contains(region)
        assert body.contains(panel)
        assert overlaps([region], [panel])[0] == 0


def test_the_panel_goes_below_the_map_where_the_page_stands() -> None:
    map_box, panel = divide(Box(0, 0, 400, 700), 1.2)
    assert panel.top < map_box.bottom
    assert panel.width == 400


def test_paper_sizes_are_those_of_iso_216() -> None:
    assert [side / 72 * 25.4 for side in PageForm("A4").size] == pytest.approx([297, 210])
    assert [side / 72 * 25.4 for side in PageForm("A3", portrait=True).size] == pytest.approx([297, 420])
    assert PageForm().size[0] / PageForm().size[1] == pytest.approx(16 / 9)


def test_an_unknown_page_names_those_that_there_are() -> None:
    with pytest.raises(InputError, match="A4"):
        PageForm("letter")
    with pytest.raises(InputError, match="dark"):
        PageForm(theme="blue")


def test_columns_tile_a_box() -> None:
    left, right = columns(Box(0, 0, 100, 10), 2, 20)
    assert (left, right) == (Box(0, 0, 40, 10), Box(60, 0, 100, 10))


def test_overlap_is_counted_in_square_points() -> None:
    box = Box(0, 0, 10, 10)
    assert overlaps([box], [Box(5, 5, 20, 20), Box(10, 0, 20, 10), Box(-5, -5, 1, 1)]).tolist() == [26.0]
    assert overlaps([box], []).tolist() == [0.0]
    assert box.padded(-2) == Box(2, 2, 8, 8)
    assert Box.around(5, 5, 1) == Box(4, 4, 6, 6)
