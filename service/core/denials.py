"""Who was refused, and who guessed at codes: one event a person and hour, and one more with the number of the others,
so that nobody fills the disk by being refused.
"""

from typing import Final

from service.core.ticking import Tick
from service.core.unit_of_work import UnitOfWork
from storage import denials
from storage.audit import SYSTEM, Actor

REFUSED: Final = "refused"
GUESSED: Final = "code-guessed"
"""A code of an invitation, a receipt or a permit that there is none of."""


def count(uow: UnitOfWork, event: str, person: int | None) -> None:
    """Count that a person was refused, or guessed; None: somebody who has not joined, all of whom are one."""
    hour = uow.wall.replace(minute=0, second=0, microsecond=0)
    if denials.count(uow.conn, event, person or denials.STRANGERS, hour) == 1:
        uow.note(event, _subject(person), actor=uow.acting(person))


def tell(uow: UnitOfWork, present: Tick) -> int:
    """Write into the log how often each was refused in the hours that are over; nobody is told."""
    del present
    hour = uow.wall.replace(minute=0, second=0, microsecond=0)
    for denied in denials.over(uow.conn, hour):
        person = None if denied.person == denials.STRANGERS else denied.person
        if denied.number > 1:
            actor = SYSTEM if person is None else Actor(person)
            uow.note(denied.event, _subject(person), actor=actor, hour=denied.hour.isoformat(), more=denied.number - 1)
    denials.forget(uow.conn, hour)
    return 0


def _subject(person: int | None) -> str:
    return "strangers" if person is None else f"person/{person}"
