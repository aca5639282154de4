"""One-time ways in, and the failed guesses at codes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from storage.records import as_values, at_address, columns, matching, row_or_none, rows
from storage.tables import invitations, tries
from talk.messages import Address


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time way in, found by the hash of its code."""

    id: int
    role: str
    subject: str
    invited_by: str
    expires_at: datetime
    used_at: datetime | None
    used_by: int | None
    voided_at: datetime | None
    role_ends_at: datetime | None
    """Until when the role is given (campaign time); None: without an end."""
    person: int | None
    """Whom it leads back who is locked out; None: it is for somebody new in the role."""
    made_by: int | None
    """Who made it in the chat; None: it was made at the server."""
    replaces: int | None
    """The membership that ends when it is used; None: it is for somebody beside."""

    def stands(self, at: datetime) -> str:
        """Return how it stands at an instant (real time): open, used, voided or expired."""
        if self.used_at is not None:
            return "used"
        if self.voided_at is not None:
            return "voided"
        return "open" if at < self.expires_at else "expired"


@dataclass(frozen=True, slots=True)
class GivenInvitation(Invitation):
    """An invitation as the list of them shows it; it was made at `created_at` (real UTC), by an operator under a name;
    None: before operators had names, or by the bot.
    """

    created_at: datetime
    operator: str | None


def add_invitation(
    conn: Connection,
    code_hash: str,
    role: str,
    subject: str,
    invited_by: str,
    at: datetime,
    expires: datetime,
    *,
    role_ends_at: datetime | None = None,
    person: int | None = None,
    operator: str | None = None,
    made_by: int | None = None,
    replaces: int | None = None,
) -> None:
    """Keep a new invitation, by the hash of its code; times are real UTC, but that of the role's end."""
    conn.execute(
        insert(invitations).values(
            code_hash=code_hash,
            role=role,
            subject=subject,
            invited_by=invited_by,
            created_at=at,
            expires_at=expires,
            role_ends_at=role_ends_at,
            person=person,
            operator=operator,
            made_by=made_by,
            replaces=replaces,
        )
    )


def given(conn: Connection) -> list[GivenInvitation]:
    """Return all invitations, the oldest first."""
    statement = select(*columns(invitations, GivenInvitation)).order_by(invitations.c.id)
    return rows(conn, GivenInvitation, statement)


_open = (invitations.c.used_at.is_(None), invitations.c.voided_at.is_(None))


def unused(conn: Connection, at: datetime) -> list[GivenInvitation]:
    """Return the invitations that can still be used at an instant (real time), the newest first."""
    statement = select(*columns(invitations, GivenInvitation)).where(*_open, invitations.c.expires_at > at)
    return rows(conn, GivenInvitation, statement.order_by(invitations.c.id.desc()))


def given_by_id(conn: Connection, invitation: int) -> GivenInvitation | None:
    """Return an invitation as the list of them shows it, locked: it is taken back, or used, and not both."""
    statement = select(*columns(invitations, GivenInvitation)).where(invitations.c.id == invitation)
    return row_or_none(conn, GivenInvitation, statement.with_for_update())


def void(
    conn: Connection,
    at: datetime,
    *,
    ids: Sequence[int] | None = None,
    role: str | None = None,
    subject: str | None = None,
    person: int | None = None,
) -> int:
    """Take back the invitations that match and can still be used; return how many."""
    named = {
        invitations.c.id: ids,
        invitations.c.role: role,
        invitations.c.subject: subject,
        invitations.c.person: person,
    }
    which = (*_open, invitations.c.expires_at > at, *matching(named))
    return int(conn.execute(update(invitations).where(*which).values(voided_at=at)).rowcount)


_columns = columns(invitations, Invitation)


def by_code(conn: Connection, hashes: Collection[str]) -> Invitation | None:
    """Return the invitation of a code, by every hash that it may be kept under, locked: two people with one code
    cannot both use it.
    """
    return _found(conn, invitations.c.code_hash.in_(hashes))


def by_id(conn: Connection, invitation: int) -> Invitation | None:
    """Return an invitation by its id, locked."""
    return _found(conn, invitations.c.id == invitation)


def _found(conn: Connection, which: ColumnElement[bool]) -> Invitation | None:
    return row_or_none(conn, Invitation, select(*_columns).where(which).with_for_update())


def use_invitation(conn: Connection, invitation_id: int, person_id: int, at: datetime) -> None:
    """Spend an invitation."""
    conn.execute(update(invitations).where(invitations.c.id == invitation_id).values(used_at=at, used_by=person_id))


def add_try(conn: Connection, what: str, address: Address, at: datetime) -> None:
    """Note a guess that failed."""
    conn.execute(insert(tries).values(what=what, at=at, **as_values(address)))


def forget_tries(conn: Connection, address: Address) -> None:
    """Forget what an address guessed at."""
    conn.execute(delete(tries).where(at_address(tries, address)))


def failed_tries(conn: Connection, what: str, address: Address, since: datetime) -> int:
    """Return how often this address guessed wrong since an instant."""
    return _tries(conn, what, since, at_address(tries, address))


def failed_tries_of_account(conn: Connection, what: str, address: Address, since: datetime) -> int:
    """Return how often anybody guessed wrong at one account since an instant."""
    return _tries(conn, what, since, tries.c.channel == address.channel, tries.c.account == address.account)


def _tries(conn: Connection, what: str, since: datetime, *where: ColumnElement[bool]) -> int:
    statement = select(func.count()).select_from(tries).where(tries.c.what == what, tries.c.at > since, *where)
    return int(conn.execute(statement).scalar_one())
