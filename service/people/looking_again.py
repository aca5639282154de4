"""After a restore: who wrote to the database that is gone is asked to look again, at their next message, once."""

from typing import Final

from service.core.letters import Draft, reply
from service.core.unit_of_work import UnitOfWork
from storage import rewinds
from storage.people import Identity
from talk.messages import Inbound, Kind
from talk.texts import Say

SILENT: Final = frozenset({Kind.BLOCKED, Kind.UNBLOCKED, Kind.GROUP})


def ask(uow: UnitOfWork, who: Identity, inbound: Inbound) -> None:
    """Ask somebody to look again, before what they wrote is answered, where the platform's numbers say that somebody
    wrote after the backup was taken. Whoever joined since is unknown now, and is told how to come back.
    """
    rewind = uow.context.rewind
    if rewind is None or inbound.kind in SILENT:
        return
    # Later nobody knows any more which updates were the first.
    if uow.wall - rewind.restored_at > uow.context.terms.updates:
        return
    if not rewinds.lost_updates(uow.conn, rewind, who.address):
        return
    zone = uow.context.zone
    times = {"taken": rewind.taken_at.astimezone(zone), "restored": rewind.restored_at.astimezone(zone)}
    said = Say("rewound", **times) if who.joined else Say("rewound-stranger", **times)
    address = who.address
    # The key outlives the letter's address, which goes when its person leaves.
    once = f"rewind/{rewind.id}/{uow.fingerprint(f'{address.channel}/{address.account}/{address.external_id}')}"
    reply(uow, address, who.language, Draft((said,)), who.person if who.joined else None, dedupe=once)
