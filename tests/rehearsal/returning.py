"""How a clerk gives an answer back with a question (退回补正): found among the duties of an enterprise."""

from collections.abc import Generator

from campaign.workdays import is_workday
from tests.rehearsal import reading
from tests.rehearsal.acting import Deed, texts
from tests.rehearsal.desk import Desk
from tests.telegram.fake_api import ShownMessage

OFTEN = 0.05
"""How likely a desk looks through the duties of an enterprise on a working day."""
PUT_RIGHT = "退回补正"
ANSWERED = "填报"
QUESTION = "请写明参加的人员，并附照片"

Acts = Generator[Deed, list[ShownMessage], None]


def gives_back(desk: Desk) -> Acts:
    """Perhaps one answer of today."""
    if not (desk.enterprises and is_workday(desk.now().date()) and desk.dice.random() < OFTEN):
        return
    who, enterprise = desk.clerk, desk.dice.choice(desk.enterprises)
    card = yield from desk.says(who, f"/district {enterprise}")
    listed = yield from desk.taps(who, card[-1] if card else None, "各项任务")
    while listed:
        done = [
            f"第{number}项"
            for number, _, state in reading.ITEM.findall(listed[-1].text)
            if ANSWERED in state and f"第{number}项" in reading.buttons_of(listed[-1])
        ]
        if done:
            said = yield from desk.taps(who, listed[-1], desk.dice.choice(done))
            if said and PUT_RIGHT in reading.buttons_of(said[-1]):
                yield from _asks(desk, said[-1])
            return
        if "更多" not in reading.buttons_of(listed[-1]):
            return
        listed = yield from desk.taps(who, listed[-1], "更多")


def _asks(desk: Desk, card: ShownMessage) -> Acts:
    yield from desk.taps(desk.clerk, card, PUT_RIGHT)
    asked = yield from desk.says(desk.clerk, QUESTION)
    said = yield from desk.taps(desk.clerk, asked[-1] if asked else None, "确认提交")
    if "已退回" not in texts(said):
        desk.odd[f"an answer cannot be given back: {texts(said)[:60]}"] += 1
