"""Updates without what they say: those that wait or failed, and what an operator does by hand about one."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from bot.cli import output, session
from bot.cli.by_hand import OfChannel, OfPerson, OlderThan, asked, do
from bot.cli.faults import Fault
from bot.cli.helping import Command, ListingGroup
from bot.cli.options import Json, Now, argument, known_status, option
from bot.cli.output import Listing, picked
from bot.cli.words import words
from service.core.unit_of_work import UnitOfWork
from storage import by_hand
from storage.by_hand import UPDATE_STATES, Done, KeptUpdate, UpdateKey
from talk.texts import Say

app = typer.Typer()
inbox_ = typer.Typer(cls=ListingGroup, help=words(Say("cli-help-inbox")), invoke_without_command=True)
app.add_typer(inbox_, name="inbox")

OfUpdate = Annotated[str, argument(Say("cli-name-update"), Say("cli-option-update"))]
OfUpdates = Annotated[list[str], argument(Say("cli-name-updates"), Say("cli-option-updates"))]


@inbox_.callback()
def list_(
    ctx: typer.Context,
    state: Annotated[str | None, option("--state", Say("cli-option-update-state"), Say("cli-name-status"))] = None,
    person: OfPerson = None,
    channel: OfChannel = None,
    older_than: OlderThan = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List the updates that wait or failed, or those of a state."""
    if ctx.invoked_subcommand is not None:
        return
    known_status(state, UPDATE_STATES)
    wanted = asked(state=state, person=person, channel=channel, older_than=older_than)
    session.show(UPDATES, lambda uow: by_hand.updates(uow.conn, wanted(uow)), now, as_json=as_json)


@inbox_.command("show", cls=Command, help=words(Say("cli-help-inbox-show")))
def show(update: OfUpdate) -> None:
    """Show all that is kept of an update but what it says."""
    with session.reading() as bot:
        output.single(bot.look(lambda uow: _whole(_named(uow, update)[1])), bot.context.zone)


@inbox_.command("retry", cls=Command, help=words(Say("cli-help-inbox-retry")))
def retry(updates: OfUpdates) -> None:
    """Let updates be handled once more."""
    _each(updates, "retried", lambda uow, key: by_hand.retry_update(uow.conn, key, uow.wall))


@inbox_.command("cancel", cls=Command, help=words(Say("cli-help-inbox-cancel")))
def cancel(updates: OfUpdates) -> None:
    """Let updates that wait be handled by nobody."""
    _each(updates, "cancelled", lambda uow, key: by_hand.cancel_update(uow.conn, key))


@inbox_.command("acknowledge", cls=Command, help=words(Say("cli-help-inbox-acknowledge")))
def acknowledge(updates: OfUpdates) -> None:
    """Take note of updates that could not be handled."""
    _each(updates, "acknowledged", lambda uow, key: by_hand.acknowledge_update(uow.conn, key, uow.now))


def _each(given: Sequence[str], what: str, act: Callable[[UnitOfWork, UpdateKey], Done]) -> None:
    def one(uow: UnitOfWork, name: str) -> tuple[Done, Say]:
        key, update = _named(uow, name)
        done = act(uow, key)
        if done is Done.DONE:
            uow.note(f"update-{what}", f"update/{update.id}", state=update.state)
        state = Say("cli-inbox-state", state=update.state)
        outcome = Say("cli-by-hand-update", outcome=f"{what}-{done}")
        return done, Say("cli-inbox-done", update=update.id, state=state, outcome=outcome)

    do(given, one)


def _named(uow: UnitOfWork, given: str) -> tuple[UpdateKey, KeptUpdate]:
    channel, _, rest = given.partition("/")
    # An account may have a stroke in its name, and so may the key of a platform that gives texts.
    for account, _, event in (rest.rpartition("/"), rest.partition("/")):
        key = (channel, account, event)
        update = by_hand.update_of(uow.conn, key)
        if update is not None:
            return key, update
    raise Fault(Say("cli-no-such-update", given=given))


def _whole(update: KeptUpdate) -> dict[str, Any]:
    return {**_fields(update), **picked(update, "conversation", "question", "due_at", "attempts", "leases_lost")}


def _fields(update: KeptUpdate) -> dict[str, Any]:
    return picked(update, "id", "channel", "person", "state", "received_at", "error", "acknowledged_at")


UPDATES = Listing(
    _fields,
    (Say("cli-column-number"), "id"),
    (Say("cli-column-person"), "person"),
    (Say("cli-column-state"), lambda update: Say("cli-inbox-state", state=update.state)),
    (Say("cli-column-received"), "received_at"),
    (Say("cli-column-noted"), "acknowledged_at"),
    (Say("cli-column-error"), "error"),
)
