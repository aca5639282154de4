"""`anzhu run` under cProfile: `python -m bench.profiled loop|writer FILE`.

The event loop's thread and the writer's are profiled in runs of their own: from Python 3.12 on there is
one profiler for the whole process.
"""

import asyncio
import cProfile
import sys
from collections.abc import Callable
from time import thread_time
from typing import Any

from bot.cli.entry import run
from storage.engine import SqliteDatabase

LOOP, WRITER = "loop", "writer"


def main(thread: str, file: str) -> int:
    """Run until a signal; the profile goes to a file."""
    # CPU of this thread: waiting, also for the interpreter's lock, is not work.
    profile = cProfile.Profile(thread_time)
    try:
        if thread == LOOP:
            asyncio.run = _under(profile, asyncio.run)
        else:
            # The one method that runs jobs and commits them, always in the writer's thread.
            SqliteDatabase._in_one_transaction = _under(profile, SqliteDatabase._in_one_transaction)  # type: ignore[method-assign]  # noqa: SLF001
        return run(["run"])
    finally:
        profile.dump_stats(file)


def _under(profile: cProfile.Profile, method: Callable[..., Any]) -> Callable[..., Any]:
    def run_profiled(*arguments: Any) -> Any:
        return profile.runcall(method, *arguments)

    return run_profiled


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
