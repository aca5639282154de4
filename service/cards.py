"""How duties look: the card of one, the reminder, the digest of several, the ground it stands on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service.letters import Draft, Tap, signature
from service.mine import Mine, due_day, may_confirm, may_fill
from service.work import Work
from storage import people, registry
from storage.duties import UNDONE, Duty
from talk.texts import DayAndWeekday, Listed, Phrase, Say

DISPATCH_FORM = "monthly-dispatch"


def card(work: Work, person: int, mine: Mine) -> Draft:
    """A duty in full: what, until when, how long, on what ground, and the ways to go on."""
    duty = mine.duty
    if duty.status == "answered" and duty.answered_at is not None:
        state = Say("duty-answered", at=duty.answered_at.astimezone(work.house.zone))
    elif duty.status == "explained":
        state = Say("duty-explained")
    elif duty.due is None:
        state = Say("duty-any-time", minutes=mine.rule.minutes)
    elif duty.overdue(work.now):
        state = Say("duty-overdue", when=when(work, duty))
    else:
        state = Say("duty-asked", when=when(work, duty), minutes=mine.rule.minutes)
    heading = Say("duty-heading", signature=signature(bureau(work, duty)), title=mine.title)
    return Draft((heading, state, _ground(work, mine)), taps(work, person, mine))


def reminder(work: Work, person: int, mine: Mine) -> Draft:
    """Shorter each time: the whole card when the duty opens, then a line, then what is overdue."""
    if mine.duty.rung in (None, "opens"):
        return card(work, person, mine)
    short = tuple(tap for tap in taps(work, person, mine) if not tap.data.startswith(("a:ground", "a:delegate")))
    if not mine.duty.overdue(work.now):
        return Draft((Say("remind-soon", title=mine.title, when=when(work, mine.duty)),), short)
    return Draft((Say("remind-overdue", title=mine.title, when=when(work, mine.duty)),), short)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: a duty, or a bundle of them that is asked for together."""

    title: Phrase
    when: Phrase
    data: str


def entries(work: Work, mine: Sequence[Mine]) -> list[Entry]:
    """Duties as a list, in their order; what belongs to a bundle stands together as one entry."""
    found: list[Entry] = []
    bundled = Counter(bundle_id(work, one) for one in mine)
    shown: set[str] = set()
    for one in mine:
        bundle = work.pack.bundle_of(one.duty.obligation, one.duty.period)
        if bundle is None or bundled[bundle.id] == 1:
            found.append(Entry(one.title, state_line(work, one.duty), f"a:show:{one.duty.id}"))
        elif bundle.id not in shown:
            shown.add(bundle.id)
            title = Say("bundle-title", title=bundle.title, number=bundled[bundle.id])
            found.append(Entry(title, state_line(work, one.duty), f"a:bundle:{bundle.id}"))
    return found


def bundle_id(work: Work, mine: Mine) -> str:
    """The id of the bundle that takes in a duty, or nothing."""
    bundle = work.pack.bundle_of(mine.duty.obligation, mine.duty.period)
    return "" if bundle is None else bundle.id


def tasks(work: Work, mine: Sequence[Mine]) -> Draft:
    """/tasks: what is still to be done, most urgent first."""
    listed = entries(work, mine)
    lines = [Say("tasks-heading", number=len(mine)), *entry_lines(listed)]
    return Draft(tuple(lines), task_taps(listed))


def parts(work: Work, bundle: str, mine: Sequence[Mine]) -> Draft:
    """The parts of a bundle, the undone ones first."""
    title = next(known.title for known in work.pack.bundles if known.id == bundle)
    ordered = sorted(mine, key=lambda one: one.duty.status not in UNDONE)
    listed = [Entry(one.title, state_line(work, one.duty), f"a:show:{one.duty.id}") for one in ordered]
    undone = sum(one.duty.status in UNDONE for one in mine)
    lines = [Say("bundle-heading", title=title, undone=undone, number=len(mine)), *entry_lines(listed)]
    return Draft(tuple(lines), task_taps(listed))


def digest(work: Work, own: Sequence[Mine], watched: Sequence[Mine]) -> Draft:
    """Several duties in one message; those of others that were escalated are counted."""
    lines: list[Phrase] = []
    listed = entries(work, own)
    if own:
        overdue = any(mine.duty.overdue(work.now) for mine in own)
        lines.append(Say("digest-overdue" if overdue else "digest-soon", number=len(own)))
        lines.extend(entry_lines(listed))
    if watched:
        lines.append(Say("escalation-intro"))
        lines.extend(_escalation_lines(watched))
    return Draft(tuple(lines), task_taps(listed))


