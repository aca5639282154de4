"""What the lists of letters and of updates have in common: which are asked for, and how one acts on several."""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Annotated, Final

from bot.cli import session
from bot.cli.faults import FAILURE, Fault
from bot.cli.options import number_of, option
from bot.cli.words import say
from service.core.unit_of_work import UnitOfWork
from storage import people
from storage.by_hand import Asked, Done
from talk.texts import Say

OfPerson = Annotated[str | None, option("--person", Say("cli-option-of-person"), Say("cli-name-person"))]
OfChannel = Annotated[str | None, option("--channel", Say("cli-option-channel"), Say("cli-name-channel"))]
OlderThan = Annotated[str | None, option("--older-than", Say("cli-option-older-than"), Say("cli-name-age"))]

_AGE: Final = re.compile(r"([0-9]{1,5})([mhd])")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days"}


def asked(
    *,
    state: str | None,
    person: str | None,
    channel: str | None,
    older_than: str | None,
    kind: str | None = None,
    classes: Sequence[str] = (),
) -> Callable[[UnitOfWork], Asked]:
    """Return what makes of options which rows are asked for; Fault where one cannot be read. A kind may be one of the
    `classes`, each of which stands at its priority.
    """
    age = None if older_than is None else _age(older_than)
    priorities = tuple(number for number, name in enumerate(classes) if name == kind) if kind in classes else None
    alone = None if kind is None or (priorities and kind != "reply") else kind

    def make(uow: UnitOfWork) -> Asked:
        who = None if person is None else number_of(person)
        if person is not None and (who is None or people.person(uow.conn, who) is None):
            raise Fault(Say("cli-no-such-person-number", given=person))
        before = None if age is None else uow.wall - age
        return Asked(state, None if priorities else alone, priorities, who, channel, before)

    return make


def _age(given: str) -> timedelta:
    found = _AGE.fullmatch(given)
    if found is None:
        raise Fault(Say("cli-bad-age", given=given))
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def do(given: Sequence[str], one: Callable[[UnitOfWork, str], tuple[Done, Say]]) -> None:
    """Do something with each of several rows in one transaction, and say what came of each; exit code 1 where one could
    not be done.
    """
    with session.opened() as bot:
        outcomes = bot.use(lambda uow: [one(uow, name) for name in dict.fromkeys(given)])
    refused = [said for done, said in outcomes if done not in (Done.DONE, Done.ON_ITS_WAY)]
    # The last refusal is the error line of the command.
    last = refused[-1] if refused else None
    for _, said in outcomes:
        if said is not last:
            say(said)
    if last is not None:
        raise Fault(last, FAILURE)
