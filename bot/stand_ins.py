"""People who are there without an invitation: those of the demo, and of the trial of a first week."""

from service.core.unit_of_work import UnitOfWork
from storage import people
from talk.messages import Address
from talk.texts import CHINESE


def join(uow: UnitOfWork, address: Address, name: str, role: str, subject: str) -> int:
    """Let somebody be there in a role for a subject; return their number."""
    people.meet(uow.conn, address, CHINESE, uow.wall)
    person = people.add_guest(uow.conn, CHINESE)
    people.admit(uow.conn, person, name, uow.now)
    people.bind(uow.conn, address, person)
    people.grant(uow.conn, person, role, subject, "active", uow.now)
    return person
