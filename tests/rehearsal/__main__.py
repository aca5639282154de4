"""`make rehearse`: the table on stdout, the same for the same seed; how long it took on stderr.

With `--keep FOLDER` the database stays, and `ANZHU_DATA_DIR=FOLDER anzhu annex --month 2023-06 --out F.docx` writes the
table that the city has at the end.
"""

import argparse
import asyncio
import logging
import shutil
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tests.rehearsal import annex_table, listings
from tests.rehearsal.checks import check
from tests.rehearsal.counting import count
from tests.rehearsal.stage import FIRST, HOT_WORK, LAST, Stage, rehearsed
from tests.rehearsal.table import tabulate

MEMORY = Path("/dev/shm")  # noqa: S108
PLACE = MEMORY if MEMORY.is_dir() else None
"""In memory where there is such a place: what a disk costs is the bench's to tell."""


async def main(seed: int, enterprises: int, first: date, last: date, hot_work: int, keep: Path | None) -> int:
    """Rehearse, print, compare; 1 when the two counts differ. AssertionError for what must not happen to anybody.

    `keep`: a new folder for the database, as it is at the end.
    """
    began = monotonic()

    def progress(stage: Stage) -> None:
        steps = sum(person.steps for person in stage.people)
        sys.stderr.write(f"\r{stage.now:%Y-%m-%d}  {steps} steps  {monotonic() - began:.0f} s ")
        sys.stderr.flush()

    with TemporaryDirectory(prefix="anzhu-rehearsal-", dir=PLACE) as folder:
        async with rehearsed(
            Path(folder),
            seed=seed,
            enterprises=enterprises,
            first=first,
            last=last,
            hot_work=hot_work,
            progress=progress,
        ) as stage:
            sys.stderr.write(f"\n{len(stage.people)} people, {sum(person.steps for person in stage.people)} steps\n")
            table = tabulate(stage)
            sys.stdout.write(f"{table}\n")
            counted, odd = count(stage), stage.odd
            annexes, listed = annex_table.compare(stage), listings.compare(stage)
            tried = ", ".join(f"{what}: {times}" for what, times in sorted(stage.desks.refused.items()))
            sys.stdout.write(f"tried, and refused in plain words: {tried or 'nothing'}\n{annexes}\n{listed}\n")
            failed = _failure(stage)
        if keep is not None:
            shutil.copytree(folder, keep)
    sys.stderr.write(f"{monotonic() - began:.0f} s\n")
    for what, times in odd.most_common():
        sys.stderr.write(f"odd, {times} times: {what}\n")
    if table != counted:
        sys.stderr.write(f"the independent count differs:\n{counted}\n")
    if failed is not None:
        raise failed
    return int(table != counted or bool(annexes.mismatches) or bool(listed.mismatches) or bool(odd))


def _failure(stage: Stage) -> AssertionError | None:
    """What does not hold of the rehearsal; it is raised once the database is kept."""
    try:
        check(stage)
    except AssertionError as failure:
        return failure
    return None


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--enterprises", type=int, default=300)
parser.add_argument("--first", type=date.fromisoformat, default=FIRST)
parser.add_argument("--last", type=date.fromisoformat, default=LAST)
parser.add_argument("--hot-work", type=int, default=HOT_WORK, metavar="DAYS")
parser.add_argument("--keep", type=Path, metavar="FOLDER", help="a new folder for the database")
given = parser.parse_args()
logging.getLogger("httpx").setLevel(logging.WARNING)
sys.exit(asyncio.run(main(given.seed, given.enterprises, given.first, given.last, given.hot_work, given.keep)))
