"""Invitations: one-time codes are made, listed and taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from service.core.codes import plain_code
from service.core.unit_of_work import UnitOfWork
from storage import invitations

GOOD_FOR: Final = timedelta(days=30)
PURPOSE: Final = "invitation"
KIND: Final = "invitation-code"
"""The kind of the letters that show a code in the chat; what they said is emptied after `SHOWN_FOR`."""
SHOWN_FOR: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation; the code is shown this once and kept only as a hash."""

    code: str
    role: str
    subject: str
    expires: datetime


def invite(
    uow: UnitOfWork,
    role: str,
    subject: str,
    invited_by: str,
    *,
    until: datetime | None = None,
    person: int | None = None,
    replaces: int | None = None,
) -> Invited:
    """Return a one-time code for a role of a subject; the caller has checked both. `until`: when the role ends again
    (campaign time); `person`: whom alone it leads back; `replaces`: the membership that ends when it is used.
    """
    code = uow.fresh.invitation()
    expires = uow.wall + GOOD_FOR
    invitations.add_invitation(
        uow.conn,
        uow.hashed(PURPOSE, plain_code(code)),
        role,
        subject,
        invited_by,
        uow.wall,
        expires,
        role_ends_at=until,
        person=person,
        operator=uow.actor.operator,
        made_by=uow.actor.person,
        replaces=replaces,
    )
    uow.note("invited", subject, role=role)
    return Invited(code, role, subject, expires)


def void(uow: UnitOfWork, *, ids: tuple[int, ...] | None = None, subject: str | None = None) -> int:
    """Take back invitations that nobody has used, by number or all for a subject; return how many."""
    number = invitations.void(uow.conn, uow.wall, ids=ids, subject=subject)
    if number:
        uow.note("invitations-voided", subject or "invitations", number=number)
    return number


def number_of(uow: UnitOfWork, code: str) -> int | None:
    """Return the number of the invitation of a code as it was typed; None: there is none."""
    found = invitations.by_code(uow.conn, uow.hashes(PURPOSE, plain_code(code)))
    return None if found is None else found.id
