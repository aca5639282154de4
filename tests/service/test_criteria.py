"""The check against the criteria as people see it: left and gone on with, confirmed, into the ledger once."""

from storage import duties, hazards
from tests.service.conftest import FOOD
from tests.town import Person, Town


def the_check(town: Town) -> duties.Duty:
    """The duty criteria-check."""
    found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
    return next(duty for duty in found if duty.obligation == "criteria-check")


def ledger(town: Town) -> list[tuple[str | None, str, str]]:
    """What entered the ledger: criterion, place, state."""
    found = town.use(lambda uow: hazards.find(uow.conn, enterprise=FOOD))
    return [(hazard.criterion, hazard.place, hazard.state) for hazard in found]


async def start(person: Person) -> str:
    return await person.press_data(f"a:fill:{the_check(person.town).id}")


async def nothing(person: Person) -> str:
    """本组均无, to the end."""
    shown = ""
    while person.can_tap("本组均无"):
        shown = await person.tap("本组均无")
    return shown


async def test_an_enterprise_that_finds_nothing_taps_once_a_place(town: Town, principal: Person) -> None:
    assert "第3条通用管理｜承包承租（1/10）" in await start(principal)
    assert principal.labels == ["情形1", "本组均无"]
    shown = await nothing(principal)
    assert "第13条有限空间｜有限空间：无" in shown
    assert "已查13/13条" in shown
    assert "回执编号" in await principal.tap("确认提交")
    assert the_check(town).status == "answered"
    assert ledger(town) == []


async def test_none_makes_room_for_done_once_something_is_picked(principal: Person) -> None:
    await start(principal)
    while "情形2" not in principal.labels:
        await principal.tap("本组均无")
    assert principal.labels[-2:] == ["本组均无", "上一步"]
    await principal.tap("情形1")
    assert principal.labels[:2] == ["✓情形1", "情形2"]
    assert principal.labels[-2:] == ["完成", "上一步"]
    assert "本企业确有此情形吗？" in await principal.tap("完成")


async def test_a_check_is_left_for_days_and_gone_on_with(town: Town, principal: Person, officer: Person) -> None:
    await start(officer)
    await officer.tap("本组均无")
    await officer.say("/cancel")
    town.pass_time(days=3)
    assert "人员资格（2/10）" in await start(officer)
    await officer.say("1")
    await officer.tap("确有此问题")
    await officer.say("电焊班")
    await officer.tap("不附了")
    await officer.tap("已整改")
    assert "已交主要负责人核对" in await nothing(officer)
    shown = principal.look()
    assert "已填好" in shown
    shown = await principal.tap("去核对")
    assert "3-2 部位：电焊班" in shown
    assert ledger(town) == []
    await principal.tap("确认提交")
    assert ledger(town) == [("3-2", "电焊班", "done")]


async def test_a_corrected_check_enters_only_what_is_new(town: Town, principal: Person) -> None:
    await start(principal)
    await principal.say("1")
    for step in ("确有此问题", "装卸区", "不附了", "已整改"):
        await (principal.say(step) if step == "装卸区" else principal.tap(step))
    await nothing(principal)
    await principal.tap("确认提交")
    assert len(ledger(town)) == 1
    # 更正: the first finding stays as it was, another is added.
    await start(principal)
    await principal.tap("修改")
    await principal.tap("第13条有限空间｜有限空间")
    await principal.say("2")
    for step in ("确有此问题", "污水池", "不附了", "已整改"):
        await (principal.say(step) if step == "污水池" else principal.tap(step))
    await principal.tap("确认提交")
    assert [(criterion, place) for criterion, place, _ in ledger(town)] == [("3-1", "装卸区"), ("13-2", "污水池")]
