"""Messages without what they say: the list of them, and what an operator does by hand about one."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final

import typer

from bot.cli import output, session
from bot.cli.by_hand import OfChannel, OfPerson, OlderThan, asked, do
from bot.cli.faults import Fault
from bot.cli.helping import Command, ListingGroup
from bot.cli.options import Json, Now, argument, known_status, number_of, option
from bot.cli.output import Listing, picked
from bot.cli.words import words
from service.core.unit_of_work import UnitOfWork
from storage import by_hand
from storage.by_hand import LETTER_STATES, Done, KeptLetter
from talk.texts import Say

app = typer.Typer()
outbox_ = typer.Typer(cls=ListingGroup, help=words(Say("cli-help-outbox")), invoke_without_command=True)
app.add_typer(outbox_, name="outbox")

CLASSES: Final = ("permit", "reply", "deadline", "notice", "reply")
"""The priorities of the outbox by their names."""

OfLetter = Annotated[str, argument(Say("cli-name-letter"), Say("cli-option-letter"))]
OfLetters = Annotated[list[str], argument(Say("cli-name-letters"), Say("cli-option-letters"))]


@outbox_.callback()
def list_(
    ctx: typer.Context,
    state: Annotated[str | None, option("--state", Say("cli-option-state"), Say("cli-name-status"))] = None,
    kind: Annotated[str | None, option("--kind", Say("cli-option-kind"), Say("cli-name-kind"))] = None,
    person: OfPerson = None,
    channel: OfChannel = None,
    older_than: OlderThan = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List the messages that left or wait."""
    if ctx.invoked_subcommand is not None:
        return
    known_status(state, LETTER_STATES)
    wanted = asked(state=state, kind=kind, person=person, channel=channel, older_than=older_than, classes=CLASSES)
    session.show(LETTERS, lambda uow: by_hand.letters(uow.conn, wanted(uow)), now, as_json=as_json)


@outbox_.command("show", cls=Command, help=words(Say("cli-help-outbox-show")))
def show(letter: OfLetter) -> None:
    """Show all that is kept of a message but what it says."""
    with session.reading() as bot:
        output.single(bot.look(lambda uow: _whole(uow, _named(uow, letter))), bot.context.zone)


@outbox_.command("retry", cls=Command, help=words(Say("cli-help-outbox-retry")))
def retry(letters: OfLetters) -> None:
    """Let messages leave as soon as they may."""
    _each(letters, "retried", lambda uow, letter: by_hand.retry_letter(uow.conn, letter.id, uow.wall))


@outbox_.command("cancel", cls=Command, help=words(Say("cli-help-outbox-cancel")))
def cancel(letters: OfLetters) -> None:
    """Take messages back that have not left."""
    _each(letters, "cancelled", lambda uow, letter: by_hand.cancel_letter(uow.conn, letter.id, uow.wall))


@outbox_.command("acknowledge", cls=Command, help=words(Say("cli-help-outbox-acknowledge")))
def acknowledge(letters: OfLetters) -> None:
    """Take note of messages that did not arrive."""
    _each(letters, "acknowledged", lambda uow, letter: by_hand.acknowledge_letter(uow.conn, letter.id, uow.now))


def _each(given: Sequence[str], what: str, act: Callable[[UnitOfWork, KeptLetter], Done]) -> None:
    def one(uow: UnitOfWork, name: str) -> tuple[Done, Say]:
        letter = _named(uow, name)
        done = act(uow, letter)
        if done in (Done.DONE, Done.ON_ITS_WAY):
            uow.note(f"letter-{what}", f"letter/{letter.id}", kind=letter.kind, state=letter.state)
        state = Say("cli-outbox-state", state=letter.state)
        outcome = Say("cli-by-hand", outcome=f"{what}-{done}")
        return done, Say("cli-outbox-done", number=letter.id, state=state, outcome=outcome)

    do(given, one)


def _named(uow: UnitOfWork, given: str) -> KeptLetter:
    number = number_of(given)
    letter = None if number is None else by_hand.letter(uow.conn, number)
    if letter is None:
        raise Fault(Say("cli-no-such-letter", given=given))
    return letter


def _whole(uow: UnitOfWork, letter: KeptLetter) -> dict[str, Any]:
    size = by_hand.size(uow.conn, letter.id)
    says = None if size is None else {"characters": size.characters, "buttons": size.buttons, "files": size.files}
    return {
        **_fields(letter),
        **picked(letter, "account", "created_at", "expires_at", "lease_until", "leases_lost", "follows"),
        **picked(letter, "acknowledged_at"),
        "says": says,
    }


def _fields(letter: KeptLetter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "class": CLASSES[letter.priority],
        **picked(letter, "person", "channel", "kind"),
        "about": letter.duty,
        **picked(letter, "state", "not_before", "sent_at", "attempts", "error"),
    }


LETTERS = Listing(
    _fields,
    (Say("cli-column-number"), "id"),
    (Say("cli-column-kind"), "kind"),
    (Say("cli-column-person"), "person"),
    (Say("cli-column-channel"), "channel"),
    (Say("cli-column-state"), lambda letter: Say("cli-outbox-state", state=letter.state)),
    (Say("cli-column-not-before"), "not_before"),
    (Say("cli-column-sent"), "sent_at"),
    (Say("cli-column-error"), "error"),
)
