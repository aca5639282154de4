"""The officer fills in, the principal confirms: handing a conversation over and back."""

from typing import Any

from service.core.letters import Draft, answer, language_of, tell
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties.owned import may_fill
from storage import conversations, duties, people
from storage.conversations import Conversation
from talk.actions import Tap
from talk.conversation import Visited
from talk.texts import Phrase, Say, render


def is_filling_for(talk: Conversation) -> bool:
    """Whether the one who talks prepares answers for the principal."""
    return bool(talk.brief.get("delegated")) and talk.person == talk.started_by


def was_filled_by_another(talk: Conversation) -> bool:
    """Whether the principal has someone else's answers in hand, and may send them back."""
    return talk.person != talk.started_by


def may_go_back(uow: UnitOfWork, talk: Conversation) -> bool:
    """Whether both who would return it and who would get it still answer for the duty: a role may have ended."""
    duty = None if talk.duty is None else duties.get(uow.conn, talk.duty)
    return duty is not None and all(may_fill(uow, one, duty) for one in (talk.person, talk.started_by))


def hand_over(uow: UnitOfWork, me: Speaker, talk: Conversation, title: Phrase) -> None:
    """All that the officer can answer is answered: the principal gets one card."""
    duty = None if talk.duty is None else duties.get(uow.conn, talk.duty)
    if duty is None or not may_fill(uow, me.person, duty):
        # The role ended meanwhile: what was filled in waits for whoever comes next.
        conversations.set_state(uow.conn, talk.id, "aside", uow.now)
        answer(uow, me, Say("submit-refused", title=title))
        return
    principal = next(iter(people.holders(uow.conn, "principal", str(talk.brief["enterprise"]))), None)
    if principal is None:
        conversations.set_state(uow.conn, talk.id, "aside", uow.now)
        answer(uow, me, Say("handed-nobody", title=title))
        return
    conversations.hand_to(uow.conn, talk.id, principal, None, None)
    card = Draft(
        (Say("handed-card", title=title, officer=me.name),),
        (Tap(Say("option-check"), f"a:check:{talk.duty}"),),
    )
    reached = tell(uow, principal, card, kind="handed-over", dedupe=f"{uow.cause}/handed/{talk.id}", duty=talk.duty)
    answer(uow, me, Say("handed-over", title=title) if reached else Say("handed-unreachable", title=title))


def returned_card(uow: UnitOfWork, talk: Conversation, to: int, title: Phrase, remark: str) -> None:
    """Tell whoever filled it in that one question came back."""
    card = Draft(
        (Say("returned-card", title=title, remark=remark),),
        (Tap(Say("option-refill"), f"a:check:{talk.duty}"),),
    )
    tell(uow, to, card, kind="returned", dedupe=f"{uow.cause}/returned/{talk.id}", duty=talk.duty)


def remark_brief(uow: UnitOfWork, talk: Conversation, wrong: Visited) -> dict[str, Any]:
    """What the talk that asks for the remark starts from."""
    language = language_of(uow, talk.person)
    label = wrong.question.label or wrong.question.ask
    return {"conversation": talk.id, "key": wrong.question.key, "label": render(label, language)}
