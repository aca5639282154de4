"""Options that several commands share."""

from typing import Annotated

import typer

from bot.cli.words import words
from talk.texts import Say

Json = Annotated[bool, typer.Option("--json", help=words(Say("cli-option-json")))]
Now = Annotated[
    str | None,
    typer.Option("--now", metavar=words(Say("cli-name-time")), help=words(Say("cli-option-now"))),
]
