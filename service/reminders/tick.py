"""Planning and reminding: what one tick does, in one transaction, the same whoever ticks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from campaign.duties import DAY_ENDS
from campaign.reminders import Rung, newest_due, rungs
from service.annex import chief
from service.annex import filing as annex_filing
from service.core.letters import Draft, language_of, tell
from service.core.unit_of_work import UnitOfWork
from service.desk import morning
from service.duties import burden, planning, reminding
from service.duties.burden import Cap
from service.duties.owned import of_person
from service.duties.reminding import REMINDER
from service.hazards import weeks
from service.notices import broadcast as notices
from service.workers import register
from storage import clock, conversations, duties, outbox, people
from storage.duties import Duty
from storage.engine import apart
from talk.messages import Outbound

LOOK_BACK = timedelta(days=7)
"""Planned again at every tick, so that a replica that slept does the same work at its next one."""

SNOOZERS = frozenset({"principal", "officer", "clerk"})
"""Who may have put a duty off, or planned it for a day, and is reminded then."""

BUSY_FOR = timedelta(minutes=30)
"""A reminder never interrupts somebody who is in the middle of an answer."""


@dataclass(slots=True)
class Round:
    """What a tick did: how many duties are new, how many people are reminded."""

    planned: int = 0
    reminded: int = 0
    escalated: int = 0


@dataclass(slots=True)
class _Due:
    """What one person is to be reminded of now."""

    duties: list[int] = field(default_factory=list[int])
    at: datetime | None = None
    wanted: bool = False
    """They put something off until now, or planned it for today: they asked for this one."""


def tick(uow: UnitOfWork, *, everything: bool = True) -> Round:
    """Plan what has opened, ring the newest due rung of every ladder, queue one digest a person.

    `everything`: plan from the campaign's start, since the pack may have changed; a process asks for that
    at its first tick. Later ones look back a few days only.
    """
    done = Round()
    # Held until the end: two ticks at once would ring twice, and an import must not change scopes meanwhile.
    ticked = clock.read(uow.conn, lock=True).ticked_until
    done.planned = plan_until(uow, None if everything or ticked is None else ticked - LOOK_BACK)
    holders = people.all_holders(uow.conn)
    begins = morning.is_due(uow, ticked)
    due = _remind(uow, done, holders, begins=begins)
    # One card that cannot be made keeps nothing from anybody else, and the clock goes on.
    found = apart(uow.conn, [partial(morning.facts, uow, ticked)]) if begins else []
    _tell_staff(uow, done, holders, due, found[0] if found else None)
    done.reminded += sum(apart(uow.conn, [partial(register.remind, uow, holders)]))
    apart(uow.conn, [partial(notices.tell_done, uow)])
    done.reminded += sum(apart(uow.conn, [partial(chief.send_due, uow, ticked, holders)]))
    if ticked is None or uow.now > ticked:
        clock.mark_ticked(uow.conn, uow.now)
    return done


def plan_until(uow: UnitOfWork, after: datetime | None) -> int:
    """Make every duty exist that opened after an instant (None: since the campaign began); return how many are new."""
    since = after or planning.beginning(uow)
    return planning.plan_opened(uow, since) + weeks.plan(uow, since)


def _remind(
    uow: UnitOfWork, done: Round, holders: Mapping[tuple[str, str], Sequence[int]], *, begins: bool
) -> dict[int, _Due]:
    """Ring what is due and remind the people of enterprises; what there is for others, which the caller tells them.

    What rises to staff does so when a working morning begins, and else waits for the next one.
    """
    due: defaultdict[int, _Due] = defaultdict(_Due)
    for group in duties.groups(uow.conn):
        rung = _newest(uow, group)
        if rung is None or (rung.escalates is not None and not begins):
            continue
        rung_for = duties.ring(uow.conn, group, rung.name, rung.at, uow.now)
        if not rung_for:
            continue
        if rung.escalates is not None:
            duties.escalate(uow.conn, [one.id for one in rung_for], rung.escalates, rung.at)
            done.escalated += len(rung_for)
        _note(uow, due, holders, rung_for, rung.audience, rung.at)
    woken = duties.wake(uow.conn, uow.now)
    for person in _note(uow, due, holders, woken, SNOOZERS, uow.now):
        due[person].wanted = True
    staff = {reader.person for reader in morning.readers(uow, holders)}
    cap = burden.cap(uow, holders)
    # By person, as a nudge goes: two that take letters back in opposite orders would wait for each other for good.
    others = [(person, due[person]) for person in sorted(due) if person not in staff]
    reminded = apart(uow.conn, [partial(_remind_one, uow, cap, person, what) for person, what in others])
    done.reminded += sum(reminded)
    return {person: what for person, what in due.items() if person in staff}


def _remind_one(uow: UnitOfWork, cap: Cap, person: int, what: _Due) -> bool:
    return _is_worth_it(uow, cap, person, what) and _remind_of(uow, person, what)


def _tell_staff(
    uow: UnitOfWork,
    done: Round,
    holders: Mapping[tuple[str, str], Sequence[int]],
    due: Mapping[int, _Due],
    found: morning.Facts | None,
) -> None:
    """One letter a morning to each clerk and to the city: the card of what rose to them, their own duties, and on its
    day the draft of the annex table.
    """
    drafts = annex_filing.drafts(uow, holders)
    for reader in sorted(morning.readers(uow, holders), key=lambda one: one.person):
        what, table = due.get(reader.person, _Due()), drafts.get(reader.person)
        if found is None and table is None and not what.duties:
            continue
        told = apart(uow.conn, [partial(_tell_reader, uow, reader, what, table, found)])
        if not told and found is not None:
            # Without the card they still get their own duties, and the draft.
            told = apart(uow.conn, [partial(_tell_reader, uow, reader, what, table, None)])
        done.reminded += sum(told)


def _tell_reader(
    uow: UnitOfWork, reader: morning.Reader, what: _Due, table: tuple[str, Draft] | None, found: morning.Facts | None
) -> int:
    """How many letters one of the staff gets: none, one, or a reminder beside the draft."""
    draft = None if table is None else table[1]
    card = draft if found is None else morning.card(uow, reader, found, what.duties, draft)
    told = 0
    if card is None or (found is None and what.duties):
        told += bool(what.duties) and _remind_of(uow, reader.person, what)
    if card is not None and table is None:
        told += _tell_morning(uow, reader.person, card, what.duties)
    elif card is not None and table is not None:
        told += annex_filing.send_draft(uow, reader.person, card, table[0])
    return told


def _tell_morning(uow: UnitOfWork, person: int, card: Draft, about: Sequence[int]) -> bool:
    replaced = sum(outbox.cancel(uow.conn, person, kind) for kind in (REMINDER, morning.LETTER))
    burden.note(uow, person, 1 - replaced)
    return tell(
        uow,
        person,
        card,
        kind=morning.LETTER,
        dedupe=f"morning/{uow.now.date()}/{person}",
        about=about,
        valid=timedelta(days=2),
    )


def _is_worth_it(uow: UnitOfWork, cap: Cap, person: int, what: _Due) -> bool:
    """Whether somebody is reminded at all, by the cap of the week; its last reminder names more than is rung."""
    if cap.is_reached(person) and not what.wanted:
        tomorrow = datetime.combine(uow.now.date() + timedelta(days=1), DAY_ENDS, uow.context.zone)
        named = duties.find(uow.conn, ids=what.duties)
        return any(duty.due is not None and uow.now < duty.due <= tomorrow for duty in named)
    if cap.is_last(person):
        until = datetime.combine(cap.monday, DAY_ENDS, uow.context.zone)
        known = set(what.duties)
        what.duties += [
            owned.duty.id
            for owned in of_person(uow, person)
            if owned.duty.status in duties.UNDONE
            and owned.duty.id not in known
            and owned.duty.due is not None
            and uow.now < owned.duty.due <= until
        ]
    return True


def _newest(uow: UnitOfWork, group: duties.Group) -> Rung | None:
    rule = uow.pack.obligation(group.obligation)
    if rule.ladder is None:
        return None
    ladder = uow.pack.ladder(rule.ladder)
    steps = rungs(ladder, group.opens, group.due, uow.context.zone)
    return newest_due(steps, group.opens - timedelta(days=1), uow.now)


def _note(
    uow: UnitOfWork,
    due: Mapping[int, _Due],
    holders: Mapping[tuple[str, str], Sequence[int]],
    rung_for: Sequence[Duty],
    audience: frozenset[str],
    at: datetime,
) -> set[int]:
    """Note duties for those whom they concern; who that is."""
    concerned: set[int] = set()
    for duty in rung_for:
        for role in audience:
            subject = {"clerk": duty.district, "city": uow.pack.city}.get(role, duty.subject)
            for person in holders.get((role, subject), ()):
                due[person].duties.append(duty.id)
                due[person].at = max(at, due[person].at or at)
                concerned.add(person)
    return concerned


def _remind_of(uow: UnitOfWork, person: int, what: _Due) -> bool:
    return what.at is not None and reminding.queue(uow, person, what.duties, what.at.isoformat())


def before_leaving(uow: UnitOfWork, letters: Sequence[outbox.Claimed]) -> dict[int, Outbound | datetime | None]:
    """Look again at the reminders among letters that are about to leave: one after the answer is the
    complaint heard first. None: nothing is left of it; an instant (real time): later, since the person is
    in the middle of an answer; else what it says now.
    """
    decided: dict[int, Outbound | datetime | None] = {}
    found: morning.Facts | None = None
    readers: dict[int, morning.Reader] = {}
    if any(letter.kind == morning.LETTER for letter in letters):
        found = morning.facts(uow)
        readers = {one.person: one for one in morning.readers(uow, people.all_holders(uow.conn))}
    for letter in letters:
        if letter.person is None or letter.kind not in (REMINDER, register.REMINDER, morning.LETTER):
            continue
        front = conversations.front(uow.conn, letter.person)
        if found is not None and letter.kind == morning.LETTER:
            reader = readers.get(letter.person)
            draft = None if reader is None else _morning_now(uow, found, reader, letter.about)
        else:
            about_duties = letter.kind == REMINDER
            draft = (
                reminding.digest(uow, letter.person, letter.about)
                if about_duties
                else register.reminder(uow, letter.about)
            )
        if front is not None and uow.now - front.touched_at < BUSY_FOR:
            decided[letter.id] = uow.wall + BUSY_FOR
        elif draft is None:
            decided[letter.id] = None
        else:
            decided[letter.id] = draft.rendered(language_of(uow, letter.person), rehearsal=uow.rehearsal)
    return decided


def _morning_now(uow: UnitOfWork, found: morning.Facts, reader: morning.Reader, about: Sequence[int]) -> Draft | None:
    """What is left of a morning's card: its duties may have been answered, its decisions taken."""
    return morning.card(uow, reader, found, about) or reminding.digest(uow, reader.person, about)
