"""电话名单 as a workbook, a sheet for each department in charge; what came of each call is filled in by hand."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from reports.drawing import File, draws
from reports.workbook import Sheet, about, book, shown
from service.desk.phone_list import PhoneList, PhoneListPaper, ToCall
from talk.texts import CHINESE, Say, render

NONE: Final = "未登记监管部门"
WHO: Final = (("序号", 6), ("企业名称", 36), ("统一社会信用代码", 22), ("所属区县", 14), ("姓名", 12), ("身份", 16))
"""The columns that say who it is."""
_TELEPHONE: Final = ("电话", 18)
_OWED: Final = (("逾期任务", 48), ("最早逾期的截止日", 18))
_LAST: Final = (("原因", 28), ("联系结果", 24))


@draws(PhoneListPaper)
def draw(facts: PhoneList) -> list[File]:
    """Draw the workbook."""
    sheets: list[Sheet] = []
    for supervisor, calls in groupby(facts.calls, key=lambda call: call.supervisor):
        sheets.append(sheet(supervisor or NONE, list(calls), owed=True))
    name = f"{facts.place}{render(Say('phone-list-file-name'), CHINESE)}{facts.at:%Y%m%d}"
    return [File(f"{name}.xlsx", book(*sheets, _about(facts)))]


def sheet(name: str, calls: Sequence[ToCall], *, owed: bool = False) -> Sheet:
    """Return a sheet of people to be telephoned; `owed`: with the overdue duties."""
    columns = (*WHO, _TELEPHONE, *(_OWED if owed else ()), *_LAST)
    rows = [
        (
            str(number),
            call.enterprise,
            call.code,
            call.district,
            call.name,
            call.role,
            call.telephone,
            *((call.owed, shown(call.since)) if owed else ()),
            call.reason,
            "",
        )
        for number, call in enumerate(calls, 1)
    ]
    return name, columns, rows


def _about(facts: PhoneList) -> Sheet:
    return about(
        ("范围", facts.place),
        ("截至", facts.at),
        ("人数", len(facts.calls)),
        ("说明", "有任务逾期的，或消息送不到的，列入名单；“原因”空白的，消息可以送到。"),
        ("电话号码", "取自企业名录：本人的号码，没有的列企业联系电话。空白的，名录中没有，可在企业卡片上补登。"),
        rehearsal=facts.rehearsal,
    )
