"""/start without a code, the acknowledgement of the criteria, and staff's word on a second principal."""

from bot.handlers.arguments import is_id
from bot.handlers.me import commands
from service import joining
from service.letters import answer
from service.work import Speaker, Work
from storage import people
from talk.texts import Say


def start(work: Work, me: Speaker, argument: str) -> None:
    """/start: how to join, or for somebody who joined, and still is something, what to do now."""
    del argument
    if me.identity.joined and people.roles(work.conn, me.person):
        answer(work, me, Say("start-joined", roles=joining.roles_in_words(work, me.person)), commands(work, me))
    else:
        answer(work, me, Say("stranger"))


def criteria(work: Work, me: Speaker, argument: str) -> None:
    """[我已知悉] under the criteria of one's own sector."""
    joining.acknowledge_criteria(work, me, argument)


def accept(work: Work, me: Speaker, argument: str) -> None:
    """Staff accept a second principal."""
    _decide(work, me, argument, accept=True)


def decline(work: Work, me: Speaker, argument: str) -> None:
    """Staff decline a second principal."""
    _decide(work, me, argument, accept=False)


def _decide(work: Work, me: Speaker, argument: str, *, accept: bool) -> None:
    if is_id(argument):
        joining.decide(work, me, int(argument), accept=accept)
    else:
        answer(work, me, Say("not-allowed"))
