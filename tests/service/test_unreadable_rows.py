"""Rows that cannot be read, and the people who meet them: one clear line, and everything else goes on."""

import json
import logging
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.cli.logs import Lines
from service.care import findings
from service.care.findings import Level
from service.notices import receipts
from storage import annex, conversations, permits, survey
from storage.engine import SqliteDatabase
from storage.tables import audit, inbox
from storage.unreadable import UnreadableError
from tests.service.conftest import FOOD
from tests.service.noticing import widen, write
from tests.service.site import Site
from tests.service.test_dispatch import answer_all, june, open_card
from tests.town import Person, Town


def spoil(town: Town, place: str, value: Any, which: str = "1 = 1") -> None:
    """Store what nobody of us would."""
    table, column = place.split(".")
    stored = ":value" if isinstance(town.app.database, SqliteDatabase) else "CAST(:value AS json)"
    changed = text(f'UPDATE "{table}" SET "{column}" = {stored} WHERE {which}')  # noqa: S608  # names of ours
    town.use(lambda uow: uow.conn.execute(changed, {"value": json.dumps(value)}))


def broken(town: Town) -> list[tuple[str, bool]]:
    """The rows that are named, and whether each is settled."""
    return [(one.row, one.settled) for one in town.use(lambda uow: list(survey.unreadable(uow.conn, None)))]


def failed(town: Town) -> list[str]:
    """The errors of the updates that could not be handled."""
    found = select(inbox.c.error).where(inbox.c.state == "failed")
    return town.use(lambda uow: [str(one) for one in uow.conn.execute(found).scalars()])


@pytest.mark.parametrize("brief", ["x", {"form": 7}])
async def test_a_talk_that_cannot_be_read_is_set_aside_and_begun_anew(
    town: Town, principal: Person, brief: object
) -> None:
    """The message is taken as if the talk had not been there; the duty can be answered in another one."""
    await open_card(principal)
    await principal.tap("已调度")
    old = principal.button("是")
    spoil(town, "conversations.brief", brief, "state = 'front'")
    said = await principal.say("/tasks")
    assert "待办任务" in said
    said = await principal.say("6月5日")
    assert "已经放到一边" in said
    assert "重新填报" in said
    assert "抱歉" not in said
    assert await principal.press(old) == "这一项已不需要回答。请看最新的一条消息。"
    await answer_all(principal)
    assert "✅" in await principal.tap("确认提交")
    assert june(town).status == "answered"
    assert failed(town) == []
    noted = select(audit.c.subject).where(audit.c.event == "row-set-aside")
    (row,) = town.use(lambda uow: list(uow.conn.execute(noted).scalars()))
    assert row.startswith("conversations/")
    kept = town.use(lambda uow: conversations.by_id(uow.conn, int(row.partition("/")[2])))
    assert kept is not None
    assert kept.state == "discarded"


async def test_what_was_picked_and_cannot_be_read_is_picked_again(town: Town, principal: Person) -> None:
    await open_card(principal)
    for label in ("已调度", "是", "今天", "现场调度", "落实整改"):
        await principal.tap(label)
    spoil(town, "prompts.picked", {"a": 1}, "state = 'open'")
    said = await principal.tap("完成")
    assert "已损坏" in said
    assert "议定了哪些事项" in said
    await principal.tap("落实整改")
    assert "还有什么问题" in await principal.tap("完成")
    assert failed(town) == []


@pytest.mark.parametrize("value", [{"a": 1}, None, [[]]])
async def test_an_answer_that_cannot_be_read_is_asked_again(town: Town, principal: Person, value: object) -> None:
    await answer_all(principal)
    spoil(town, "answers.value", value, "key = 'day'")
    assert "哪天" in await principal.say("/tasks") + await principal.say("好的")
    await principal.tap("昨天")
    assert "时间：6月4日（周日）" in principal.screen[-1].text
    assert failed(town) == []


async def test_lists_and_rounds_go_on_without_why_a_duty_is_not_met(town: Town, principal: Person) -> None:
    await answer_all(principal)
    await principal.tap("确认提交")
    spoil(town, "duties.shortfall", {"unmet": 7}, f"id = {june(town).id}")
    assert "6月调度确认" in await principal.say("/tasks") + await open_card(principal)
    assert june(town).judged.unmet == ()
    town.pass_time(days=1)
    town.tick()
    assert (f"duties/{june(town).id}", False) in broken(town)


