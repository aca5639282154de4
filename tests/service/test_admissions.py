"""What is told once is known everywhere: what an answer admits leads to the ledger, until the ledger has it."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from campaign.hazards import Finding
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hazards import ledger
from storage import hazards, people, tables
from talk.texts import CHINESE
from tests.service.conftest import FOOD
from tests.service.test_forms import duty, start
from tests.town import Person, Town

PERIOD = "2023-Q2"


@pytest.fixture
def town_url(sqlite_town: Path, tmp_path: Path) -> str:
    """Give the town on SQLite alone: no SQL is its own."""
    shutil.copy(sqlite_town, tmp_path / "anzhu.db")
    return f"sqlite:///{tmp_path}/anzhu.db"


def found(person: Person, criterion: str | None = "3-2") -> None:
    """Enter a hazard into the ledger."""

    def report(uow: UnitOfWork) -> None:
        identity = people.meet(uow.conn, person.address, CHINESE, uow.wall)
        assert identity.person is not None
        finding = Finding("焊接工位", criterion, device_failed=False, photos=(), fixed=False, plan=None)
        ledger.find(uow, Speaker(identity.person, identity), FOOD, finding)

    person.town.use(report)


async def check_hot_work(person: Person, uncertified: str) -> str:
    """Answer the check of hot work, with so many people without a certificate."""
    await start(person, "hot-work-check")
    if person.can_tap("修改"):
        await person.tap("修改")
        await person.tap("无证人员")
        await person.say(uncertified)
    else:
        if person.can_tap("有"):
            await person.tap("有")
        await person.say("12人")
        await person.say(uncertified)
    for _ in range(30):
        if person.can_tap("确认提交"):
            break
        await answer(person)
    return await person.tap("确认提交")


async def answer(person: Person) -> None:
    """Answer a question about hot work with what meets the clause."""
    for label in ("停止作业", "没有此类", "都已落实", "没有设备", "已写入", "完成"):
        if person.can_tap(label):
            await person.tap(label)
            return
    await person.say("1、2、3、4")


async def inspect(person: Person, majors: str) -> str:
    """Answer the quarter's inspection with so many major hazards."""
    await start(person, "led-inspection", PERIOD)
    await person.tap("是")
    await person.tap("今天")
    await person.say("仓库")
    await person.say("5处")
    await person.say(majors)
    await person.tap("暂不附")
    return await person.tap("确认提交")


async def test_people_without_a_certificate_lead_to_their_criterion_until_it_is_in_the_ledger(
    town: Town, principal: Person, clerk: Person
) -> None:
    said = await check_hot_work(principal, "2人")
    assert "所填“无证2人”，可能属于第3条第2项“特种作业无证上岗”，台账中还没有。请核对，属实的请报告隐患。" in said
    assert "报告隐患" in principal.labels
    told = "填报“无证2人”，台账中没有第3条第2项的隐患，是否属实以检查为准。"
    assert told in await clerk.press_data(f"a:firm:{FOOD}")
    found(principal)
    assert "台账中没有" not in await clerk.press_data(f"a:firm:{FOOD}")
    # A mistake that is withdrawn leaves the admission as it was.
    (hazard,) = town.use(lambda uow: hazards.find(uow.conn, enterprise=FOOD))
    town.use(lambda uow: hazards.change(uow.conn, hazard.id, state="withdrawn", closed_at=uow.now))
    assert told in await clerk.press_data(f"a:firm:{FOOD}")
    # So does another answer: nobody is without one after all, and then again somebody.
    assert "台账中还没有" not in await check_hot_work(principal, "都持证")
    assert "台账中没有" not in await clerk.press_data(f"a:firm:{FOOD}")
    assert "所填“无证1人”" in await check_hot_work(principal, "1人")


async def test_counted_hazards_are_asked_for_unless_the_ledger_has_them(principal: Person, clerk: Person) -> None:
    found(principal)
    said = await inspect(principal, "2处")
    assert "其中重大隐患2处，台账中已有1处（1号 焊接工位）。其余请逐条报告，进入台账。" in said
    assert principal.labels == ["报告隐患"]
    assert "第二季度带队检查填报重大隐患2处，台账中只有1处。" in await clerk.press_data(f"a:firm:{FOOD}")
    await start(principal, "led-inspection", PERIOD)
    await principal.tap("修改")
    await principal.tap("其中重大隐患")
    await principal.say("1处")
    said = await principal.tap("确认提交")
    assert "其中重大隐患1处，台账中已有1处（1号 焊接工位），已报告的不必重复。" in said
    assert "报告隐患" not in principal.labels
    assert "台账中只有" not in await clerk.press_data(f"a:firm:{FOOD}")


async def test_what_was_closed_before_the_duty_opened_is_not_what_it_means(town: Town, principal: Person) -> None:
    found(principal)
    opened = duty(town, "led-inspection", PERIOD).opens
    before = datetime.fromisoformat("2023-01-05T09:00:00+08:00")
    assert before < opened
    town.use(lambda uow: hazards.change(uow.conn, 1, state="closed", closed_at=uow.now))
    town.use(lambda uow: uow.conn.execute(update(tables.hazards).values(found_at=before)))
    assert "其中重大隐患1处，请逐条报告，进入台账" in await inspect(principal, "1处")


async def test_staff_on_the_telephone_hear_of_it_too(town: Town, clerk: Person) -> None:
    await clerk.press_data(f"a:by-phone:{duty(town, 'led-inspection', PERIOD).id}")
    for said in ("郑演丙", "今天", "是", "今天", "生产车间", "5处", "3处"):
        await clerk.say(said)
    assert "第二季度带队检查填报重大隐患3处，台账中只有0处。" in await clerk.tap("确认代录")
