"""What became of the permits: by the bot's own figures, and by what people were told."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from campaign.permit_life import Pause
from service.hot_work.figures import Outcomes, outcomes
from storage.permit_tables import permit_people, permit_steps, permits
from storage.tables import workers
from tests.rehearsal.acting import card_in
from tests.rehearsal.stage import Stage

DAY = timedelta(days=1)
FRESH = timedelta(minutes=30)
"""How old a sample may be when work starts or goes on."""
RECHECK = timedelta(hours=3)
SHORT, LONG = timedelta(minutes=30), timedelta(minutes=60)
TIMES = ("submitted", "approved", "refused", "returned", "started", "resumed", "expired", "closed", "cancelled")


@dataclass(frozen=True, slots=True)
class Permits:
    """The permits of a rehearsal in figures. `days`: of hot work."""

    days: int
    outcomes: Outcomes

    def __str__(self) -> str:
        one = self.outcomes
        figures = ", ".join(f"{name}: {getattr(one, name)}" for name in TIMES)
        why = ", ".join(f"{reason}: {number}" for reason, number in one.suspended.items() if number)
        return "\n".join(
            (
                f"hot-work permits on {self.days} days",
                figures,
                f"suspended: {sum(one.suspended.values())} ({why or 'none'})",
                f"blocked: {one.blocked}, violations: {one.violations}",
            )
        )


def _whole(stage: Stage) -> tuple[datetime, datetime]:
    first, last = stage.days
    zone = stage.now.tzinfo
    return datetime.combine(first - DAY, time.min, zone), datetime.combine(last + DAY, time.min, zone)


def tabulate_permits(stage: Stage) -> Permits:
    """By the bot."""
    return Permits(len(stage.hot_work.calls), stage.app.look(lambda uow: outcomes(uow, None, *_whole(stage))))


CARDS = {
    "refused": "不予批准",
    "returned": "退回修改",
    "expired": "已过期",
    "closed": "已关闭",
    "cancelled": "已取消",
}
"""What a card said of those of which something became."""
DONE = {
    "approved": re.compile(r"^已批准 (D-\S+)，现场已通知。"),
    "submitted": re.compile(r"^作业票 ?(D-\d{4}-\d+) ?已送审批"),
    "started": re.compile(r"^(D-\S+) 已开工，"),
}
"""What people were told, once a permit."""
PAUSED = {
    Pause.BREAK: re.compile(r"^D-\S+ 已暂停，请确认明火已熄灭"),
    Pause.GAS: re.compile(r"气体超限.+作业票已暂停"),
    Pause.UNGUARDED: re.compile(r"^已记录监护人离开，作业必须停止"),
    Pause.STOPPED: re.compile(r"^D-\S+ 已叫停"),
}
"""What people were told, each time."""
RESUMED = re.compile(r"^D-\S+ 已恢复作业")
MISSED = re.compile(r"作业票 (D-\S+) 未按时复测，(\d\d:\d\d)已自动暂停")
RECHECK_ASKED = re.compile(r"作业票 (D-\S+) 气体复测时间已到")
UNFIT = re.compile(r"^(.+)不能列入作业票：")
FORBIDDEN = re.compile(r"不准动火。有“十不准”（参照县级政府网站ynlf.gov.cn所载条文）的以下情形")


def count_permits(stage: Stage) -> Permits:
    """By what was said in the chats on the days of hot work, without the database."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    paused: Counter[Pause] = Counter()
    missed: set[tuple[str, str]] = set()
    blocked: set[tuple[Any, ...]] = set()
    resumed = forbidden = 0
    where = {person.chat.id: person.subject for person in stage.people}
    for day, chat, text in _said(stage):
        code, state = card_in(text)
        if code:
            for name, words in CARDS.items():
                if state == words:
                    codes[name].add(code)
            if "票证到期后发现作业" in text:
                codes["violations"].add(code)
            continue
        for name, pattern in DONE.items():
            if (found := pattern.search(text)) is not None:
                codes[name].add(found[1])
        paused.update(why for why, pattern in PAUSED.items() if pattern.search(text) is not None)
        missed |= {(found[1], found[2]) for found in MISSED.finditer(text)}
        resumed += RESUMED.search(text) is not None
        forbidden += FORBIDDEN.search(text) is not None
        if (unfit := UNFIT.search(text)) is not None:
            blocked.add((day, where[chat], unfit[1]))
    suspended = {why: paused[why] for why in Pause}
    suspended[Pause.MISSED] = len(missed)
    figures = {name: len(codes[name]) for name in (*DONE, *CARDS, "violations")}
    return Permits(
        len(stage.hot_work.calls),
        Outcomes(suspended=suspended, resumed=resumed, blocked=len(blocked) + forbidden, **figures),
    )


