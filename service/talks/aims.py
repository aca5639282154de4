"""What somebody points to who replies to a message of the bot: a question, or a card."""

from dataclasses import dataclass

from service.core.unit_of_work import Speaker, UnitOfWork
from service.talks.prompting import CARD
from storage import conversations, outbox
from storage.conversations import Conversation, Prompt
from storage.outbox import Arrived
from talk.messages import Replied

_PROMPT = "p:"


@dataclass(frozen=True, slots=True)
class Aim:
    """The message that was replied to, as far as it is known still, and the question that it asked."""

    letter: Arrived | None
    prompt: Prompt | None
    talk: Conversation | None


def find(uow: UnitOfWork, me: Speaker, reply: Replied) -> Aim:
    """Return what a reply points to. A question of somebody else is none."""
    letter = outbox.arrived(uow.conn, me.identity.address, reply.message_id)
    token = _token(letter, reply)
    found = None if token is None else conversations.prompted(uow.conn, token)
    if found is None or found[1].person != me.person:
        return Aim(letter, None, None)
    return Aim(letter, *found)


def _token(letter: Arrived | None, reply: Replied) -> str | None:
    """The token of the question that a message asked. Its buttons carry it; where it has none its card does."""
    buttons = [button.data for row in letter.message.buttons for button in row] if letter is not None else []
    for data in (*buttons, *reply.buttons):
        if data.startswith(_PROMPT):
            return data.removeprefix(_PROMPT).partition(":")[0]
    card = letter.card if letter is not None else None
    return card.removeprefix(CARD) if card is not None and card.startswith(CARD) else None
