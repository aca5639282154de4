"""Parts 1 and 2: the form over the Bot API, on four bots in turn."""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

from bench import context
from bench.form import HELD, STEPS
from bench.platform import Crowd, Platform
from bench.process import AIOGRAM, OURS_AIOGRAM, OURS_PTB, PTB, Bot, running
from bench.table import Aim, Row, at_least, at_most, ratio

IN_TURN = (OURS_PTB, PTB, OURS_AIOGRAM, AIOGRAM)
OURS = (OURS_PTB, OURS_AIOGRAM)
PLAIN = (PTB, AIOGRAM)
CPU = {(OURS_PTB, PTB): 0.35, (OURS_AIOGRAM, AIOGRAM): 1.0}
"""Of the CPU of plain frameworks in memory at the most."""
P50 = {OURS_PTB: 0.25}
LONGER = 0.2
"""Seconds that a start takes longer than PTB's at the most."""
WARM = 2
"""People who fill in the form before anything is measured."""


@dataclass(frozen=True, slots=True)
class Run:
    """The measurements of one bot with one crowd."""

    cpu: float
    """Seconds of CPU per 1,000 steps."""
    peak: float
    """MB."""
    rate: float
    """Steps a second."""
    p50: float
    p99: float
    """Seconds from a step to its answer."""


@dataclass(frozen=True, slots=True)
class Size:
    """A crowd: how many people, how many of them at once, how often, with how many seconds for each call."""

    people: int
    at_once: int
    times: int
    delay: float = 0.0


Runs = dict[Bot, list[Run]]


async def measure(bots: Sequence[Bot], size: Size, template: Path, openings: dict[int, str], folder: Path) -> Runs:
    """Run the bots in turn, so many times, and return their measurements by name."""
    runs: Runs = defaultdict(list)
    for turn in range(size.times):
        for number, bot in enumerate(bots):
            where = folder / f"{turn}-{number}"
            runs[bot].append(await _once(bot, size, template, openings, where))
    return runs


async def _once(bot: Bot, size: Size, template: Path, openings: dict[int, str], folder: Path) -> Run:
    context.copy(template, folder)
    people = islice(openings.items(), size.people + WARM)
    chosen = [(chat, opening if bot.ours else HELD) for chat, opening in people]
    crowd = Crowd(dict(chosen[WARM:]), size.at_once)
    async with Platform(delay=size.delay) as platform, running(bot, platform, folder) as process:
        # Of a process that runs for months only the first steps fill caches: they are not counted.
        await platform.fill_in(Crowd(dict(chosen[:WARM]), WARM), seconds=300)
        before = process.cpu()
        await platform.fill_in(crowd, seconds=900)
        used = process.cpu() - before
        peak = process.peak()
    steps = size.people * len(STEPS)
    cuts = quantiles(crowd.times, n=100)
    return Run(used / steps * 1000, peak, steps / (crowd.ended - crowd.began), cuts[49], cuts[98])


async def start(bots: Sequence[Bot], times: int, template: Path, folder: Path) -> dict[Bot, list[float]]:
    """Return the seconds from the start to the first poll, of the bots in turn, by name."""
    found: dict[Bot, list[float]] = defaultdict(list)
    for turn in range(times):
        for number, bot in enumerate(bots):
            where = context.copy(template, folder / f"{turn}-{number}")
            async with Platform() as platform, running(bot, platform, where) as process:
                found[bot].append(process.up)
    return found


def busy_rows(runs: Runs) -> list[Row]:
    """Return the rows of the table: CPU, steps a second and memory with many people at once."""
    pairs = _pairs(runs)
    rows = [
        _row(
            "CPU s per 1,000 steps",
            ours,
            plain,
            _all(runs, "cpu"),
            "{:.2f}",
            CPU.get((ours, plain)),
        )
        for ours, plain in pairs
    ]
    rows.extend(_row("steps/s", ours, plain, _all(runs, "rate"), "{:.0f}") for ours, plain in pairs)
    for ours, plain in _same(runs):
        row = _row("peak RSS, MB", ours, plain, _all(runs, "peak"), "{:.0f}")
        peak = median(run.peak for run in runs[ours])
        rows.append(replace(row, aim=at_most(100, peak, " MB")) if ours is OURS_PTB else row)
    return rows


def calm_rows(runs: Runs, people: int) -> list[Row]:
    """Return the rows of the table: answer times with few people."""
    rows = []
    for ours, plain in _same(runs):
        p50 = {bot: [run.p50 * 1000 for run in of] for bot, of in runs.items()}
        p99 = {bot: [run.p99 * 1000 for run in of] for bot, of in runs.items()}
        rows.append(_row(f"answer p50 at {people} people, ms", ours, plain, p50, "{:.1f}", P50.get(ours)))
        rows.append(_row(f"answer p99 at {people} people, ms", ours, plain, p99, "{:.1f}"))
    return rows


def slow_rows(runs: Runs, size: Size) -> list[Row]:
    """Return the rows of the table: steps a second where every call takes its time."""
    what = f"steps/s, {size.delay * 1000:.0f} ms a call, {size.at_once} people"
    return [
        _row(what, ours, plain, _all(runs, "rate"), "{:.0f}", least=1.0 if plain is AIOGRAM else None)
        for ours, plain in _pairs(runs)
    ]


def start_rows(found: dict[Bot, list[float]]) -> list[Row]:
    """Return the rows of the table: seconds from the start to the first poll."""
    rows = []
    for ours, plain in _same(found):
        row = _row("start to first poll, s", ours, plain, found, "{:.2f}")
        longer = median(found[ours]) - median(found[plain])
        rows.append(replace(row, aim=Aim("≤ +0.2 s", longer <= LONGER)) if ours is OURS_PTB else row)
    return rows


def _pairs(measured: Container[Bot]) -> list[tuple[Bot, Bot]]:
    """Pair each of our bots with each plain bot, of those that were measured."""
    return [(ours, plain) for ours in OURS for plain in PLAIN if ours in measured and plain in measured]


def _same(measured: Container[Bot]) -> list[tuple[Bot, Bot]]:
    """Pair each of our bots with the plain bot on the same library."""
    return [pair for pair in _pairs(measured) if pair in ((OURS_PTB, PTB), (OURS_AIOGRAM, AIOGRAM))]


def _all(runs: Runs, name: str) -> dict[Bot, list[float]]:
    return {bot: [float(getattr(run, name)) for run in of] for bot, of in runs.items()}


def _row(
    what: str,
    ours: Bot,
    plain: Bot,
    found: dict[Bot, list[float]],
    form: str,
    most: float | None = None,
    *,
    least: float | None = None,
) -> Row:
    found_ratio = ratio(found[ours], found[plain])
    aim = None if most is None else at_most(most, found_ratio)
    return Row(
        what,
        ours.name,
        form.format(median(found[ours])),
        plain.name,
        form.format(median(found[plain])),
        found_ratio,
        aim if least is None else at_least(least, found_ratio),
    )
