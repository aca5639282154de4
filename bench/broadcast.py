"""Part 3: a notice to everybody, at the limit of the platform."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import context
from bench.platform import Platform
from bench.process import OURS_PTB, Bot, running
from bench.table import Row, at_most, ratio

GRACE = 30.0
"""Seconds without a message after which nothing more is coming."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The outcome of a broadcast: seconds over the ideal, refusals, messages that never came, CPU seconds."""

    over: float
    refused: int
    missing: int
    cpu: float


async def measure(template: Path, openings: dict[int, str], folder: Path, *, rate: float, times: int) -> list[Row]:
    """Measure both bots in turn, so many times, with everybody as a recipient, and return the rows of the table."""
    chats = list(openings)
    noticed = context.copy(template, folder / "template")
    context.add_notices(noticed, chats)
    limiter = Bot("PTB AIORateLimiter", "bench.plain_broadcast", (str(chats[0]), str(len(chats)), str(rate)))
    ours: list[Sent] = []
    plain: list[Sent] = []
    for turn in range(times):
        ours.append(await _once(OURS_PTB, context.copy(noticed, folder / f"{turn}-ours"), len(chats), rate))
        plain.append(await _once(limiter, context.copy(noticed, folder / f"{turn}-plain"), len(chats), rate))
    what = f"broadcast of {len(chats):,} at {rate:.0f}/s"
    name = OURS_PTB.name
    return [
        Row(
            f"{what}, time over the ideal",
            name,
            f"{median(run.over for run in ours):.3f}",
            limiter.name,
            f"{median(run.over for run in plain):.3f}",
            ratio([run.over for run in ours], [run.over for run in plain]),
            at_most(1.02, median(run.over for run in ours)),
        ),
        Row(
            f"{what}, CPU s",
            name,
            f"{median(run.cpu for run in ours):.2f}",
            limiter.name,
            f"{median(run.cpu for run in plain):.2f}",
            ratio([run.cpu for run in ours], [run.cpu for run in plain]),
        ),
        Row(
            f"{what}, refusals (429), worst",
            name,
            str(max(run.refused for run in ours)),
            limiter.name,
            str(max(run.refused for run in plain)),
            aim=at_most(0, max(run.refused for run in ours)),
        ),
        Row(
            f"{what}, never arrived, worst",
            name,
            str(max(run.missing for run in ours)),
            limiter.name,
            str(max(run.missing for run in plain)),
            aim=at_most(0, max(run.missing for run in ours)),
        ),
    ]


async def _once(bot: Bot, folder: Path, number: int, rate: float) -> Sent:
    more = {"ANZHU_TELEGRAM_RATE": str(rate)}
    async with Platform(limit=rate) as platform, running(bot, platform, folder, polls=bot.ours, more=more) as process:
        before = process.cpu()
        await platform.quiet(number, seconds=GRACE)
        used = process.cpu() - before
    arrived = platform.arrived
    over = (arrived[-1] - arrived[0]) / ((number - 1) / rate)
    return Sent(over, platform.refused, number - len(arrived), used)
