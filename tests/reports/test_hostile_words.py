"""What people typed or a list held stands in every document as text: no formula, no markup, nothing that breaks it."""

import io
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from campaign.identity import unify_text
from reports import word
from reports.annex import _text
from reports.official_letter import _write
from reports.workbook import book
from talk.cleaning import tidy
from talk.texts import CHINESE, Say, render

HOSTILE = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1+1", '=HYPERLINK("http://x","y")'),
    *("a\x07b", "a\x1b[31mb", "a\0b", "a\ufffeb", "a\uffffb", "a\ud800b", "a\x0bb", "a\x85b", "]]>", "<w:p/>", "&lt;"),
)


def _visible(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())


@pytest.mark.parametrize("words", HOSTILE, ids=repr)
def test_a_cell_is_text_whatever_it_holds(words: str) -> None:
    (row,) = load_workbook(io.BytesIO(book(("企业", [("名称", 9)], [(words,)]))))["企业"].iter_rows(min_row=2)
    cell: Any = row[0]
    assert (cell.data_type, cell.value.strip()) == ("s", _visible(words).strip())


@pytest.mark.parametrize("words", HOSTILE, ids=repr)
def test_a_cell_of_the_annex_table_is_text_whatever_it_holds(words: str) -> None:
    made = Workbook(write_only=True)
    page = made.create_sheet("依据")
    page.append([_text(page, words)])
    out = io.BytesIO()
    made.save(out)
    (row,) = load_workbook(io.BytesIO(out.getvalue()))["依据"].iter_rows()
    cell: Any = row[0]
    assert (cell.data_type, cell.value.strip()) == ("s", _visible(words).strip())


@pytest.mark.parametrize("words", HOSTILE, ids=repr)
def test_a_paragraph_is_text_whatever_it_holds(words: str) -> None:
    pages = word.blank(words, rehearsal=False, sides=2, top=2, bottom=2)
    word.write(pages.add_paragraph(), words)
    _write(pages.add_paragraph(), words, ("宋体", 10))
    read = Document(io.BytesIO(word.saved(pages)))
    assert {_visible(one.text).strip() for one in read.paragraphs} == {_visible(words).strip()}


@pytest.mark.parametrize("words", HOSTILE, ids=repr)
def test_what_no_document_holds_is_not_kept_in_the_first_place(words: str) -> None:
    assert tidy(words).isprintable()
    assert unify_text(words).isprintable()


def test_a_long_text_is_put_in_once_whatever_signs_the_others_hold() -> None:
    long = "长" * 2000
    for sign in ("\U0010ff00", "\U0010ff01"):
        assert render(Say("role-at", place=sign, role=long), CHINESE) == f"{sign}{long}"
