"""Somebody goes in the middle of an answer: what was filled in stays, what only they could say is asked anew."""

from collections.abc import Iterable

from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties.owned import may_fill
from service.talks import flow
from storage import conversations
from storage.conversations import Conversation
from storage.duties import Duty
from talk.questions import PRINCIPAL


def is_left(uow: UnitOfWork, talk: Conversation, duty: Duty, *, confirms: bool) -> bool:
    """Whether a conversation is in the hands of somebody who may not fill it in any more; for the principal, who may
    take it out of anybody's hands, also whether it could not be sent back to who began it.
    """
    return not may_fill(uow, talk.person, duty) or (confirms and not may_fill(uow, talk.started_by, duty))


def take_over(uow: UnitOfWork, me: Speaker, talk: Conversation, duty: Duty, *, confirms: bool) -> None:
    """Go on with what somebody left behind: in one's own name, and sent back to nobody who is gone."""
    forget_own_word(uow, talk, but=me.person)
    starter_gone = not may_fill(uow, talk.started_by, duty)
    brief = dict(talk.brief)
    if starter_gone:
        brief["delegated"] = not confirms
    if confirms:
        brief["principal_name"] = me.name
    starter = me.person if starter_gone else talk.started_by
    conversations.take_over(uow.conn, talk.id, me.person, starter, brief)


def forget_own_word(uow: UnitOfWork, talk: Conversation, *, but: int | None = None) -> None:
    """Unremember the answers that only the principal could give, but those of one person: they are true of whoever gave
    them, and of nobody who comes after.
    """
    given = {answer.key: answer.person for answer, current in conversations.journal(uow.conn, talk.id) if current}
    for visited in flow.state_of(uow, talk).visited:
        if visited.question.by == PRINCIPAL and given.get(visited.question.key) != but:
            conversations.unremember(uow.conn, talk.id, visited.question.key)


def leave(uow: UnitOfWork, person: int, talks: Iterable[Conversation]) -> None:
    """Close what somebody has begun and may not go on with: what is about a duty waits for whoever comes next, without
    what only they could say; the morning's card tells staff of the post. The newest other talk comes to the front.
    """
    for talk in talks:
        if talk.duty is not None:
            forget_own_word(uow, talk)
        conversations.close_prompt(uow.conn, talk.id, "replaced", None)
        conversations.set_state(uow.conn, talk.id, "aside", uow.now)
    waiting = conversations.waiting(uow.conn, person)
    if waiting and conversations.front(uow.conn, person) is None:
        conversations.set_state(uow.conn, waiting[0].id, "front", uow.now)
