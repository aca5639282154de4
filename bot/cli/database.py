"""The database: its tables brought up to date."""

import typer

from bot.cli import session
from bot.cli.helping import Command, Group
from bot.cli.words import say, words
from storage import schema
from talk.texts import Say

app = typer.Typer()
db = typer.Typer(cls=Group, help=words(Say("cli-about-db")))
app.add_typer(db, name="db")


@db.command("upgrade", cls=Command, help=words(Say("cli-help-db-upgrade")))
def db_upgrade() -> None:
    """Bring the database to the present tables."""
    url = session.settings().database
    if schema.is_current(url):
        say(Say("cli-db-current"))
        return
    schema.upgrade(url)
    say(Say("cli-db-upgraded", revision=schema.current(url) or ""))
