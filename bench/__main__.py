"""`make bench`, or `python -m bench [--quick] [--profile] [PART …]`."""

import argparse
import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import broadcast, context, dialog, papers, photos, planning, profiles, steps, waiting
from bench.dialog import OURS, Size
from bench.process import OURS_PTB, PTB, Bot
from bench.table import show
from bench.waiting import Crowd

PARTS = ("dialog", "answers", "broadcast", "alone", "waiting")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many people, enterprises and messages are measured, and how often."""

    busy: Size
    bots: tuple[Bot, ...]
    """For the answer times."""
    calm: Size
    slow: Size
    starts: int
    notices: int
    rate: float
    broadcasts: int
    block: int
    blocks: int
    enterprises: tuple[int, ...]
    plannings: int
    crowd: Crowd


FULL = Sizes(
    busy=Size(1000, 200, 3),
    bots=dialog.IN_TURN,
    calm=Size(100, 10, 3),
    slow=Size(60, 20, 3, delay=0.05),
    starts=5,
    notices=3000,
    rate=300,
    broadcasts=3,
    block=50,
    blocks=5,
    enterprises=(300, 20_000),
    plannings=5,
    crowd=Crowd(members=20, questions=20, flood=5000),
)
QUICK = Sizes(
    busy=Size(80, 40, 1),
    bots=dialog.IN_TURN,
    calm=Size(20, 10, 1),
    slow=Size(20, 20, 1, delay=0.05),
    starts=1,
    notices=450,
    rate=300,
    broadcasts=1,
    block=10,
    blocks=2,
    enterprises=(300, 2_000),
    plannings=2,
    crowd=Crowd(members=10, questions=10, flood=1000),
)
SMALLEST = Sizes(
    busy=Size(3, 3, 1),
    bots=(OURS_PTB, PTB),
    calm=Size(2, 2, 1),
    slow=Size(2, 2, 1, delay=0.001),
    starts=1,
    notices=20,
    rate=300,
    broadcasts=1,
    block=2,
    blocks=1,
    enterprises=(300,),
    plannings=1,
    crowd=Crowd(members=2, questions=2, flood=10),
)
"""Small numbers, only to see that everything works."""


def run(sizes: Sizes, parts: tuple[str, ...], folder: Path) -> int:
    """Measure the parts and print a table after each; return how many figures fall short of their aim."""
    short = 0
    template = folder / "template"
    people = max(sizes.crowd.members, *(size.people for size in (sizes.busy, sizes.calm, sizes.slow)))
    openings = context.build(template, people + dialog.WARM)
    if "alone" in parts:
        rows = asyncio.run(steps.measure(folder / "steps", block=sizes.block, times=sizes.blocks))
        for number in sizes.enterprises:
            rows.extend(planning.measure(folder / f"plan-{number}", number=number, times=sizes.plannings))
        rows.extend(papers.measure(times=sizes.plannings))
        rows.extend(photos.measure(folder / "photos", times=sizes.plannings))
        short += show("Without any platform, on SQLite", rows)
    if "dialog" in parts:
        size = sizes.busy
        runs = asyncio.run(dialog.measure(dialog.IN_TURN, size, template, openings, folder / "busy"))
        short += show(f"A form of 7 steps, {size.people:,} people, {size.at_once} at once", dialog.busy_rows(runs))
    if "answers" in parts:
        calm = asyncio.run(dialog.measure(sizes.bots, sizes.calm, template, openings, folder / "calm"))
        slow = asyncio.run(dialog.measure(sizes.bots, sizes.slow, template, openings, folder / "slow"))
        starts = asyncio.run(dialog.start(sizes.bots, sizes.starts, template, folder / "starts"))
        rows = [
            *dialog.calm_rows(calm, sizes.calm.at_once),
            *dialog.slow_rows(slow, sizes.slow),
            *dialog.start_rows(starts),
        ]
        short += show("Answer times, a slow platform, the start", rows)
    if "waiting" in parts:
        bots = [bot for bot in OURS if bot in sizes.bots]
        rows = asyncio.run(waiting.measure(bots, sizes.crowd, template, folder / "waiting"))
        short += show("Members' waiting while somebody does harm", rows)
    if "broadcast" in parts:
        crowd = folder / "crowd"
        chats = context.build(crowd, sizes.notices)
        uow = broadcast.measure(crowd, chats, folder / "broadcast", rate=sizes.rate, times=sizes.broadcasts)
        short += show("A notice to everybody", asyncio.run(uow))
    return short


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help=f"of {', '.join(PARTS)}; none: all")
    parser.add_argument("--quick", action="store_true", help="small sizes, two minutes")
    parser.add_argument("--profile", action="store_true", help="where the CPU of our step goes, and nothing else")
    given = parser.parse_args()
    if not Path("/proc/self/stat").exists():
        parser.exit(1, "bench reads /proc and so needs Linux\n")
    with TemporaryDirectory(prefix="anzhu-bench-") as folder:
        if given.profile:
            people = 100 if given.quick else 500
            asyncio.run(profiles.show(Path(folder), people=people, at_once=200, lines=25))
        else:
            sys.stdout.write(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
            short = run(QUICK if given.quick else FULL, tuple(given.parts) or PARTS, Path(folder))
            if short:
                parser.exit(1, f"{short} figures fall short of their aim\n")


if __name__ == "__main__":
    main()
