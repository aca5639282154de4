"""The phone list as a workbook, whatever a registry calls its departments."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports import phone_list
from service.desk.phone_list import PhoneList, ToCall
from tests.dialogs.talker import SHENYANG

AT = datetime(2023, 7, 3, 9, 0, tzinfo=SHENYANG)


def call(supervisor: str, name: str = "=1+1有限公司") -> ToCall:
    return ToCall(
        name, "91210112114884238K", "浑南区", "郑演丙", "企业主要负责人", "", supervisor, "1项：6月", date(2023, 6, 30)
    )


@pytest.mark.parametrize(
    ("supervisors", "names"),
    [
        (["浑南区应急管理局", "浑南区应急管理局"], ["浑南区应急管理局"]),
        (["某局/[二]科:*?\\", "某局二科"], ["某局二科", "某局二科2"]),
        (["", "其他"], ["未登记监管部门", "其他"]),
        (["甲" * 40, "甲" * 41], ["甲" * 31, "甲" * 30 + "2"]),
        (["=1+1", "'局'"], ["=1+1", "局"]),
        (["Bureau", "bureau"], ["Bureau", "bureau2"]),
    ],
)
def test_each_department_has_a_sheet_under_a_name_that_a_spreadsheet_takes(
    supervisors: list[str], names: list[str]
) -> None:
    facts = PhoneList("浑南区", AT, tuple(call(supervisor) for supervisor in supervisors), rehearsal=True)
    book = load_workbook(BytesIO(phone_list.draw(facts)[0].content))
    assert book.sheetnames == [*names, "说明"]
    for sheet in book:
        assert all(cell.data_type != "f" for line in sheet for cell in line)
    assert book[names[0]]["B2"].value == "=1+1有限公司"
    assert book[names[0]]["K1"].value == "联系结果"
    assert ("说明", "系统测试，非正式文件") in list(book["说明"].values)
