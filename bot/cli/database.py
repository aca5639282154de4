"""The database: its tables brought up to date."""

from typing import Annotated

import typer

from bot.cli import session
from bot.cli.helping import Command, Group
from bot.cli.options import option
from bot.cli.words import say, words
from storage import schema
from talk.texts import Say

app = typer.Typer()
db = typer.Typer(cls=Group, help=words(Say("cli-about-db")))
app.add_typer(db, name="db")


@db.command("upgrade", cls=Command, help=words(Say("cli-help-db-upgrade")))
def db_upgrade(dry_run: Annotated[bool, option("--dry-run", Say("cli-option-dry-run"))] = False) -> None:
    """Bring the database to the present tables, and say what that means to the processes at work on it."""
    url = session.settings().database
    before = schema.current(url)
    if before is not None and before >= schema.head():
        say(Say("cli-db-current"))
        return
    if not dry_run:
        schema.upgrade(url)
    say(Say("cli-db-to-upgrade" if dry_run else "cli-db-upgraded", revision=schema.head()))
    if before is not None:
        say(Say("cli-db-serves" if schema.oldest_served() <= before else "cli-db-serves-no-more", revision=before))