def entry_lines(listed: Sequence[Entry]) -> list[Say]:
    """The lines of a list."""
    return [
        Say("task-line", number=number, title=entry.title, when=entry.when) for number, entry in enumerate(listed, 1)
    ]


def task_taps(listed: Sequence[Entry]) -> tuple[Tap, ...]:
    """A button for each entry, by its number."""
    return tuple(Tap(Say("task-button", number=number), entry.data) for number, entry in enumerate(listed, 1))


def state_line(work: Work, duty: Duty) -> Say:
    """Where a duty stands, in a few words."""
    if duty.status == "answered" and duty.answered_at is not None:
        return Say("state-answered", at=duty.answered_at.astimezone(work.house.zone).date())
    if duty.status == "explained":
        return Say("state-explained")
    return when(work, duty)


def when(work: Work, duty: Duty) -> Say:
    """Until when, and how far that is."""
    last = due_day(work, duty)
    if last is None:
        return Say("when-open-end")
    left = (last - work.now.date()).days
    if left < 0:
        return Say("when-overdue", days=-left)
    if left == 0:
        return Say("when-today", due=last)
    return Say("when-left", due=DayAndWeekday(last), days=left)


def bureau(work: Work, duty: Duty) -> str:
    """Who signs messages about a duty."""
    enterprise = None if duty.enterprise is None else registry.enterprise(work.conn, duty.enterprise)
    return work.pack.district(duty.district).bureau if enterprise is None else enterprise.supervisor


def ground(work: Work, person: int, mine: Mine) -> Draft:
    """填报依据: the clause, what it asks, and what in the profile caught the enterprise."""
    lines: list[Phrase | None] = [
        Say("ground-heading", title=mine.title),
        _ground(work, mine),
        mine.rule.note,
        _caught(work, mine),
        Say("ground-when", when=when(work, mine.duty)),
    ]
    rest = tuple(tap for tap in taps(work, person, mine) if not tap.data.startswith("a:ground"))
    return Draft(tuple(lines), rest)


def taps(work: Work, person: int, mine: Mine) -> tuple[Tap, ...]:
    """What this person can do with a duty, the likely thing first."""
    duty = mine.duty
    details = Tap(Say("option-ground"), f"a:ground:{duty.id}")
    if not may_fill(work, person, duty):
        return (details,)
    if duty.status == "answered":
        return (Tap(Say("option-correct"), f"a:fill:{duty.id}"), details)
    found: list[Tap] = []
    if mine.rule.form == DISPATCH_FORM:
        found.append(Tap(Say("dispatch-held-yes"), f"a:fill:{duty.id}:yes"))
        found.append(Tap(Say("dispatch-held-no"), f"a:fill:{duty.id}:no"))
    else:
        found.append(Tap(Say("option-fill"), f"a:fill:{duty.id}"))
    if duty.overdue(work.now):
        found.append(Tap(Say("option-explain"), f"a:explain:{duty.id}"))
    elif duty.due is not None:
        found.append(Tap(Say("option-tomorrow"), f"a:snooze:{duty.id}"))
    if (
        duty.enterprise is not None
        and may_confirm(work, person, duty)
        and people.holders(work.conn, "officer", duty.enterprise)
    ):
        found.append(Tap(Say("option-delegate"), f"a:delegate:{duty.id}"))
    return (*found, details)


def _ground(work: Work, mine: Mine) -> Say:
    return Say(
        "duty-ground",
        document=work.pack.document,
        plan=work.pack.plan_name,
        clause=mine.rule.clause_shown,
        demand=mine.rule.demand,
    )


def _caught(work: Work, mine: Mine) -> Phrase | None:
    if mine.duty.enterprise is None:
        return Say("ground-district", district=mine.duty.district)
    enterprise = registry.enterprise(work.conn, mine.duty.enterprise)
    if enterprise is None:
        return None
    if mine.rule.subject == "municipal":
        return Say("ground-municipal")
    variant = mine.rule.variant_for(enterprise.sector, enterprise.tags)
    if variant is None:
        return None
    caught: list[Phrase] = [work.pack.tag(tag).name for tag in variant.scope.tags if tag in enterprise.tags]
    if variant.scope.sectors:
        caught.append(work.pack.sector(enterprise.sector).name)
    return Say("ground-profile", reasons=Listed(tuple(caught))) if caught else Say("ground-everybody")


def _escalation_lines(watched: Sequence[Mine]) -> list[Phrase]:
    counted = Counter((mine.duty.district, mine.title) for mine in watched)
    return [
        Say("escalation-line", district=district, title=title, number=number)
        for (district, title), number in sorted(counted.items(), key=lambda item: (item[0][0], -item[1]))
    ]
