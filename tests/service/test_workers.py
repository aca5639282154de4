"""The register of workers: who may be named, what the chat shows, when people are reminded, what is kept clear."""

import logging
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import demo_people
from bot.channels.telegram.menus import EVERYBODY, STAFF
from campaign.certificates import number_fault
from service.core.encryption import SealError, seal
from service.core.ticking import Tick
from service.core.unit_of_work import UnitOfWork
from service.workers import register as workers
from storage import burden, people, registry
from storage import workers as kept
from storage.columns import metadata
from storage.tables import outbox
from talk.texts import ENGLISH
from tests.service.conftest import FOOD, row
from tests.service.welders import OTHER, bring, line, number, register, told, with_another_key
from tests.town import START, Person, Town

SERIALS = count(2)


def at(town: Town, moment: str) -> None:
    town.now = datetime.fromisoformat(moment)


# Who may be named


def test_the_whole_number_comes_back_with_the_key_alone(town: Town) -> None:
    bring(town, line())
    (only,) = register(town)
    assert town.use(lambda uow: workers.full_number(uow, only)) == number(1)
    with pytest.raises(SealError):
        town.use(lambda uow: workers.full_number(with_another_key(uow), only))


def test_a_number_in_the_row_of_another_worker_does_not_open(town: Town) -> None:
    bring(town, line(1), line(2, 3))
    first, second = register(town)

    def swap(uow: UnitOfWork) -> None:
        numbers = [kept.sealed(uow.conn, one.id) for one in (first, second)]
        kept.reseal(uow.conn, first.id, numbers[1], "x")
        kept.reseal(uow.conn, second.id, numbers[0], first.certificate_hash)
        kept.reseal(uow.conn, first.id, numbers[1], second.certificate_hash)

    town.use(swap)
    for one in (first, second):
        with pytest.raises(SealError):
            town.use(lambda uow, one=one: workers.full_number(uow, one))  # type: ignore[misc]  # bound now


def test_a_number_of_before_is_read_and_bound_to_its_worker_when_it_is_renewed(town: Town) -> None:
    bring(town, line(1), line(2, 3))
    first, second = register(town)

    def age(uow: UnitOfWork) -> None:
        for one in (first, second):
            old = seal(uow.context.keys, "certificate", FOOD, workers.full_number(uow, one))
            kept.reseal(uow.conn, one.id, old, one.certificate_hash)

    town.use(age)
    assert town.use(lambda uow: workers.full_number(uow, first)) == number(1)
    assert town.use(workers.renew_seals) == 2
    assert town.use(workers.renew_seals) == 0
    assert town.use(lambda uow: workers.full_number(uow, first)) == number(1)


def test_only_a_valid_welder_of_this_enterprise_may_be_named(town: Town) -> None:
    town.register(row(), row(OTHER, 3, 企业名称="沈阳红枫示范有限公司"))
    bring(
        town,
        line(1),
        line(2, 3, 姓名="低压电工", 作业类别="低压电工作业"),
        line(3, 4, 姓名="逾期未审", 初领日期="2020-05-11", 应复审日期="2023-05-10", 有效期至="2026-05-10"),
        line(4, 5, 姓名="已经期满", 初领日期="2017-05-11", 应复审日期="2023-05-10", 有效期至="2023-05-10"),
        line(5, 6, 姓名="别的企业", 统一社会信用代码=OTHER),
    )
    bring(town, line(6, 2, 姓名="已经离岗"))
    bring(town, line(6, 2, 姓名="已经离岗", 在岗状态="离岗"))

    def named(on: date) -> list[str]:
        return town.use(lambda uow: [one.name for one in workers.usable(uow, FOOD, on)])

    assert named(date(2023, 6, 5)) == ["何演松"]
    assert named(date(2023, 8, 31)) == ["何演松"]
    assert named(date(2023, 9, 1)) == []
    assert named(date(2023, 5, 10)) == ["何演松", "逾期未审", "已经期满"]


