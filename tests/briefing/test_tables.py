"""Tables take the room that there is: large where they are short, on as few pages as they can where long."""

import pytest

from geoanalysis.briefing.document import Column, Table
from geoanalysis.briefing.typesetting.boxes import Box, overlaps
from geoanalysis.briefing.typesetting.tables import PlacedTable, place_table
from geoanalysis.briefing.typesetting.text import Typesetter

BOX = Box(0, 0, 900, 320)


def table(rows: int, place: str = "Karasovići – Debeli Brijeg", columns: int = 3) -> Table:
    titles = Column("Place"), *(Column(f"Hits {number}", "right") for number in range(columns - 1))
    return Table(titles, tuple((f"{place} {row}", *["12"] * (columns - 1)) for row in range(rows)))


def placed(one: Table) -> list[list[PlacedTable]]:
    return place_table(one, BOX, Typesetter())


def test_a_short_table_is_large_and_as_wide_as_the_page() -> None:
    ((part,),) = placed(table(5))
    assert part.size == 14.0
    assert part.box.width == pytest.approx(BOX.width)


def test_a_longer_one_takes_two_columns_of_equal_height() -> None:
    ((left, right),) = placed(table(30))
    assert left.size >= 11
    assert [len(part.table.rows) for part in (left, right)] == [15, 15]
    assert overlaps([left.box], [right.box])[0] == 0


def test_cells_are_broken_for_columns_only_while_text_is_small_anyway() -> None:
    long = "the crossing with the longest name of all " * 2
    for parts in placed(table(30, long, 9)):
        for part in parts:
            assert part.size >= 8
            assert BOX.contains(part.box.padded(-0.01))


def test_a_table_of_several_pages_fills_all_but_the_last() -> None:
    pages = placed(table(90, columns=9))
    assert len(pages) > 1
    assert {part.size for parts in pages for part in parts} <= {8.5, 9.0}
    rows = [row for parts in pages for part in parts for row in part.table.rows]
    assert rows == list(table(90, columns=9).rows)
    for parts in pages[:-1]:
        assert parts[-1].box.bottom < BOX.bottom + 20


def test_no_row_is_lost_however_the_last_page_is_divided() -> None:
    for count in (1, 2, 3, 21, 47, 61, 83, 100):
        parts = [part for page in placed(table(count)) for part in page]
        assert [row for part in parts for row in part.table.rows] == list(table(count).rows)
        assert all(BOX.contains(part.box.padded(-0.01)) for part in parts)


def test_an_empty_table_has_its_header() -> None:
    ((part,),) = placed(table(0))
    assert part.table.rows == ()
    assert len(part.cells) == 1
