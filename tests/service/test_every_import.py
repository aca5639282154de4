"""What one import understands all of them do: heads, marks that keep digits as text, words for nothing, lines without
data, --partial.
"""

import csv
import io
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from service.core.unit_of_work import UnitOfWork
from service.hazards import hazard_import
from service.imports import columns
from service.imports.columns import Columns
from service.imports.report import ImportReport
from service.imports.sheets import Row, read_sheet
from service.registry import enterprise_import, enterprise_rows
from service.workers import worker_import
from talk.texts import CHINESE, render
from tests.service.conftest import FOOD
from tests.service.lines import line
from tests.service.welders import number
from tests.talk.widths import full_width
from tests.town import Town

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Import:
    """An import with a sound line; `digits` is the column that spreadsheets spoil, `silent` one that may be empty."""

    columns: Columns
    bring: Callable[..., ImportReport]
    cells: Cells
    digits: str
    silent: str


IMPORTS = {
    "enterprises": Import(
        enterprise_rows.COLUMNS,
        enterprise_import.import_enterprises,
        {**line(5).cells, columns.SECTOR_DEPARTMENT: ""},
        columns.CODE,
        columns.SECTOR_DEPARTMENT,
    ),
    "hazards": Import(
        hazard_import.COLUMNS,
        hazard_import.import_hazards,
        {
            columns.CODE: FOOD,
            columns.PLACE: "氨机房",
            columns.SOURCE: "部门检查",
            columns.FOUND: "2022-03-15",
            columns.DEADLINE: "",
            columns.STATE: "整改中",
            columns.CRITERION: "",
        },
        columns.CODE,
        columns.DEADLINE,
    ),
    "workers": Import(
        worker_import.COLUMNS,
        worker_import.import_workers,
        {
            columns.CODE: FOOD,
            columns.PERSON: "何演松",
            columns.TRADE: "焊接与热切割作业",
            columns.NUMBER: number(1),
            columns.ISSUED: "2021-03-01",
            columns.REVIEW: "",
            columns.VALID: "",
            columns.PRESENCE: "",
        },
        columns.NUMBER,
        columns.REVIEW,
    ),
}


@pytest.fixture
def town_url(sqlite_town: Path, tmp_path: Path) -> str:
    """Give the town on SQLite alone: how a list is read has no SQL in it."""
    shutil.copy(sqlite_town, tmp_path / "anzhu.db")
    return f"sqlite:///{tmp_path}/anzhu.db"


@pytest.fixture(params=IMPORTS)
def kind(request: pytest.FixtureRequest) -> Import:
    """Each import in turn."""
    return IMPORTS[request.param]


def in_a_file(folder: Path, cells: Cells, *, encoding: str = "utf-8", above: tuple[str, ...] = ()) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([*([title] for title in above), list(cells), list(cells.values())])
    path = folder / "名单.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def in_a_workbook(folder: Path, cells: Cells) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["沈阳市名单"])
    sheet.append(list(cells))
    sheet.append(list(cells.values()))
    book.save(folder / "名单.xlsx")
    return folder / "名单.xlsx"


def bring(town: Town, kind: Import, path: Path, *, partial: bool = False) -> ImportReport:
    rows = read_sheet(path, kind.columns).rows

    def case(uow: UnitOfWork) -> ImportReport:
        return kind.bring(uow, rows, partial)

    return town.use(case)


def assert_taken(town: Town, kind: Import, path: Path) -> None:
    """A list with the sound line, however it is written, says what the plain line says."""
    town.use(lambda uow: kind.bring(uow, [Row(2, kind.cells)]))
    report = bring(town, kind, path)
    assert [render(refusal.say, CHINESE) for refusal in report.refused] == []
    assert (len(report.unchanged), report.added, report.changed) == (1, (), ())


def test_a_head_may_bear_stars_remarks_numbers_and_units(town: Town, tmp_path: Path, kind: Import) -> None:
    """Kind: one import understands what another does not."""
    for mark in (
        *(
            "*{}",
            "{}*",
            "＊{}＊",
            "{}（必填）",
            "{}(选填)",
            "★{}【必填】",
            "{}\n(文本格式)",
            " {} ：",
            "*{}（18位）（必填）",
        ),
        *("1.{}", "（2）{}", "三、{}", "“{}”", "{}必填", "{}_x000D_\n（必填）", "●{}", "{}/人"),
    ):
        cells = {mark.format(name): cell for name, cell in kind.cells.items()}
        assert_taken(town, kind, in_a_file(tmp_path, cells))


def test_a_head_may_use_synonyms(town: Town, tmp_path: Path, kind: Import) -> None:
    named = {columns.SYNONYMS.get(name, (name,))[-1]: cell for name, cell in kind.cells.items()}
    assert_taken(town, kind, in_a_file(tmp_path, named))


