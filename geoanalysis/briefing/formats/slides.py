"""Pages as slides: title, text and tables can be edited; the map and its legend are a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from typing import Any, Final

from matplotlib.transforms import Bbox
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Length, Pt

from geoanalysis.briefing.cartography.legend import legend_groups
from geoanalysis.briefing.composition import Composition, Leaf
from geoanalysis.briefing.document import Bars, Document, MapWithPanel, SideBySide, Summary, Timeline
from geoanalysis.briefing.formats.pictures import plain, said
from geoanalysis.briefing.sheets.maps import NAME
from geoanalysis.briefing.sheets.summary import FIGURES
from geoanalysis.briefing.sheets.surroundings import footer_paragraphs
from geoanalysis.briefing.sheets.tables import NOTES
from geoanalysis.briefing.typesetting.boxes import Box
from geoanalysis.briefing.typesetting.rows import POINTS
from geoanalysis.briefing.typesetting.sheet import Align, Passage
from geoanalysis.briefing.typesetting.tables import PlacedTable
from geoanalysis.briefing.typesetting.text import Style, Weight
from geoanalysis.maps.scene import LegendEntry
from geoanalysis.symbology import ACCENT, INK, MUTED, PAPER, RULE, Theme

PICTURE_DPI: Final = 200
_FONT: Final = "Calibri"
"""On every machine that shows slides, and no wider than the font in which the page was measured."""
_NATIVE: Final = frozenset({"heading", "footer", "marking", NAME, POINTS, FIGURES, NOTES})
"""Parts of the page that are text on the slide and so are no part of the picture."""
_TITLE_ONLY: Final = 5
_TABLE_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""No style, no grid: the colours of any other would be those of a light theme."""
_HEAD_SHARE: Final = 0.92
_LEAST_VALUES: Final = 0.3
_MOST_VALUES: Final = 0.55
_RULES: Final = ((INK, 0.9), (RULE, 0.4))
"""Colour and width of the rule below the header of a table, and below each other row."""
_ALIGN: Final[dict[Align, Any]] = {
    "left": PP_ALIGN.LEFT,
    "center": PP_ALIGN.CENTER,
    "right": PP_ALIGN.RIGHT,
}
_PICTURED: Final = (MapWithPanel, SideBySide, Summary, Timeline)


class Slides:
    """A presentation that grows page by page."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._file = Presentation()
        properties = self._file.core_properties
        properties.title, properties.subject = plain(document.title)[:255], plain(said(document))[:255]
        properties.author, properties.keywords = "geoanalysis", plain(document.about.action)[:255]

    def add(self, leaf: Leaf, composition: Composition) -> None:
        """Add a drawn page as a slide."""
        width, height = composition.sheet.size
        self._file.slide_width, self._file.slide_height = Pt(width), Pt(height)
        slide = self._file.slides.add_slide(self._file.slide_layouts[_TITLE_ONLY])
        canvas = _Canvas(slide.shapes, height, composition.sheet.theme)
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = canvas.colour(PAPER)
        if isinstance(leaf.page.body, _PICTURED):
            _add_picture(canvas, composition, _alternative(self._document, leaf, composition))
        _add_texts(canvas, composition.sheet.passages)
        for table in composition.tables:
            _add_table(canvas, table)
        slide.notes_slide.notes_text_frame.text = "\n".join(map(plain, _notes(self._document, leaf)))

    def to_bytes(self) -> bytes:
        """Give the presentation as a PPTX file."""
        buffer = BytesIO()
        self._file.save(buffer)
        return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Canvas:
    """The shapes of a slide, addressed in points from the lower left corner."""

    shapes: Any
    height: float
    theme: Theme

    def place(self, box: Box) -> tuple[Length, Length, Length, Length]:
        return Pt(box.left), Pt(self.height - box.top), Pt(box.width), Pt(box.height)

    def colour(self, colour: str) -> RGBColor:
        shade = self.theme.shade(colour)
        return RGBColor(  # type: ignore[no-untyped-call]  # the library leaves it untyped
            *(int(shade[start : start + 2], 16) for start in (1, 3, 5))
        )


def _add_picture(canvas: _Canvas, composition: Composition, alternative: str) -> None:
    """Add what the slide has no text for, as one picture of the body of the page."""
    box = composition.layout.body.padded(2.0)
    picture = canvas.shapes.add_picture(BytesIO(_picture(composition, box)), *canvas.place(box))
    described = picture._element.nvPicPr.cNvPr  # noqa: SLF001 - the library has no other way to set it
    described.set("descr", plain(alternative))


def _picture(composition: Composition, box: Box) -> bytes:
    """Draw a part of the page without the texts that the slide has itself."""
    figure, buffer = composition.sheet.figure, BytesIO()
    hidden = [artist for artist in composition.sheet.axes.get_children() if artist.get_gid() in _NATIVE]
    for artist in hidden:
        artist.set_visible(False)
    part = Bbox([[box.left / 72, box.bottom / 72], [box.right / 72, box.top / 72]])
    figure.savefig(buffer, format="png", dpi=PICTURE_DPI, bbox_inches=part, metadata={"Software": None})
    for artist in hidden:
        artist.set_visible(True)
    return buffer.getvalue()


def _add_texts(canvas: _Canvas, passages: Sequence[Passage]) -> None:
    headings = [passage for passage in passages if passage.part == "heading"]
    if headings:
        title = canvas.shapes.title
        title.left, title.top, title.width, title.height = canvas.place(headings[0].box)
        _fill(canvas, title.text_frame, [headings[0]])
    rest = [*headings[1:], *(p for p in passages if p.part in _NATIVE - {"heading"})]
    for run in _runs(rest):
        if run[0].align == "right":
            continue
        if any(passage.align == "right" for passage in run):
            _add_facts(canvas, run)
        else:
            shape = canvas.shapes.add_textbox(*canvas.place(_around(run)))
            _fill(canvas, shape.text_frame, run)


def _runs(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Gather bullet points that follow each other, paragraphs of the footer, and lines with their values."""
    run: list[Passage] = []
    for passage in passages:
        if run and not _goes_on(run[-1], passage):
            yield run
            run = []
        run.append(passage)
    if run:
        yield run


