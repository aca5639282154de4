"""What is over ends now, by the table of retention."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import typer

from bot import clockwork
from bot.cli import session
from bot.cli.faults import FAILURE, Fault
from bot.cli.helping import Command
from bot.cli.options import Json, option
from bot.cli.output import Listing
from bot.cli.words import words
from scheduler import tidying
from scheduler.tidying import Swept
from storage.retention import TABLE
from talk.texts import Listed, Say

app = typer.Typer()

ENDING = tuple(kept.kind for kept in TABLE if kept.term is not None)


@app.command("tidy", cls=Command, help=words(Say("cli-help-tidy")))
def tidy(
    dry_run: Annotated[bool, option("--dry-run", Say("cli-option-tidy-dry-run"))] = False,
    as_json: Json = False,
) -> None:
    """Let everything end that is over, or only count it; a line for each kind."""
    with session.opened() as bot:
        wall = datetime.now(UTC)
        bot.database.look(partial(clockwork.refuse_leap, wall=wall))
        if dry_run:
            swept = Swept(asyncio.run(tidying.due(bot.database, bot.context.files, wall)))
        else:
            swept = asyncio.run(tidying.sweep(bot.database, bot.context.files, wall, session.operator(bot.settings)))
        counted: Mapping[str, int] = swept.ended
        COUNTS.show([(kind, counted.get(kind, 0)) for kind in ENDING], bot.context.zone, as_json=as_json)
    if swept.failed:
        kinds = Listed(tuple(Say("retention-kind", kind=kind) for kind in swept.failed))
        raise Fault(Say("cli-tidy-failed", kinds=kinds), FAILURE)


COUNTS = Listing[tuple[str, int]](
    lambda counted: {"kind": counted[0], "number": counted[1]},
    (Say("cli-column-kept"), lambda counted: Say("retention-kind", kind=counted[0])),
    (Say("cli-column-ended"), "number"),
)
