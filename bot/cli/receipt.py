"""The check of a receipt."""

from typing import Annotated

import typer

from bot.cli import output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Json, argument
from bot.cli.words import say, words
from service.duties import receipts
from talk.texts import Say

app = typer.Typer()


@app.command("receipt", cls=Command, help=words(Say("cli-help-receipt")))
def receipt(
    code: Annotated[str, argument(Say("cli-name-receipt"), Say("cli-option-receipt"))],
    as_json: Json = False,
) -> None:
    """Tell which duty was answered when, and whether that answer counts."""
    with session.reading() as bot:
        found = bot.look(lambda uow: receipts.find(uow, code))
        zone = bot.context.zone
    if found is None:
        raise Fault(Say("cli-no-such-receipt", given=code))
    if not as_json:
        for line in receipts.lines(found):
            say(line)
        return
    output.single(
        {
            "code": found.code,
            "duty": found.title,
            "subject": found.place,
            **output.picked(found, "period", "at", "late", "counts"),
            "at_server": found.at_server is not None,
        },
        zone,
    )
