"""/factor (二次验证): one's second factor is set up, looked at, renewed."""

from typing import Final

from bot.handlers.subject import Subject
from service.core.letters import Draft
from service.core.unit_of_work import Speaker, UnitOfWork
from service.factor import actions, enrolment

SUBJECT: Final = Subject()

SUBJECT.on(actions.ANEW)(enrolment.anew)
SUBJECT.on(actions.CODES)(enrolment.give_codes)
SUBJECT.on(actions.LOST)(enrolment.lost)


@SUBJECT.command(actions.FACTOR)
def standing(uow: UnitOfWork, me: Speaker, argument: str) -> Draft | None:
    """How it stands; where there is none yet it is set up."""
    del argument
    return enrolment.standing(uow, me)
