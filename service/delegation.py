"""The officer fills in, the principal confirms: handing a conversation over and back."""

from typing import Any

from service.letters import Draft, Tap, answer, language_of, tell
from service.mine import may_fill
from service.work import Speaker, Work
from storage import conversations, duties, people
from storage.conversations import Conversation
from talk.conversation import Visited
from talk.texts import Phrase, Say, render


def is_filling_for(talk: Conversation) -> bool:
    """Whether the one who talks prepares answers for the principal."""
    return bool(talk.brief.get("delegated")) and talk.person == talk.started_by


def was_filled_by_another(talk: Conversation) -> bool:
    """Whether the principal has someone else's answers in hand, and may send them back."""
    return talk.person != talk.started_by


def may_go_back(work: Work, talk: Conversation) -> bool:
    """Whether both who would return it and who would get it still answer for the duty: a role may have ended."""
    duty = None if talk.duty is None else duties.get(work.conn, talk.duty)
    return duty is not None and all(may_fill(work, one, duty) for one in (talk.person, talk.started_by))


def hand_over(work: Work, me: Speaker, talk: Conversation, title: Phrase) -> None:
    """All that the officer can answer is answered: the principal gets one card."""
    duty = None if talk.duty is None else duties.get(work.conn, talk.duty)
    if duty is None or not may_fill(work, me.person, duty):
        # The role ended meanwhile: what was filled in waits for whoever comes next.
        conversations.set_state(work.conn, talk.id, "aside", work.now)
        answer(work, me, Say("submit-refused", title=title))
        return
    principal = next(iter(people.holders(work.conn, "principal", str(talk.brief["enterprise"]))), None)
    if principal is None:
        conversations.set_state(work.conn, talk.id, "aside", work.now)
        answer(work, me, Say("handed-nobody", title=title))
        return
    conversations.hand_to(work.conn, talk.id, principal, None, None)
    card = Draft(
        (Say("handed-card", title=title, officer=me.name),),
        (Tap(Say("option-check"), f"a:check:{talk.duty}"),),
    )
    reached = tell(work, principal, card, kind="handed-over", dedupe=f"{work.cause}/handed/{talk.id}", duty=talk.duty)
    answer(work, me, Say("handed-over", title=title) if reached else Say("handed-unreachable", title=title))


def returned_card(work: Work, talk: Conversation, to: int, title: Phrase, remark: str) -> None:
    """Tell whoever filled it in that one question came back."""
    card = Draft(
        (Say("returned-card", title=title, remark=remark),),
        (Tap(Say("option-refill"), f"a:check:{talk.duty}"),),
    )
    tell(work, to, card, kind="returned", dedupe=f"{work.cause}/returned/{talk.id}", duty=talk.duty)


def remark_brief(work: Work, talk: Conversation, wrong: Visited) -> dict[str, Any]:
    """What the talk that asks for the remark starts from."""
    language = language_of(work, talk.person)
    label = wrong.question.label or wrong.question.ask
    return {"conversation": talk.id, "key": wrong.question.key, "label": render(label, language)}
