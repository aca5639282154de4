"""`python -m bench --profile`: where the CPU of a step goes, in both threads of `anzhu run`."""

import pstats
import sys
from collections.abc import Iterable
from pathlib import Path

from bench import context
from bench.form import STEPS
from bench.platform import Crowd, Platform
from bench.process import Bot, running
from bench.profiled import LOOP, WRITER

ROOT = f"{Path(__file__).parents[1]}/"


async def show(folder: Path, *, people: int, at_once: int, lines: int) -> None:
    """Print the costliest functions by cumulative CPU, each thread for itself."""
    template = folder / "template"
    openings = context.build(template, people)
    steps = people * len(STEPS)
    for thread in (WRITER, LOOP):
        file = folder / f"{thread}.pstats"
        bot = Bot(f"ours under cProfile, {thread}", "bench.profiled", (thread, str(file)), ours=True)
        async with Platform() as platform, running(bot, platform, context.copy(template, folder / thread)):
            await platform.fill_in(Crowd(dict(openings), at_once), seconds=900)
        sys.stdout.write(f"\n{bot.name}: µs a step, calls a step\n")
        sys.stdout.writelines(_lines(pstats.Stats(str(file)), steps, lines, by_own=False))
        sys.stdout.write("by own time:\n")
        sys.stdout.writelines(_lines(pstats.Stats(str(file)), steps, lines, by_own=True))


def _lines(stats: pstats.Stats, steps: int, number: int, *, by_own: bool) -> Iterable[str]:
    found = sorted(
        stats.stats.items(),  # type: ignore[attr-defined]
        key=lambda item: -item[1][2 if by_own else 3],
    )
    for (file, line, name), (_, calls, own, cumulative, _) in found[:number]:
        where = f"{file.removeprefix(ROOT).rpartition('site-packages/')[2]}:{line} {name}"
        spent = own if by_own else cumulative
        yield f"{spent / steps * 1e6:9.1f} {calls / steps:8.2f}  {where}\n"
