"""/workers: the register of workers with certificates (特种作业人员名册)."""

from typing import Final

from bot.handlers.subject import Subject
from service.core.letters import send
from service.core.unit_of_work import Speaker, UnitOfWork
from service.workers import actions, register
from talk.actions import is_row_number

SUBJECT: Final = Subject()


@SUBJECT.command(actions.LISTING)
def listing(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Who is in it, whose certificate is void and whose ends soon; `2`: the second page."""
    page(uow, me, int(argument) if is_row_number(argument) else 1)


@SUBJECT.on(actions.LIST)
def page(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """A page of the register."""
    send(uow, me, register.listing(uow, me.person, number))
