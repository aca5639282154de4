"""What staff see: who has answered in a district."""

from service import overview
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
