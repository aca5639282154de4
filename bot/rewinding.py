"""After a restore: the first start says what is older than people remember."""

import logging
from datetime import datetime
from typing import Final

from bot.app import App
from bot.cli.words import words
from campaign.roles import CITY, DISTRICT_ROLES
from service.core.letters import Draft, tell
from service.core.unit_of_work import UnitOfWork
from storage import people, rewinds
from storage.rewinds import Rewind
from talk.texts import Say

log = logging.getLogger("anzhu")

KIND: Final = "rewound"
"""The kind of the letters to staff."""


def announce(bot: App) -> None:
    """Tell operators (by the log) and staff (by a letter) once how old the database is that was restored."""
    rewind = bot.context.rewind
    if rewind is not None and rewind.told_at is None and bot.use(lambda uow: _tell(uow, rewind)):
        log.warning("%s", words(told(bot, rewind)))


def told(bot: App, rewind: Rewind) -> Say:
    """Return what a restored database has, and no more."""
    zone = bot.context.zone

    def newest(what: str) -> str:
        at = rewind.newest.get(what)
        return "-" if at is None else f"{datetime.fromisoformat(at).astimezone(zone):%Y-%m-%d %H:%M}"

    return Say(
        "cli-rewound",
        restored=rewind.restored_at.astimezone(zone),
        taken=rewind.taken_at.astimezone(zone),
        answer=newest("answer"),
        update=newest("update"),
        tick=newest("tick"),
        seq=rewind.seq,
    )


def _tell(uow: UnitOfWork, rewind: Rewind) -> bool:
    """Queue the letters; False where another process did so meanwhile."""
    newest = rewinds.newest(uow.conn)
    if newest is None or newest.told_at is not None:
        return False
    holders = people.all_holders(uow.conn)
    staff = {person for (role, _), found in holders.items() if role in (*DISTRICT_ROLES, CITY) for person in found}
    zone = uow.context.zone
    said = Say("rewound-staff", taken=rewind.taken_at.astimezone(zone), restored=rewind.restored_at.astimezone(zone))
    for person in sorted(staff):
        tell(uow, person, Draft((said,)), kind=KIND, dedupe=f"rewind/{rewind.id}/staff/{person}")
    rewinds.told(uow.conn, rewind, uow.wall)
    return True
