"""`anzhu run`: the configured channels and the scheduler, until a signal stops it."""

import asyncio
import signal
from collections.abc import Sequence
from datetime import UTC, datetime

import typer

from bot.app import App
from bot.channels.adapters import Adapter, configured
from bot.cli import session
from bot.cli.helping import Command
from bot.cli.words import say, words
from bot.witness import witness
from scheduler.planner import planner
from scheduler.tidying import tidy
from talk.texts import Say

app = typer.Typer()


@app.command("run", cls=Command, help=words(Say("cli-help-run")))
def run_() -> None:
    """Run the bot on its channels."""
    adapters = configured(session.settings())
    with session.opened([adapter.channel for adapter in adapters]) as bot:
        asyncio.run(_serve(bot, adapters))


async def _serve(bot: App, adapters: Sequence[Adapter]) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)

    # Held by a round, so that the end waits for one that has begun instead of cutting it off.
    busy = asyncio.Lock()

    async def look() -> None:
        async with busy:
            await bot.tick()

    async def tidy_up() -> None:
        async with busy:
            await tidy(bot.database, bot.context.files, datetime.now(UTC))
            await witness(bot)

    def ready(name: str) -> None:
        say(Say("cli-runs", name=name))

    await bot.reclaim()
    minutely = planner(bot.context.zone, look, tidy_up)
    minutely.start()
    try:
        async with asyncio.TaskGroup() as group:
            sending = group.create_task(bot.delivery.run())
            receiving = [group.create_task(adapter.receiver(bot).run(ready)) for adapter in adapters]
            await stopped.wait()
            for task in receiving:
                task.cancel()
            await asyncio.wait(receiving)
            sending.cancel()
    finally:
        minutely.pause()
        async with busy:
            minutely.shutdown(wait=False)
        for adapter in adapters:
            await adapter.close()
