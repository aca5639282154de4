"""What people typed or a list held stands in every document as text: no formula, no markup, nothing that breaks it."""

import io
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from bot.cli.output import plain
from campaign.identity import unify_text
from reports import word
from reports.annex import _text
from reports.official_letter import _write
from reports.workbook import book
from talk.cleaning import tidy, writable_all
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


ESCAPES = ("_x0041_厂", "_x000D_", "a_x005F_b", "_X0041_", "_x41_")


@pytest.mark.parametrize("words", ESCAPES)
def test_one_bad_value_spoils_no_paper_what_looks_like_an_escape_stays_as_it_is(words: str) -> None:
    (row,) = load_workbook(io.BytesIO(book(("企业", [("名称", 9)], [(words,)]))))["企业"].iter_rows(min_row=2)
    # As Excel reads a cell (ECMA-376, ST_Xstring); openpyxl leaves the escapes.
    assert unescape(str(row[0].value)) == words


@pytest.mark.parametrize("words", ["长" * 40_000, "😀" * 20_000])
def test_one_bad_value_spoils_no_paper_what_is_too_long_is_cut_with_a_mark(words: str) -> None:
    (row,) = load_workbook(io.BytesIO(book(("企业", [("名称", 9)], [(words,)]))))["企业"].iter_rows(min_row=2)
    kept = unescape(str(row[0].value))
    # Excel counts units of UTF-16, and calls a file with more than 32,767 in a cell broken.
    assert len(kept.encode("utf-16-le")) <= 2 * 32_767
    assert kept.endswith("……（内容过长，以下略）")


def test_one_bad_value_spoils_no_paper_the_name_of_a_sheet() -> None:
    names = ["浑南/区", "[浑南]区:", "", "\uffff", "局" * 40, "局" * 50, "ABC", "abc"]
    made = load_workbook(io.BytesIO(book(*((name, [("名称", 9)], [("甲",)]) for name in names))))
    assert made.sheetnames == ["浑南区", "浑南区2", "表", "表2", "局" * 31, "局" * 30 + "2", "ABC", "abc2"]


BROKEN = "浑\ud83d南\uffff\U0001ffff\0区"


def test_one_bad_value_spoils_no_paper_the_title_of_a_document() -> None:
    pages = word.blank(BROKEN + "局" * 300, rehearsal=False, sides=2, top=2, bottom=2)
    assert Document(io.BytesIO(word.saved(pages))).core_properties.title.startswith("浑南区局")


def test_one_bad_value_spoils_no_paper_json_and_what_is_said() -> None:
    """As JSON of before holds it: a half of a pair is an escape there, and no file, page or platform takes one."""
    facts = {"names": [BROKEN, (BROKEN, 3)], BROKEN: {"at": None}}
    assert writable_all(facts) == {"names": ["浑南区", ["浑南区", 3]], "浑南区": {"at": None}}
    assert render(Say("role-at", place=BROKEN, role=BROKEN), CHINESE).count("浑南区") == 2
    assert plain(facts, ZoneInfo("Asia/Shanghai")) == {"names": ["浑南区", ["浑南区", 3]], BROKEN: {"at": None}}
