"""The subjects of the bot, and which of them a command, a button, a talk or a message belongs to.

A subject is a name, and three modules that go by it: `service.<name>.actions` declares its commands, buttons and
listeners, `campaign.talks.<name>` the briefs of its talks; both are small. `bot.handlers.<name>` answers them: with all
that it needs it is imported when its subject is first used, so that a process pays for what it does and no more.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from inspect import isclass
from typing import Any, Final, TypeVar

from bot.handlers.subject import CommandHandler, ListenerHandler, Subject
from campaign.talks import duty_forms_of
from campaign.talks import subjects as subjects_with_talks
from service.core.letters import Draft
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import DutyOpening
from talk.actions import Action, Command, Listener, Urgent
from talk.briefs import Brief
from talk.messages import Inbound

T = TypeVar("T")

SUBJECTS: Final = (
    "duties",
    "annex",
    "checks",
    "desk",
    "district",
    "dossiers",
    "hazards",
    "enforcement",
    "accidents",
    "hot_work",
    "notices",
    "registry",
    "people",
    "factor",
    "workers",
    "care",
)
"""In the order in which they are offered a message that belongs to no question."""


def _declared(module: str, kind: type[T]) -> Iterator[T]:
    """Give what a module declares of a kind; nothing where there is no such module."""
    room = module.rpartition(".")[0]
    if find_spec(room) is not None and find_spec(module) is not None:
        yield from (value for value in vars(import_module(module)).values() if isinstance(value, kind))


@cache
def subject(name: str) -> Subject:
    """A subject with its handlers, imported now if it was not yet."""
    found: Subject = import_module(f"bot.handlers.{name}").SUBJECT
    return found


ACTIONS: Final[Mapping[str, tuple[Action[Any], str]]] = {
    action.verb: (action, name) for name in SUBJECTS for action in _declared(f"service.{name}.actions", Action)
}
"""Every action by its verb, with its subject."""
COMMANDS: Final[Mapping[str, tuple[Command, str]]] = {
    command.name: (command, name) for name in SUBJECTS for command in _declared(f"service.{name}.actions", Command)
}
"""Every command by its name, with its subject."""
LISTENERS: Final[tuple[tuple[Listener, str], ...]] = tuple(
    (listener, name) for name in SUBJECTS for listener in _declared(f"service.{name}.actions", Listener)
)
"""Every listener in the order in which it is asked, with its subject."""
_URGENT: Final = tuple(urgent for name in SUBJECTS for urgent in _declared(f"service.{name}.actions", Urgent))
_TALKS: Final[dict[str, str]] = {
    brief.talk: name
    for name in SUBJECTS
    for brief in _declared(f"campaign.talks.{name}", type)
    if isclass(brief) and issubclass(brief, Brief) and "talk" in vars(brief)
}
"""Which subject each kind of talk belongs to."""


def is_urgent(inbound: Inbound) -> bool:
    """Whether a message does not wait behind earlier ones of the same person."""
    return not inbound.files and any(urgent.concerns(inbound) for urgent in _URGENT)


def action_behind(data: str) -> tuple[Action[Any], str] | None:
    """The action that a button asks for by what follows `a:`, and its arguments as they are written; None: it is none
    of ours. A verb is one word or two.
    """
    first, _, rest = data.partition(":")
    second, _, after = rest.partition(":")
    for verb, written in ((first, rest), (f"{first}:{second}", after)):
        if verb in ACTIONS:
            return ACTIONS[verb][0], written
    return None


def handler_of(action: Action[Any]) -> Callable[..., Draft | None]:
    """Return the handler of a button."""
    return subject(ACTIONS[action.verb][1]).actions[action.verb]


def command_handler(command: Command) -> CommandHandler:
    """Return the handler of a command."""
    return subject(COMMANDS[command.name][1]).commands[command.name]


def listener_handler(listener: Listener, name: str) -> ListenerHandler:
    """Return the handler of the messages that concern a subject."""
    return subject(name).listeners[listener]


class Talks(Mapping[str, TalkSpec[Any, Any]]):
    """Every kind of talk by its name; the subject of one is imported when it is first looked at."""

    def __getitem__(self, name: str) -> TalkSpec[Any, Any]:
        return subject(_TALKS[name]).talks[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_TALKS)

    def __len__(self) -> int:
        return len(_TALKS)


TALKS: Final = Talks()

_DUTY_FORMS: Final[Mapping[str, str]] = {
    word: name for name in SUBJECTS if name in subjects_with_talks() for word in duty_forms_of(name)
}
"""Which subject answers a duty whose form a pack calls by a word."""


def duty_opening(word: str) -> DutyOpening | None:
    """Return how a duty is begun whose form a pack calls by this word; None: a talk answers it."""
    name = _DUTY_FORMS.get(word)
    return None if name is None else subject(name).openings.get(word)
