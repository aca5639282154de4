"""The morning's card: one for each clerk and for the city, with all that rose to them, and none where nothing did."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update

from service.core.letters import Draft
from service.core.unit_of_work import UnitOfWork
from service.desk import morning, waiting
from service.duties import reminding
from service.reminders import tick
from storage import duties as storage
from storage.hazards import change
from storage.tables import duties, outbox
from talk.messages import FileRef, Kind
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.lines import code
from tests.service.test_dispatch import june
from tests.service.test_hazards import report_with_plan
from tests.service.test_joining import explained
from tests.town import Person, Town

FAR, QUIET = "沈河区", "铁西区"


@pytest.fixture
async def city(town: Town) -> Person:
    """Staff of the city."""
    return await town.join("赵演六", "city", CITY)


def at(town: Town, moment: str) -> None:
    """Set the clock and let the scheduler look."""
    town.now = datetime.fromisoformat(f"{moment}+08:00")
    town.tick()


def unasked(town: Town, person: Person) -> dict[date, list[str]]:
    """What came to somebody of its own accord, by the campaign's day on which it was made."""
    came: defaultdict[date, list[str]] = defaultdict(list)
    rows = town.app.database.look(
        lambda conn: conn.execute(
            select(outbox.c.created_at, outbox.c.body["text"].as_string()).where(
                outbox.c.external_id == person.address.external_id,
                outbox.c.kind != "reply",
                outbox.c.state != "cancelled",
            )
        ).all()
    )
    for made, text in rows:
        came[made.astimezone(town.app.context.zone).date()].append(text)
    return came


async def test_two_weeks_bring_each_clerk_and_the_city_one_card_a_morning_at_the_most_and_none_on_a_rest_day(
    town: Town, city: Person
) -> None:
    await town.join("郑演丙", "principal", FOOD)
    clerks = {name: await town.join(f"{name[:2]}员", "clerk", name) for name in (DISTRICT, FAR, QUIET)}
    town.register(
        row(),
        row(code(1), 3, 企业名称="沈阳青松示范机械有限公司", 行业="机械", 风险标签="动火"),
        row(code(2), 4, 企业名称="沈阳红枫示范建材有限公司", 所属区县=FAR, 行业="建材", 监管单位="沈河区应急管理局"),
    )
    begun = town.now.date() + timedelta(days=1)
    for day in range(14):
        for hour in (3, 8, 9, 14, 21):
            town.now = datetime.combine(begun + timedelta(days=day), time(hour, 30), town.now.tzinfo)
            # Two replicas look.
            town.tick()
            town.tick()
    came = {name: unasked(town, person) for name, person in (clerks | {CITY: city}).items()}
    for name, days in came.items():
        fresh = {day: texts for day, texts in days.items() if day >= begun}
        assert max(len(texts) for texts in fresh.values()) == 1, (name, fresh)
        assert all(day.weekday() < 5 for day in fresh), name
    # Of a district without an enterprise nothing rises; its own duties are reminded of.
    assert not any("逾期仍未填报" in text for texts in came[QUIET].values() for text in texts)
    mornings = {name: [day for day, texts in days.items() if "待办情况" in texts[-1]] for name, days in came.items()}
    assert mornings[QUIET] == []
    # What was due on the 15th rises on Monday the 19th; what the districts themselves owed, on the day after.
    assert [day for day in mornings[DISTRICT] if day > begun] == [date(2023, 6, 19)]
    assert [day for day in mornings[CITY] if day > begun] == [date(2023, 6, 16)]


async def test_a_day_on_which_nothing_rose_is_silent(town: Town, clerk: Person) -> None:
    at(town, "2023-06-06T08:30:00")
    clerk.look()
    at(town, "2023-06-07T08:30:00")
    assert clerk.look() == ""


