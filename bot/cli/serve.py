"""`anzhu run`: the configured channels and the scheduler, until a signal stops it."""

import asyncio
import signal
from datetime import UTC, datetime

import typer

from bot.app import App
from bot.channels.telegram.service import Telegram
from bot.cli import session
from bot.cli.helping import Command
from bot.cli.words import say, words
from scheduler.planner import planner, tidy
from talk.texts import Say

app = typer.Typer()


@app.command("run", cls=Command, help=words(Say("telegram-help-run")))
def run_() -> None:
    """The bot on its channels."""
    telegram = Telegram(session.settings())
    with session.opened([telegram.channel]) as bot:
        asyncio.run(_serve(bot, telegram))


async def _serve(bot: App, telegram: Telegram) -> None:
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
            await tidy(bot.database, bot.context.secret, datetime.now(UTC))

    def ready(name: str) -> None:
        say(Say("telegram-runs", name=name))

    await telegram.take_back(bot)
    clockwork = planner(bot.context.zone, look, tidy_up)
    clockwork.start()
    try:
        async with asyncio.TaskGroup() as group:
            sending = group.create_task(bot.delivery.run())
            receiving = group.create_task(telegram.run(bot, ready=ready))
            await stopped.wait()
            receiving.cancel()
            await asyncio.wait([receiving])
            sending.cancel()
    finally:
        clockwork.pause()
        async with busy:
            clockwork.shutdown(wait=False)
        await telegram.close()
