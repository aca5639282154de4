"""Parts of every .docx: a page of A4 in 宋体, words of a size, tables that keep their widths."""

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Pages
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from talk.cleaning import writable

SONG = "宋体"
LONGEST_TITLE = 255
"""Characters of a property of a document."""
BODY = 10.5
"""Points of ordinary text: 五号."""


def blank(title: str, *, rehearsal: bool, sides: float, top: float, bottom: float) -> Pages:
    """Begin a document; `title` is its property, the margins are in cm. In a rehearsal every page says so."""
    pages = Document()
    section = pages.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(sides)
    section.top_margin, section.bottom_margin = Cm(top), Cm(bottom)
    style = pages.styles["Normal"]
    style.font.name, style.font.size = SONG, Pt(BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
    pages.core_properties.title = writable(title)[:LONGEST_TITLE]
    pages.core_properties.author = ""
    if rehearsal:
        write(section.header.paragraphs[0], "【系统测试，非正式文件】", 9)
    return pages


def write(
    paragraph: Paragraph,
    words: str,
    size: float = BODY,
    *,
    bold: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> None:
    """Add words to a paragraph; `size` in points."""
    run = paragraph.add_run(writable(words))
    run.bold, run.font.size, run.font.name = bold, Pt(size), SONG
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONG)  # noqa: SLF001  # no other way
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(1), Pt(2)
    if align is not None:
        paragraph.alignment = align


def grid(pages: Pages, rows: int, widths: Sequence[float]) -> Table:
    """Add an empty table with lines; `widths` of its columns in cm."""
    table: Table = pages.add_table(rows, len(widths))
    table.style, table.autofit = "Table Grid", False
    for place, width in enumerate(widths):
        # Word goes by the widths of the cells, LibreOffice and WPS by that of the column.
        table.columns[place].width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width, cell.vertical_alignment = Cm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return table


def saved(pages: Pages) -> bytes:
    """Return the document as the bytes of a file."""
    out = io.BytesIO()
    pages.save(out)
    return out.getvalue()
