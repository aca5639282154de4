"""/workers: the register of workers with certificates (特种作业人员名册)."""

from bot.handlers.arguments import is_id
from service import workers
from service.letters import answer, send
from service.work import Speaker, Work
from talk.texts import Say


def register(work: Work, me: Speaker, argument: str) -> None:
    """Who is in it, whose certificate is void and whose ends soon; `2`: the second page."""
    draft = workers.register(work, me.person, int(argument) if is_id(argument) else 1)
    if draft is None:
        answer(work, me, Say("workers-not-yours"))
    else:
        send(work, me, draft)