def _goes_on(before: Passage, passage: Passage) -> bool:
    if before.part != passage.part:
        return False
    if passage.part == "footer":
        return True
    if before.bullet or passage.bullet:
        return before.bullet and passage.bullet
    return passage.align == "right" or (before.align == "right" and passage.style.weight is Weight.REGULAR)


def _around(run: Sequence[Passage]) -> Box:
    boxes = [passage.box for passage in run]
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _fill(canvas: _Canvas, frame: Any, passages: Sequence[Passage]) -> None:
    """Write paragraphs into a frame without margins, which shrinks them where they have no room."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if passages[0].part == "marking" else MSO_ANCHOR.TOP
    for number, passage in enumerate(passages):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _write(canvas, paragraph, f"• {passage.words}" if passage.bullet else passage.words, passage.style)
        paragraph.alignment = _ALIGN[passage.align]
        if passage.bullet:
            paragraph.space_after = Pt(passage.style.size * 0.3)


def _write(canvas: _Canvas, paragraph: Any, words: str, style: Style) -> None:
    run = paragraph.add_run()
    run.text = plain(words)
    run.font.size, run.font.name = Pt(style.size), _FONT
    run.font.bold = style.weight is not Weight.REGULAR
    run.font.color.rgb = canvas.colour(style.colour)


def _add_facts(canvas: _Canvas, run: Sequence[Passage]) -> None:
    """Add lines and their values as a table; a line without one says how many more there are."""
    lines = [
        (one, two if two is not None and two.align == "right" else None)
        for one, two in zip_longest(run, run[1:])
        if one.align != "right"
    ]
    box = _around(run)
    share = _share_of_values(lines)
    grid = _grid(canvas, box, len(lines), [box.width * (1 - share), box.width * share])
    for row, (words, value) in zip(grid.rows, lines, strict=True):
        row.height = Pt(words.box.height)
        _fill_cell(canvas, row.cells[0], words.words, words.style, "left")
        _fill_cell(canvas, row.cells[1], value.words if value else "", (value or words).style, "right")


def _share_of_values(lines: Sequence[tuple[Passage, Passage | None]]) -> float:
    """Give values as much of the width as their longest asks for beside the longest words, up to a limit."""
    words = max(len(words.words) for words, _ in lines)
    values = max((len(value.words) for _, value in lines if value is not None), default=0)
    return min(max(values / max(words + values, 1), _LEAST_VALUES), _MOST_VALUES)


def _add_table(canvas: _Canvas, placed: PlacedTable) -> None:
    """Add a table in the columns and rows in which it was measured."""
    rows = [_words_of(placed, number) for number in range(len(placed.cells))]
    grid = _grid(canvas, placed.box, len(rows), placed.widths)
    grid.first_row = True
    for number, (row, cells) in enumerate(zip(grid.rows, rows, strict=True)):
        row.height = Pt(placed.heights[number])
        is_group = len(cells) == 1 < len(placed.widths)
        if is_group:
            row.cells[0].merge(row.cells[len(placed.widths) - 1])
        padded = [*cells, *[""] * (len(placed.widths) - len(cells))]
        style = _style(placed.size, is_head=number == 0, is_group=is_group)
        for cell, words, column in zip(row.cells, padded, placed.table.columns, strict=True):
            _fill_cell(canvas, cell, words, style, "left" if is_group else column.align)
            _underline(canvas, cell, *_RULES[number > 0])


def _words_of(placed: PlacedTable, number: int) -> list[str]:
    """Give the cells of a row in their own words, but cut where the page cuts them, to keep its height."""
    titles = tuple(column.title for column in placed.table.columns)
    whole = (titles, *placed.table.rows)[number]
    return [
        " ".join(lines) if lines[-1:] == ("…",) else words
        for words, lines in zip(whole, placed.cells[number], strict=True)
    ]


def _style(size: float, *, is_head: bool, is_group: bool) -> Style:
    if is_head:
        return Style(size * _HEAD_SHARE, Weight.SEMIBOLD, MUTED)
    return Style(size, Weight.BOLD, ACCENT) if is_group else Style(size)


def _underline(canvas: _Canvas, cell: Any, colour: str, width: float) -> None:
    """Draw a rule below a cell; the library has no borders of its own."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    rule = properties.makeelement(qn("a:lnB"), {"w": str(Pt(width))})
    fill = properties.makeelement(qn("a:solidFill"), {})
    fill.append(properties.makeelement(qn("a:srgbClr"), {"val": str(canvas.colour(colour))}))
    rule.append(fill)
    properties.insert(0, rule)


