"""/health: how the bot itself is, for its operators: figures and kinds, and nothing of anybody."""

from service.care.findings import MEGABYTE, age
from service.core.letters import Draft, signature
from service.core.permissions import CITY_ITSELF, Act, require
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import alarms, room, signs, vitals
from talk.texts import Numbered, Say


def show(uow: UnitOfWork, me: Speaker, argument: str) -> Draft:
    """Return what is wrong by the last round, and the figures of now."""
    del argument
    require(uow, me, Act.SEE_HEALTH, CITY_ITSELF)
    standing = [
        Say("health-wrong", what=Say("alarm-what", kind=alarm.kind), age=age(uow.wall - alarm.since))
        for alarm in alarms.known(uow.conn).values()
        if alarm.since is not None
    ]
    # Letters to a terminal are none of an operator's, whatever the channel is called there.
    found = vitals.read(uow.conn, uow.wall, but="")
    polled = [sign.at for sign in signs.known(uow.conn) if sign.what == signs.POLL]
    lines = (
        signature(uow.pack.city_bureau),
        Say("health-standing", what=Numbered(tuple(standing))) if standing else Say("health-well"),
        Say("health-letters", number=found.letters, age=age(uow.wall - (found.letter_since or uow.wall))),
        Say("health-updates", number=found.updates, age=age(uow.wall - (found.update_since or uow.wall))),
        Say("health-lost", number=vitals.lost_letters(uow.conn)),
        Say("health-polled", age=age(uow.wall - polled[0])) if polled else None,
        Say("health-room", free=room.left(uow.context.files.parent).bytes // MEGABYTE),
    )
    return Draft(lines)
