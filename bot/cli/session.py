"""One command at work: its settings, its database brought up to date, who calls it, the time it is told."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from pydantic import ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from bot import late_notes
from bot.app import App
from bot.cli import caller, logs
from bot.cli.faults import FAILURE, Fault, is_undecoded
from bot.cli.output import Listing
from bot.hiding import hide
from bot.late_notes import Look
from bot.settings import MOST_KEPT, Settings
from service.core import access_log
from service.core.access_log import Access
from service.core.unit_of_work import UnitOfWork
from storage import schema
from storage.audit import Actor
from storage.away import is_held
from storage.engine import Database, open_database
from talk.messages import Channel
from talk.texts import Say

T = TypeVar("T")
YEARS = range(2000, 2100)
KEEPS: Final = "ANZHU_KEEP_"
"""How the settings begin that say for how many days things are kept."""
READERS_PATIENCE: Final = 0.5
"""Seconds that a command which only reads waits for a lock, to write down that it did."""
DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")


def settings(env_file: Path | None = None) -> Settings:
    """Return the settings, with those of a file that the environment does not say; Fault where one cannot be used."""
    for name, given in os.environ.items():
        if name.startswith("ANZHU_") and is_undecoded(given):
            raise Fault(Say("cli-undecoded-setting", name=name))
    try:
        chosen = Settings(_env_file=env_file)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"ANZHU_{first['loc'][0]}".upper()
        if name.startswith(KEEPS):
            least = next(
                part.ge for part in Settings.model_fields[str(first["loc"][0])].metadata if hasattr(part, "ge")
            )
            raise Fault(Say("cli-bad-keep", name=name, least=least, most=MOST_KEPT)) from error
        raise Fault(Say("cli-bad-setting", name=name)) from error
    hide(chosen.secrets)
    try:
        address = make_url(chosen.database)
    except ValueError:
        # A port that is no number; what else it does not understand SQLAlchemy says in an error of its own.
        raise Fault(Say("cli-database-address")) from None
    if address.drivername not in DRIVERS or not address.database:
        raise Fault(Say("cli-database-address"))
    return chosen


def operator(chosen: Settings) -> Actor:
    """Return who works at the server, as an actor of the audit."""
    return Actor(operator=caller.operator(chosen.operator))


@contextmanager
def opened(channels: Sequence[Channel] = (), patience: float | None = None) -> Iterator[App]:
    """Open the bot on a database that is up to date, with the channels of this process."""
    chosen = settings()
    logs.to_stderr(chosen.timezone, chosen.log_format)
    bring_up_to_date(chosen)
    with closing(App(chosen, channels, actor=operator(chosen), patience=patience)) as app:
        yield app


@contextmanager
def reading() -> Iterator[App]:
    """Open the bot for a command that only reads: it waits for no other program that writes."""
    with opened(patience=READERS_PATIENCE) as app:
        yield app


@contextmanager
def database() -> Iterator[Database]:
    """Open the database alone, up to date."""
    chosen = settings()
    bring_up_to_date(chosen)
    with closing(open_database(chosen.database)) as database:
        yield database


def bring_up_to_date(chosen: Settings) -> None:
    """Upgrade an SQLite database; Fault for an old PostgreSQL one: other replicas may be at work, so the operator must
    say when.
    """
    if schema.is_current(chosen.database):
        return
    if not chosen.on_sqlite:
        raise Fault(Say("cli-database-old"), FAILURE)
    schema.upgrade(chosen.database)


def moment(text: str | None) -> datetime | None:
    """Return the campaign time that --now gives, aware; Fault for a time without its offset."""
    if text is None:
        return None
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise Fault(Say("cli-bad-moment", given=text)) from None
    if given.tzinfo is None:
        raise Fault(Say("cli-naive-moment", given=text))
    if given.year not in YEARS:
        raise Fault(Say("cli-far-moment", given=text, first=YEARS[0], last=YEARS[-1]))
    return given


def show(
    listing: Listing[T],
    rows_of: Callable[[UnitOfWork], Sequence[T]],
    now: str | None,
    *,
    as_json: bool,
    noted: tuple[str, Callable[[Sequence[T]], int]] | None = None,
) -> None:
    """Print a list as of the time that --now gives. `noted`: where it holds data of people, the name of the command for
    the audit, and what counts the people of its rows.
    """
    at = moment(now)
    with reading() as bot:
        rows = bot.look(rows_of, now=at)
        if noted is not None:
            command, people = noted
            note_people(bot, command, people(rows))
        listing.show(rows, bot.context.zone, as_json=as_json)


def note_people(bot: App, command: str, number: int, subject: str = "people") -> None:
    """Note in the audit that a command has shown data of so many people."""
    note_look(bot, Access.LISTED, subject, number, command=command)


def note_look(bot: App, event: Access, subject: str, people: int, **data: str) -> None:
    """Note a look at personal data in the audit before anything is shown; while another program holds the database, the
    note waits in the data folder. OSError where that cannot be written either.
    """
    try:
        bot.use(lambda uow: access_log.record(uow, event, subject, people=people, actor=None, **data))
        late_notes.take_up(bot)
    except DBAPIError as error:
        if not is_held(error):
            raise
        who, at = operator(bot.settings).operator, datetime.now(UTC).isoformat(timespec="seconds")
        late_notes.keep(bot.settings.data_dir, Look(who, event, subject, people, data, at))
