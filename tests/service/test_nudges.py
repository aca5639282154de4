"""催办: who is reminded by a clerk's tap, how often at the most, and who cannot be."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.app import App
from storage import burden
from storage.desk_tables import nudges
from storage.tables import outbox
from talk.messages import Inbound, Kind
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.service.noticing import CITYS, sent, widen
from tests.service.test_by_phone import second
from tests.service.test_dispatch import answer_all
from tests.town import Person, Town

__all__ = ["second"]
JUNE = "monthly-dispatch|2023-06|6"


def reminders(town: Town, person: Person) -> list[str]:
    """What was queued to remind somebody, sent or not."""
    statement = select(outbox.c.state).where(outbox.c.person == person.id, outbox.c.kind == "reminder")
    return list(town.app.database.look(lambda conn: conn.execute(statement).scalars().all()))


async def test_one_tap_reminds_the_people_of_a_duty_once_a_day(town: Town, principal: Person, clerk: Person) -> None:
    widen(town)
    officer = await town.join("钱演七", "officer", FOOD)
    await clerk.press_data(f"a:progress:{JUNE}")
    said = await clerk.tap("催办")
    assert said == (
        "已催办2人。\n消息送不到的2人，请电话联系：孙演一（沈阳青松示范机械有限公司，还没有加入）、"
        "王演九（沈阳青松示范机械有限公司，还没有加入）。"
    )
    for person in (principal, officer):
        assert "6月调度确认" in person.look()
        assert [one.messages for one in town.use(lambda uow: burden.every_day(uow.conn))] == [1, 1]
    again = await clerk.tap("催办")
    assert again.startswith("这次没有发出催办。\n今天已提醒过的2人，不再重复。\n消息送不到的2人")
    assert principal.look() == ""
    town.now = datetime.fromisoformat("2023-06-06T09:00:00+08:00")
    assert "已催办2人。" in await clerk.press(clerk.button("催办"))


async def test_a_reminder_of_a_clerk_does_not_leave_after_the_answer_nor_by_night(
    town: Town, principal: Person, clerk: Person
) -> None:
    town.now = datetime.fromisoformat("2023-06-05T21:30:00+08:00")
    assert await clerk.press_data(f"a:nudge:{JUNE}") == (
        "已催办1人，6月6日 08:30发出。\n消息送不到的1人，请电话联系：钱演七（沈阳白桦示范食品有限公司，还没有加入）。"
    )
    await sent(town)
    await answer_all(principal)
    await principal.tap("确认提交")
    await sent(town)
    town.now = datetime.fromisoformat("2023-06-06T10:00:00+08:00")
    await sent(town)
    assert reminders(town, principal) == ["cancelled"]


async def test_what_waits_to_leave_goes_along(town: Town, principal: Person, clerk: Person) -> None:
    town.now = datetime.fromisoformat("2023-06-05T21:30:00+08:00")
    await clerk.press_data(f"a:nudge:{JUNE}")
    town.now = datetime.fromisoformat("2023-06-06T00:30:00+08:00")
    await clerk.press_data("a:nudge:hot-work-education|once|6")
    town.now = datetime.fromisoformat("2023-06-06T08:30:00+08:00")
    await sent(town)
    (text,) = (one for one in town.channel.texts_to(principal.address) if "项任务" in one and "警示教育" in one)
    assert "6月调度确认" in text
    assert "警示教育" in text


async def test_the_cap_of_the_week_holds_for_clerks_too(town: Town, principal: Person, clerk: Person) -> None:
    for day in (5, 6, 7):
        town.now = datetime.fromisoformat(f"2023-06-0{day}T10:00:00+08:00")
        assert "已催办1人。" in await clerk.press_data(f"a:nudge:{JUNE}")
        await sent(town)
    town.now = datetime.fromisoformat("2023-06-08T10:00:00+08:00")
    assert "本周已提醒满3次的1人，不再催办，可电话联系。" in await clerk.press_data(f"a:nudge:{JUNE}")
    town.now = datetime.fromisoformat("2023-06-12T10:00:00+08:00")
    assert "已催办1人。" in await clerk.press_data(f"a:nudge-firm:{FOOD}")
    days = town.use(lambda uow: burden.every_day(uow.conn))
    assert [(one.day.day, one.messages) for one in days if one.person == principal.id] == [
        (5, 1),
        (6, 1),
        (7, 1),
        (12, 1),
    ]


async def test_when_all_is_answered_or_explained_there_is_nobody_to_nudge(principal: Person, clerk: Person) -> None:
    await answer_all(principal)
    await principal.tap("确认提交")
    assert await clerk.press_data(f"a:nudge:{JUNE}") == "没有需要催办的：都已填报，或已说明情况。"
    assert not clerk.can_tap("催办")
    await clerk.press_data(f"a:progress:{JUNE}")
    assert clerk.labels == ["已填报1"]
    principal.look()


async def test_who_blocked_the_bot_is_named_and_not_written_to(principal: Person, clerk: Person) -> None:
    await principal.do(Kind.BLOCKED)
    said = await clerk.press_data(f"a:nudge-firm:{FOOD}")
    assert said.startswith(
        "这次没有发出催办。\n消息送不到的2人，请电话联系：郑演丙（沈阳白桦示范食品有限公司，已停用机器人）"
    )


async def test_two_clerks_who_tap_at_once_nudge_once(town: Town, second: App, principal: Person, clerk: Person) -> None:
    other = await town.join("周演五", "clerk", DISTRICT)
    taps = [
        Inbound(one.address, 9_000 + number, town.now, Kind.BUTTON, data=f"a:nudge:{JUNE}")
        for number, one in enumerate((clerk, other))
    ]
    await asyncio.gather(town.app.take(taps[0]), second.take(taps[1]))
    said = [clerk.look(), other.look()]
    assert sorted("已催办1人" in one for one in said) == [False, True], said
    assert len(reminders(town, principal)) == 1
    rows = town.app.database.look(lambda conn: conn.execute(select(nudges.c.person)).scalars().all())
    assert rows == [principal.id]


async def test_the_city_nudges_its_own_units_and_the_clerks_of_districts(town: Town, clerk: Person) -> None:
    widen(town)
    unit = await town.join("周演三", "principal", CITYS)
    city = await town.join("周演市", "city", CITY)
    assert "您现在不能办理" in await clerk.press_data(f"a:nudge-firm:{CITYS}")
    assert "消息送不到" in await clerk.press_data(f"a:nudge:{JUNE}")
    assert reminders(town, unit) == []
    assert "已催办1人。" in await city.press_data(f"a:nudge-firm:{CITYS}")
    assert len(reminders(town, unit)) == 1
    clerk.look()
    said = await city.press_data("a:nudge-own:officer-training|once|")
    assert said.startswith("已催办1人。\n没有联络人能收到消息的13个地区，请电话联系：和平区、沈河区、大东区、")
    assert "沈河区" in said
    assert clerk.look() != ""
    assert "今天已提醒过的1人" in await city.press_data("a:nudge-own:officer-training|once|")


@pytest.mark.parametrize("odd", ["", "|", "monthly-dispatch", "x|y|6", "monthly-dispatch|2023-06|", "no|once|6"])
async def test_odd_buttons_nudge_nobody(town: Town, principal: Person, clerk: Person, odd: str) -> None:
    said = await clerk.press_data(f"a:nudge:{odd}")
    assert "您现在不能办理" in said or "没有需要催办的" in said
    assert "您现在不能办理" in await clerk.press_data(f"a:nudge-firm:{odd}")
    assert "您现在不能办理" in await principal.press_data(f"a:nudge:{JUNE}")
    assert reminders(town, principal) == []
