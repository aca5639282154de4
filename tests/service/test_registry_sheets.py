"""Reading tables: what is taken whatever its encoding, separator and wrapping, and what is refused."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from service.imports.columns import Columns
from service.imports.sheets import Sheet, SheetError, read_sheet
from service.registry import enterprise_rows
from storage.child import CHILDREN, LookError, Why
from talk.cleaning import clean
from talk.texts import LANGUAGES, Say, render

COLUMNS = ("企业名称", "职工人数", "风险标签")
REQUIRED = enterprise_rows.COLUMNS.required
Lines = Sequence[Sequence[object]]


def as_csv(lines: Lines, encoding: str = "utf-8", separator: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(lines)
    return text.getvalue().encode(encoding)


def as_xlsx(**worksheets: Lines) -> bytes:
    book = Workbook(write_only=True)
    for title, lines in worksheets.items():
        worksheet = book.create_sheet(title)
        for line in lines:
            worksheet.append(list(line))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(data: bytes, name: str = "名录.csv", columns: Sequence[str] = COLUMNS) -> Sheet:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return read_sheet(path, Columns(columns, ("行业监管部门",)))


def refusal(data: bytes, name: str = "名录.csv", columns: Sequence[str] = COLUMNS) -> str:
    with pytest.raises(SheetError) as caught:
        read(data, name, columns)
    for language in LANGUAGES:
        assert "\n" not in render(caught.value.say, language)
    return render(caught.value.say, "zh-CN")


def cells(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [(row.line, [row.cells[column] for column in COLUMNS]) for row in sheet.rows]


TABLE: Lines = [COLUMNS, ["甲厂", "12", "动火"], [], ["乙厂", "7", "有限空间、动火"]]
READ = [(2, ["甲厂", "12", "动火"]), (4, ["乙厂", "7", "有限空间、动火"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "，"])
def test_a_csv_is_read_in_any_encoding_and_with_any_separator(encoding: str, separator: str) -> None:
    assert cells(read(as_csv(TABLE, encoding, separator))) == READ


def test_a_workbook_gives_the_same_rows() -> None:
    assert cells(read(as_xlsx(Sheet=TABLE), "名录.XLSX")) == READ


def test_column_names_are_taken_in_any_order_width_and_spacing() -> None:
    sheet = read(as_csv([["备注", " 风险 标签", "企业\n名称", "职工人数　"], ["x", "动火", "甲厂", "12"]]))
    assert cells(sheet) == [(3, ["甲厂", "12", "动火"])]
    assert sheet.ignored == ("备注",)


def test_a_title_above_the_column_names_is_passed_over() -> None:
    lines: Lines = [["沈阳市工贸企业名录"], ["2023年5月"], [], *TABLE]
    assert [line for line, _ in cells(read(as_csv(lines)))] == [5, 7]
    assert [line for line, _ in cells(read(as_xlsx(Sheet=lines), "a.xlsx"))] == [5, 7]


def test_a_line_number_is_where_the_line_begins() -> None:
    sheet = read(as_csv([COLUMNS, ["甲\n厂", "1", ""], ["乙厂", "2", ""]]))
    assert cells(sheet) == [(2, ["甲\n厂", "1", ""]), (4, ["乙厂", "2", ""])]


def test_short_lines_are_filled_and_long_ones_are_marked() -> None:
    sheet = read("企业名称,职工人数,风险标签,\n甲厂\n乙厂,7,有限空间,动火\n丙厂,7,动火,,\n".encode())
    assert [row.surplus for row in sheet.rows] == [False, True, False]
    assert sheet.rows[0].cells["风险标签"] == ""


def test_an_optional_column_that_is_absent_is_not_among_the_cells() -> None:
    assert "行业监管部门" not in read(as_csv(TABLE)).rows[0].cells
    with_it = read(as_csv([[*COLUMNS, "行业监管部门"], ["甲厂", "1", "", ""]]))
    assert with_it.rows[0].cells["行业监管部门"] == ""


def test_what_is_not_text_in_a_workbook_becomes_text() -> None:
    formula = ArrayFormula("A2:A2", "=SUM(B1:B2)")
    lines: Lines = [
        COLUMNS,
        ["=1+1", 12, True],
        [formula, 12.0, 1.5],
        ["甲厂", 912101032271583202, datetime(2023, 5, 22)],  # noqa: DTZ001  # openpyxl knows no zones
    ]
    # A formula whose result is not in the file stays the formula that it is.
    assert [row for _, row in cells(read(as_xlsx(Sheet=lines), "a.xlsx"))] == [
        ["=1+1", "12", "TRUE"],
        ["=SUM(B1:B2)", "12", "1.5"],
        ["甲厂", "9.12101032271583E+17", "2023-05-22 00:00:00"],
    ]


def test_the_worksheet_with_the_table_is_found() -> None:
    data = as_xlsx(说明=[["请按下列格式填写"], ["企业名称"]], 名录=TABLE)
    assert cells(read(data, "a.xlsx")) == READ


def test_a_workbook_with_a_wrong_range_is_read_whole() -> None:
    data = _rewritten(
        as_xlsx(Sheet=TABLE), lambda xml: xml.replace(b"<sheetData", b'<dimension ref="A1:A1"/><sheetData')
    )
    assert cells(read(data, "a.xlsx")) == READ


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", "a.csv：文件是空的"),
        ("a.csv", " ,　\n\n".encode(), "文件是空的"),
        ("a.csv", as_csv([COLUMNS, []]), "第1行的表头之后没有数据"),
        ("a.csv", as_csv([["甲", "乙"], ["1", "2"]]), "未找到表头"),
        ("a.csv", as_csv([COLUMNS[:1], ["甲厂"]]), "第1行的表头缺少：职工人数、风险标签。"),
        ("a.csv", as_csv([[*COLUMNS, "企业 名称"], ["甲厂"]]), "“企业名称”出现了两次"),
        ("a.csv", as_csv(TABLE) + '"丙厂,3\n'.encode(), "第5行的引号不成对"),
        ("a.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF", "内容不是可识别的表格"),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table></html>", "内容不是可识别的表格"),
        ("a.xlsx", b"hello", "未找到表头"),
        ("a.xlsx", b"PK\x03\x04 no zip", "内容不是可识别的表格"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这是旧版工作簿（.xls、.et 等）"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "工作簿设有密码"),
        ("a.xlsx", as_xlsx(Sheet=[]), "文件是空的"),
        ("a.xlsx", as_xlsx(大东区=TABLE, 铁西区=TABLE), "有多个工作表都像是名录：大东区、铁西区。"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(name: str, data: bytes, said: str) -> None:
    assert said in refusal(data, name)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "a.csv", tmp_path):
        with pytest.raises(SheetError) as caught:
            read_sheet(path, Columns(COLUMNS))
        assert "文件不存在或无法读取" in render(caught.value.say, "zh-CN")


def test_a_file_over_50_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    with pytest.raises(SheetError) as caught:
        read_sheet(path, Columns(COLUMNS))
    assert "文件超过50MB" in render(caught.value.say, "zh-CN")


def test_a_small_zip_with_a_mountain_in_it_is_refused_unpacked() -> None:
    data = bytearray(as_xlsx(Sheet=TABLE))
    size = data.index(b"PK\1\2") + 24
    data[size : size + 4] = (600 * 1024 * 1024).to_bytes(4, "little")
    assert "文件超过50MB" in refusal(bytes(data), "a.xlsx")


BILLION = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def billion(_: bytes) -> bytes:
    return f"{BILLION}]><a>&j;</a>".encode()


def nested(xml: bytes) -> bytes:
    return xml.replace(b"<sheetData>", b"<sheetData>" + b"<row>" * 200_000)


@pytest.mark.parametrize("made", [billion, nested])
def test_a_workbook_made_to_harm_is_refused_in_one_line(made: Callable[[bytes], bytes]) -> None:
    said = refusal(_rewritten(as_xlsx(Sheet=TABLE), made), "a.xlsx")
    assert "内容不是可识别的表格" in said or "文件过于复杂" in said


@pytest.mark.parametrize("why", ["time", "memory", "busy"])
def test_a_table_that_takes_too_long_or_too_much_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, why: Why
) -> None:
    def run(*_: object) -> None:
        raise LookError(why)

    monkeypatch.setattr(CHILDREN, "run", run)
    assert "文件过于复杂，无法读取。请另存为 .csv" in refusal(as_xlsx(Sheet=TABLE), "a.xlsx")


def test_a_line_that_no_worksheet_can_have_is_left_out_and_named() -> None:
    data = _rewritten(as_xlsx(Sheet=TABLE), lambda xml: xml.replace(b'<row r="4"', b'<row r="2147483647"'))
    sheet = read(data, "a.xlsx")
    assert cells(sheet) == READ[:1]
    assert [render(note, "zh-CN") for note in sheet.notes] == [
        "第2147483647行超出工作表的最后一行（1048576），表格软件不显示，未导入。"
    ]


def far_right(filled: bool) -> Callable[[bytes], bytes]:
    """Add 100 lines with a cell each in the last column that a worksheet can have."""
    cell = 't="inlineStr"><is><t>x</t></is></c>' if filled else "/>"
    lines = "".join(f'<row r="{number}"><c r="XFD{number}" {cell}</row>' for number in range(10, 110))
    return lambda xml: xml.replace(b"</sheetData>", f"{lines}</sheetData>".encode())


@pytest.mark.parametrize("filled", [True, False])
def test_what_stands_right_of_the_head_is_not_read(filled: bool) -> None:
    sheet = read(_rewritten(as_xlsx(Sheet=TABLE), far_right(filled)), "a.xlsx")
    assert (cells(sheet), sheet.ignored) == (READ, ("XFD",) if filled else ())


@pytest.mark.parametrize("place", ["XFE4", "ZZZZZZ4", "A0", "A99999999999999999999", "4A", "A-4"])
def test_a_cell_that_claims_a_place_outside_of_any_worksheet_holds_nobody_up(place: str) -> None:
    _read_or_refuse(_rewritten(as_xlsx(Sheet=TABLE), lambda xml: xml.replace(b'"A4"', f'"{place}"'.encode())), "a.xlsx")


@pytest.mark.parametrize("number", ["0", "-4", "1048577", "99999999999999999999", "x", ""])
def test_a_line_that_claims_a_number_out_of_range_holds_nobody_up(number: str) -> None:
    data = _rewritten(as_xlsx(Sheet=TABLE), lambda xml: xml.replace(b'<row r="4"', f'<row r="{number}"'.encode()))
    _read_or_refuse(data, "a.xlsx")


# What XML and every encoding can carry; U+FEFF at the very beginning is the mark itself.
_texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\n\t=+-@\"',;")
)
_lines = st.lists(st.tuples(*(_texts for _ in COLUMNS)), min_size=1, max_size=5).filter(
    lambda lines: any(clean(cell) for line in lines for cell in line)
)


@given(_lines)
def test_every_encoding_separator_and_wrapping_gives_the_same_rows(lines: list[tuple[str, ...]]) -> None:
    kept = [list(line) for line in lines if any(map(clean, line))]
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        for separator in ",;\t":
            sheet = read(as_csv([COLUMNS, *lines], encoding, separator))
            assert [row for _, row in cells(sheet)] == kept
    sheet = read(as_xlsx(Sheet=[COLUMNS, *lines]), "a.xlsx")
    assert [row for _, row in cells(sheet)] == kept


_garbage = st.builds(
    bytes.__add__,
    st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"\xef\xbb\xbf",
            "企业名称,".encode(),
            ",".join(REQUIRED).encode() + b"\n",
        ]
    ),
    st.binary(max_size=300),
)


@given(_garbage, st.sampled_from(["a.csv", "a.xlsx"]))
def test_garbage_is_refused_and_nothing_else(data: bytes, name: str) -> None:
    _read_or_refuse(data, name)


_edits = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 20), st.binary(max_size=8)), min_size=1, max_size=5)


@given(_edits, st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"]))
def test_a_damaged_workbook_is_refused_and_nothing_else(edits: list[tuple[int, int, bytes]], part: str) -> None:
    def damage(xml: bytes) -> bytes:
        for start, length, new in edits:
            place = start % len(xml)
            xml = xml[:place] + new + xml[place + length :]
        return xml

    _read_or_refuse(_rewritten(as_xlsx(Sheet=TABLE), damage, part), "a.xlsx")


@given(_edits)
def test_a_damaged_zip_is_refused_and_nothing_else(edits: list[tuple[int, int, bytes]]) -> None:
    data = as_xlsx(Sheet=TABLE)
    for start, length, new in edits:
        place = start % len(data)
        data = data[:place] + new + data[place + length :]
    _read_or_refuse(data, "a.xlsx")


def _read_or_refuse(data: bytes, name: str) -> None:
    for columns in (COLUMNS, REQUIRED):
        said = _refusal_if_any(data, name, columns)
        assert said is None or all(render(said, language) for language in LANGUAGES)


def _refusal_if_any(data: bytes, name: str, columns: Sequence[str]) -> Say | None:
    try:
        read(data, name, columns)
    except SheetError as fault:
        return fault.say
    return None


def _rewritten(data: bytes, change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry == part else content)
    return target.getvalue()


def test_the_bureaus_own_sheet_is_read() -> None:
    sheet = read_sheet(Path(__file__).parents[1] / "data" / "enterprises-300.csv", enterprise_rows.COLUMNS)
    assert len(sheet.rows) == 300
    assert sheet.rows[0].line == 2
    assert sheet.ignored == ()
