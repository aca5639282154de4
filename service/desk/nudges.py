"""催办: staff ask the people of a duty, or of an enterprise, once more. A reminder like any other, so it keeps to
working hours and to the cap of the burden meter, and does not leave after the answer.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from campaign.workdays import working_moment_after
from service import burden, reminders
from service.desk import owes, reaching
from service.desk.reaching import Unreached
from service.hazards.ledger import judged
from service.letters import answer
from service.permissions import CLERK, OFFICER, PRINCIPAL, Act, Target, may
from service.work import Speaker, Work
from storage import audit, people, registry
from storage import owes as stored
from storage.owes import Owed, Stand
from talk.texts import Listed, Phrase, Say

TO_NUDGE: Final = (Stand.OVERDUE, Stand.OPEN)
"""What was explained waits for staff."""
NAMES: Final = 10


def of_duty(work: Work, me: Speaker, argument: str) -> None:
    """Everybody who owes a duty in a place: `obligation|period|number`."""
    obligation, period, number = owes.parts(argument)
    place = owes.seen(work, me.person, number)
    if place is None or not may(work, me.person, Act.NUDGE, Target(place.district)):
        answer(work, me, Say("not-allowed"))
        return
    rows = stored.listed(work.conn, work.now, place.district, which=(obligation, period))
    # The units that the city supervises itself are the city's to ask, and who moved away the new district's.
    own = [row for row in rows if place.district is None or (row.district == place.district and not row.municipal)]
    _nudge(work, me, own, f"duty/{obligation}/{period}/{place.name}")


def of_enterprise(work: Work, me: Speaker, code: str) -> None:
    """The people of an enterprise, about all that it owes."""
    enterprise = registry.enterprise(work.conn, code)
    if enterprise is None or not may(work, me.person, Act.NUDGE, judged(enterprise)):
        answer(work, me, Say("not-allowed"))
        return
    _nudge(work, me, stored.listed(work.conn, work.now, None, enterprise=code), f"enterprise/{code}")


def of_districts(work: Work, me: Speaker, argument: str) -> None:
    """The clerks of the districts that have not answered one of their own duties; for the city."""
    obligation, period, _ = owes.parts(argument)
    if not may(work, me.person, Act.NUDGE, Target()):
        answer(work, me, Say("not-allowed"))
        return
    undone = [
        one
        for one in stored.of_districts(work.conn, obligation, period)
        if stored.stand_of(one, work.now) in TO_NUDGE and one.opens <= work.now
    ]
    wanted: dict[int, list[int]] = {}
    without: list[str] = []
    addresses = people.reachable(work.conn)
    for one in undone:
        held = [person for person in people.holders(work.conn, CLERK, one.district) if person in addresses]
        for person in held:
            wanted.setdefault(person, []).append(one.id)
        without += [] if held else [one.district]
    lines = _send(work, me, wanted, f"duty/{obligation}/{period}/districts") if undone else [Say("nudge-nothing")]
    if without:
        unheard = [district.name for district in work.pack.districts if district.name in without]
        names = Say("listed", items=Listed(tuple(unheard)))
        lines.append(Say("nudge-unreached-districts", number=len(without), names=names))
    answer(work, me, *lines)


def _nudge(work: Work, me: Speaker, rows: Sequence[Owed], subject: str) -> None:
    undone = [row for row in rows if row.stand in TO_NUDGE and row.duty.enterprise is not None]
    if not undone:
        answer(work, me, Say("nudge-nothing"))
        return
    reach = reaching.reach(work)
    wanted: dict[int, list[int]] = {}
    for row in undone:
        for role in (PRINCIPAL, OFFICER):
            for person in reach.holders.get((role, str(row.duty.enterprise)), ()):
                if person in reach.addresses:
                    wanted.setdefault(person, []).append(row.duty.id)
    lines = _send(work, me, wanted, subject, holders=reach.holders)
    known = registry.all_enterprises(work.conn)
    owing = dict.fromkeys(str(row.duty.enterprise) for row in undone)
    unreached = reach.unreached([known[code] for code in owing])
    if unreached:
        lines.append(Say("nudge-unreached", people=len(unreached), names=_named(unreached)))
    answer(work, me, *lines)


def _send(
    work: Work,
    me: Speaker,
    wanted: Mapping[int, Sequence[int]],
    subject: str,
    *,
    holders: Mapping[tuple[str, str], Sequence[int]] | None = None,
) -> list[Phrase]:
    """Remind each person of duties, and say what came of it."""
    today = work.now.date()
    cap = burden.cap(work, holders or {})
    before = stored.nudged(work.conn, today, sorted({duty for ids in wanted.values() for duty in ids}))
    pairs: list[tuple[int, int]] = []
    full = 0
    for person, ids in wanted.items():
        if cap.is_reached(person):
            full += person not in cap.today
        else:
            pairs += [(duty, person) for duty in ids if (duty, person) not in before]
    fresh: dict[int, list[int]] = {}
    for duty, person in stored.nudge(work.conn, pairs, today, me.person):
        fresh.setdefault(person, []).append(duty)
    nudged = sum(reminders.nudge(work, person, sorted(ids)) for person, ids in sorted(fresh.items()))
    audit.note(work.conn, work.now, "nudged", me.person, subject, people=nudged)
    leaves = working_moment_after(work.now)
    lines: list[Phrase] = []
    if nudged:
        lines.append(
            Say("nudge-done", people=nudged) if leaves == work.now else Say("nudge-later", people=nudged, at=leaves)
        )
    else:
        lines.append(Say("nudge-nobody"))
    if again := len(wanted) - len(fresh) - full:
        lines.append(Say("nudge-today", people=again))
    if full:
        lines.append(Say("nudge-full", people=full, most=cap.most))
    return lines


def _named(unreached: Sequence[Unreached]) -> Phrase:
    names: list[Phrase] = [
        Say("nudge-person", name=one.name, place=one.enterprise.name, reason=one.reason) for one in unreached[:NAMES]
    ]
    if len(unreached) > NAMES:
        names.append(Say("nudge-more", people=len(unreached) - NAMES))
    return Say("listed", items=Listed(tuple(names)))
