"""`anzhu run`: the configured channels and the scheduler, until a signal stops it."""

import asyncio
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, date, datetime
from functools import partial
from typing import Final

import typer

from bot import clockwork, horizon, rewinding, service_manager
from bot.app import App
from bot.channels.adapters import Adapter, configured
from bot.cli import logs, session
from bot.cli.faults import FAILURE, Fault
from bot.cli.helping import Command
from bot.cli.options import AcceptClock
from bot.cli.words import say, words
from bot.database_watch import DatabaseWatch
from bot.listening import listen
from bot.loops import CLOCKWORK, GRACE
from bot.settings import Settings, SettingsError
from bot.tending import note_polls, tend
from bot.witness import witness
from scheduler.planner import planner
from scheduler.tidying import tidy
from storage import clock
from storage.away import is_away
from storage.schema import NewerDatabaseError
from talk.messages import Channel
from talk.texts import Say

TICKS_MISSED_AT_MOST: Final = 600.0
"""Seconds after the last tick: one comes each minute, and the first of a day may take long."""

SUPERSEDED: Final = 78
"""The exit code where a newer version has changed the database (EX_CONFIG of sysexits.h): the unit of systemd does not
start the service anew after it, since nothing but the newer program helps.
"""

app = typer.Typer()
log = logging.getLogger("anzhu")


@app.command("run", cls=Command, help=words(Say("cli-help-run")))
def run_(accept_clock: AcceptClock = False) -> None:
    """Run the bot on its channels."""
    try:
        _run(accept_clock=accept_clock)
    except NewerDatabaseError as error:
        raise Fault(Say("cli-database-newer"), SUPERSEDED) from error


def _run(*, accept_clock: bool) -> None:
    chosen = session.settings()
    logs.to_stderr(chosen.timezone, chosen.log_format, libraries=True)
    adapters = configured(chosen)
    for adapter in adapters:
        adapter.listen()
    with _port(chosen) as listener, session.opened([adapter.channel for adapter in adapters]) as bot:
        if accept_clock:
            # It holds from the first look on; a leap after that is another one.
            bot.database.run(partial(clockwork.check, wall=datetime.now(UTC), given=None, accepted=True))
        if bot.look(lambda uow: uow.rehearsal):
            say(Say("cli-runs-rehearsal"))
        rewinding.announce(bot)
        if asyncio.run(_serve(bot, adapters, listener)):
            raise Fault(Say("cli-runs-newer"), SUPERSEDED)


def _port(chosen: Settings) -> AbstractContextManager[socket.socket | None]:
    """Return where whoever watches this process may ask it, None where nobody does; Fault where the port is taken."""
    try:
        return listen(chosen.metrics_port) if chosen.metrics_port else nullcontext()
    except OSError as error:
        raise Fault(Say("settings-metrics-port", port=str(chosen.metrics_port)), FAILURE) from error


async def _serve(bot: App, adapters: Sequence[Adapter], listener: socket.socket | None = None) -> bool:
    """Serve until a signal stops it; return whether a newer version has changed the database instead. `listener`: where
    the probes are answered.
    """
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)

    # Held by a round, so that the end waits for one that has begun instead of cutting it off.
    busy = asyncio.Lock()

    def turned() -> None:
        bot.loops.turns(CLOCKWORK, TICKS_MISSED_AT_MOST - GRACE)

    turned()
    leapt = bot.trouble("the clock of this machine is not believed")

    async def look() -> None:
        began = loop.time()
        async with busy:
            check = partial(clockwork.check, wall=datetime.now(UTC), given=None, accepted=False)
            try:
                await bot.database.write(check)
            except SettingsError as refused:
                # People are answered all the same; only what time brings waits for the operator.
                leapt.failed(words(refused.what))
                turned()
                bot.meter.round("refused", loop.time() - began)
                await tend(bot, ticked=False)
                return
            leapt.over()
            outcome = "failed"
            try:
                await bot.tick()
                outcome = "done"
                turned()
            except Exception as error:
                if is_away(error):
                    turned()
                raise
            finally:
                bot.meter.round(outcome, loop.time() - began)
                await tend(bot, ticked=outcome == "done")

    async def is_alive() -> bool:
        """Whether the database's writer answers, and every loop turns. While the database is away nothing is gained by
        a new start.
        """
        try:
            await bot.database.write(clock.read)
        except Exception as error:
            if is_away(error):
                return True
            raise
        return bot.loops.turn_all()

    async def tidy_up() -> None:
        async with busy:
            if await bot.database.read(partial(clockwork.leapt, wall=datetime.now(UTC))) is not None:
                return
            await tidy(bot.database, bot.context.files, datetime.now(UTC), bot.context.terms)
        # Outside: a collector of logs that does not answer must hold up nobody, and at the end it is cut off.
        with suppress(asyncio.CancelledError):
            await witness(bot)

    told: date | None = None

    async def look_ahead() -> None:
        """Log once a day what ends soon."""
        nonlocal told
        now = await bot.now()
        if told != now.date():
            told = now.date()
            for end in horizon.soon(bot.settings, bot.context.pack, now, datetime.now(UTC)):
                log.warning("%s", words(end.what))

    def ready(name: str) -> None:
        say(Say("cli-runs", name=name))

    watch = DatabaseWatch(bot.database)
    newer = loop.create_task(watch.until_newer())
    told_to_stop = loop.create_task(stopped.wait())
    besides = [loop.create_task(note_polls(bot))]
    if listener is not None:
        besides.append(loop.create_task(_answer_probes(bot, [one.channel for one in adapters], is_alive, listener)))
    await bot.reclaim()
    minutely = planner(bot.context.zone, look, tidy_up, look_ahead)
    minutely.start()
    try:
        async with asyncio.TaskGroup() as group:
            sending = group.create_task(bot.delivery.run())
            drawing = group.create_task(bot.drawing.run())
            living = group.create_task(service_manager.signs_of_life(is_alive, service_manager.watched_every()))
            receiving = [group.create_task(adapter.receiver(bot).run(ready)) for adapter in adapters]
            service_manager.tell("READY=1")
            await asyncio.wait([newer, told_to_stop], return_when=asyncio.FIRST_COMPLETED)
            # What is being taken comes again: nothing is acknowledged any more.
            for task in receiving:
                task.cancel()
            service_manager.tell("STOPPING=1")
            minutely.pause()
            living.cancel()
            await asyncio.wait(receiving)
            drawing.cancel()
            sending.cancel()
    finally:
        minutely.pause()
        async with busy:
            minutely.shutdown(wait=False)
        for adapter in adapters:
            await adapter.close()
        watch.close()
        newer.cancel()
        told_to_stop.cancel()
        for one in besides:
            one.cancel()
        await asyncio.wait(besides)
    return newer.done() and not newer.cancelled()


async def _answer_probes(
    bot: App, receiving: list[Channel], is_alive: Callable[[], Awaitable[bool]], listener: socket.socket
) -> None:
    """Answer whoever watches this process, until cancelled. What fails here ends nothing else."""
    # Who asks for no figures waits for no library that counts them.
    from bot import probes, serving  # noqa: PLC0415
    from bot.metrics import Metrics  # noqa: PLC0415

    bot.meter = metrics = Metrics(bot)
    try:
        await serving.serve(probes.application(bot, metrics, receiving, is_alive), listener)
    except Exception:
        log.exception("the probes are not answered any more")