async def test_a_permit_that_cannot_be_read_holds_up_no_other_site(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """Its own people get one line with its number, lists show it, and the clock goes on for the others."""
    site = await Site.found(town)
    site.started()
    site.town.now = site.town.now.replace(hour=10)
    other = site.application(place="3号站房", guardian=site.who("principal"), starts=site.town.now.replace(hour=11))
    site.apply(other)
    spoil(town, "permits.application", {"words": "x"}, "id = 1")
    officer = site.crew["officer"]
    assert "D-0605-01" in await officer.say("/permits")
    said = await officer.press_data("a:permit:1")
    assert "permits/1" in said
    assert "已损坏" in said
    town.pass_time(days=2)
    caplog.clear()
    with caplog.at_level(logging.ERROR, "anzhu"):
        await town.app.tick()
    assert "permits/1 cannot be read" in caplog.text
    # The log of a process says of an error which one it is, and of this one also which row.
    assert any("UnreadableError permits/1" in Lines().format(record) for record in caplog.records)
    assert "Traceback" not in caplog.text
    states = {row.id: row.state for row in town.use(lambda uow: permits.find(uow.conn))}
    assert states == {1: "started", 2: "expired"}
    assert broken(town) == [("permits/1", False)]


async def test_a_step_that_cannot_be_read_is_named_and_the_list_is_shown(town: Town) -> None:
    site = await Site.found(town)
    site.started()
    spoil(town, "permit_steps.data", {"sample": {"gas": "CH4", "value": "viel", "ok": True}}, "event = 'sample'")
    (step,) = [row for row, _ in broken(town)]
    officer = site.crew["officer"]
    assert "D-0605-01" in await officer.say("/permits")
    assert step in await officer.press_data("a:permit:1")
    await town.app.tick()


async def test_a_notice_that_cannot_be_read_keeps_nobody_from_joining(town: Town) -> None:
    widen(town)
    await town.join("郑演丙", "principal", FOOD)
    clerk = await town.join("孙演九", "clerk", "浑南区")
    await write(clerk)
    await clerk.press_data(
        next(b.data for row in clerk.screen[-1].buttons for b in row if b.text.startswith("确认发送"))
    )
    spoil(town, "notices.audience", {"districts": []})
    joined = await town.join("钱演七", "officer", FOOD)
    assert "您已加入" in "\n".join(message.text for message in joined.screen)
    town.pass_time(days=1)
    town.tick()
    who = joined.id
    town.use(lambda uow: receipts.welcome(uow, who))
    assert broken(town) == [("notices/1", False)]


async def test_a_figure_is_not_told_where_a_record_of_it_cannot_be_read(town: Town, principal: Person) -> None:
    """It might be another."""
    act = {"district": "浑南区", "row": "C1", "enterprise": None, "day": town.now.date(), "at": town.now}
    who = principal.id
    number = town.use(lambda uow: annex.act(uow.conn, **act, values=(Decimal(1),), note="", by=who))  # type: ignore[arg-type]  # as a row has it
    spoil(town, "bureau_actions.values", [None])
    with pytest.raises(UnreadableError, match=f"bureau_actions/{number} cannot be read"):
        town.use(lambda uow: annex.actions(uow.conn))


async def test_the_doctor_names_rows_by_table_and_id_and_is_red_for_those_that_are_needed(
    town: Town, principal: Person
) -> None:
    await open_card(principal)
    await principal.tap("已调度")
    assert town.use(lambda uow: findings.rows(uow.conn)).level is Level.OK
    spoil(town, "outbox.body", {"words": "x"}, "id = 1")
    town.use(lambda uow: uow.conn.execute(text("UPDATE outbox SET state = 'sent' WHERE id = 1")))
    settled = town.use(lambda uow: findings.rows(uow.conn))
    assert (settled.level, "outbox/1" in str(settled.what)) == (Level.WARNING, True)
    spoil(town, "duties.shortfall", 7, f"id = {june(town).id}")
    found = town.use(lambda uow: findings.rows(uow.conn))
    assert found.level is Level.ERROR
    assert f"duties/{june(town).id}" in str(found.what)