async def test_everything_of_a_morning_is_on_one_card_with_the_counts_and_a_button_each(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    await explained(principal)
    await town.join("吴演二", "principal", FOOD)
    town.use(lambda uow: change(uow.conn, 1, deadline=date(2023, 6, 19)))
    for moment in ("2023-06-16T09:00:00", "2023-06-19T09:00:00"):
        at(town, moment)
    clerk.look()
    at(town, "2023-06-20T03:00:00")
    assert clerk.look() == ""
    at(town, "2023-06-20T08:30:00")
    card = clerk.look()
    assert card.startswith("【浑南区应急管理局】6月20日待办情况\n")
    assert "重大事故隐患超过整改期限的：1处\n待您处理的：2项" in card
    shown = next(message for message in reversed(clerk.screen) if message.text in card and "待办情况" in message.text)
    labels = [button.text for buttons in shown.buttons for button in buttons]
    assert "待您处理" in labels
    assert len(labels) <= 6
    listed = await clerk.tap("待您处理")
    assert "1. 沈阳白桦示范食品有限公司：说明6月调度确认未完成的情况\n" in listed
    assert "2. 沈阳白桦示范食品有限公司：另有人申请任主要负责人" in listed
    old = clerk.button("第1项")
    assert "对6月调度确认说明情况：\n原因：停产停业" in await clerk.press(old)
    await clerk.tap("接受")
    assert june(town).status == "excused"
    assert "已处理过，或不由您处理" in await clerk.press(old)
    assert "吴演二申请以主要负责人身份加入" in await clerk.waiting()


async def test_what_waits_is_brought_up_when_it_came_and_once_a_week(
    town: Town, principal: Person, clerk: Person
) -> None:
    await explained(principal)
    assert clerk.look() == ""
    seen = []
    for day in (6, 7, 8, 9, 12, 13):
        at(town, f"2023-06-{day:02}T08:30:00")
        seen.append("待您处理的：1项" in clerk.look())
    assert seen == [True, False, False, False, True, False]


async def test_who_cannot_be_reached_is_named_once(town: Town, principal: Person, clerk: Person) -> None:
    await principal.do(Kind.BLOCKED)
    at(town, "2023-06-06T08:30:00")
    assert "主要负责人新近联系不上或已退出的1家：沈阳白桦示范食品有限公司" in clerk.look()
    at(town, "2023-06-07T08:30:00")
    assert "联系不上" not in clerk.look()


async def test_what_rises_after_the_morning_waits_for_the_next_one(
    town: Town, principal: Person, clerk: Person, city: Person
) -> None:
    await explained(principal)
    at(town, "2023-07-06T08:30:00")
    clerk.look()
    city.look()
    # Returned at noon, it is six days overdue: nobody is told before the next morning.
    await clerk.press_data(f"a:reopen:{june(town).id}")
    at(town, "2023-07-06T12:00:00")
    assert (city.look(), june(town).escalated) == ("", None)
    at(town, "2023-07-07T08:30:00")
    assert "浑南区　6月调度确认：1家" in city.look()


async def test_a_card_that_waited_says_what_is_left_when_it_leaves(
    town: Town, principal: Person, clerk: Person
) -> None:
    await explained(principal)
    at(town, "2023-06-06T08:30:00")
    await clerk.press_data(f"a:excuse:{june(town).id}")
    await town.app.delivery.round()
    assert not [text for text in town.channel.texts_to(clerk.address) if "待办情况" in text]


async def test_another_districts_clerk_and_an_enterprise_open_nothing_that_waits(town: Town, principal: Person) -> None:
    await explained(principal)
    other = await town.join("周演四", "clerk", FAR)
    for stranger in (other, principal):
        assert "目前没有待您处理的事项" in await stranger.press_data("a:waiting:")
        for data in (f"a:waiting:explanation:{june(town).id}", "a:waiting:principal:99", "a:waiting:x:y:z"):
            assert "已处理过，或不由您处理" in await stranger.press_data(data)


async def test_who_joins_under_another_name_than_the_registrys_is_named_once(town: Town, clerk: Person) -> None:
    """The officer was not, when the names came onto the morning's card."""
    await town.join("吴演二", "principal", FOOD)
    await town.join("韩演旧", "officer", FOOD)
    at(town, "2023-06-06T08:30:00")
    card = clerk.look()
    assert "登记的姓名是“郑演丙”，本人填写为“吴演二”" in card
    assert "登记的姓名是“钱演七”，本人填写为“韩演旧”" in card
    at(town, "2023-06-07T08:30:00")
    assert clerk.look() == ""


def statements(case: Callable[[], object]) -> int:
    """How many statements a case sends to the database."""
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        case()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(sent)


async def test_the_morning_of_a_big_district_asks_no_more_of_the_database(town: Town, clerk: Person) -> None:
    town.register(
        *(row(code(number), number, 企业名称=f"沈阳白桦示范{number}食品有限公司") for number in range(3, 103))
    )
    at(town, "2023-06-16T20:00:00")
    town.now = datetime.fromisoformat("2023-06-19T08:30:00+08:00")
    # As a process looks that has looked before: its first look plans the whole pack again.
    assert statements(lambda: town.use(partial(tick.tick, everything=False))) < 130
    assert "浑南区　对照判定标准自查：101家" in clerk.look()


async def test_what_waits_in_a_big_district_is_found_at_once(town: Town, principal: Person, clerk: Person) -> None:
    await explained(principal)
    ended = town.now
    town.pass_time(hours=1)
    town.register(*(row(code(number), number, 企业名称=f"沈阳示范{number}食品厂") for number in range(3, 103)))
    said = update(duties).where(duties.c.obligation == "monthly-dispatch", duties.c.period == "2023-06")
    town.use(lambda uow: uow.conn.execute(said.values(status="explained")))
    reader = clerk.id
    found = town.use(waiting.by_person)[reader]
    assert len(found) == 101
    assert next(one.at for one in found if one.place == "沈阳白桦示范食品有限公司") == ended
    assert statements(lambda: town.use(waiting.by_person)) < 15


def test_a_card_may_be_about_more_duties_than_a_statement_takes_values(town: Town) -> None:
    known = town.use(lambda uow: storage.find(uow.conn))
    found = town.use(lambda uow: storage.find(uow.conn, ids=range(1, 70_000)))
    assert len(known) == len({one.id for one in found}) == len(found) > 0


async def test_a_card_that_cannot_be_made_keeps_nothing_from_anybody_else(
    town: Town, principal: Person, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await town.join("吴演八", "clerk", FAR)
    town.register(
        row(),
        row(code(2), 4, 企业名称="沈阳红枫示范建材有限公司", 所属区县=FAR, 行业="建材", 监管单位="沈河区应急管理局"),
    )
    at(town, "2023-06-16T20:00:00")
    for person in (principal, clerk, other):
        person.look()
    sound, broken = morning.card, clerk.id

    def card(uow: UnitOfWork, reader: morning.Reader, *rest: Any) -> Draft | None:
        if reader.person == broken:
            raise LookupError("a name is missing")
        return sound(uow, reader, *rest)

    monkeypatch.setattr(morning, "card", card)
    at(town, "2023-06-19T08:30:00")
    assert "待办情况" in other.look()
    # What rose is told all the same, in the words of a reminder.
    assert "逾期仍未填报" in clerk.look()
    again = town.now + timedelta(minutes=1)
    at(town, f"{again:%Y-%m-%dT%H:%M:%S}")
    assert clerk.look() == other.look() == ""


async def test_a_reminder_that_cannot_be_made_keeps_nothing_from_anybody_else(
    town: Town, principal: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.register(row(), row(code(2), 3, 企业名称="沈阳红枫示范建材有限公司", 行业="建材"))
    other = await town.join("周演一", "principal", code(2))
    sound, broken = reminding.digest, principal.id

    def digest(uow: UnitOfWork, person: int, ids: Sequence[int]) -> Draft | None:
        if person == broken:
            raise LookupError("a name is missing")
        return sound(uow, person, ids)

    monkeypatch.setattr(reminding, "digest", digest)
    at(town, "2023-06-12T08:30:00")
    assert "6月15日" in other.look()
    assert principal.look() == ""


async def test_permits_that_fail_do_not_keep_the_tick_from_the_rest(
    town: Town, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_uow: UnitOfWork) -> int:
        raise LookupError("a permit without a place")

    at(town, "2023-06-16T20:00:00")
    clerk.look()
    monkeypatch.setattr("service.hot_work.pulse.tick", fail)
    town.now = datetime.fromisoformat("2023-06-19T08:30:00+08:00")
    with pytest.raises(LookupError, match="a permit without a place"):
        await town.app.tick()
    assert "待办情况" in clerk.look()


async def test_a_tick_goes_by_person_as_a_nudge_does(town: Town) -> None:
    # Whoever joins first serves the enterprise that comes last.
    codes = [code(number) for number in range(3, 9)]
    town.register(*(row(one, 3, 企业名称=f"沈阳示范{one[-3:]}食品厂") for one in codes))
    for one, name in zip(reversed(codes), "甲乙丙丁戊己", strict=True):
        await town.join(f"周演{name}", "principal", one)
    at(town, "2023-06-12T08:30:00")
    statement = select(outbox.c.person).where(outbox.c.kind == "reminder").order_by(outbox.c.id)
    told = town.app.database.look(lambda conn: list(conn.execute(statement).scalars()))
    assert len(told) == len(codes)
    assert told == sorted(told)
