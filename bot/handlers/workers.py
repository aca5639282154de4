"""/workers: the register of workers with certificates (特种作业人员名册)."""

from typing import Final

from bot.handlers.subject import Subject
from service.core.letters import Draft
from service.core.unit_of_work import Speaker, UnitOfWork
from service.workers import actions, register
from talk.actions import PAGE

SUBJECT: Final = Subject()

SUBJECT.on(actions.LIST)(register.listing)


@SUBJECT.command(actions.LISTING)
def listing(uow: UnitOfWork, me: Speaker, argument: str) -> Draft:
    """Who is in it, whose certificate is void and whose ends soon; `2`: the second page."""
    return register.listing(uow, me, PAGE.read(argument))
