"""What must hold of a rehearsal besides its figures, as people see it."""

import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from sqlalchemy import select

from campaign.enterprise_life import State
from service.registry import states
from storage.tables import duties
from tests.recount import GONE, after, stands
from tests.rehearsal import reading
from tests.rehearsal.annex_table import count_filings
from tests.rehearsal.hazard_life import lives
from tests.rehearsal.owed import turns
from tests.rehearsal.permit_table import nobody_worked_past_a_gate, the_site_was_asked_before_it_was_suspended
from tests.rehearsal.stage import ZONE, Stage

PLANNED = re.compile(r"^好的(?:。(.+)仍待填报|，.+再提醒您(.+)。$)", re.MULTILINE)
STATES = {
    State.ACTIVE: "正常",
    State.SUSPENDED: "停产",
    State.DEREGISTERED: "注销",
    State.MOVED: "迁出",
    State.MERGED: "合并",
}
OWED = ("open", "returned", "explained")
PROMISED = re.compile(r"承诺(?:的日期)?(\d+)月(\d+)日")
WEEK = timedelta(days=7)
URGENT = re.compile(r"今天（|还有1天")


def check(stage: Stage) -> None:
    """AssertionError for what does not hold."""
    nobody_is_reminded_of_what_is_answered(stage)
    one_reminder_a_day(stage)
    three_reminders_a_week(stage)
    check_ins_stop_with_the_last_hazard(stage)
    nobody_worked_past_a_gate(stage)
    the_site_was_asked_before_it_was_suspended(stage)
    every_table_was_filed(stage)
    who_stopped_or_went_owes_what_that_leaves(stage)


def nobody_is_reminded_of_what_is_answered(stage: Stage) -> None:
    answered: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for person in stage.people:
        for title, at in person.answered.items():
            answered[person.subject].setdefault(title, at)
    for person in stage.people:
        done = answered[person.subject]
        for push in person.pushes:
            before = [
                title
                for title in push.titles
                if done.get(title, push.at) < push.at and not reading.tells_unmet(push.text, title)
            ]
            assert not before, (person.name, push)


def one_reminder_a_day(stage: Stage) -> None:
    """No ladder has two rungs on one day, and a person gets one digest of whatever is due."""
    for person in stage.people:
        # The annex table comes beside it, with what others do about it, and the city's card.
        days = Counter(push.at.date() for push in person.pushes if not reading.is_monthly(push.text))
        assert max(days.values(), default=0) <= 1, person.pushes


def three_reminders_a_week(stage: Stage) -> None:
    """More only of what is due by tomorrow or promised until today, or what somebody asked to be reminded of."""
    for person in stage.people:
        if person.role not in ("principal", "officer"):
            continue
        asked = {title for shown in person.chat.shown for found in PLANNED.findall(shown.text) for title in found}
        promises = {date(2023, *map(int, day)) for shown in person.chat.shown for day in PROMISED.findall(shown.text)}
        weeks: Counter[tuple[int, int]] = Counter()
        last = stage.days[0]
        for push in person.pushes:
            today = push.at.date()
            # On the day that was promised, and every week after it.
            promised = any(last < today - (today - day) % WEEK for day in promises if day <= today)
            last = today
            # What is named behind the numbered lines may be due today or tomorrow.
            wanted = promised or asked & {*push.titles} or reading.beside(push.text)
            weeks[push.at.isocalendar()[:2]] += not wanted
            assert weeks[push.at.isocalendar()[:2]] <= 3 or URGENT.search(push.text) or wanted, (person.name, push)


def check_ins_stop_with_the_last_hazard(stage: Stage) -> None:
    """Nobody is asked about a week in which nothing is open any more."""
    open_: defaultdict[str, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for life in lives(stage).values():
        open_[life.enterprise] += life.asked
    asked = [
        (person.subject, push.at)
        for person in stage.people
        for push in person.pushes
        if any(title.startswith("重大隐患每周调度") for title in push.titles)
    ]
    assert asked
    for enterprise, at in asked:
        assert any(since <= at and (until is None or until > at) for since, until in open_[enterprise]), enterprise


def every_table_was_filed(stage: Stage) -> None:
    """Of each month that lies in the rehearsal every column, but for one that is late all of them in time."""
    first, last = stage.days
    columns = len(stage.desks.desks)
    for month, filed in count_filings(stage).months.items():
        if first <= date(2023, month, 25) and after(f"2023-{month:02}") <= last + timedelta(days=1):
            assert (filed.in_time, filed.late) == (columns - 1, 1), (month, filed)


def who_stopped_or_went_owes_what_that_leaves(stage: Stage) -> None:
    """By what clerks entered of enterprises alone: how each stands, what is still owed, whom nobody reminds."""
    gone = turns(stage)
    today = stage.now.date()
    rows = stage.app.database.look(lambda conn: conn.execute(select(duties)).all())
    registry = {one.code: STATES[one.state] for one in stage.app.use(states.of_everybody)}
    assert registry == {code: stands(gone, code, today, today) for code in registry}
    for row in rows:
        if row.enterprise is None:
            continue
        due = today if row.due is None else row.due.astimezone(ZONE).date()
        now, then = (stands(gone, row.enterprise, day, today) for day in (today, due))
        if now in GONE or then != "正常":
            assert row.status not in OWED, row
        else:
            assert row.held is None, row
    for person in stage.people:
        for push in person.pushes:
            day = push.at.date()
            assert stands(gone, person.subject, day, day - timedelta(days=1)) == "正常", (person.name, push)
