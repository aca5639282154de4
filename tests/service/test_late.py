"""Late by content: the day of the deed where the clause dates that, else the first filing; corrections stay in time."""

from datetime import date, datetime

import pytest
from sqlalchemy import update

from storage import duties, duty_figures
from storage.engine import open_database
from storage.tables import duties as rows
from tests.service.conftest import DISTRICT, FOOD
from tests.storage.conftest import upgraded_with
from tests.town import Person, Town


def at(day: str) -> datetime:
    """A moment of 2023: `05-31T10:00`."""
    return datetime.fromisoformat(f"2023-{day}:00+08:00")


def duty(town: Town, obligation: str, subject: str = DISTRICT, period: str = "once") -> duties.Duty:
    """A duty as it stands."""
    found = town.use(lambda uow: duties.of_period(uow.conn, obligation, subject, period))
    assert found is not None
    return found


async def mobilise(clerk: Person, meeting: str) -> str:
    """The meeting and the plan of the district; what the last word brings."""
    await clerk.press_data(f"a:fill:{duty(clerk.town, 'mobilise').id}")
    await clerk.say(meeting)
    await clerk.say(meeting)
    await clerk.tap("是")
    await clerk.say("基础科")
    await clerk.tap("暂不附")
    return await clerk.tap("确认提交")


async def publish(principal: Person, day: str) -> str:
    """全员岗位责任制, filled in anew or corrected."""
    await principal.press_data(f"a:fill:{duty(principal.town, 'post-responsibility', FOOD).id}")
    if principal.can_tap("修改"):
        await principal.tap("修改")
        await principal.tap("公示日期")
        await principal.say(day)
    else:
        await principal.say("全部岗位")
        await principal.say(day)
        await principal.say("公告栏")
        await principal.tap("已建立")
        await principal.tap("暂不附")
    return await principal.tap("确认提交")


@pytest.mark.parametrize(
    ("meeting", "filed", "late", "said"),
    [
        ("5月29日", "05-31T10:00", True, "5月29日开展，晚于5月25日"),
        ("5月25日", "05-31T10:00", False, ""),
        ("5月24日", "06-05T10:00", False, "5月24日按期开展，逾期填报"),
        ("6月1日", "06-05T10:00", True, "6月1日开展，晚于5月25日"),
    ],
)
async def test_a_meeting_is_late_by_its_own_day_and_not_by_that_of_its_report(
    town: Town, clerk: Person, meeting: str, filed: str, *, late: bool, said: str
) -> None:
    town.now = at(filed)
    given = await mobilise(clerk, meeting)
    assert "5月31日前可更正，此后更正将注明日期" in given or filed > "06"
    found = duty(town, "mobilise")
    assert (found.late, found.done_by) == (late, date(2023, 5, 25))
    for shown in (await clerk.press_data(f"a:show:{found.id}"), await clerk.press_data(f"a:answers:{found.id}")):
        assert said in shown
        assert "逾期" in shown or "逾期" not in said
        assert said or "晚于" not in shown
    # The report of the phase says the same, and counts it so.
    (own,) = [
        one
        for one in town.use(lambda uow: duty_figures.of_districts(uow.conn, DISTRICT, uow.now))
        if one.obligation == "mobilise"
    ]
    assert (own.late, own.done_on) == (late, found.done_on)


async def test_a_timely_filing_that_is_corrected_late_stays_timely(town: Town, principal: Person) -> None:
    town.now = at("05-29T10:00")
    assert "5月30日前可更正" in await publish(principal, "5月26日")
    first = duty(town, "post-responsibility", FOOD).first_at
    town.now = at("06-02T10:00")
    said = await publish(principal, "5月28日")
    found = duty(town, "post-responsibility", FOOD)
    assert (found.late, found.filed_late, found.first_at, found.answered_at) == (False, False, first, town.now)
    code = said.partition("回执编号 ")[2][:9]
    receipt = await principal.say(f"/receipt {code}")
    assert "逾期" not in receipt
    assert "本次为更正。首次提交：2023年5月29日" in receipt or "本次为更正。首次提交：5月29日" in receipt


async def test_a_correction_of_the_day_of_the_deed_is_judged_anew(town: Town, clerk: Person) -> None:
    town.now = at("05-29T10:00")
    await mobilise(clerk, "5月25日")
    assert not duty(town, "mobilise").late
    for day, late in (("5月29日", True), ("5月25日", False)):
        await clerk.press_data(f"a:fill:{duty(town, 'mobilise').id}")
        await clerk.tap("修改")
        await clerk.tap("会议日期")
        await clerk.say(day)
        said = await clerk.tap("确认提交")
        assert duty(town, "mobilise").late == late
        receipt = await clerk.say(f"/receipt {said.partition('回执编号 ')[2][:9]}")
        assert ("晚于5月25日" in receipt) == late


