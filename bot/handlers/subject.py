"""A subject (hazards, permits, notices …) registers what people can do with it: commands, actions, talks, listeners."""

from collections.abc import Callable
from typing import Any, TypeVar, TypeVarTuple, Unpack

from service.core.letters import Draft
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import DutyOpening, Speaker, UnitOfWork
from talk.actions import Action, Command, Listener
from talk.briefs import Brief
from talk.messages import Inbound

B = TypeVar("B", bound=Brief)
R = TypeVar("R")
Args = TypeVarTuple("Args")

Handler = Callable[[UnitOfWork, Speaker, Unpack[Args]], Draft | None]
CommandHandler = Handler[str]
ListenerHandler = Callable[[UnitOfWork, Speaker, Inbound], bool]


class Subject:
    """What one subject answers to. A handler does what was asked, and returns what is to be shown for it, or None where
    it has queued the reply itself; where it cannot be, or not by this person, it raises RefusedError before it has
    written anything.
    """

    def __init__(self) -> None:
        self.commands: dict[str, CommandHandler] = {}
        self.actions: dict[str, Callable[..., Draft | None]] = {}
        self.talks: dict[str, TalkSpec[Any, Any]] = {}
        self.openings: dict[str, DutyOpening] = {}
        self.listeners: dict[Listener, ListenerHandler] = {}

    def command(self, command: Command) -> Callable[[CommandHandler], CommandHandler]:
        """Register who answers a command; the handler is given the words behind it."""

        def register(handler: CommandHandler) -> CommandHandler:
            self.commands[command.name] = handler
            return handler

        return register

    def on(self, action: Action[*Args]) -> Callable[[Handler[*Args]], Handler[*Args]]:
        """Register who does what a button asks for; the handler is given the arguments of the action."""

        def register(handler: Handler[*Args]) -> Handler[*Args]:
            self.actions[action.verb] = handler
            return handler

        return register

    def talk(self, spec: TalkSpec[B, R]) -> None:
        """Register a kind of talk under the name that its briefs have."""
        self.talks[spec.brief.talk] = spec

    def opens(self, word: str) -> Callable[[DutyOpening], DutyOpening]:
        """Register how a duty is begun whose form a pack calls by this word (`campaign.talks.duty_forms`); only where
        it is not simply answered by the talk of that name.
        """

        def register(opening: DutyOpening) -> DutyOpening:
            self.openings[word] = opening
            return opening

        return register

    def hears(self, listener: Listener) -> Callable[[ListenerHandler], ListenerHandler]:
        """Register who takes a message that concerns the subject; the handler returns whether it did."""

        def register(handler: ListenerHandler) -> ListenerHandler:
            self.listeners[listener] = handler
            return handler

        return register
