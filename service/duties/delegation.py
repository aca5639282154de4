"""The officer fills in, the principal confirms: handing a conversation over and back."""

from campaign.roles import PRINCIPAL
from campaign.talks.duties import GiveBackBrief
from service.core.letters import Draft, answer, language_of, tell
from service.core.permissions import Needed
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import actions
from service.duties.owned import may_fill, to_fill
from service.talks import flow
from storage import conversations, duties, people
from storage.conversations import Conversation
from talk.conversation import Visited
from talk.texts import Phrase, Say, render


def is_filling_for(talk: Conversation) -> bool:
    """Return whether the one who talks prepares answers for the principal."""
    return bool(talk.brief.get("delegated")) and talk.person == talk.started_by


def _may_go_back(uow: UnitOfWork, talk: Conversation) -> bool:
    """Return whether sender and receiver both still answer for the duty; a role may have ended."""
    duty = None if talk.duty is None else duties.get(uow.conn, talk.duty)
    return duty is not None and all(may_fill(uow, person, duty) for person in (talk.person, talk.started_by))


def hand_over(uow: UnitOfWork, me: Speaker, talk: Conversation, title: Phrase) -> None:
    """All that the officer can answer is answered: the principal gets one card."""
    duty = None if talk.duty is None else duties.get(uow.conn, talk.duty)
    if duty is None:
        raise LookupError(f"conversation {talk.id} is about no duty")
    principal = next(iter(people.holders(uow.conn, PRINCIPAL, str(talk.brief["enterprise"]))), None)
    if principal is None:
        conversations.set_state(uow.conn, talk.id, "aside", uow.now)
        answer(uow, me, Say("handed-nobody", title=title))
        return
    conversations.hand_to(uow.conn, talk.id, principal, None, None)
    card = Draft(
        (Say("handed-card", title=title, officer=me.name),),
        (actions.CHECK.tap(Say("option-check"), duty.id),),
        of=duty.subject,
    )
    reached = tell(uow, principal, card, kind="handed-over", dedupe=f"{uow.cause}/handed/{talk.id}", duty=talk.duty)
    answer(uow, me, Say("handed-over", title=title) if reached else Say("handed-unreachable", title=title))


def to_send_back(uow: UnitOfWork, talk: Conversation, brief: GiveBackBrief) -> Needed | None:
    """Return what somebody needs who sends an answer back: the duty of the talk that it is in."""
    del talk
    filled = conversations.by_id(uow.conn, brief.conversation)
    return None if filled is None else to_fill(uow, filled, brief)


def begin_sending_back(uow: UnitOfWork, me: Speaker, talk: Conversation, wrong: Visited) -> None:
    """Ask what is wrong with an answer that goes back to whoever gave it."""
    label = wrong.question.label or wrong.question.ask
    words = render(label, language_of(uow, talk.person))
    flow.begin(uow, me, GiveBackBrief(conversation=talk.id, key=wrong.question.key, label=words))


def sent_back(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: GiveBackBrief, remark: str) -> None:
    """Hand a filled-in duty back to whoever filled it in, once it was said what is wrong."""
    del talk
    filled = conversations.by_id(uow.conn, brief.conversation)
    if (
        filled is None
        or filled.duty is None
        or filled.person != me.person
        or filled.state == "finished"
        or not _may_go_back(uow, filled)
    ):
        raise RefusedError(Say("tap-outdated"))
    title = flow.title(uow, filled)
    _give_back(uow, filled, filled.duty, brief.key, title, remark)
    answer(uow, me, Say("give-back-done", title=title))


def _give_back(uow: UnitOfWork, talk: Conversation, duty: int, key: str, title: Phrase, remark: str) -> None:
    """Hand a talk back with the one question that is wrong: that question, whatever new ones its answer opens, then
    the confirmation, and nothing else.
    """
    for confirmation in flow.confirmations(uow, talk):
        conversations.unremember(uow.conn, talk.id, confirmation)
    conversations.close_prompt(uow.conn, talk.id, "replaced", None)
    conversations.hand_to(uow.conn, talk.id, talk.started_by, key, remark)
    card = Draft(
        (Say("returned-card", title=title, remark=remark),),
        (actions.CHECK.tap(Say("option-refill"), duty),),
        of=str(talk.brief["enterprise"]),
    )
    dedupe = f"{uow.cause}/returned/{talk.id}"
    tell(uow, talk.started_by, card, kind="returned", dedupe=dedupe, duty=duty)
