"""The spec of a talk: its brief, its dialog, its title, what its end does, and what else it is capable of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from service.core.duty_talk import DutyTalk
from storage.conversations import Conversation
from storage.unreadable import UNNAMED, UnreadableError
from talk.actions import Tap
from talk.briefs import Brief
from talk.conversation import Talk, Turn, Visited
from talk.texts import Phrase

if TYPE_CHECKING:
    from service.core.permissions import Permission
    from service.core.unit_of_work import Speaker, UnitOfWork

B = TypeVar("B", bound=Brief)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Named:
    """One of several things that somebody has in hand, as a question says which of them it is about."""

    mark: Phrase
    """A question in which these words stand names the thing already."""
    line: Phrase
    """What goes above a question that does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkSpec(Generic[B, R]):
    """One kind of talk, as its subject registers it (`bot.handlers`)."""

    brief: type[B]
    """The class of its briefs, which also names the talk."""
    dialog: Callable[[B], Talk[R]]
    title: Callable[[B], Phrase]
    """How a conversation is named to its person."""
    permission: Callable[["UnitOfWork", Conversation, B], "Permission"]
    """What its person needs, as of now: asked before every step, so that whoever lost a role goes no further."""
    finish: Callable[["UnitOfWork", "Speaker", Conversation, B, R], None]
    """Writes the effects of what the dialog decided, in the transaction that ends the talk, and queues what must be
    said. RefusedError: nothing comes of it, and the person is told why.
    """
    duty: DutyTalk[B, R] | None = None
    """What the talk can do as the answer to a duty; None: it answers none."""
    park: Callable[["UnitOfWork", "Speaker", Conversation, Turn, bool], bool] | None = None
    """Asked before a question is put that is the principal's, with whether an answer has just led to it: whether the
    talk waits, or is handed over, instead.
    """
    send_back: Callable[["UnitOfWork", "Speaker", Conversation, Visited], None] | None = None
    """Begins to send an answer back to whoever gave it, where another has the talk in hand by now."""
    answer_anew: Callable[[int], Tap] | None = None
    """The button by which a duty, by its number, is answered anew after a talk about it has finished."""
    asks: Callable[["UnitOfWork", "Speaker", Conversation, str], None] | None = None
    """What else is done when the question of a key is put to somebody."""
    hears: Callable[["UnitOfWork", "Speaker", Conversation, str, str, Any], Any] | None = None
    """Looks at what was answered to the question of a key, as it was said and as it was read (a `Hint` where it was
    not taken); gives it back, or a `Hint` for what cannot be taken after all.
    """

    discarded: Callable[["UnitOfWork", "Speaker", Conversation, B], None] | None = None
    """What else is let go, or put back, when its person discards the talk."""
    which: Callable[["UnitOfWork", int, B, str], "Named | None"] | None = None
    """Names what the question of a key is about, where its person has several such things in hand; None: no other could
    be meant.
    """

    renew: Callable[["UnitOfWork", Conversation, B], B] | None = None
    """Makes the brief anew when a talk that waited comes back; None: it stays as it was."""

    def read(self, stored: Mapping[str, Any], talk: int | None = None) -> B:
        """Return the brief out of its stored form; UnreadableError, which names the conversation `talk`, where it is
        none.
        """
        try:
            return self.brief.from_json(stored)
        except UnreadableError:
            raise
        except ValueError as error:
            raise UnreadableError("conversations", UNNAMED if talk is None else str(talk), f"brief: {error}") from error

    def opened(self, stored: Mapping[str, Any]) -> Talk[R]:
        """Begin the dialog on a stored brief, for `talk.conversation.drive`."""
        return self.dialog(self.read(stored))

    def titled(self, stored: Mapping[str, Any], talk: int | None = None) -> Phrase:
        """Return the title of a conversation by its stored brief."""
        return self.title(self.read(stored, talk))

    def needs(self, uow: "UnitOfWork", talk: Conversation) -> "Permission":
        """Return what the person of a conversation needs, as of now."""
        return self.permission(uow, talk, self.read(talk.brief, talk.id))

    def sampled(self) -> dict[str, Any]:
        """Return a stored brief of nobody's, for the outline."""
        return self.brief.sample().as_json()

    def finished(self, uow: "UnitOfWork", me: "Speaker", talk: Conversation, result: R) -> None:
        """Do what the end of a conversation does."""
        self.finish(uow, me, talk, self.read(talk.brief, talk.id), result)
