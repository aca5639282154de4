"""A clock that can be stepped: what the machine's clock says to one process, while its real one goes on.

A process that was forked with it (`install`) reads its time as the machine's and an offset that lies in a file, so
that it may leap in the middle of whatever the process does. Seconds since boot, which no operator sets, are left alone.
"""

import mmap
import struct
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from types import ModuleType
from typing import Any

_SHAPE = struct.Struct("d")
_told: list[mmap.mmap] = []
"""The offset of this process, in seconds; none before `follow`."""


class Hand:
    """The clock as whoever steps it holds it."""

    def __init__(self, path: Path, offset: timedelta) -> None:
        """`path`: where the offset lies, for the process that follows it."""
        self.path = path
        path.write_bytes(_SHAPE.pack(offset.total_seconds()))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _SHAPE.size)

    @property
    def offset(self) -> timedelta:
        """How far it is from the machine's."""
        return timedelta(seconds=_SHAPE.unpack(self._shared)[0])

    def step(self, by: timedelta) -> None:
        """Step, at once."""
        self._shared[:] = _SHAPE.pack((self.offset + by).total_seconds())

    def now(self) -> datetime:
        """What it says (UTC)."""
        return datetime.now(UTC) + self.offset


def follow(path: Path) -> None:
    """Let this process follow a hand."""
    with path.open("r+b") as file:
        _told[:] = [mmap.mmap(file.fileno(), _SHAPE.size, access=mmap.ACCESS_READ)]


def install(modules: Iterable[ModuleType]) -> None:
    """Let modules that were imported read the stepped clock where they ask for the time; what they make and compare are
    plain datetimes. Also the times of the log are its.
    """
    for one in modules:
        if vars(one).get("datetime") is datetime:
            vars(one)["datetime"] = _Stepped
    real_time = time.time
    vars(time)["time"] = lambda: real_time() + _offset()


def _offset() -> float:
    return float(_SHAPE.unpack(_told[0])[0]) if _told else 0.0


class _AsDatetime(type):
    """What is a datetime is one of these, too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class _Stepped(datetime, metaclass=_AsDatetime):
    def __new__(cls, *given: Any, **named: Any) -> Any:  # makes a plain one
        return datetime(*given, **named)  # noqa: DTZ001  # as it was asked for

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        """What the clock says."""
        return (datetime.now(UTC) + timedelta(seconds=_offset())).astimezone(tz)
