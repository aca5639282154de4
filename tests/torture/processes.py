"""`anzhu run` as processes that are forked from one that has imported everything: a kill then costs a fork instead of a
start of Python, and is as real as any other.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.torture import clock

Constants = Mapping[str, object]
"""Of modules of the product, by their full names: what they are set to."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of `anzhu`, as it is forked."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    clock: Path
    constants: Constants


def begin(command: Command) -> ForkServerProcess:
    """Fork a process that runs a command. Blocks: the first one waits until everything is imported."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.torture.warm"])
    process = context.Process(target=_run, args=(command,), daemon=True)
    process.start()
    return process


def _run(command: Command) -> None:
    with command.log.open("ab", buffering=0) as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.update(command.environment)
    clock.follow(command.clock)
    for name, value in command.constants.items():
        module, _, constant = name.rpartition(".")
        assert hasattr(import_module(module), constant), name
        setattr(import_module(module), constant, value)
    sys.argv = ["anzhu", *command.arguments]
    import_module("bot.__main__").main()


async def ended(process: ForkServerProcess, by: int) -> int:
    """Send a signal, and return the exit code once the process is gone."""
    if process.exitcode is None and process.pid is not None:
        os.kill(process.pid, by)
    await asyncio.to_thread(process.join)
    assert process.exitcode is not None
    return process.exitcode
