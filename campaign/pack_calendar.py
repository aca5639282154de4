"""What a pack asks of one enterprise, or of a bureau, in a year: what is due when, and why, to be proof-read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from campaign.duties import Planned, Window, plan, title_of
from campaign.notation import Mark, Within
from campaign.obligations import OF_BUREAUS, Obligation, Subject, Variant
from campaign.pack import Pack
from campaign.scope import NOBODY_IN_PARTICULAR, Matched, Profile, applies
from campaign.workdays import day_off
from talk.texts import DayAndWeekday, Phrase, Say, Words

HEADINGS: tuple[Say, ...] = (
    Say("calendar-due"),
    Say("calendar-opens"),
    Say("calendar-what"),
    Say("calendar-who"),
    Say("calendar-ground"),
    Say("calendar-demand"),
    Say("calendar-mark"),
    Say("calendar-unsure"),
)
"""What stands in the columns of `line`."""


@dataclass(frozen=True, slots=True)
class Whom:
    """An enterprise as far as rules know it, or a bureau, which rules do not tell from its like."""

    subject: Subject = "enterprise"
    profile: Profile = NOBODY_IN_PARTICULAR

    def owes(self, subject: Subject, scope: Matched) -> bool:
        """Return whether a duty of this kind and scope is the subject's; what the city supervises owes both kinds."""
        if self.subject in OF_BUREAUS or subject in OF_BUREAUS:
            return self.subject == subject
        if subject == "municipal" and self.subject != "municipal":
            return False
        return applies(scope, self.profile)


@dataclass(frozen=True, slots=True)
class Entry:
    """A duty of one period. `due`: its last day, None where it has no end or follows from an event; `within`: how
    long after the event.
    """

    obligation: Obligation
    variant: Variant
    title: Words
    period: str
    opens: date | None
    due: date | None
    mark: Mark | None
    within: Within | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year: what is due on a day, in order of days; what is owed all the time or when something happens; what
    would be owed and is off.
    """

    year: int
    dated: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    off: tuple[Obligation, ...]


def years(pack: Pack) -> range:
    """Return the years in which something of a pack can be due."""
    last = max((one.due.date() for one in _everything(pack) if one.due is not None), default=pack.end)
    return range(pack.start.year, max(last, pack.end).year + 1)


def calendar(pack: Pack, whom: Whom, year: int) -> Calendar:
    """Return what somebody owes in a year: what is due in it, what opens in it without an end, and what may happen."""
    owed = [_entry(pack, planned) for planned in _everything(pack) if whom.owes(planned.subject_kind, planned.scope)]
    dated = [entry for entry in owed if entry.due is not None and entry.due.year == year]
    undated = [entry for entry in owed if entry.due is None and entry.opens is not None and entry.opens.year <= year]
    return Calendar(
        year,
        tuple(sorted(dated, key=lambda entry: (entry.due or date.max, entry.opens or date.max))),
        (*undated, *_by_event(pack.obligations, whom)),
        tuple(rule for rule in pack.switched_off if any(_falls(rule, whom))),
    )


def line(pack: Pack, entry: Entry) -> tuple[Phrase, ...]:
    """Return an entry as it is proof-read: what is due when, from when, who owes it, on what ground, who says the day,
    and what a lawyer must check of it.
    """
    rule = entry.obligation
    return (
        _when(entry),
        "" if entry.opens is None else _day(entry.opens),
        entry.title,
        owner(pack, rule),
        ground(pack, rule),
        rule.demand,
        "" if entry.mark is None else Say("calendar-marked", mark=entry.mark.value),
        rule.unsure or "",
    )


def ground(pack: Pack, rule: Obligation) -> Say:
    """Return on what a duty stands: the document, the plan and the clause."""
    return Say("calendar-clause", document=pack.document, plan=pack.plan_name, clause=rule.clause_shown)


def owner(pack: Pack, rule: Obligation) -> Say:
    """Return who owes a duty."""
    return Say("calendar-owner", owner=rule.owner, bureau=pack.city_bureau)


def _when(entry: Entry) -> Phrase:
    if entry.within is not None:
        return Say("calendar-within", number=entry.within.number, unit=entry.within.unit)
    if (anchor := entry.obligation.anchor) is not None and anchor.plus is not None:
        return Say("calendar-anchored", number=anchor.plus.number, unit=anchor.plus.unit, after=anchor.source)
    if entry.obligation.trigger is not None:
        return Say("calendar-event", event=entry.obligation.trigger)
    return Say("calendar-always") if entry.due is None else _day(entry.due)


def _day(day: date) -> Phrase:
    why = day_off(day)
    return Say("calendar-day", day=DayAndWeekday(day), off=why or "no")


def _of_each(rule: Obligation) -> Words:
    zh, en = rule.title.zh, rule.title.en
    return Words(zh.replace("{period}", "…"), en and en.replace("{period}", "…"))


def _everything(pack: Pack) -> list[Planned]:
    begin = datetime.combine(pack.start, time.min, pack.zone) - timedelta(days=1)
    return plan(pack, Window(begin, datetime.max.replace(tzinfo=pack.zone)))


def _entry(pack: Pack, planned: Planned) -> Entry:
    rule = pack.obligation(planned.obligation_id)
    variant = rule.variants[len(planned.scope.earlier)]
    due = None if planned.due is None else planned.due.date()
    mark = None if variant.due is None else variant.due.mark
    return Entry(rule, variant, title_of(rule, planned.period), planned.period, planned.opens.date(), due, mark)


def _by_event(rules: Iterable[Obligation], whom: Whom) -> list[Entry]:
    found = []
    for rule in rules:
        variant = next(iter(_falls(rule, whom)), None)
        if (rule.trigger is not None or rule.anchor is not None) and variant is not None:
            within = variant.due if isinstance(variant.due, Within) else None
            mark = None if variant.due is None else variant.due.mark
            found.append(Entry(rule, variant, _of_each(rule), "", None, None, mark, within))
    return found


def _falls(rule: Obligation, whom: Whom) -> list[Variant]:
    scopes = [variant.scope for variant in rule.variants]
    return [
        variant
        for place, variant in enumerate(rule.variants)
        if whom.owes(rule.subject, Matched(variant.scope, tuple(scopes[:place])))
    ]