def test_the_demo_has_two_welders_who_may_be_named_and_one_who_was_not_reviewed(town: Town) -> None:
    town.use(demo_people.populate)
    shown = town.use(lambda uow: {one.name: one.code for one in registry.all_enterprises(uow.conn).values()})
    code = shown[demo_people.SHOWN]
    assert [one.name for one in register(town, code)] == ["何演松", "吕演柏", "施演桦"]
    usable = town.use(lambda uow: workers.usable(uow, code, date(2023, 6, 15)))
    assert [one.name for one in usable] == ["何演松", "吕演柏"]
    numbers = town.use(lambda uow: [workers.full_number(uow, one) for one in kept.find(uow.conn, code)])
    assert [number_fault(one) for one in numbers] == [None] * 3
    assert {one[:7] for one in numbers} == {"T999999"}


# In the chat


async def test_the_officer_sees_the_register_void_certificates_first(town: Town, officer: Person) -> None:
    assert await officer.say("/workers") == (
        "名册中还没有特种作业人员。请将名册（姓名、作业类别、证号、初领日期、应复审日期、有效期至）报送浑南区应急管理局导入，"
        "证号请勿发到聊天中。"
    )
    bring(
        town,
        line(1),
        line(2, 3, 姓名="吕演柏", 初领日期="2020-05-11", 应复审日期="2023-05-10", 有效期至="2026-05-10"),
        line(3, 4, 姓名="施演桦", 初领日期="2017-05-11", 应复审日期="2023-05-10", 有效期至="2023-05-10"),
        line(4, 5, 姓名="孔演枫", 初领日期="2021-05-11", 应复审日期="2024-05-10", 有效期至="2027-05-10"),
    )
    short = {nth: f"T999*************{number(nth)[-2:]}" for nth in (2, 4)}
    assert (await officer.say("/workers")).splitlines() == [
        "特种作业人员名册：4张操作证",
        "⚠️ 其中2张已失效，持证人不得从事该项作业。",
        f"1. 吕演柏，焊接与热切割作业，{short[2]}：应复审日期2023年5月10日，已过，未复审，已失效",
        f"2. 施演桦，焊接与热切割作业，T999*************{number(3)[-2:]}：有效期至2023年5月10日，已过，已失效",
        f"3. 何演松，焊接与热切割作业，T999*************{number(1)[-2:]}：有效期至2023年8月31日，还有87天",
        f"4. 孔演枫，焊接与热切割作业，{short[4]}：应复审日期2024年5月10日，有效期至2027年5月10日",
        "人员或日期有变化的，请将新名册报送浑南区应急管理局导入，证号请勿发到聊天中。",
    ]
    assert officer.labels == []


async def test_a_long_register_is_shown_a_screen_at_a_time(town: Town, principal: Person) -> None:
    bring(town, *(line(serial, serial + 1, 姓名=f"工人{serial:02}") for serial in range(1, 24)))
    assert "10. 工人10" in await principal.say("/workers")
    assert "20. 工人20" in await principal.tap("更多")
    assert "23. 工人23" in await principal.tap("更多")
    assert not principal.can_tap("更多")
    assert "1. 工人01" in await principal.say("/workers 99")


async def test_nobody_else_sees_a_register(town: Town, clerk: Person) -> None:
    bring(town, line())
    worker = await town.join("何演松", "worker", FOOD)
    stranger = town.newcomer("路人")
    for person in (clerk, worker):
        assert await person.say("/workers") == "特种作业人员名册只供企业主要负责人和安全员查看。"
        assert "何演松" not in await person.press_data("a:workers:2")
    assert "何演松" not in await stranger.say("/workers")


async def test_help_and_the_menu_name_it(officer: Person) -> None:
    assert "/workers 特种作业人员" in await officer.say("/help")
    assert "workers" in [name for name, _ in EVERYBODY]
    assert {"workers", "file"}.isdisjoint(name for name, _ in STAFF)
    assert {"district", "hazards"} <= {name for name, _ in STAFF}


# Reminders


