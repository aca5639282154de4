"""The list of messages, without what they say."""

from typing import Any

import typer

from bot.cli import session
from bot.cli.helping import Command
from bot.cli.options import Json, Now
from bot.cli.output import Listing, picked
from bot.cli.words import words
from storage import outbox
from talk.texts import Say

app = typer.Typer()

CLASSES = ("permit", "reply", "deadline", "notice", "reply")
"""The priorities of the outbox by their names."""


@app.command("outbox", cls=Command, help=words(Say("cli-help-outbox")))
def outbox_(as_json: Json = False, now: Now = None) -> None:
    """List every message that left or waits."""
    session.show(LETTERS, lambda uow: outbox.listed(uow.conn), now, as_json=as_json)


def _fields(letter: outbox.QueuedLetter) -> dict[str, Any]:
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
