"""Planning and reminding: what one tick does, in one transaction, the same whoever ticks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial

from campaign.duties import DAY_ENDS, Window, plan
from campaign.reminders import Rung, newest_due, rungs
from campaign.workdays import working_moment_after
from service import burden, cards, lists, weeks, workers
from service.annex import chief
from service.annex import filing as annex_filing
from service.burden import Cap
from service.desk import morning
from service.letters import Draft, language_of, tell
from service.mine import mine_of, of_person, own_subjects
from service.notices import broadcast as notices
from service.work import Work
from storage import clock, conversations, duties, outbox, people
from storage.duties import Duty
from storage.engine import apart
from talk.messages import Outbound

LOOK_BACK = timedelta(days=7)
"""Planned again at every tick, so that a replica that slept does the same work at its next one."""

REMINDER = "reminder"
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


def tick(work: Work, *, everything: bool = True) -> Round:
    """Plan what has opened, ring the newest due rung of every ladder, queue one digest a person.

    `everything`: plan from the campaign's start, since the pack may have changed; a process asks for that
    at its first tick. Later ones look back a few days only.
    """
    done = Round()
    # Held until the end: two ticks at once would ring twice, and an import must not change scopes meanwhile.
    ticked = clock.read(work.conn, lock=True).ticked_until
    done.planned = plan_until(work, None if everything or ticked is None else ticked - LOOK_BACK)
    holders = people.all_holders(work.conn)
    begins = morning.is_due(work, ticked)
    due = _remind(work, done, holders, begins=begins)
    # One card that cannot be made keeps nothing from anybody else, and the clock goes on.
    found = apart(work.conn, [partial(morning.facts, work, ticked)]) if begins else []
    _tell_staff(work, done, holders, due, found[0] if found else None)
    done.reminded += sum(apart(work.conn, [partial(workers.remind, work, holders)]))
    apart(work.conn, [partial(notices.tell_done, work)])
    done.reminded += sum(apart(work.conn, [partial(chief.send_due, work, ticked, holders)]))
    if ticked is None or work.now > ticked:
        clock.mark_ticked(work.conn, work.now)
    return done


def plan_until(work: Work, after: datetime | None) -> int:
    """Make every duty exist that opened after an instant (None: since the campaign's start)."""
    new = 0
    districts = [district.name for district in work.pack.districts]
    for planned in plan(work.pack, Window(after or _beginning(work), work.now)):
        owner = work.pack.obligation(planned.obligation_id).owner
        new += duties.plan(work.conn, planned, owner, districts)
    return new + weeks.plan(work, after or _beginning(work))


def replan(work: Work) -> None:
    """After the registry changed: withdraw what is no longer owed, open what is owed from now on."""
    ticked = clock.read(work.conn, lock=True).ticked_until
    if ticked is None:
        return
    districts = [district.name for district in work.pack.districts]
    for planned in plan(work.pack, Window(_beginning(work), ticked)):
        if planned.subject_kind != "district":  # what a district owes does not depend on the registry
            duties.withdraw(work.conn, planned, ticked)
            duties.revive(work.conn, planned, ticked)
        duties.plan(work.conn, planned, work.pack.obligation(planned.obligation_id).owner, districts)
    duties.follow_moves(work.conn, ticked)


def _beginning(work: Work) -> datetime:
    """An instant before anything of the campaign opens."""
    return datetime.combine(work.pack.start, time.min, work.house.zone) - timedelta(days=1)


def _remind(
    work: Work, done: Round, holders: Mapping[tuple[str, str], Sequence[int]], *, begins: bool
) -> dict[int, _Due]:
    """Ring what is due and remind the people of enterprises; what there is for others, which the caller tells them.

    What rises to staff does so when a working morning begins, and else waits for the next one.
    """
    due: defaultdict[int, _Due] = defaultdict(_Due)
    for group in duties.groups(work.conn):
        rung = _newest(work, group)
        if rung is None or (rung.escalates is not None and not begins):
            continue
        rung_for = duties.ring(work.conn, group, rung.name, rung.at, work.now)
        if not rung_for:
            continue
        if rung.escalates is not None:
            duties.escalate(work.conn, [one.id for one in rung_for], rung.escalates, rung.at)
            done.escalated += len(rung_for)
        _note(work, due, holders, rung_for, rung.audience, rung.at)
    woken = duties.wake(work.conn, work.now)
    for person in _note(work, due, holders, woken, SNOOZERS, work.now):
        due[person].wanted = True
    staff = {reader.person for reader in morning.readers(work, holders)}
    cap = burden.cap(work, holders)
    # By person, as a nudge goes: two that take letters back in opposite orders would wait for each other for good.
    others = [(person, due[person]) for person in sorted(due) if person not in staff]
    reminded = apart(work.conn, [partial(_remind_one, work, cap, person, what) for person, what in others])
    done.reminded += sum(reminded)
    return {person: what for person, what in due.items() if person in staff}


def _remind_one(work: Work, cap: Cap, person: int, what: _Due) -> bool:
    return _is_worth_it(work, cap, person, what) and _queue(work, person, what)


def _tell_staff(
    work: Work,
    done: Round,
    holders: Mapping[tuple[str, str], Sequence[int]],
    due: Mapping[int, _Due],
    found: morning.Facts | None,
) -> None:
    """One letter a morning to each clerk and to the city: the card of what rose to them, their own duties, and on its
    day the draft of the annex table.
    """
    drafts = annex_filing.drafts(work, holders)
    for reader in sorted(morning.readers(work, holders), key=lambda one: one.person):
        what, table = due.get(reader.person, _Due()), drafts.get(reader.person)
        if found is None and table is None and not what.duties:
            continue
        told = apart(work.conn, [partial(_tell_reader, work, reader, what, table, found)])
        if not told and found is not None:
            # Without the card they still get their own duties, and the draft.
            told = apart(work.conn, [partial(_tell_reader, work, reader, what, table, None)])
        done.reminded += sum(told)


def _tell_reader(
    work: Work, reader: morning.Reader, what: _Due, table: tuple[str, Draft] | None, found: morning.Facts | None
) -> int:
    """How many letters one of the staff gets: none, one, or a reminder beside the draft."""
    draft = None if table is None else table[1]
    card = draft if found is None else morning.card(work, reader, found, what.duties, draft)
    told = 0
    if card is None or (found is None and what.duties):
        told += bool(what.duties) and _queue(work, reader.person, what)
    if card is not None and table is None:
        told += _tell_morning(work, reader.person, card, what.duties)
    elif card is not None and table is not None:
        told += annex_filing.send_draft(work, reader.person, card, table[0])
    return told


def _tell_morning(work: Work, person: int, card: Draft, about: Sequence[int]) -> bool:
    replaced = sum(outbox.cancel(work.conn, person, kind) for kind in (REMINDER, morning.LETTER))
    burden.note(work, person, 1 - replaced)
    return tell(
        work,
        person,
        card,
        kind=morning.LETTER,
        dedupe=f"morning/{work.now.date()}/{person}",
        about=about,
        valid=timedelta(days=2),
    )


def _is_worth_it(work: Work, cap: Cap, person: int, what: _Due) -> bool:
    """Whether somebody is reminded at all, by the cap of the week; its last reminder names more than is rung."""
    if cap.is_reached(person) and not what.wanted:
        tomorrow = datetime.combine(work.now.date() + timedelta(days=1), DAY_ENDS, work.house.zone)
        named = duties.find(work.conn, ids=what.duties)
        return any(duty.due is not None and work.now < duty.due <= tomorrow for duty in named)
    if cap.is_last(person):
        until = datetime.combine(cap.monday, DAY_ENDS, work.house.zone)
        known = set(what.duties)
        what.duties += [
            mine.duty.id
            for mine in of_person(work, person)
            if mine.duty.status in duties.UNDONE
            and mine.duty.id not in known
            and mine.duty.due is not None
            and work.now < mine.duty.due <= until
        ]
    return True


def _newest(work: Work, group: duties.Group) -> Rung | None:
    rule = work.pack.obligation(group.obligation)
    if rule.ladder is None:
        return None
    ladder = work.pack.ladder(rule.ladder)
    steps = rungs(ladder, group.opens, group.due, work.house.zone)
    return newest_due(steps, group.opens - timedelta(days=1), work.now)


def _note(
    work: Work,
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
            subject = {"clerk": duty.district, "city": work.pack.city}.get(role, duty.subject)
            for person in holders.get((role, subject), ()):
                due[person].duties.append(duty.id)
                due[person].at = max(at, due[person].at or at)
                concerned.add(person)
    return concerned


def nudge(work: Work, person: int, ids: Sequence[int]) -> bool:
    """Staff ask after duties (催办): a reminder like any other. What one that has not left yet names goes along."""
    about = dict.fromkeys((*outbox.waiting_about(work.conn, person, REMINDER), *ids))
    # Of one instant there may be several, each with a cause of its own.
    return _queue(work, person, _Due(list(about), work.now), key=work.cause)


def _queue(work: Work, person: int, what: _Due, *, key: str | None = None) -> bool:
    """One digest; an older one that has not left yet would repeat itself and goes."""
    replaced = outbox.cancel(work.conn, person, REMINDER)
    draft = digest(work, person, what.duties)
    if draft is None or what.at is None:
        return False
    burden.note(work, person, 1 - replaced)
    # Not at night, not on a rest day: it waits for the next working moment.
    wait = working_moment_after(work.now) - work.now
    single = what.duties[0] if len(what.duties) == 1 else None
    return tell(
        work,
        person,
        draft,
        kind=REMINDER,
        dedupe=f"reminder/{person}/{key or what.at.isoformat()}",
        duty=single,
        about=what.duties,
        not_before=work.wall + wait,
        valid=timedelta(days=2),
    )


def digest(work: Work, person: int, ids: Sequence[int]) -> Draft | None:
    """What somebody is reminded of: the card of a single duty, a list of several; None when all is done."""
    undone = [duty for duty in duties.find(work.conn, ids=ids) if duty.status in duties.UNDONE]
    open_ones = [mine_of(work, duty) for duty in undone if not weeks.is_idle(work, duty)]
    if not open_ones:
        return None
    open_ones.sort(key=lambda mine: (mine.duty.due is None, mine.duty.due or mine.duty.opens, mine.duty.id))
    subjects = own_subjects(work, person)
    own = [mine for mine in open_ones if mine.duty.subject in subjects]
    if len(own) == len(open_ones) == 1:
        return cards.reminder(work, person, own[0])
    return lists.digest(work, own, [mine for mine in open_ones if mine.duty.subject not in subjects])


def before_leaving(work: Work, letters: Sequence[outbox.Claimed]) -> dict[int, Outbound | datetime | None]:
    """Look again at the reminders among letters that are about to leave: one after the answer is the
    complaint heard first. None: nothing is left of it; an instant (real time): later, since the person is
    in the middle of an answer; else what it says now.
    """
    decided: dict[int, Outbound | datetime | None] = {}
    found: morning.Facts | None = None
    readers: dict[int, morning.Reader] = {}
    if any(letter.kind == morning.LETTER for letter in letters):
        found = morning.facts(work)
        readers = {one.person: one for one in morning.readers(work, people.all_holders(work.conn))}
    for letter in letters:
        if letter.person is None or letter.kind not in (REMINDER, workers.REMINDER, morning.LETTER):
            continue
        front = conversations.front(work.conn, letter.person)
        if found is not None and letter.kind == morning.LETTER:
            reader = readers.get(letter.person)
            draft = None if reader is None else _morning_now(work, found, reader, letter.about)
        else:
            about_duties = letter.kind == REMINDER
            draft = digest(work, letter.person, letter.about) if about_duties else workers.reminder(work, letter.about)
        if front is not None and work.now - front.touched_at < BUSY_FOR:
            decided[letter.id] = work.wall + BUSY_FOR
        elif draft is None:
            decided[letter.id] = None
        else:
            decided[letter.id] = draft.rendered(language_of(work, letter.person), rehearsal=work.rehearsal)
    return decided


def _morning_now(work: Work, found: morning.Facts, reader: morning.Reader, about: Sequence[int]) -> Draft | None:
    """What is left of a morning's card: its duties may have been answered, its decisions taken."""
    return morning.card(work, reader, found, about) or digest(work, reader.person, about)
