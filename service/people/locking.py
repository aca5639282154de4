"""Somebody who lost the phone is locked out at once; a new code, for this person alone, leads back from a new address.

What the person is and has begun stays; but nothing is taken from any address of theirs, and nothing is sent there.
"""

from campaign.roles import ENTERPRISE_ROLES
from service.core.letters import answer
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import vacancies
from service.people import inviting
from service.people.inviting import Invited
from service.people.roles import roles_in_words
from storage import invitations, outbox, people
from storage.invitations import Invitation
from storage.people import Identity, Person
from talk.texts import Say


def lock(uow: UnitOfWork, person: Person) -> bool:
    """Lock somebody out; False: they were already. Whoever calls this has asked whether whoever is at work may."""
    if person.locked_at is not None:
        return False
    people.set_locked(uow.conn, person.id, uow.now)
    uow.note("person-locked", f"person/{person.id}")
    waiting = outbox.on_their_way(uow.conn, person.id)
    outbox.withdraw(uow.conn, [letter.id for letter in waiting], uow.wall)
    for role in people.roles(uow.conn, person.id):
        if role.role in ENTERPRISE_ROLES and role.state == "active":
            vacancies.gone(uow, person.id, person.name, role.subject)
    return True


def way_back(uow: UnitOfWork, person: Person, invited_by: str) -> Invited | None:
    """Make a one-time code that leads somebody back who is locked out; older ones are void. None: there is no role left
    to come back to.
    """
    role = next(iter(people.roles(uow.conn, person.id)), None)
    if role is None:
        return None
    invitations.void(uow.conn, uow.wall, person=person.id)
    uow.note("way-back-given", f"person/{person.id}")
    return inviting.invite(uow, role.role, role.subject, invited_by, person=person.id)


def come_back(uow: UnitOfWork, who: Identity, invitation: Invitation) -> None:
    """Let the person whom a code is for in again, at the address that sent it and at no other. RefusedError: it is
    somebody else's address.
    """
    person = None if invitation.person is None else people.person(uow.conn, invitation.person)
    if person is None or person.left_at is not None or (who.joined and who.person != person.id):
        raise RefusedError(Say("join-refused"))
    invitations.use_invitation(uow.conn, invitation.id, person.id, uow.wall)
    people.move(uow.conn, person.id, who.address)
    people.set_locked(uow.conn, person.id, None)
    uow.note("person-unlocked", f"person/{person.id}", actor=uow.acting(person.id))
    me = Speaker(person.id, people.meet(uow.conn, who.address, who.language, uow.wall))
    answer(uow, me, Say("locked-back", name=person.name, roles=roles_in_words(uow, person.id)))
