"""What stands around the body: handling marking, heading and footer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.sheet import Passage, Sheet
from geoanalysis.briefing.typesetting.text import Style, Typesetter, Weight
from geoanalysis.symbology import MUTED

_MARKING: Final = Style(8.5, Weight.BOLD)
_LEAST_MARKING_PT: Final = 5.0
_TITLE: Final = Style(21.0, Weight.BOLD)
_LEAST_TITLE_PT: Final = 15.0
_SUBTITLE: Final = Style(11.5, colour=MUTED)
_LEAST_SUBTITLE_PT: Final = 9.0
_FOOT: Final = Style(6.8, colour="#4b5962")
_PARAGRAPH_PT: Final = 1.5


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph broken into lines; `height` is what it takes up among other blocks."""

    words: str
    lines: tuple[str, ...]
    style: Style
    height: float


def heading_blocks(title: str, subtitle: str, width: float, setter: Typesetter) -> list[Block]:
    """Set title and subtitle: on one line each if they can shrink to it, else on several."""
    looks = ((title, _TITLE, _LEAST_TITLE_PT), (subtitle, _SUBTITLE, _LEAST_SUBTITLE_PT))
    fitted = [(words, *setter.fit(words, style, width, least=least)) for words, style, least in looks]
    return [
        Block(words, tuple(lines), style, setter.height(len(lines), style))
        for words, lines, style in fitted
        if lines
    ]


def footer_blocks(paragraphs: Iterable[str], width: float, setter: Typesetter) -> list[Block]:
    """Set the footer's paragraphs, broken at the width."""
    wrapped = [(words, setter.wrap(words, _FOOT, width)) for words in paragraphs]
    return [
        Block(words, tuple(lines), _FOOT, setter.height(len(lines), _FOOT) + _PARAGRAPH_PT)
        for words, lines in wrapped
    ]


def total_height(blocks: Sequence[Block]) -> float:
    """Give the height that blocks take up together, points."""
    return sum(block.height for block in blocks)


def draw_blocks(sheet: Sheet, blocks: Sequence[Block], box: Box, *, part: str) -> None:
    """Write blocks from the top of a box downward."""
    top = box.top
    for block in blocks:
        sheet.write(block.lines, (box.left, top), block.style, part=part)
        place = Box(box.left, top - block.height, box.right, top)
        sheet.passages.append(Passage(part, block.words, place, block.style))
        top -= block.height


def draw_marking(sheet: Sheet, words: str, boxes: Iterable[Box]) -> None:
    """Write the handling marking in the middle of each box."""
    for box in boxes:
        lines, style = sheet.type.fit(words, _MARKING, box.width, least=_LEAST_MARKING_PT)
        top = box.centre[1] + sheet.type.height(len(lines), style) / 2
        sheet.write(lines, (box.centre[0], top), style, part="marking", align="center")
        sheet.passages.append(Passage("marking", words, box, style, "center"))
