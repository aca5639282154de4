"""The same figures by other ways: raw rows, receipts, the steps of the ledger told anew, and what people saw."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any, Final

from sqlalchemy import Connection, select

from campaign.duties import title_of
from storage.permit_tables import permit_steps, permits
from storage.tables import annex_tables, answers, duties, hazard_steps, hazards, receipts
from tests.recount import GONE, stands
from tests.rehearsal import reading
from tests.rehearsal.annex_table import count_filings
from tests.rehearsal.people import Person
from tests.rehearsal.permit_table import count_permits
from tests.rehearsal.stage import LOOKS, ZONE, Stage
from tests.rehearsal.table import WEEKLY, Found, Ledger, Line, Table

PERMIT_DUTY = "hot-work-permit"
ANNEX_DUTY = "annex-table"
AFTER = {
    "finish": "done",
    "relapse": "again",
    "progress": "again",
    "evaluate": "evaluated",
    "failed": "again",
    "passed": "passed",
    "close": "closed",
    "reopen": "again",
    "not_major": "left out",
    "merge": "left out",
    "withdraw": "left out",
}
"""Where a hazard stands after a step, as far as anything is counted by it."""


@dataclass
class Life:
    """A hazard by its steps alone: since when and until when it was asked about each week, and where it ended."""

    enterprise: str
    found: datetime
    stands: str = "found"
    planned: datetime | None = None
    closed: datetime | None = None
    asked: list[tuple[datetime, datetime | None]] = field(default_factory=list[tuple[datetime, datetime | None]])

    def take(self, event: str, at: datetime, *, at_once: bool) -> None:
        """One more step. `at_once`: it was found rectified, which no check-in asks about."""
        if event in ("plan", "finish") and self.planned is None:
            self.planned = at
        if at_once:
            self.asked = []
        if event in ("reopen", "failed", "relapse") and not self.is_asked:
            self.asked.append((at, None))
        if event in ("close", "not_major", "merge", "withdraw"):
            self.closed = at
            if self.is_asked:
                self.asked[-1] = (self.asked[-1][0], at)
        elif event == "reopen":
            self.closed = None
        self.stands = AFTER.get(event, self.stands)

    @property
    def is_asked(self) -> bool:
        """Whether it is asked about at the moment."""
        return bool(self.asked) and self.asked[-1][1] is None


def lives(stage: Stage) -> dict[int, Life]:
    """Every hazard by its steps."""
    rows = stage.app.database.look(lambda conn: conn.execute(select(hazard_steps).order_by(hazard_steps.c.id)).all())
    where = dict(stage.app.database.look(lambda conn: conn.execute(select(hazards.c.id, hazards.c.enterprise)).all()))
    found: dict[int, Life] = {}
    for row in rows:
        if row.event == "found":
            found[row.hazard] = Life(where[row.hazard], row.at, asked=[(row.at, None)])
        else:
            # What is rectified later is told in an update, which has room for what blocks it.
            at_once = row.event == "finish" and "blocked" not in row.data
            found[row.hazard].take(row.event, row.at, at_once=at_once)
    return found


DEEDS: Final = {
    "monthly-dispatch": "day",
    "study-plan": "deployed_day",
    "led-inspection": "inspection_day",
    "post-responsibility": "published_day",
    "hot-work-education": "education_day",
    "plan-filing": "filed_day",
    "drill": "drill_day",
    "municipal-summary": "reported_day",
    "mobilise": "meeting_day",
    "criteria-training": "last_day",
    "expert-round": "day",
    "guidance-report": "day",
    "phase-report": "day",
    "summary": "day",
    "evaluation": "day",
}
"""What dates a deed by the notice, and the question for it; the meeting that mobilises has a day of its own."""
MEETING: Final = date(2023, 5, 25)


def _days_of_deeds(conn: Connection) -> dict[int, dict[str, date]]:
    """The days that are told in the talk that counts for a duty, by the keys of their questions."""
    rows = conn.execute(
        select(duties.c.id, answers.c.key, answers.c.value)
        .join(answers, answers.c.conversation == duties.c.conversation)
        .where(answers.c.current)
    )
    found: dict[int, dict[str, date]] = {}
    for duty, key, value in rows:
        if key.endswith("day") and isinstance(value, str):
            found.setdefault(duty, {})[key] = date.fromisoformat(value)
    return found


def _is_late(duty: Any, told: Mapping[str, date], first: datetime) -> bool:
    """By the day of the deed where the notice dates that, else by the first filing."""
    if duty.due is None:
        return False
    key = DEEDS.get(duty.obligation, "")
    if duty.obligation == "monthly-dispatch" and "study_day" in told:
        key = "study_day"  # the study counted as the dispatch
    if key not in told:
        return bool(first > duty.due)
    return told[key] > (MEETING if duty.obligation == "mobilise" else duty.due.astimezone(ZONE).date())


def count(stage: Stage) -> Table:
    """The same table by other ways."""
    rows = stage.app.database.look(lambda conn: conn.execute(select(duties)).all())
    owed = [row for row in rows if row.status != "withdrawn"]
    handed_in = stage.app.database.look(lambda conn: conn.execute(select(receipts)).all())
    pack, known = stage.app.context.pack, lives(stage)
    approved, filed = stage.app.database.look(_approvals), stage.app.database.look(_filings)
    newest: dict[int, datetime] = {}
    first: dict[int, datetime] = {}
    for receipt in handed_in:
        first[receipt.duty] = min(receipt.at, first.get(receipt.duty, receipt.at))
        newest[receipt.duty] = max(receipt.at, newest.get(receipt.duty, receipt.at))
    for duty in owed:
        if duty.obligation == "hazard-report":
            # A report is complete with the plan, or once it is rectified: mostly, but not always, with a receipt.
            complete = known[int(duty.period.removeprefix("hazard/"))].planned
            newest |= {} if complete is None else {duty.id: complete}
        if duty.obligation == PERMIT_DUTY:
            # The approval of a job is its answer.
            newest[duty.id] = approved[duty.period.removeprefix("permit/")]
        if duty.obligation == ANNEX_DUTY and (duty.subject, duty.period) in filed:
            # So is the filing of a table, the first one.
            newest[duty.id] = filed[duty.subject, duty.period]
    done = stage.app.database.look(_days_of_deeds)
    opened: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    late: Counter[str] = Counter()
    owing: defaultdict[str, set[str]] = defaultdict(set)
    titles: dict[tuple[str, str], str] = {}
    bundles = {bundle.title.zh: bundle for bundle in pack.bundles}
    for duty in rows:
        for still in (False, True):
            title = title_of(pack.obligation(duty.obligation), duty.period, owed=still)
            titles[duty.subject, title.zh] = duty.obligation
    for duty in owed:
        name = duty.obligation
        opened[name] += 1
        owing[name].add(duty.subject)
        for bundle in bundles.values():
            if name in {part.obligation for part in bundle.parts}:
                owing[bundle.id].add(duty.subject)
        if duty.id in newest:
            answered[name] += 1
            late[name] += _is_late(duty, done.get(duty.id, {}), first.get(duty.id, newest[duty.id]))
    titles |= {(person.subject, title): bundle.id for person in stage.people for title, bundle in bundles.items()}
    reminders = Counter(name for person in stage.people for name in _seen(person, titles))
    order = [*(one.id for one in pack.obligations if one.id in opened), *(bundle.id for bundle in pack.bundles)]
    lines = {name: Line(opened[name], answered[name], late[name], reminders[name]) for name in order}
    weekly = [duty for duty in rows if duty.obligation == WEEKLY]
    said = [call for call in stage.api.sends() if call.status == 200]
    return Table(
        lines,
        {name: len(owing[name]) for name in order},
        _ledger(stage, known, weekly, newest.keys()),
        count_permits(stage),
        count_filings(stage),
        len(said),
    )


def _approvals(conn: Connection) -> dict[str, datetime]:
    """When each permit was approved, by its code."""
    steps = permit_steps.join(permits, permits.c.id == permit_steps.c.permit)
    found = select(permits.c.code, permit_steps.c.received).select_from(steps).where(permit_steps.c.event == "approve")
    return {row.code: row.received for row in conn.execute(found)}


def _filings(conn: Connection) -> dict[tuple[str, str], datetime]:
    """When each table was filed first, by district and month."""
    rows = conn.execute(select(annex_tables).where(annex_tables.c.version == 1, annex_tables.c.state == "filed"))
    return {(row.district, row.month): row.filed_at for row in rows}


def _seen(person: Person, titles: Mapping[tuple[str, str], str]) -> list[str]:
    return [titles[person.subject, title] for push in person.pushes for title in push.titles]


def _ledger(stage: Stage, known: Mapping[int, Life], weekly: Sequence[Any], answered: Any) -> Ledger:
    told = list(_told(stage))
    own = {number for number, what in told if what.startswith("企业报告了这处")}
    closed = [one for one in known.values() if one.stands == "closed"]
    handed_in = {(duty.subject, duty.period) for duty in weekly if duty.id in answered}
    owed, withdrawn = _weeks(stage, known, handed_in)
    assert {number for number, what in told if what.startswith("部门检查发现这处")} == known.keys() - own
    return Ledger(
        enterprises=_found([known[number] for number in own], ("evaluated", "passed", "closed")),
        departments=_found([known[number] for number in known.keys() - own], ("passed", "closed")),
        moved=sum(what.startswith(("整改期限调整为", "同意延期")) for _, what in told),
        failed=sum(what.startswith("复查不通过") for _, what in told),
        looked_back=sum(what.startswith("回头看合格") for _, what in told),
        reopened=sum(what.startswith("重新打开") for _, what in told),
        owed=owed,
        answered=len(handed_in),
        withdrawn=withdrawn,
        days=round(median((one.closed - one.found) / timedelta(days=1) for one in closed if one.closed), 1)
        if closed
        else 0,
    )


def _told(stage: Stage) -> Iterator[tuple[int, str]]:
    """What people were told of hazards: of an enterprise the principal, of those who look after it whoever they are."""
    for person in stage.people:
        if person.role != "officer":
            for shown in person.chat.shown:
                told = reading.told_of(shown.text)
                if told is not None:
                    yield told


def _found(ones: Sequence[Life], rectified: tuple[str, ...]) -> Found:
    states = Counter(one.stands for one in ones)
    ended = states["closed"], states["left out"]
    return Found(len(ones), sum(states[one] for one in rectified), *ended, len(ones) - sum(ended))


def _weeks(stage: Stage, known: Mapping[int, Life], answered: set[tuple[str, str]]) -> tuple[int, int]:
    """The check-ins owed, and taken back: those of weeks in which all that was asked about was closed unanswered, and
    those of enterprises that are gone.
    """
    first, last = stage.days
    turns = [change.turn for desk in stage.desks.desks for change in desk.lives]
    owed = withdrawn = 0
    monday = first - timedelta(days=first.weekday() + 7)
    by_enterprise: defaultdict[str, list[Life]] = defaultdict(list)
    for life in known.values():
        by_enterprise[life.enterprise].append(life)
    while monday <= last:
        period = f"{monday.isocalendar().year}-W{monday.isocalendar().week:02}"
        for enterprise, ones in by_enterprise.items():
            spans = [span for one in ones for span in one.asked]
            at_home = stands(turns, enterprise, last, last) not in GONE
            if (at_home and any(_is_owed(span, monday) for span in spans)) or (enterprise, period) in answered:
                owed += 1
            else:
                withdrawn += any(_was_asked(span, monday, last) for span in spans)
        monday += timedelta(days=7)
    return owed, withdrawn


def _is_owed(span: tuple[datetime, datetime | None], monday: date) -> bool:
    since, until = span
    return since < _at(monday + timedelta(days=3)) and (until is None or until >= _at(monday + timedelta(days=7)))


def _was_asked(span: tuple[datetime, datetime | None], monday: date, last: date) -> bool:
    """Whether it was open at a tick of the week, so that its check-in was made before it was taken back."""
    since, until = span
    days = [monday + timedelta(days=number) for number in range(7)]
    ticks = [_at(day, LOOKS[0]) for day in days if day <= last]
    return since < _at(days[3]) and any(since <= tick and (until is None or until > tick) for tick in ticks)


def _at(day: date, moment: time = time.min) -> datetime:
    return datetime.combine(day, moment, ZONE)
