"""How every duty ought to stand by what people did in their chats; only which there are is read from the bot."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import select

from campaign.duties import title_of
from storage.tables import duties
from tests.recount import GONE, Turn, stands
from tests.rehearsal import clauses
from tests.rehearsal.annex_table import FILED
from tests.rehearsal.handed_in import Event, Story, events, firms, standstills
from tests.rehearsal.hazard_life import Life, lives
from tests.rehearsal.permit_table import DONE
from tests.rehearsal.stage import LOOKS, ZONE, Stage

WEEKLY: Final = "weekly-rectification"
PERMIT: Final = "hot-work-permit"
ANNEX: Final = "annex-table"
REPORT: Final = "hazard-report"
OWED: Final = ("open", "returned", "explained")


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty that the bot has, and what became of it."""

    row: Any
    story: Story
    titles: tuple[str, ...]
    due: datetime | None
    latest: date | None
    """The last day of the deed."""
    status: str

    @property
    def late(self) -> bool:
        """Done after its last day."""
        return self.story.late(self.due, self.latest)

    def overdue(self, now: datetime) -> bool:
        """Still owed after its day, and not handed in by then."""
        if self.status not in OWED or self.due is None or now <= self.due:
            return False
        return self.story.first is None or self.story.first > self.due


def turns(stage: Stage) -> list[Turn]:
    """What became of enterprises: entered by clerks, or with what was explained."""
    return [change.turn for desk in stage.desks.desks for change in desk.lives] + standstills(stage.people)


def owed(stage: Stage) -> dict[int, Owed]:
    """Every duty by its number."""
    rows = stage.app.database.look(lambda conn: conn.execute(select(duties)).all())
    pack, happened, known = stage.app.context.pack, events(stage.people), firms()
    elsewhere = {**_approved(stage), **_filed(stage)}
    found_there, gone = lives(stage), turns(stage)
    check_ins = _Weeks(stage, found_there)
    found: dict[int, Owed] = {}
    for row in rows:
        rule = pack.obligation(row.obligation)
        titles = tuple({title_of(rule, row.period, owed=still).zh: None for still in (False, True)})
        due = None if row.due is None else row.due.astimezone(ZONE)
        latest = clauses.LATEST.get(row.obligation, due and due.date())
        story = Story()
        told = [event for title in titles for event in happened.get((row.subject, title), [])]
        done_at = elsewhere.get((row.subject, row.period))
        if row.obligation == REPORT:
            done_at = found_there[int(row.period.removeprefix("hazard/"))].planned
        if done_at is not None:
            told.append(Event(done_at, "filed"))
        for event in sorted(told, key=lambda event: event.at):
            story.take(row.obligation, event, known.get(row.subject), latest)
        status = story.status
        if row.opens > stage.now:
            status = "planned"
        elif status in OWED and _is_void(row, found_there, check_ins):
            status = "withdrawn"
        elif status in OWED and row.enterprise is not None:
            status = _held(gone, row.enterprise, stage.now.date(), due) or status
        found[row.id] = Owed(row, story, titles, due, latest, status)
    return found


def _held(gone: Sequence[Turn], enterprise: str, today: date, due: datetime | None) -> str | None:
    """What a duty becomes of an enterprise that is gone, or stands still on its last day."""
    if stands(gone, enterprise, today, today) in GONE:
        return "withdrawn"
    then = today if due is None else due.date()
    return None if stands(gone, enterprise, then, today) == "正常" else "excused"


def _is_void(row: Any, known: Mapping[int, Life], check_ins: "_Weeks") -> bool:
    """Whether what it is about is there no more: a hazard that is none, a week with none left."""
    if row.obligation == REPORT:
        return known[int(row.period.removeprefix("hazard/"))].stands == "left out"
    return row.obligation == WEEKLY and not check_ins.owes(row.subject, row.period)


def _approved(stage: Stage) -> dict[tuple[str, str], datetime]:
    """When each permit was approved, as its approver was told, by the enterprise and the duty's period."""
    return {
        (person.subject, f"permit/{told[1]}"): done.at
        for person in stage.people
        for done in person.done
        for text in done.said
        if (told := DONE["approved"].search(text)) is not None
    }


def _filed(stage: Stage) -> dict[tuple[str, str], datetime]:
    """When each annex table was filed first, as who filed it was told, by district and month."""
    found: dict[tuple[str, str], datetime] = {}
    for person in stage.people:
        for done in person.done if person.role == "clerk" else ():
            for text in done.said:
                for said in FILED.finditer(text):
                    found.setdefault((person.subject, f"2023-{int(said[1]):02}"), done.at)
    return found


class _Weeks:
    """Which check-ins are owed: those of weeks in which something was asked about, and still is."""

    def __init__(self, stage: Stage, known: Mapping[int, Life]) -> None:
        self._spans: defaultdict[str, list[tuple[datetime, datetime | None]]] = defaultdict(list)
        for life in known.values():
            self._spans[life.enterprise] += life.asked

    def owes(self, enterprise: str, period: str) -> bool:
        """Whether an enterprise owes the check-in of a week."""
        year, week = period.split("-W")
        monday = date.fromisocalendar(int(year), int(week), 1)
        return any(is_owed(span, monday) for span in self._spans[enterprise])


def is_owed(span: tuple[datetime, datetime | None], monday: date) -> bool:
    """Whether what was asked about in a span asks for the check-in of a week."""
    since, until = span
    return since < at(monday + timedelta(days=3)) and (until is None or until >= at(monday + timedelta(days=7)))


def was_asked(span: tuple[datetime, datetime | None], monday: date, last: date) -> bool:
    """Whether it was open at a tick of the week, so that its check-in was made before it was taken back."""
    since, until = span
    days = [monday + timedelta(days=number) for number in range(7)]
    ticks = [at(day, LOOKS[0]) for day in days if day <= last]
    return since < at(days[3]) and any(since <= tick and (until is None or until > tick) for tick in ticks)


def at(day: date, moment: time = time.min) -> datetime:
    """An instant of a day."""
    return datetime.combine(day, moment, ZONE)
