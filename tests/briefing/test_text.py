"""Text is measured as it is drawn, and broken and shrunk by that."""

import pytest
from drawing import raster

from geoanalysis.briefing.typesetting.sheet import Sheet
from geoanalysis.briefing.typesetting.text import Style, Typesetter, Weight, wrap
from geoanalysis.symbology import LIGHT

GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
CYRILLIC = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяЂђЃѓЄєЅѕІіЇїЈјЉљЊњЋћЌќЏџҐґ"
LATIN = "ĂăÂâÎîȘșŞşȚțŢţĆćČčĐđŠšŽžËëÇçĞğİıÖöŐőÜüŰűÁáÉéÍíÓóÚúĄąĘęŁłŃńŚśŹźŻżĎďĚěŇňŘřŤťŮůÝý"
SIGNS = "0123456789°\u2032·–—…×±≤≥’“”©*%&/()[]\u202f"


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("letters", [GREEK, CYRILLIC, LATIN, SIGNS])
def test_the_font_has_every_letter_of_the_region(letters: str, weight: Weight) -> None:
    assert Typesetter().printable(letters, Style(8, weight)) == letters.replace("\u202f", " ").strip()


def test_letters_that_the_font_lacks_are_shown_in_latin() -> None:
    assert Typesetter().printable("თბილისი 東京 😀!", Style(8)).isascii()
    assert "T" in Typesetter().printable("თბილისი", Style(8)).upper()


def test_line_breaks_and_tabs_become_spaces() -> None:
    assert Typesetter().printable(" a\n b\t\x07c ", Style(8)) == "a b c"


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("roads within the tolerance", ["roads within", "the", "tolerance"]),
        ("", []),
        ("exactlytwelv", ["exactlytwelv"]),
        ("averyveryverylongword", ["averyveryver", "ylongword"]),
        ("an averyveryverylongword", ["an", "averyveryver", "ylongword"]),
    ],
)
def test_lines_are_broken_at_spaces_and_too_long_words_within(words: str, lines: list[str]) -> None:
    assert wrap(words, 12, len) == lines


@pytest.mark.parametrize("dpi", [100, 144, 300])
@pytest.mark.parametrize("style", [Style(6.4), Style(9.25, Weight.SEMIBOLD), Style(21, Weight.BOLD)])
def test_no_line_is_drawn_wider_than_it_was_measured(style: Style, dpi: int) -> None:
    sheet = Sheet((960, 540), dpi=dpi, theme=LIGHT)
    words = "Bogorodica – Evzoni; Съвместни дни, Κοινές Ημέρες AVAToWa 2022"
    sheet.write([words], (0, 500), style, part="test")
    drawn_pt = sheet.axes.texts[-1].get_window_extent().width * 72 / dpi
    measured_pt = sheet.type.width(words, style)
    assert 0.94 * measured_pt < drawn_pt <= (1.0 if dpi >= 144 else 1.03) * measured_pt


def test_a_dollar_sign_is_no_formula() -> None:
    sheet = Sheet((300, 100), dpi=100, theme=LIGHT)
    sheet.write(["$x^{2$ and $100"], (0, 50), Style(8), part="test")
    assert raster(sheet).min() < 0.5


def test_a_text_shrinks_before_it_is_broken() -> None:
    setter, style = Typesetter(), Style(20.0)
    words = "A title that is somewhat too long"
    width = setter.width(words, style)
    lines, fitted = setter.fit(words, style, width * 0.9, least=15)
    assert lines == [words]
    assert 15 <= fitted.size < 20
    assert setter.width(words, fitted) <= width * 0.9
    lines, fitted = setter.fit(words, style, width * 0.5, least=15)
    assert len(lines) > 1
    assert fitted.size >= 15
    assert all(setter.width(line, fitted) <= width * 0.5 for line in lines)
