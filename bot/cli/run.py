"""The bot at work: the demo, a conversation in the terminal, one round of the planner."""

import asyncio
import select
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from sqlalchemy import Connection

from bot import clockwork, rewinding
from bot.app import App
from bot.channels import terminal
from bot.channels.terminal import Terminal
from bot.cli import logs, output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import AcceptClock, Json, Now, number_of, option
from bot.cli.words import language, say, words
from bot.files import refusal
from bot.listening import listen
from bot.reasons import reason
from bot.tending import tend
from bot.witness import witness
from scheduler.tidying import tidy
from service.core.ticking import Round
from storage import people
from storage.audit import Actor
from storage.files import SIZE_LIMIT, FileStore
from talk.cleaning import clean
from talk.messages import Address, FileRef
from talk.naming import LONGEST_NAME
from talk.texts import Say

app = typer.Typer()

NEWCOMER = "new:"
PROMPT = "> "
PASTED = 0.05
"""Seconds in which the next line of what is pasted at a terminal is there."""


@app.command("demo", cls=Command, help=words(Say("cli-help-demo")))
def demo_(
    port: Annotated[str, option("--port", Say("cli-option-port"), Say("cli-name-port"))] = "8700",
    no_browser: Annotated[bool, option("--no-browser", Say("cli-option-no-browser"))] = False,
) -> None:
    """Serve a small district to the browser."""
    # The web chat and its server are wanted here only, and take as long to import as all the rest.
    from bot import demo  # noqa: PLC0415

    if not (port.isascii() and port.isdecimal() and int(port) < 2**16):
        raise Fault(Say("cli-bad-port", given=port))

    def ready(address: str) -> None:
        sys.stdout.write(f"{address}\n")
        say(Say("cli-demo-runs"))
        sys.stdout.flush()
        if not no_browser:
            demo.open_page(address)

    logs.to_stderr(libraries=True)
    # Before the server listens to signals, and after it, they must not leave the folder behind either.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with (
        suppress(KeyboardInterrupt),
        listen(int(port)) as listener,
        TemporaryDirectory(prefix="anzhu-demo-") as folder,
    ):
        asyncio.run(demo.serve(listener, Path(folder), ready=ready))


@app.command("chat", cls=Command, help=words(Say("cli-help-chat")))
def chat(
    person: Annotated[str, option("--as", Say("cli-option-as"), Say("cli-name-person"))],
) -> None:
    """Talk as one person, a line a message, until the input ends."""
    with session.database() as database:
        address = database.run(partial(_address, person=person.strip()))
    screen = Terminal(address, FileStore(session.settings().files), language(), sys.stdout)
    by = session.operator(session.settings())
    with session.opened([screen]) as bot, asyncio.Runner() as runner:
        runner.run(_deliver(bot, screen))
        while (line := _next_line(bot, screen, runner)) is not None:
            runner.run(_take(bot, screen, line, by))


def _address(conn: Connection, person: str) -> Address:
    """Return the address of somebody on the terminal; who has not used it before gets one."""
    if person.startswith(NEWCOMER):
        name = clean(person.removeprefix(NEWCOMER))
        if not name or len(name) > LONGEST_NAME or name.startswith("#"):
            raise Fault(Say("cli-bad-newcomer", limit=LONGEST_NAME))
        return terminal.address_of(name)
    number = number_of(person)
    known = None if number is None else people.person(conn, number)
    if known is None or known.joined_at is None or known.left_at is not None:
        raise Fault(Say("cli-no-such-person", given=person))
    for address in people.addresses_of(conn, known.id):
        if address.channel == terminal.NAME:
            return address
    address = terminal.address_of(f"#{known.id}")
    people.meet(conn, address, known.language, datetime.now(UTC))
    people.bind(conn, address, known.id)
    return address


def _next_line(bot: App, screen: Terminal, runner: asyncio.Runner) -> str | None:
    """Return the next line that is not empty, None at the end. Messages that come meanwhile are shown on a terminal."""
    interactive = sys.stdin.isatty()
    while True:
        if interactive:
            sys.stdout.write(PROMPT)
            sys.stdout.flush()
            while not select.select([sys.stdin], [], [], 1)[0]:
                if runner.run(_deliver(bot, screen)):
                    sys.stdout.write(PROMPT)
                    sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            return None
        # What is pasted at a terminal comes line by line, at once, and is one message; of a pipe each line is one.
        while interactive and select.select([sys.stdin], [], [], PASTED)[0] and (more := sys.stdin.readline()):
            line += more
        if line.strip():
            return line


async def _take(bot: App, screen: Terminal, line: str, by: Actor) -> None:
    files: tuple[FileRef, ...] = ()
    path = _path_in(line)
    if path is not None:
        data = _content(path)
        file = data if isinstance(data, Say) else await bot.gate.keep(screen.address, data, path.name)
        if isinstance(file, Say):
            say(file)
            return
        line, files = "", (file,)
    await bot.take(screen.read(line, datetime.now(UTC), files), by)
    await _deliver(bot, screen)


async def _deliver(bot: App, screen: Terminal) -> int:
    sent = await bot.delivery.round()
    if screen.gone:
        raise BrokenPipeError
    return sent


def _path_in(line: str) -> Path | None:
    head, colon, rest = line.strip().replace("：", ":", 1).partition(":")
    return Path(rest.strip()).expanduser() if colon and head.strip().lower() == "file" else None


def _content(path: Path) -> bytes | Say:
    """Read a file of this machine; return it, or why it cannot be sent."""
    try:
        # Looked at before it is read: the store refuses what is too big, but only once it is in memory.
        return refusal("too-big", path.name) if path.stat().st_size > SIZE_LIMIT else path.read_bytes()
    except OSError as error:
        return Say("cli-file-failed", name=str(path), detail=reason(error))


@app.command("tick", cls=Command, help=words(Say("cli-help-tick")))
def tick(now: Now = None, accept_clock: AcceptClock = False, as_json: Json = False) -> None:
    """Run one round: plan, remind, deliver."""
    at = session.moment(now)
    with session.opened() as bot:
        bot.database.run(partial(clockwork.check, wall=datetime.now(UTC), given=at, accepted=accept_clock))
        rewinding.announce(bot)
        done, sent = asyncio.run(_round(bot, at))
        meant = bot.look(lambda uow: uow.now, now=at)
    told = {"planned": done.planned, "reminded": done.reminded, "escalated": done.escalated, "sent": sent}
    if as_json:
        output.single({"now": meant, **told}, bot.context.zone)
    else:
        say(Say("cli-ticked", at=meant, **told))


async def _round(bot: App, at: datetime | None) -> tuple[Round, int]:
    ticked = False
    try:
        done = await bot.tick(at)
        ticked = True
    finally:
        await tend(bot, ticked=ticked)
    sent = await bot.delivery.round()
    await tidy(bot.database, bot.context.files, datetime.now(UTC), bot.context.terms)
    await witness(bot)
    return done, sent
