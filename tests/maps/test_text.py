from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from geoanalysis.maps.text import esc

LIVE = set("<>\"'`$\\{}")


def test_nothing_live_is_left_of_a_hostile_text(hostile: str) -> None:
    assert LIVE.isdisjoint(esc(hostile))


@given(st.text())
def test_a_browser_reads_back_what_was_escaped(text: str) -> None:
    assert LIVE.isdisjoint(esc(text))
    assert unescape(esc(text)) == text


def test_what_is_no_text_is_shown_as_its_text() -> None:
    assert esc(12.5) == "12.5"
    assert esc(None) == "None"
