"""How enforcement is entered in the chat, and taken back: by whoever fills in the table of the same column."""

import re
from collections.abc import Generator
from decimal import Decimal

from tests.rehearsal import reading
from tests.rehearsal.acting import Deed, texts
from tests.rehearsal.bureau import Action
from tests.rehearsal.desk import Act, Desk
from tests.telegram.fake_api import ShownMessage

WORDS = {
    "C1": "帮扶指导重点市、县",
    "C2": "帮扶指导重点企业",
    "C3": "行政处罚",
    "C4": "一案双罚",
    "C5": "移送司法机关",
    "C6": "责令停产整顿",
    "C7": "曝光、约谈、联合惩戒",
    "C8": "公布典型执法案例",
    "C9": "责任倒查追责问责",
    "C10": "约谈通报",
}
"""What stands in the line of a row."""
ENTERED = re.compile(r"已录入，编号(\d+)")

Acts = Generator[Deed, list[ShownMessage], None]


def enforce(desk: Desk) -> Acts:
    """What is due today."""
    today = desk.now().date()
    for action in desk.actions:
        if action.entered <= today and not action.is_entered:
            action.is_entered = True
            yield from enters(desk, action)
        elif action.number and action.taken_back is not None and action.taken_back <= today:
            yield from takes_back(desk, action)
            action.number = 0


def enters(desk: Desk, action: Action) -> Acts:
    """Which row, on which day, where, how much."""
    who = desk.clerk
    said = yield from desk.says(who, "/actions")
    said = yield from desk.taps(who, said[-1] if said else None, "录入")
    line = re.search(rf"^(\d+)\. .*{WORDS[action.row]}", texts(said), re.MULTILINE)
    if line is None:
        desk.odd[f"no line of {action.row} but: {texts(said)[:60]}"] += 1
        return
    said = yield from desk.says(who, line[1])
    figures = list(action.figures)
    for _ in range(8):
        text = said[-1].text if said else ""
        labels = reading.buttons_of(said[-1]) if said else {}
        if "确认录入" in labels:
            said = yield from desk.taps(who, said[-1], "确认录入")
            found = ENTERED.search(texts(said))
            if desk.told(said, "已录入") and found is not None:
                action.number, action.month = int(found[1]), desk.now().month
            return
        said = yield from _answers(desk, action, figures, said, text)
    desk.odd[f"asks without end: {texts(said)[:60]}"] += 1


def _answers(desk: Desk, action: Action, figures: list[Decimal], said: list[ShownMessage], text: str) -> Act:
    who = desk.clerk
    if "是哪天办理的" in text:
        return (yield from desk.says(who, f"{action.day.month}月{action.day.day}日"))
    if "涉及哪家企业" in text and action.enterprise is None:
        return (yield from desk.taps(who, said[-1], "不写企业"))
    if "涉及哪家企业" in text:
        return (yield from desk.says(who, action.enterprise or ""))
    if "文书编号或说明" in text:
        return (yield from desk.taps(who, said[-1], "没有"))
    if not figures:
        return []
    figure = figures.pop(0)
    return (yield from desk.says(who, f"{figure:f}万元" if "多少钱" in text else f"{figure:f}"))


def takes_back(desk: Desk, action: Action) -> Acts:
    """冲销, found in the list of the month in which it was entered."""
    who = desk.clerk
    said = yield from desk.says(who, f"/actions {action.month}月")
    while said:
        for number, title, _ in reading.ITEM.findall(said[-1].text):
            if title.startswith(f"{action.number}号 "):
                card = yield from desk.taps(who, said[-1], f"第{number}项")
                yield from desk.taps(who, card[-1] if card else None, "更正")
                asked = yield from desk.says(who, action.reason)
                done = yield from desk.taps(who, asked[-1] if asked else None, "确认冲销")
                desk.told(done, "已冲销")
                return
        said = yield from desk.taps(who, said[-1], "更多")
    desk.odd[f"an action that was entered is not listed: {action.number}"] += 1
