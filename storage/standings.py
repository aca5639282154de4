"""What addresses are to the bot: of somebody who joined, of a guest with an invitation, or of nobody."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from storage.engine import among
from storage.records import columns
from storage.tables import identities, people
from talk.messages import Address


def joined(conn: Connection, addresses: Sequence[Address]) -> dict[Address, bool]:
    """Return of those among the addresses that have a person whether that person joined, has not left, and is not
    locked out.
    """
    wanted = set(addresses)
    found: dict[Address, bool] = {}
    statement = select(*columns(identities, Address), people.c.joined_at, people.c.left_at, people.c.locked_at).join(
        people, people.c.id == identities.c.person
    )
    of = among(identities.c.external_id, (address.external_id for address in wanted))
    for *parts, joined_at, left_at, locked_at in conn.execute(statement.where(of)):
        address = Address(*parts)
        if address in wanted:
            found[address] = joined_at is not None and left_at is None and locked_at is None
    return found
