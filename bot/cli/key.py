"""The secret keys: which there are, a new one in use, everything brought under it."""

import sys
from dataclasses import dataclass

import typer

from bot import keys
from bot.app import App
from bot.cli import output, session
from bot.cli.faults import FAILURE, Fault
from bot.cli.helping import Command, Group
from bot.cli.options import Json
from bot.cli.output import Listing, picked
from bot.cli.words import say, words
from bot.settings import Settings
from service.core.unit_of_work import UnitOfWork
from service.factor import enrolment
from service.registry import phone_numbers
from service.workers import register
from storage.keys import Key
from talk.texts import Say

app = typer.Typer()
key = typer.Typer(cls=Group, help=words(Say("cli-about-key")))
app.add_typer(key, name="key")


@dataclass(frozen=True, slots=True)
class _Row:
    """A key by its id; the first one is in use."""

    id: str
    state: str


@key.command("make", cls=Command, help=words(Say("cli-help-key-make")))
def key_make() -> None:
    """Print a fresh key."""
    sys.stdout.write(f"{keys.written(keys.fresh())}\n")


@key.command("list", cls=Command, help=words(Say("cli-help-key-list")))
def key_list(as_json: Json = False) -> None:
    """List the ids of the keys at hand."""
    chosen = session.settings()
    ring = keys.ring(chosen)
    found = [_Row(one.id, "current" if one == ring.current else "retired") for one in ring.everything]
    ROWS.show(found, chosen.timezone, as_json=as_json)


@key.command("rotate", cls=Command, help=words(Say("cli-help-key-rotate")))
def key_rotate(as_json: Json = False) -> None:
    """Put a new key into use where the key lies in a file of ours, and bring everything under it."""
    chosen = session.settings()
    file = keys.file_to_write(chosen)
    if file is None:
        raise Fault(Say("cli-key-elsewhere"))
    with session.opened() as bot:
        # First the file: whatever happens after that, everything opens with one of its keys.
        keys.put_first(file, Key(keys.fresh()))
        bot.context.keys.reload()
        _bring_under(bot, chosen, "key-rotated", as_json=as_json)


@key.command("renew", cls=Command, help=words(Say("cli-help-key-renew")))
def key_renew(as_json: Json = False) -> None:
    """Bring everything under the key in use, after it was put before the old ones by hand."""
    with session.opened() as bot:
        _bring_under(bot, session.settings(), "key-renewed", as_json=as_json)


def _bring_under(bot: App, chosen: Settings, event: str, *, as_json: bool) -> None:
    def case(uow: UnitOfWork) -> dict[str, int]:
        ids = [one.id for one in uow.context.keys.everything]
        done = {
            "certificates": register.renew_seals(uow),
            "telephones": phone_numbers.renew_seals(uow),
            "factors": enrolment.renew_seals(uow),
        }
        uow.note(event, f"key/{ids[0]}", retired=ids[1:], renewed=done)
        return done

    current = bot.context.keys.current.id
    renewed = bot.use(case)
    # Outside any transaction, for it may take minutes; who is interrupted runs `renew`, and it goes on.
    renewed["files"], spoilt = bot.file_store.renew()
    if renewed["files"] or spoilt:
        bot.use(lambda uow: uow.note("files-renewed", f"key/{current}", files=renewed["files"], spoilt=spoilt))
    if as_json:
        output.single({"key": current, **renewed, "spoilt": spoilt}, chosen.timezone)
    else:
        say(Say("cli-key-in-use", key=current, **renewed))
    if spoilt:
        raise Fault(Say("cli-doctor-files-spoilt", number=spoilt), FAILURE)


ROWS = Listing[_Row](
    lambda row: picked(row, "id", "state"),
    (Say("cli-column-key"), "id"),
    (Say("cli-column-key-state"), lambda row: Say("cli-key-state", state=row.state)),
)