def reminders_of(town: Town, person: Person) -> list[tuple[datetime, str]]:
    """The reminders of certificates queued for somebody: from when each may leave, and what it says."""

    def case(uow: UnitOfWork) -> list[tuple[datetime, str]]:
        rows = uow.conn.execute(
            select(outbox.c.not_before, outbox.c.body)
            .where(outbox.c.kind == workers.REMINDER, outbox.c.external_id == person.address.external_id)
            .order_by(outbox.c.id)
        )
        return [(row.not_before.astimezone(uow.context.zone), str(row.body["text"])) for row in rows]

    return town.use(case)


async def test_ninety_sixty_thirty_and_seven_days_before_both_are_reminded_once(
    town: Town, principal: Person, officer: Person
) -> None:
    bring(
        town,
        line(1, 2, 初领日期="2017-10-01", 应复审日期="2023-09-30", 有效期至="2023-09-30"),
        line(2, 3, 姓名="吕演柏", 初领日期="2020-10-01", 应复审日期="2023-09-30", 有效期至="2026-09-30"),
    )
    told_on: list[str] = []

    def look(uow: UnitOfWork) -> int:
        return workers.remind(uow, Tick(None, people.all_holders(uow.conn), {}))

    for day in range(5, 5 + 120):
        at(town, (START + timedelta(days=day - 5)).isoformat())
        # Two looks a day, of the register alone: whole ticks would plan four months of duties.
        for _ in range(2):
            told_on += [f"{town.now:%m-%d}"] * (town.use(look) // 2)
    # 2 July and 24 and 30 September have a rest day at hand: what falls on one comes on the working day before.
    assert told_on == ["06-30", "08-01", "08-31", "09-22"]
    said = [text for _, text in reminders_of(town, principal)]
    assert said == [text for _, text in reminders_of(town, officer)]
    assert said[1].splitlines() == [
        "【浑南区应急管理局】沈阳白桦示范食品有限公司特种作业操作证到期提醒",
        "⏰ 以下操作证即将到期：",
        f"何演松，焊接与热切割作业，T999*************{number(1)[-2:]}：有效期至2023年9月30日，还有60天",
        f"吕演柏，焊接与热切割作业，T999*************{number(2)[-2:]}：应复审日期2023年9月30日，还有60天",
        "请在到期前办妥复审或换证，并将新名册报送浑南区应急管理局。逾期的操作证失效，持证人不得作业，也不能列为动火人。",
    ]


async def test_of_missed_rungs_only_the_newest_goes_out(town: Town, officer: Person) -> None:
    bring(town, line())
    at(town, "2023-08-26T09:00:00+08:00")  # a Saturday, after months without a tick
    town.tick()
    ((leaves, text),) = reminders_of(town, officer)
    assert f"{leaves:%m-%d %H:%M}" == "08-28 08:30"
    assert "还有5天" in text


async def test_at_night_it_waits_for_the_morning(town: Town, officer: Person) -> None:
    at(town, "2023-06-05T21:30:00+08:00")
    bring(town, line())
    town.tick()
    ((leaves, _),) = reminders_of(town, officer)
    assert f"{leaves:%m-%d %H:%M}" == "06-06 08:30"


async def test_what_was_renewed_meanwhile_is_left_out_when_it_leaves(town: Town, officer: Person) -> None:
    at(town, "2023-06-05T21:30:00+08:00")
    bring(town, line(1), line(2, 3, 姓名="吕演柏"), line(3, 4, 姓名="施演桦"))
    town.tick()
    bring(town, line(1, 2, 应复审日期="2026-08-31", 有效期至="2029-05-31"), line(2, 3, 姓名="吕演柏", 在岗状态="离岗"))
    at(town, "2023-06-06T08:31:00+08:00")
    await town.app.delivery.round()
    (text,) = [text for text in town.channel.texts_to(officer.address) if "操作证" in text]
    assert ("施演桦" in text, "何演松" in text, "吕演柏" in text) == (True, False, False)
    assert "还有86天" in text


async def test_what_was_all_renewed_does_not_leave_at_all(town: Town, officer: Person) -> None:
    at(town, "2023-06-05T21:30:00+08:00")
    bring(town, line())
    town.tick()
    bring(town, line(应复审日期="2026-08-31", 有效期至="2029-05-31"))
    at(town, "2023-06-06T08:31:00+08:00")
    await town.app.delivery.round()
    assert not any("操作证" in text for text in town.channel.texts_to(officer.address))
    # Its next end is far away; and a wrong day that is put right is told anew.
    town.tick()
    assert len(reminders_of(town, officer)) == 1
    bring(town, line(应复审日期="2023-08-15", 有效期至="2029-05-31"))
    town.tick()
    assert "应复审日期2023年8月15日，还有70天" in reminders_of(town, officer)[-1][1]


async def test_where_nobody_has_joined_whoever_does_is_told_then(town: Town) -> None:
    bring(town, line())
    town.tick()
    officer = await town.join("钱演七", "officer", FOOD)
    town.tick()
    town.tick()
    assert len(reminders_of(town, officer)) == 1


async def test_a_void_certificate_is_not_nagged_about(town: Town, officer: Person) -> None:
    # Its holder needs a new one: the expiry of the old one no longer matters.
    bring(town, line(初领日期="2017-09-01", 应复审日期="2020-08-31"))
    town.tick()
    assert reminders_of(town, officer) == []


async def test_it_neither_counts_as_a_reminder_of_the_week_nor_falls_to_the_cap(town: Town, officer: Person) -> None:
    for _ in range(4):
        bring(town, *(line(serial, serial, 姓名=f"工人{serial}") for serial in (next(SERIALS),)))
        town.pass_time(minutes=1)
        town.tick()
    assert len(reminders_of(town, officer)) == 4
    (person,) = {officer.id}
    sent = town.use(lambda uow: burden.between(uow.conn, date(2023, 6, 5), date(2023, 6, 5)))
    assert sent.get(person, 0) <= 1


async def test_many_that_end_together_are_one_message_of_a_screen(town: Town, officer: Person) -> None:
    bring(town, *(line(serial, serial + 1, 姓名=f"工人{serial:02}") for serial in range(1, 24)))
    town.tick()
    ((_, text),) = reminders_of(town, officer)
    assert "工人10" in text
    assert "另有13张，见名册。" in text
    officer.look()
    assert "11. 工人11" in (await officer.tap("查看名册"), await officer.tap("更多"))[1]


# What is kept in the clear


def files_of(folder: Path) -> str:
    """Whatever is kept in the folder of a town, the database with it where it is a file."""
    return "".join(path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file())


async def test_the_number_stands_nowhere_but_where_it_is_encrypted(
    town: Town, officer: Person, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    numbers = [number(1), "TE99999999", "T999999198503120010"]
    rows = [line(1, 2, 证号=numbers[0]), line(1, 3, 证号=numbers[1]), line(1, 4, 证号=numbers[2])]
    said = told(bring(town, *rows)) + told(bring(town, *rows, line(1, 5))) + told(bring(town, *rows), ENGLISH)
    town.tick()
    await officer.say("/workers")
    await town.app.delivery.round()
    await officer.say("/me")
    await officer.press_data("a:export:")

    def everything(uow: UnitOfWork) -> str:
        return "".join(
            value.decode("latin-1") if isinstance(value, bytes) else str(value)
            for table in metadata.sorted_tables
            for row_ in uow.conn.execute(select(table))
            for value in row_
        )

    places = (said, town.use(everything), files_of(tmp_path), caplog.text, str(town.channel.sent))
    for secret in (*numbers, *(one[1:] for one in numbers), *(one[4:-2] for one in numbers)):
        assert [secret in place for place in places] == [False] * len(places), secret
    # The search would find it: what may be shown is found.
    assert all(f"T999*************{numbers[0][-2:]}" in place for place in (places[1], places[4]))
