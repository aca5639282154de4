"""代录: the mark of an answer that was taken by phone, wherever it is shown."""

from collections.abc import Sequence

from service.core.unit_of_work import UnitOfWork
from service.duties import actions
from storage import people, phone_answers
from storage.duties import Duty
from storage.phone_answers import PhoneAnswer
from talk.actions import Tap
from talk.texts import Phrase, Say


def of(uow: UnitOfWork, conversation: int | None) -> Say | None:
    """Return the mark of an answer by phone: who said it when, who entered it, whether the principal has confirmed it;
    None: it was not by phone.
    """
    phone = phone_answers.of(uow.conn, conversation)
    return None if phone is None else full(uow, phone)


def full(uow: UnitOfWork, phone: PhoneAnswer) -> Say:
    """The mark with its people, for those who may see the answer."""
    clerk = people.person(uow.conn, phone.entered_by)
    return Say(
        "by-phone-mark",
        who=phone.told_by,
        day=phone.told_on,
        clerk=clerk.name if clerk else "…",
        state=state(phone),
    )


def without_people(phone: PhoneAnswer) -> Say:
    """The mark on a receipt, which names no person."""
    return Say("by-phone-mark-receipt", day=phone.told_on, state=state(phone))


def state(phone: PhoneAnswer) -> Say:
    """待负责人确认, or what he said."""
    return Say("by-phone-state", state=phone.state)


def among(uow: UnitOfWork, found: Sequence[Duty]) -> dict[int, PhoneAnswer]:
    """Return the answers to some duties that were taken by phone, by the number of the duty."""
    phoned = phone_answers.among(uow.conn, [duty.conversation for duty in found if duty.conversation is not None])
    return {duty.id: phoned[duty.conversation] for duty in found if duty.conversation in phoned}


def after(state_line: Phrase, phone: PhoneAnswer | None) -> Phrase:
    """Return how a duty stands, with the mark where its answer was taken by phone."""
    return state_line if phone is None else Say("by-phone-state-line", when=state_line, state=state(phone))


def asks(phone: PhoneAnswer) -> tuple[Tap, Tap]:
    """Return the two buttons by which the principal confirms or disputes it."""
    return (
        actions.PHONE_TRUE.tap(Say("option-true"), phone.conversation),
        actions.PHONE_WRONG.tap(Say("option-wrong"), phone.conversation),
    )
