"""A letter as offices write it (GB/T 9704), as .docx for people to finish: what they must write is marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from docx.document import Document as Pages
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from reports import word
from talk.cleaning import writable
from talk.texts import CHINESE, Phrase, Say, render

TITLE: Final = ("方正小标宋简体", 22)
BODY: Final = ("仿宋_GB2312", 16)
HEADING: Final = ("黑体", 16)
SUBHEADING: Final = ("楷体_GB2312", 16)
SMALL: Final = ("宋体", 10.5)
"""Type and size in points, as official letters have them (GB/T 9704)."""
LINE: Final = 28
INDENT: Final = 2 * BODY[1]
"""Two letters."""
NUMERALS: Final = "一二三四五六七八九十"
_TO_FILL = re.compile(r"(【[^【】]*】)")


@dataclass(frozen=True, slots=True)
class Table:
    """A table under the text: its columns with their widths in centimetres, and what is said under it."""

    title: Phrase
    columns: Sequence[tuple[Phrase, float]]
    rows: Sequence[Sequence[Phrase]]
    notes: Sequence[Phrase] = ()


@dataclass(slots=True)
class Section:
    """A part of the text. Beside each paragraph stands whether it is a heading of the second level."""

    heading: Phrase
    paragraphs: list[tuple[Phrase, bool]] = field(default_factory=list[tuple[Phrase, bool]])

    def says(self, *phrases: Phrase | None) -> None:
        """Add paragraphs."""
        self.paragraphs += [(phrase, False) for phrase in phrases if phrase is not None]

    def part(self, heading: Phrase, *phrases: Phrase | None) -> None:
        """Add a part with a heading of its own, （一） and so on."""
        number = NUMERALS[sum(is_heading for _, is_heading in self.paragraphs)]
        self.paragraphs.append((Say("draft-part", number=number, heading=heading), True))
        self.says(*phrases)


def begun(title: Phrase, mark: Phrase, *, rehearsal: bool) -> Pages:
    """Begin a letter with a mark above each page."""
    pages = word.blank(render(title, CHINESE), rehearsal=rehearsal, sides=2.45, top=3, bottom=2.5)
    _write(pages.sections[0].header.add_paragraph(), render(mark, CHINESE), SMALL)
    return pages


def heading(pages: Pages, words: Phrase) -> None:
    """Add the title."""
    paragraph = pages.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(LINE)
    _write(paragraph, render(words, CHINESE), TITLE, bold=True)


def to(pages: Pages, words: Phrase) -> None:
    """Add the addressee (主送)."""
    _lined(_write(pages.add_paragraph(), render(words, CHINESE), BODY))


def said(pages: Pages, section: Section) -> None:
    """Add a part of the text."""
    indented(pages, section.heading, HEADING)
    for words, is_heading in section.paragraphs:
        indented(pages, words, SUBHEADING if is_heading else BODY)


def indented(pages: Pages, words: Phrase, font: tuple[str, float] = BODY) -> None:
    """Add a paragraph."""
    paragraph = _lined(_write(pages.add_paragraph(), render(words, CHINESE), font))
    paragraph.paragraph_format.first_line_indent = Pt(INDENT)
    if font is not BODY:
        paragraph.paragraph_format.keep_with_next = True


def signed(pages: Pages, *lines: Phrase) -> None:
    """Add the signature (署名) and the date."""
    for words in lines:
        paragraph = _lined(_write(pages.add_paragraph(), render(words, CHINESE), BODY))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(INDENT)


def small(pages: Pages, words: Phrase) -> None:
    """Add a note in small print."""
    _write(pages.add_paragraph(), render(words, CHINESE), SMALL)


def drawn(pages: Pages, number: int, table: Table) -> None:
    """Add a table; the first one begins a page."""
    title = pages.add_paragraph()
    title.paragraph_format.space_before = Pt(LINE / 2)
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.page_break_before = number == 1
    _write(title, render(Say("draft-table", number=number, title=table.title), CHINESE), HEADING)
    if not table.rows:
        small(pages, Say("draft-no-rows"))
        return
    grid = word.grid(pages, 1 + len(table.rows), [width for _, width in table.columns])
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    heads = [head for head, _ in table.columns]
    for row, words in zip(grid.rows, [heads, *table.rows], strict=True):
        for cell, shown in zip(row.cells, words, strict=True):
            _write(cell.paragraphs[0], render(shown, CHINESE), SMALL, bold=words is heads)
    for note in table.notes:
        small(pages, note)


def _lined(paragraph: Paragraph) -> Paragraph:
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    layout.space_before = layout.space_after = Pt(0)
    return paragraph


def _write(paragraph: Paragraph, words: str, font: tuple[str, float], *, bold: bool = False) -> Paragraph:
    """Write words into a paragraph; what people must fill in is also marked with a colour."""
    name, size = font
    for piece in filter(None, _TO_FILL.split(writable(words))):
        run = paragraph.add_run(piece)
        run.bold, run.font.size, run.font.name = bold, Pt(size), name
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)  # noqa: SLF001  # no other way
        if _TO_FILL.fullmatch(piece):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return paragraph
