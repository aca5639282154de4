"""What is over ends now, by the table of retention."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
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
from storage import retention
from storage.retention import TABLE
from talk.texts import Listed, Say

app = typer.Typer()


@dataclass(frozen=True, slots=True)
class Counted:
    """How much of a kind ended, or is to end: what was last needed before an instant, by which setting."""

    kind: str
    number: int
    before: datetime | None
    setting: str


@app.command("tidy", cls=Command, help=words(Say("cli-help-tidy")))
def tidy(
    dry_run: Annotated[bool, option("--dry-run", Say("cli-option-tidy-dry-run"))] = False,
    as_json: Json = False,
) -> None:
    """Let everything end that is over, or only count it; a line for each kind."""
    with session.opened() as bot:
        wall, terms, folder = datetime.now(UTC), bot.context.terms, bot.context.files
        bot.database.look(partial(clockwork.refuse_leap, wall=wall))
        moment = asyncio.run(tidying.moment_at(bot.database, wall, terms))
        if dry_run:
            swept = Swept(asyncio.run(tidying.due(bot.database, folder, moment)))
        else:
            by = session.operator(bot.settings)
            swept = asyncio.run(tidying.sweep(bot.database, folder, wall, by, terms))
        counted: Mapping[str, int] = swept.ended
        told = [
            Counted(kept.kind, counted.get(kept.kind, 0), retention.over_since(kept, moment), _setting(kept.term))
            for kept in TABLE
            if kept.term is not None
        ]
        COUNTS.show(told, bot.context.zone, as_json=as_json)
    if swept.failed:
        kinds = Listed(tuple(Say("retention-kind", kind=kind) for kind in swept.failed))
        raise Fault(Say("cli-tidy-failed", kinds=kinds), FAILURE)


def _setting(term: str) -> str:
    return f"{session.KEEPS}{term}".upper()


COUNTS = Listing[Counted](
    lambda one: {"kind": one.kind, "number": one.number, "before": one.before, "setting": one.setting},
    (Say("cli-column-kept"), lambda one: Say("retention-kind", kind=one.kind)),
    (Say("cli-column-ended"), "number"),
    (Say("cli-column-kept-before"), "before"),
    (Say("cli-column-setting"), "setting"),
)
