"""What staff see and decide: who has answered in a district, which risks an enterprise has."""

from bot.handlers.duties import is_id
from service import overview, risks
from service.letters import answer, send
from service.work import Speaker, Work
from talk.texts import Say


def district(work: Work, me: Speaker, argument: str) -> None:
    """/district: the duties of one's district (for the city: of a named district, or all of them)."""
    draft = overview.progress(work, me.person, argument)
    if draft is None:
        answer(work, me, Say("not-allowed"))
    else:
        send(work, me, draft)


def progress(work: Work, me: Speaker, argument: str) -> None:
    """Who has not answered a duty, by name: `obligation|period|district`."""
    draft = overview.missing(work, me.person, argument)
    if draft is None:
        answer(work, me, Say("not-allowed"))
    else:
        send(work, me, draft)


def adopt(work: Work, me: Speaker, argument: str) -> None:
    """采纳: the registry is changed as an enterprise proposed."""
    _decide(work, me, argument, accept=True)


def dismiss(work: Work, me: Speaker, argument: str) -> None:
    """不采纳: the registry stays as it is."""
    _decide(work, me, argument, accept=False)


def _decide(work: Work, me: Speaker, argument: str, *, accept: bool) -> None:
    if is_id(argument):
        risks.decide(work, me, int(argument), accept=accept)
    else:
        answer(work, me, Say("not-allowed"))