def _said(stage: Stage) -> Iterator[tuple[date, int, str]]:
    for day, began, ended in stage.hot_work.calls:
        for call in stage.api.calls[began:ended]:
            text = call.params.get("text", call.params.get("caption"))
            if call.method in ("sendmessage", "editmessagetext") and call.status == 200 and call.chat is not None:
                yield day, call.chat, str(text)


def the_site_was_asked_before_it_was_suspended(stage: Stage) -> None:
    """A re-check that is missed was asked for in time, in somebody's chat."""
    asked: set[str] = set()
    for _, _, text in _said(stage):
        asked |= set(RECHECK_ASKED.findall(text))
        missed = {found[1] for found in MISSED.finditer(text)}
        assert missed <= asked, text


def nobody_worked_past_a_gate(stage: Stage) -> None:
    """By the raw steps and a rule of our own: whoever starts or goes on has approval from another, a fresh good
    sample where one is asked for, a guardian who is there, measures confirmed on site today, a photo of today,
    welders with valid certificates, and time left.
    """
    look = stage.app.database.look
    every = {row.id: row for row in look(lambda conn: conn.execute(select(permits)).all())}
    steps: defaultdict[int, list[Any]] = defaultdict(list)
    for row in look(lambda conn: conn.execute(select(permit_steps).order_by(permit_steps.c.id)).all()):
        steps[row.permit].append(row)
    until = {row.id: min(row.review_due, row.valid_until) for row in look(lambda c: c.execute(select(workers)).all())}
    on_it: defaultdict[int, list[Any]] = defaultdict(list)
    for row in look(lambda conn: conn.execute(select(permit_people)).all()):
        on_it[row.permit].append(row)
    begun = 0
    for number, permit in every.items():
        seats = {seat: {row.person for row in on_it[number] if row.seat == seat} for seat in ("guardian", "approver")}
        for place, step in enumerate(steps[number]):
            if step.event not in ("start", "resume"):
                continue
            begun += 1
            before = steps[number][:place]
            assert permit.starts <= step.received < permit.until, (permit.code, step)
            approvals = [one for one in before if one.event == "approve"]
            assert approvals, (permit.code, "approval")
            assert {one.person for one in approvals} == seats["approver"], (permit.code, "approver")
            assert not seats["approver"] & (seats["guardian"] | {permit.applicant}), (permit.code, "three people")
            there = [one for one in before if one.event in ("arrive", "leave")]
            assert there, (permit.code, "guardian")
            assert (there[-1].event, there[-1].person) == ("arrive", *seats["guardian"]), (permit.code, "guardian")
            looked = [one for one in before if one.event == "measures" and _day(stage, one) == _day(stage, step)]
            in_place = {id_ for one in looked for id_ in one.data["in_place"]}
            assert {one["id"] for one in permit.application["measures"]} <= in_place, (permit.code, "measures")
            photos = [one for one in before if one.event == "photo"]
            assert photos, (permit.code, "photo")
            assert photos[-1].received.astimezone(stage.now.tzinfo).date() == _day(stage, step), (permit.code, "photo")
            for row in on_it[number]:
                if row.seat == "welder":
                    assert until[row.worker] >= _day(stage, step), (permit.code, "certificate")
            if permit.sample:
                _is_sampled(before, step, LONG if permit.level in ("second", "fixed") else SHORT)
    assert begun or not every


def _is_sampled(before: list[Any], step: Any, allowed: timedelta) -> None:
    """`allowed`: how long a break may be that asks for no new sample."""
    samples = [one.data["sample"] for one in before if "sample" in one.data]
    assert samples, step
    newest: dict[str, Mapping[str, Any]] = {}
    for sample in sorted(samples, key=lambda sample: datetime.fromisoformat(sample["taken_at"])):
        newest[sample["gas"]] = sample
    assert all(Decimal(sample["value"]) <= Decimal("0.5") for sample in newest.values()), step
    last = max(datetime.fromisoformat(sample["taken_at"]) for sample in newest.values())
    if step.event == "start":
        assert step.received - last <= FRESH, step
        return
    paused = [one for one in before if one.moved_to == "suspended"][-1]
    if paused.event == "pause" and step.received - paused.received <= allowed:
        assert step.received - last <= RECHECK, step
        return
    assert step.received - last <= FRESH, step
    # A missed re-check may have been measured in time, and told too late.
    assert paused.event == "missed" or last >= paused.received, step


def _day(stage: Stage, step: Any) -> date:
    received: datetime = step.received
    return received.astimezone(stage.now.tzinfo).date()