def _grid(canvas: _Canvas, box: Box, rows: int, widths: Sequence[float]) -> Any:
    frame = canvas.shapes.add_table(rows, len(widths), *canvas.place(box))
    grid = frame.table
    grid.first_row = grid.horz_banding = False
    style = frame._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId"))  # noqa: SLF001
    style.text = _TABLE_STYLE
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Pt(width)
    return grid


def _fill_cell(canvas: _Canvas, cell: Any, words: str, style: Style, align: Align) -> None:
    cell.margin_left = cell.margin_top = cell.margin_bottom = 0
    cell.margin_right = Pt(style.size * 0.6)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = _ALIGN[align]
    paragraph.font.size = Pt(style.size)  # or an empty cell makes its row high
    if words:
        _write(canvas, paragraph, words, style)


def _alternative(document: Document, leaf: Leaf, composition: Composition) -> str:
    """Say in words what the picture shows."""
    body = leaf.page.body
    told = [*_legends(leaf, composition), *_charted(getattr(body, "bars", None))]
    told += [f"{one.words}: {one.value:.1f}, {one.note}" for one in getattr(body, "intervals", ())]
    kind = "Map" if leaf.page.scenes else "Chart"
    return f"{document.marking}. {kind}: {leaf.page.title}. {leaf.page.subtitle}. {'; '.join(told)}"


def _legends(leaf: Leaf, composition: Composition) -> Iterator[str]:
    """Give the lines of the legend with their counts, of what lies in the frame."""
    for scene, picture in zip(leaf.page.scenes, composition.pictures, strict=True):
        for group in legend_groups(scene.shown(), picture):
            counted = (entry for entry in group.entries if isinstance(entry, LegendEntry))
            yield f"{group.title}: {', '.join(_line(entry) for entry in counted)}"


def _line(entry: LegendEntry) -> str:
    return entry.words if entry.count is None else f"{entry.words} {entry.count}"


def _charted(bars: Bars | None) -> Iterator[str]:
    if bars is not None:
        yield bars.words
        yield from (f"{bar.label}: {bar.value:g}" for bar in bars.bars if bar.value is not None)


def _notes(document: Document, leaf: Leaf) -> Iterator[str]:
    """Give the speaker what stands on the page, and all that must be said about it."""
    yield from filter(None, (document.marking, leaf.page.title, leaf.page.subtitle))
    yield from getattr(leaf.page.body, "findings", ()) or getattr(leaf.page.body, "points", ())
    yield from footer_paragraphs(document, leaf.page, leaf.numbering, kosovo_shown=True)
