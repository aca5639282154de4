"""The ladders of the pack: of several due rungs of a duty only the newest rings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from campaign.reminders import Rung, newest_due, rungs
from campaign.roles import CITY, CLERK, OFFICER, PRINCIPAL
from service.core.ticking import Due
from service.core.unit_of_work import UnitOfWork
from storage import duties
from storage.duties import Duty

OWNERS: Final = frozenset({PRINCIPAL, OFFICER, CLERK})
"""The roles of those who may have put off what they owe, or planned it for a day, and are reminded then."""


def ring(
    uow: UnitOfWork, holders: Mapping[tuple[str, str], Sequence[int]], *, escalating: bool
) -> tuple[dict[int, Due], int]:
    """Ring every rung that is due; return what each person is to be reminded of, and how many duties were escalated.

    `escalating`: also ring the rungs by which a duty rises to staff; they wait for the beginning of a working morning.
    Then too what was given back after its day begins to be brought to mind every week.
    """
    due: defaultdict[int, Due] = defaultdict(Due)
    escalated = 0
    if not uow.pack.is_at_work(uow.now.date()):
        return {}, 0
    for group in duties.groups(uow.conn):
        rung = _newest(uow, group)
        if rung is None or (rung.escalates is not None and not escalating):
            continue
        rung_for = duties.ring(uow.conn, group, rung.name, rung.at, uow.now)
        if not rung_for:
            continue
        if rung.escalates is not None:
            duties.escalate(uow.conn, [duty.id for duty in rung_for], rung.escalates, rung.at)
            escalated += len(rung_for)
        _note(uow, due, holders, rung_for, rung.audience, rung.at)
    woken = duties.wake(uow.conn, uow.now)
    if escalating:
        duties.put_off_returned(uow.conn, uow.now)
    # A promised day that has passed concerns the clerk, too; one that its owner chose for being reminded does not.
    _note(uow, due, holders, [duty for duty in woken if duty.unmet and duty.enterprise], frozenset({CLERK}), uow.now)
    for duty in woken:
        for person in {person for role in OWNERS for person in holders.get((role, duty.subject), ())}:
            _add(due[person], duty, uow.now)
            due[person].wanted = True
    return dict(due), escalated


def _newest(uow: UnitOfWork, group: duties.Group) -> Rung | None:
    rule = uow.pack.obligation(group.obligation)
    if rule.ladder is None:
        return None
    ladder = uow.pack.ladder(rule.ladder)
    steps = rungs(ladder, group.opens, group.due, uow.context.zone)
    return newest_due(steps, group.opens - timedelta(days=1), uow.now)


def _note(
    uow: UnitOfWork,
    due: Mapping[int, Due],
    holders: Mapping[tuple[str, str], Sequence[int]],
    rung_for: Sequence[Duty],
    audience: frozenset[str],
    at: datetime,
) -> None:
    """Note duties for those whom they concern."""
    for duty in rung_for:
        for role in audience:
            subject = {CLERK: duty.district, CITY: uow.pack.city}.get(role, duty.subject)
            for person in holders.get((role, subject), ()):
                _add(due[person], duty, at)


def _add(due: Due, duty: Duty, at: datetime) -> None:
    due.duties.append(duty.id)
    due.at = max(at, due.at or at)
