"""/start without a code, the acknowledgement of the criteria, and staff's word on a second principal."""

from bot.handlers.arguments import is_id
from service.core.letters import answer
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties.guidance import commands
from service.people import joining
from storage import people
from talk.texts import Say


def start(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/start: how to join, or for somebody who joined, and still is something, what to do now."""
    del argument
    if me.identity.joined and people.roles(uow.conn, me.person):
        answer(uow, me, Say("start-joined", roles=joining.roles_in_words(uow, me.person)), commands(uow, me))
    else:
        answer(uow, me, Say("stranger"))


def criteria(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """[我已知悉] under the criteria of one's own sector."""
    joining.acknowledge_criteria(uow, me, argument)


def accept(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Staff accept a second principal."""
    _decide(uow, me, argument, accept=True)


def decline(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Staff decline a second principal."""
    _decide(uow, me, argument, accept=False)


def _decide(uow: UnitOfWork, me: Speaker, argument: str, *, accept: bool) -> None:
    if is_id(argument):
        joining.decide(uow, me, int(argument), accept=accept)
    else:
        answer(uow, me, Say("not-allowed"))
