"""催办: staff ask the people of a duty, or of an enterprise, once more. A reminder like any other, so it keeps to
working hours and to the cap of the burden meter, and does not leave after the answer.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from campaign.roles import CLERK, OFFICER, PRINCIPAL
from campaign.workdays import working_moment_after
from service.core.letters import answer
from service.core.permissions import CITY_ITSELF, Act, Area, require
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import contacts, places
from service.desk.actions import DutyOfPlace
from service.desk.contacts import Unreached
from service.duties import burden, reminding
from storage import people, progress, registry
from storage.progress import Owed
from talk.texts import Phrase, Say, listed

NAMES: Final = 10


def of_duty(uow: UnitOfWork, me: Speaker, which: DutyOfPlace) -> None:
    """Nudge everybody who owes a duty in a place."""
    place = places.seen(uow, me, which.place)
    require(uow, me, Act.NUDGE, Area(place.district))
    rows = progress.listed(uow.conn, uow.now, place.district, which=(which.obligation, which.period))
    # The units that the city supervises itself are the city's to ask, and who moved away the new district's.
    own = [row for row in rows if place.district is None or (row.district == place.district and not row.municipal)]
    _nudge(uow, me, own, f"duty/{which.obligation}/{which.period}/{place.name}")


def of_enterprise(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """Nudge the people of an enterprise, about all that it owes."""
    enterprise = existing(registry.enterprise(uow.conn, code))
    require(uow, me, Act.NUDGE, enterprise)
    _nudge(uow, me, progress.listed(uow.conn, uow.now, None, enterprise=code), f"enterprise/{code}")


def of_districts(uow: UnitOfWork, me: Speaker, which: DutyOfPlace) -> None:
    """Nudge the clerks of the districts that have not answered one of their own duties; for the city."""
    require(uow, me, Act.NUDGE, CITY_ITSELF)
    undone = [
        duty
        for duty in progress.of_districts(uow.conn, which.obligation, which.period)
        if duty.is_owed(uow.now.date()) and duty.opens <= uow.now
    ]
    if not undone:
        raise RefusedError(Say("nudge-nothing"))
    wanted: dict[int, list[int]] = {}
    without: list[str] = []
    addresses = people.reachable(uow.conn)
    for duty in undone:
        held = [person for person in people.holders(uow.conn, CLERK, duty.district) if person in addresses]
        for person in held:
            wanted.setdefault(person, []).append(duty.id)
        without += [] if held else [duty.district]
    lines = _send(uow, me, wanted, f"duty/{which.obligation}/{which.period}/districts")
    if without:
        names = listed(name for name in uow.pack.district_names if name in without)
        lines.append(Say("nudge-unreached-districts", number=len(without), names=names))
    answer(uow, me, *lines)


def _nudge(uow: UnitOfWork, me: Speaker, rows: Sequence[Owed], subject: str) -> None:
    known = registry.all_enterprises(uow.conn)
    undone = [row for row in rows if row.duty.is_owed(uow.now.date()) and known[str(row.duty.enterprise)].is_active]
    if not undone:
        raise RefusedError(Say("nudge-nothing"))
    everybody = contacts.of_everybody(uow)
    wanted: dict[int, list[int]] = {}
    for row in undone:
        for role in (PRINCIPAL, OFFICER):
            for person in everybody.holders.get((role, str(row.duty.enterprise)), ()):
                if person in everybody.addresses:
                    wanted.setdefault(person, []).append(row.duty.id)
    lines = _send(uow, me, wanted, subject, holders=everybody.holders)
    owing = dict.fromkeys(str(row.duty.enterprise) for row in undone)
    unreached = everybody.unreached([known[code] for code in owing])
    if unreached:
        lines.append(Say("nudge-unreached", people=len(unreached), names=_named(unreached)))
    answer(uow, me, *lines)


def _send(
    uow: UnitOfWork,
    me: Speaker,
    wanted: Mapping[int, Sequence[int]],
    subject: str,
    *,
    holders: Mapping[tuple[str, str], Sequence[int]] | None = None,
) -> list[Phrase]:
    """Remind each person of duties; return the lines that say what came of it."""
    today = uow.now.date()
    cap = burden.cap(uow, holders or {})
    before = progress.nudged(uow.conn, today, sorted({duty for ids in wanted.values() for duty in ids}))
    pairs: list[tuple[int, int]] = []
    full = 0
    for person, ids in wanted.items():
        if cap.is_reached(person):
            full += person not in cap.today
        else:
            pairs += [(duty, person) for duty in ids if (duty, person) not in before]
    fresh: dict[int, list[int]] = {}
    for duty, person in progress.nudge(uow.conn, pairs, today, me.person):
        fresh.setdefault(person, []).append(duty)
    nudged = sum(reminding.nudge(uow, person, sorted(ids)) for person, ids in sorted(fresh.items()))
    uow.note("nudged", subject, people=nudged)
    leaves = working_moment_after(uow.now)
    lines: list[Phrase] = []
    if nudged:
        lines.append(
            Say("nudge-done", people=nudged) if leaves == uow.now else Say("nudge-later", people=nudged, at=leaves)
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
        Say("nudge-person", name=post.name, place=post.enterprise.name, reason=post.reason)
        for post in unreached[:NAMES]
    ]
    if len(unreached) > NAMES:
        names.append(Say("nudge-more", people=len(unreached) - NAMES))
    return listed(names)
