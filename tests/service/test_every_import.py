"""What one import understands all of them do: headers, marks that keep digits as text, signs for nothing, --partial."""

import csv
import io
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
from service.imports.sheets import read_sheet
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
    report = bring(town, kind, path)
    assert [render(refusal.say, CHINESE) for refusal in report.refused] == []
    assert (report.written, len(report.added)) == (True, 1)
    # And it says what the plain list says.
    plain = bring(town, kind, in_a_file(path.parent, kind.cells))
    assert (len(plain.unchanged), plain.added, plain.changed) == (1, (), ())


@pytest.mark.parametrize(
    "mark",
    [
        "*{}",
        "{}*",
        "＊{}＊",
        "{}（必填）",
        "{}(选填)",
        "★{}【必填】",
        "{}\n(文本格式)",
        " {} ：",
        "*{}（18位）（必填）",
    ],
)
def test_a_head_may_bear_stars_and_remarks(town: Town, tmp_path: Path, kind: Import, mark: str) -> None:
    assert_taken(town, kind, in_a_file(tmp_path, {mark.format(name): cell for name, cell in kind.cells.items()}))


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


@pytest.mark.parametrize("mark", ['="{}"', "'{}", "`{}", "\t{}", "＝＂{}＂"])
def test_digits_may_be_kept_as_text(town: Town, tmp_path: Path, kind: Import, mark: str) -> None:
    path = in_a_file(tmp_path, {**kind.cells, kind.digits: mark.format(kind.cells[kind.digits])})
    assert_taken(town, kind, path)


@pytest.mark.parametrize("nothing", ["/", "-", "——", "／", "－", " / ", "'", '=""'])
def test_where_a_cell_may_be_empty_a_stroke_says_nothing(
    town: Town, tmp_path: Path, kind: Import, nothing: str
) -> None:
    assert_taken(town, kind, in_a_file(tmp_path, {**kind.cells, kind.silent: nothing}))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_any_encoding_with_a_title_above_and_full_width(
    town: Town, tmp_path: Path, kind: Import, encoding: str
) -> None:
    cells = {name: full_width(cell) for name, cell in kind.cells.items()}
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
