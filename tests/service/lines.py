"""Lines of a registry for tests: sound ones, in which a test changes what it is about."""

from pathlib import Path

from campaign.identity import check_character
from service.imports import columns
from service.imports.sheets import Row, Sheet, read_sheet
from service.registry.enterprise_rows import COLUMNS

THE_300 = Path(__file__).parents[1] / "data" / "enterprises-300.csv"


def read_the_300() -> Sheet:
    return read_sheet(THE_300, COLUMNS)


def code(number: int) -> str:
    body = f"91210100{number:09d}"
    return body + check_character(body)


def line(number: int, **changed: str) -> Row:
    """Give a sound line with the code of this number; the names of arguments are the columns'."""
    cells = {
        columns.ENTERPRISE: f"沈阳演练{number}有限公司",
        columns.CODE: code(number),
        columns.DISTRICT: "浑南区",
        columns.SECTOR: "机械",
        columns.TAGS: "有限空间、动火",
        columns.PRINCIPAL: "郑演丙",
        columns.OFFICER: "钱演丁",
        columns.SUPERVISOR: "浑南区应急管理局",
        columns.EMPLOYEES: "120",
    }
    assert set(changed) <= set(COLUMNS.names)
    return Row(number, cells | changed)
