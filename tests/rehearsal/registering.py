"""How a clerk enters in the chat what became of an enterprise, and takes it back."""

from collections.abc import Generator
from datetime import date

from tests.recount import Turn
from tests.rehearsal import reading
from tests.rehearsal.acting import Deed, texts
from tests.rehearsal.desk import Desk
from tests.telegram.fake_api import ShownMessage

Acts = Generator[Deed, list[ShownMessage], None]


def register(desk: Desk) -> Acts:
    """What is due today."""
    today = desk.now().date()
    for change in desk.lives:
        if change.enter <= today and not change.is_tried:
            change.is_tried = True
            yield from _enters(desk, change.turn)
        elif change.turn.is_known(today) and change.take_back is not None and change.take_back <= today:
            change.turn.taken_back = today
            yield from _takes_back(desk, change.turn)


def _enters(desk: Desk, turn: Turn) -> Acts:
    who = desk.clerk
    said = yield from desk.says(who, f"/district {turn.enterprise}")
    said = yield from desk.taps(who, said[-1] if said else None, "企业状态")
    said = yield from desk.taps(who, said[-1] if said else None, "登记变更")
    answers = {
        "有什么变更": turn.what,
        "从哪天起": _said(turn.first),
        "有预计的复产日期吗": "有" if turn.last else "还不确定",
        "停产的最后一天是哪天": _said(turn.last or turn.first),
        "并入哪家企业": turn.into,
        "依据是什么": "企业书面申请",
    }
    for _ in range(8):
        if said and "确认登记" in reading.buttons_of(said[-1]):
            done = yield from desk.taps(who, said[-1], "确认登记")
            turn.entered = desk.now().date() if desk.told(done, "已登记。") else None
            return
        answer = next((answer for words, answer in answers.items() if words in texts(said)), None)
        if answer is None:
            break
        said = yield from desk.says(who, answer)
    desk.odd[f"a state cannot be entered: {texts(said)[:60]}"] += 1


def _takes_back(desk: Desk, turn: Turn) -> Acts:
    who = desk.clerk
    said = yield from desk.says(who, f"/district {turn.enterprise}")
    said = yield from desk.taps(who, said[-1] if said else None, "企业状态")
    entries = [label for label in (reading.buttons_of(said[-1]) if said else {}) if label.startswith("撤回第")]
    if not entries:
        desk.odd[f"an entry that cannot be taken back: {texts(said)[:60]}"] += 1
        return
    asked = yield from desk.taps(who, said[-1], entries[-1])
    asked = (yield from desk.says(who, "登记有误")) if asked else []
    done = yield from desk.taps(who, asked[-1] if asked else None, "确认撤回")
    desk.told(done, "已撤回")


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"