async def test_a_later_round_of_what_is_kept_up_makes_the_first_no_later(town: Town, principal: Person) -> None:
    town.now = at("05-29T10:00")
    await publish(principal, "5月29日")
    town.now = at("06-20T10:00")
    await publish(principal, "6月19日")
    found = duty(town, "post-responsibility", FOOD)
    assert (found.done_on, found.late) == (date(2023, 5, 29), False)


async def test_what_was_sent_in_time_and_taken_late_is_in_time(town: Town, principal: Person) -> None:
    """The platform, or this program, kept it: nobody is late by that. Not what is dated from before it was owed."""
    for sent, late in (("06-15T23:50", False), ("05-01T09:00", True)):
        await principal.press_data(f"a:fill:{duty(town, 'control-check', FOOD).id}")
        town.use(lambda uow: uow.conn.execute(update(rows).values(first_at=None)))
        if principal.can_tap("没有"):
            await principal.tap("没有")
        town.now = at("06-16T00:20")
        await principal.say("确认提交", at=at(sent))
        found = duty(town, "control-check", FOOD)
        assert (found.status, found.late) == ("answered", late)
        town.now = at("06-05T10:00")


async def test_answers_from_before_days_were_noted_are_dated_by_the_next_process(town: Town, clerk: Person) -> None:
    town.now = at("05-31T10:00")
    await mobilise(clerk, "5月29日")
    town.use(lambda uow: uow.conn.execute(update(rows).values(done_on=None, done_by=None)))
    assert not duty(town, "mobilise").late
    town.tick()
    assert (duty(town, "mobilise").late, duty(town, "mobilise").done_on) == (True, date(2023, 5, 29))


def test_a_filing_from_before_counts_from_its_first_receipt(database_url: str) -> None:
    upgraded_with(database_url, "0028", YESTERDAY)
    database = open_database(database_url)
    corrected, closed, undone = database.look(duties.find)
    assert (corrected.late, corrected.first_at) == (False, at("05-29T09:00"))
    assert (closed.late, closed.first_at) == (True, at("06-02T09:00"))
    assert (undone.late, undone.first_at) == (False, None)
    database.close()


YESTERDAY = """
INSERT INTO people (id, name, language, joined_at) VALUES (1, '甲', 'zh-CN', '2023-05-23 01:00:00.000000');
INSERT INTO duties (id, obligation, subject, period, district, owner, opens, due, status, answered_at, conversation)
    VALUES (1, 'study-plan', 'A', 'once', '浑南区', 'principal', '2023-05-21 16:00:00.000000',
    '2023-05-30 15:59:59.000000', 'answered', '2023-06-02 01:00:00.000000', 2);
INSERT INTO duties (id, obligation, subject, period, district, owner, opens, due, status, answered_at)
    VALUES (2, 'study-plan', 'B', 'once', '浑南区', 'principal', '2023-05-21 16:00:00.000000',
    '2023-05-30 15:59:59.000000', 'answered', '2023-06-02 01:00:00.000000');
INSERT INTO duties (id, obligation, subject, period, district, owner, opens, due, status)
    VALUES (3, 'study-plan', 'C', 'once', '浑南区', 'principal', '2023-05-21 16:00:00.000000',
    '2023-05-30 15:59:59.000000', 'open');
INSERT INTO conversations (id, dialog, duty, person, started_by, brief, state, started_at, touched_at)
    VALUES (1, 'form', 1, 1, 1, '{}', 'finished', '2023-05-29 01:00:00.000000', '2023-05-29 01:00:00.000000');
INSERT INTO conversations (id, dialog, duty, person, started_by, brief, state, started_at, touched_at)
    VALUES (2, 'form', 1, 1, 1, '{}', 'finished', '2023-06-02 01:00:00.000000', '2023-06-02 01:00:00.000000');
INSERT INTO receipts (code, duty, conversation, at) VALUES ('AAAA-AAAA', 1, 1, '2023-05-29 01:00:00.000000');
INSERT INTO receipts (code, duty, conversation, at) VALUES ('BBBB-BBBB', 1, 2, '2023-06-02 01:00:00.000000')
"""
