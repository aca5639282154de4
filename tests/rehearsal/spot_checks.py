"""How a spot check is entered on the phone, and taken back: by whoever fills in the table of the same column."""

import re
from collections.abc import Generator

from tests.recount import GONE, stands
from tests.rehearsal import reading
from tests.rehearsal.acting import Deed, texts
from tests.rehearsal.bureau import FINDINGS, Check
from tests.rehearsal.desk import Desk
from tests.telegram.fake_api import ShownMessage

INSPECTORS = "赵演三、钱演四"
PAGES = (FINDINGS[:4], FINDINGS[4:])
"""What a check looks for, as it is asked."""
NAME = re.compile(r"抽查　(.+)：计划中")

Acts = Generator[Deed, list[ShownMessage], None]


def inspect(desk: Desk) -> Acts:
    """What is due today."""
    today = desk.now().date()
    turns = [change.turn for change in desk.lives]
    for check in desk.checks:
        if check.entered <= today and not check.name:
            if stands(turns, check.enterprise, today, today) not in GONE:
                yield from enters(desk, check)
        elif check.is_entered and check.taken_back is not None and check.taken_back <= today:
            check.is_entered = False
            yield from takes_back(desk, check)


def enters(desk: Desk, check: Check) -> Acts:
    """Plan it, and enter what was found."""
    who = desk.clerk
    said = yield from desk.says(who, "/checks")
    yield from desk.taps(who, said[-1] if said else None, "加企业")
    said = yield from desk.says(who, check.enterprise)
    named = NAME.search(texts(said))
    if named is None:
        desk.odd[f"no check but: {texts(said)[:60]}"] += 1
        return
    check.name = named[1]
    yield from desk.taps(who, said[-1], "登记结果")
    yield from desk.says(who, f"{check.day.month}月{check.day.day}日")
    said = yield from desk.says(who, INSPECTORS)
    for page in PAGES:
        found = [str(nth) for nth, row in enumerate(page, 1) if row in check.findings]
        if found:
            said = yield from desk.says(who, "、".join(found))
        else:
            said = yield from desk.taps(who, said[-1] if said else None, "都没有")
    while "属于哪些情形" in texts(said) or "具体是什么情况" in texts(said):
        if "属于哪些情形" in texts(said):
            said = yield from desk.says(who, "1")
        said = yield from desk.says(who, "台账里没有记录")
        said = yield from desk.taps(who, said[-1] if said else None, "暂无照片")
    said = yield from desk.taps(who, said[-1] if said else None, "提交结果")
    check.is_entered = desk.told(said, "抽查结果已登记")


def takes_back(desk: Desk, check: Check) -> Acts:
    """冲销, found in the list of what was entered."""
    who = desk.clerk
    said = yield from desk.says(who, "/checks")
    said = yield from desk.taps(who, said[-1] if said else None, "已登记")
    day = f"{check.day.month}月{check.day.day}日检查，"
    while said:
        for number, name, state in reading.ITEM.findall(said[-1].text):
            if name == check.name and state.startswith(day) and "已冲销" not in state:
                card = yield from desk.taps(who, said[-1], f"第{number}项")
                yield from desk.taps(who, card[-1] if card else None, "冲销")
                asked = yield from desk.says(who, check.reason)
                done = yield from desk.taps(who, asked[-1] if asked else None, "确认提交")
                desk.told(done, "已冲销")
                return
        said = yield from desk.taps(who, said[-1], "更多")
    desk.odd[f"a check that was entered is not listed: {check.name}"] += 1
