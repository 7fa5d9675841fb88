import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoanalysis.domain.formulas import defuse, defuse_texts, undo_defuse, undo_defuse_texts

PAYLOADS = [  # OWASP, "CSV Injection", and the full-width forms that some spreadsheets fold
    '=HYPERLINK("http://evil.example","click")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",  # noqa: RUF001
    "＋1",  # noqa: RUF001
    "－1",  # noqa: RUF001
    "＠SUM(1)",  # noqa: RUF001
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_formulas_are_led_by_an_apostrophe(payload: str) -> None:
    assert defuse(payload) == "'" + payload


@pytest.mark.parametrize("text", ["", "Niš", "a=b", "3 - 4", "'round midnight", " =1"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert defuse(text) == text


@given(st.text(alphabet="'=+-@＝a\t\r\n", max_size=6) | st.text())  # noqa: RUF001
def test_undoing_gives_the_text_back(text: str) -> None:
    assert undo_defuse(defuse(text)) == text


def test_only_text_cells_of_a_table_change() -> None:
    frame = pd.DataFrame(
        {"name": ["=1", None, "Horgoš"], "value": [-1.5, 2.0, 3.0], "mixed": ["+1", -2, None]}
    )
    safe = defuse_texts(frame)
    assert safe["name"].tolist()[::2] == ["'=1", "Horgoš"]
    assert safe["name"].isna().tolist() == [False, True, False]
    assert safe["value"].tolist() == [-1.5, 2.0, 3.0]
    assert safe["mixed"].tolist()[:2] == ["'+1", -2]
    pd.testing.assert_frame_equal(undo_defuse_texts(safe), frame)
