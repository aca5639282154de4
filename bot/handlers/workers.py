"""/workers: the register of workers with certificates (特种作业人员名册)."""

from bot.handlers.arguments import is_id
from service.core.letters import answer, send
from service.core.unit_of_work import Speaker, UnitOfWork
from service.workers import register as workers
from talk.texts import Say


def register(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Who is in it, whose certificate is void and whose ends soon; `2`: the second page."""
    draft = workers.register(uow, me.person, int(argument) if is_id(argument) else 1)
    if draft is None:
        answer(uow, me, Say("workers-not-yours"))
    else:
        send(uow, me, draft)
