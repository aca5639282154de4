"""Workbooks: what a number shows by its format, and that empty space and what no cell names cost nothing."""

import io
import re
import time
import zipfile

import pytest

from service.imports import people
from service.imports.sheets import look
from service.imports.workbook import letters, number_text
from service.registry.enterprise_rows import COLUMNS
from tests.lists import HEAD, Sheet, archive, enterprise, shared, text, workbook

ONE = "<si><t>沈阳演练厂</t></si>"


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (912101032271583202.0, "0", "9.12101032271583E+17"),
        (12345678.0, "0000000000", "0012345678"),
        (7.0, '"沈A"00000', "沈A00007"),
        (120.0, '0"人"', "120人"),
        (1234.0, "#,##0_);[Red]\\(#,##0\\)", "1234"),
        (0.15, "0%", "15%"),
        (45000.0, "yyyy/m/d", "2023-03-15"),
        (45000.0, '[$-804]yyyy"年"m"月"d"日";@', "2023-03-15"),
        (45000.0, "mm-dd-yy", "2023-03-15"),
        (45000.75, "yyyy-mm-dd hh:mm", "2023-03-15 18:00:00"),
        (45000.75, "yyyy-mm-dd", "2023-03-15"),
        (44999.9999999999, "yyyy-mm-dd", "2023-03-15"),
        (59.0, "yyyy-mm-dd", "1900-02-28"),
        (61.0, "yyyy-mm-dd", "1900-03-01"),
        (45000.0, 'yyyy"年"m"月"', "2023年3月"),
        (45000.0, "mmm-yy", "2023年3月"),
        (45000.0, 'm"月"d"日"', "3月15日"),
        (0.5, "h:mm", "12:00:00"),
        (1.5, "[h]:mm", "12:00:00"),
        (1e9, "yyyy-mm-dd", "1000000000"),
    ],
)
def test_a_number_is_what_its_format_shows(number: float, code: str, shown: str) -> None:
    """Kind: a cell is not what it shows."""
    assert number_text(number, code) == shown


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张　演三", "张演三"),
        ("张 演 三", "张演三"),
        ("欧阳 演三", "欧阳演三"),
        ("阿不都·热合曼", "阿不都·热合曼"),
        ("Smith, John", "Smith, John"),
        ("李和平", "李和平"),
        ("张演三(13800000000)", "张演三"),
        ("联系电话：024-88880000 张演三", "张演三"),
        ("张演三 210102199001011234", "张演三"),
        ("总经理：张演三", "张演三"),
        ("张演三（法定代表人）", "张演三"),
        ("张演三　（手机13800000000）", "张演三"),
        ("法人：张演三", "张演三"),
        ("张演三 男", "张演三"),
        ("阿里（Ali）", "阿里（Ali）"),
        ("张演三（已离职）", ""),
        ("张演三 2号", ""),
        ("0", ""),
    ],
)
def test_beside_a_name_there_may_be_more(cell: str, name: str) -> None:
    """Kind: a cell is not what it shows; two values in one cell."""
    assert people.named(cell).name == name


@pytest.mark.parametrize("spelling", ["strict", "prefixed"])
def test_a_workbook_may_be_spelled_in_every_way_of_the_standard(spelling: str) -> None:
    """Kind: one import understands what another does not."""
    with zipfile.ZipFile(io.BytesIO(workbook(Sheet([HEAD, enterprise(1)])))) as made:
        parts = {name: made.read(name).decode() for name in made.namelist()}
    for name, part in parts.items():
        if spelling == "strict":
            parts[name] = part.replace("schemas.openxmlformats.org/", "purl.oclc.org/ooxml/")
        elif name.startswith("xl/w"):
            parts[name] = re.sub(r"<(/?)(\w)", r"<\1x:\2", part).replace("xmlns=", "xmlns:x=")
        else:
            parts[name] = part.replace('Target="xl/', 'Target="/xl/').replace("worksheets/sheet1", "worksheets\\Sheet1")
    found = look(archive(parts), COLUMNS, None)
    assert found.table
    assert found.table.rows[0].cells["企业名称"] == "沈阳名单1号演练厂"


def test_what_no_cell_names_is_not_reached() -> None:
    """Kind: empty space costs time. Behind the strings that cells need the part may be of any length, even broken."""
    rest = "<si><t>x</t></si>" * 50_000 + "<si><broken"
    found = look(workbook(Sheet([HEAD, enterprise(1, 企业名称=shared(0))]), strings=ONE + rest), COLUMNS, None)
    assert found.table
    assert found.table.rows[0].cells["企业名称"] == "沈阳演练厂"


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(
            Sheet(
                [HEAD, enterprise(1)],
                more="".join(
                    f'<row r="{row}">{"".join(f"""<c r="{letters(place)}{row}" s="1"/>""" for place in range(9))}</row>'
                    for row in range(3, 30_000)
                ),
            ),
            id="styled lines",
        ),
        pytest.param(
            Sheet([HEAD, enterprise(1)], more='<row r="3">' + '<c t="str"><v> </v></c>' * 16_384 + "</row>"),
            id="white space out to the last column",
        ),
        pytest.param(
            Sheet(
                [HEAD, enterprise(1)],
                after="<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 50_000 + "</mergeCells>",
            ),
            id="merged cells upon each other",
        ),
    ],
)
def test_empty_space_costs_next_to_nothing(sheet: Sheet) -> None:
    """Kind: empty space costs time."""
    data = workbook(sheet)
    began = time.process_time()
    found = look(data, COLUMNS, None)
    assert time.process_time() - began < 5
    assert found.table
    assert [row.line for row in found.table.rows] == [2]


def test_of_thousands_of_worksheets_only_the_heads_are_read() -> None:
    """Kind: empty space costs time."""
    others = (Sheet([["x"]], title=f"表{place}") for place in range(500))
    began = time.process_time()
    found = look(workbook(Sheet([HEAD, enterprise(1)]), *others), COLUMNS, None)
    assert time.process_time() - began < 5
    assert found.table
    assert len(found.table.rows) == 1


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letters(place) for place in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_what_a_line_is_does_not_hang_on_a_long_cell() -> None:
    """Kind: empty space costs time. Patterns that look for a bracket's end are tried on the beginning only."""
    data = text([HEAD, ["(" * 100_000, *enterprise(1)[1:]], enterprise(2)])
    began = time.process_time()
    found = look(data, COLUMNS, None)
    assert time.process_time() - began < 5
    assert found.table
    assert [row.line for row in found.table.rows] == [2, 3]
