"""When a duty is brought to mind, and whose mind: the rungs of a ladder on the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from campaign.notation import Anchor
from campaign.pack import Audience, Ladder, LadderRung
from campaign.workdays import (
    add_workdays,
    morning,
    workday_not_after,
    workday_not_before,
    working_moment_after,
)


@dataclass(frozen=True, slots=True)
class Rung:
    """A reminder of a duty: aware moment in the zone, whom it goes to, how high the duty rises by it."""

    name: str
    at: datetime
    audience: frozenset[Audience]
    escalates: Literal["district", "city"] | None = None


def rungs(ladder: Ladder, opens: datetime, due: datetime | None, zone: ZoneInfo) -> list[Rung]:
    """The reminders of a duty in order of time, at most one a day.

    Each is sent at 08:30 of a working day (the opening one also later in the day when the duty opens then).
    The opening moves later. What reminds of a due day moves earlier, and is dropped when that is not after
    the opening's own day. What follows a due day moves later; where that makes two fall on one day,
    the more urgent stays and goes to both audiences, so that nobody misses what a holiday pushed together.
    """
    begins = working_moment_after(opens.astimezone(zone))
    first = opens.astimezone(zone).date()
    last = due.astimezone(zone).date() if due else None
    by_day: dict[date, Rung] = {}
    for step in ladder.rungs:
        at = _moment(step, begins, first, last)
        if at is None:
            continue
        less = by_day.get(at.date())
        by_day[at.date()] = Rung(
            step.name,
            at,
            step.audience | less.audience if less else step.audience,
            step.escalates or (less.escalates if less else None),
        )
    return sorted(by_day.values(), key=lambda rung: rung.at)


def newest_due(rungs: Iterable[Rung], after: datetime, now: datetime) -> Rung | None:
    """The newest rung after `after` that is due by now; older ones that were missed are not sent late."""
    return max((rung for rung in rungs if after < rung.at <= now), key=lambda rung: rung.at, default=None)


def _moment(step: LadderRung, begins: datetime, first: date, last: date | None) -> datetime | None:
    when = step.when
    if last is not None and (last - first).days + 1 < step.only_if_span_days:
        return None
    if when.anchor is Anchor.OPENS:
        return morning(add_workdays(begins.date(), when.days), begins) if when.days else begins
    if last is None:
        return None
    if when.days > 0:
        return morning(workday_not_before(last + timedelta(days=when.days)), begins)
    day = first + (last - first) // 2 if when.anchor is Anchor.HALFWAY else last + timedelta(days=when.days)
    at = morning(workday_not_after(day), begins)
    return at if at.date() > begins.date() else None