def test_a_column_under_its_own_name_comes_before_a_synonym(town: Town, tmp_path: Path, kind: Import) -> None:
    name = next(name for name in kind.columns.required if name in columns.SYNONYMS)
    path = in_a_file(tmp_path, {columns.SYNONYMS[name][0]: "另一列", **kind.cells})
    assert read_sheet(path, kind.columns).ignored == (columns.SYNONYMS[name][0],)
    assert_taken(town, kind, path)


def test_a_remark_that_tells_of_something_else_makes_another_column(tmp_path: Path, kind: Import) -> None:
    other = f"{kind.columns.required[0]}（电话）"
    assert read_sheet(in_a_file(tmp_path, {other: "1", **kind.cells}), kind.columns).ignored == (other,)


def test_digits_may_be_kept_as_text(town: Town, tmp_path: Path, kind: Import) -> None:
    """Kind: one import understands what another does not."""
    for mark in ('="{}"', "'{}", "`{}", "\t{}", "＝＂{}＂", "{}_x000D_", "{}\0"):
        digits = mark.format(kind.cells[kind.digits])
        assert_taken(town, kind, in_a_file(tmp_path, {**kind.cells, kind.digits: digits}))


def test_where_a_cell_may_be_empty_there_are_many_words_for_nothing(town: Town, tmp_path: Path, kind: Import) -> None:
    """Kind: a cell is not what it shows."""
    for nothing in (
        "/",
        "-",
        "——",
        "／",
        "－",
        " / ",
        "'",
        '=""',
        "无",
        "暂无",
        "待定",
        "N/A",
        "n.a.",
        "null",
        "(空)",
        "不详",
    ):
        assert_taken(town, kind, in_a_file(tmp_path, {**kind.cells, kind.silent: nothing}))


def test_where_a_cell_must_be_filled_no_word_for_nothing_and_no_formula_will_do(
    town: Town, tmp_path: Path, kind: Import
) -> None:
    """Kind: a cell is not what it shows."""
    for nothing in ("/", "—", "无", "待定", "NULL", "同上", "〃", "=A1", "=VLOOKUP(A1;B:C;2)", "#N/A", "#REF!"):
        report = bring(town, kind, in_a_file(tmp_path, {**kind.cells, kind.digits: nothing}))
        assert (report.refused_lines, len(report.refused), report.written) == (1, 1, False), nothing


def test_lines_without_data_are_left_out_and_named(town: Town, tmp_path: Path, kind: Import) -> None:
    """Kind: lines without data are read as data."""
    path = in_a_file(tmp_path, kind.cells)
    head, line = path.read_bytes().decode().splitlines()
    below = (
        head,
        "合 计：1家",
        "一、第二类企业",
        "注：本表由各区县填报。",
        "二、另见附件",
        "填表人：张演三,,审核人：李演四",
        "第1页",
        "—END—",
        "\x1a",
    )
    path.write_bytes("\n".join(("沈阳市名单", head, "1,2,3,4,5", line, *below)).encode())
    sheet = read_sheet(path, kind.columns)
    assert [row.line for row in sheet.rows] == [4]
    assert [render(note, CHINESE) for note in sheet.notes] == [
        "第3行是列的序号，未导入。",
        "第5行是重复的表头或标题，未导入。",
        "第6行是合计，未导入。",
        "第7–12行是说明、签字或页码，未导入。",
    ]
    assert_taken(town, kind, path)


def test_a_line_with_little_in_it_is_one_complaint(town: Town, tmp_path: Path, kind: Import) -> None:
    """Kind: lines without data are read as data. It may be data, so nobody leaves it out."""
    report = bring(town, kind, in_a_file(tmp_path, {**dict.fromkeys(kind.cells, ""), kind.digits: "沈阳"}))
    (refusal,) = report.refused
    assert f"只填写了{kind.digits}" in render(refusal.say, CHINESE)


def test_any_encoding_with_a_title_above_and_full_width(town: Town, tmp_path: Path, kind: Import) -> None:
    """Kind: one import understands what another does not."""
    cells = {name: full_width(cell) for name, cell in kind.cells.items()}
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        assert_taken(town, kind, in_a_file(tmp_path, cells, encoding=encoding, above=("沈阳市名单", "2023年6月")))


def test_a_workbook_is_read_as_well(town: Town, tmp_path: Path, kind: Import) -> None:
    assert_taken(town, kind, in_a_workbook(tmp_path, {f"{name}*": cell for name, cell in kind.cells.items()}))


def test_one_refused_line_and_nothing_is_written_unless_partial(town: Town, tmp_path: Path, kind: Import) -> None:
    path = in_a_file(tmp_path, kind.cells)
    wrong = {**kind.cells, kind.digits: ""}
    text = io.StringIO(newline="")
    csv.writer(text).writerow(wrong.values())
    path.write_bytes(path.read_bytes() + text.getvalue().encode())
    refused = bring(town, kind, path)
    assert (refused.written, refused.refused_lines, len(refused.added)) == (False, 1, 1)
    partly = bring(town, kind, path, partial=True)
    assert (partly.written, partly.refused_lines, len(partly.added)) == (True, 1, 1)
    assert len(bring(town, kind, path, partial=True).unchanged) == 1
