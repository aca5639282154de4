"""Alarms: the operators are told when something of the bot itself needs somebody now, and when it is over. No letter
names people, or says what a platform or a library said: `anzhu doctor` does, at the server.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from campaign.roles import OPERATOR
from service.care.findings import Finding, Level
from service.core.letters import Draft, signature, tell
from service.core.unit_of_work import UnitOfWork
from storage import alarms, clock, outbox, people
from storage.alarms import Alarm
from talk.texts import Numbered, Say

KIND: Final = "alarm"
AN_HOUR: Final = timedelta(hours=1)
"""How often operators are told of one thing at the most, however often it comes and goes."""
A_DAY: Final = timedelta(days=1)
"""After so long what is still wrong is told again; and a letter that cannot leave for so long does not leave."""


def look(uow: UnitOfWork, found: Sequence[Finding]) -> int:
    """Keep what was found, and tell the operators what is new of it in one letter each; return how many were told. What
    was not looked at now stays as it was.
    """
    # As a tick does: two processes at once would tell it twice.
    clock.read(uow.conn, lock=True)
    known = alarms.known(uow.conn)
    operators = people.holders(uow.conn, OPERATOR, uow.pack.city)
    begun: list[str] = []
    over: list[str] = []
    for finding in found:
        before = known.get(finding.check, Alarm(finding.check, None, None))
        after = before
        if finding.level is Level.ERROR:
            after = replace(before, since=before.since or uow.wall)
            if operators and _is_due(after, uow.wall):
                after = replace(after, told_at=uow.wall)
                begun.append(finding.check)
        elif before.since is not None:
            after = replace(before, since=None)
            if _is_told(before):
                over.append(finding.check)
        if after != before:
            alarms.put(uow.conn, after)
    if not (begun or over):
        return 0
    draft = Draft(
        (
            signature(uow.pack.city_bureau),
            Say("alarm-begun", what=Numbered(tuple(Say("alarm-what", kind=kind) for kind in begun))) if begun else None,
            Say("alarm-over", what=Numbered(tuple(Say("alarm-what", kind=kind) for kind in over))) if over else None,
            Say("alarm-look"),
        )
    )
    cause = f"alarm/{uow.wall.isoformat()}"
    return sum(
        tell(uow, one, draft, kind=KIND, dedupe=f"{cause}/{one}", priority=outbox.REPLY, valid=A_DAY)
        for one in operators
    )


def _is_told(alarm: Alarm) -> bool:
    return alarm.told_at is not None and alarm.since is not None and alarm.told_at >= alarm.since


def _is_due(alarm: Alarm, wall: datetime) -> bool:
    """Whether an alarm that holds is to be told now; a clock that was ahead holds it up no longer."""
    if alarm.told_at is None or alarm.told_at > wall:
        return True
    return wall - alarm.told_at >= (A_DAY if _is_told(alarm) else AN_HOUR)
