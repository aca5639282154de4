"""The log of a process: a line each on stderr, with time, level and what it is about as key=value, or as JSON. It holds
no text of anybody: of an error it tells what it is and where it arose.
"""

import copy
import json
import logging
import re
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from bot.hiding import covered
from storage.described import described, place_of

OURS: Final = "anzhu"
_KNOWN: Final = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"})
_BARE: Final = re.compile(r"[\w./:+-]+", re.ASCII)

Shape = Literal["text", "json"]


class Lines(logging.Formatter):
    """Makes a line of a record. Times are in a zone, else in that of the machine."""

    def __init__(self, zone: ZoneInfo | None = None, shape: Shape = "text") -> None:
        super().__init__()
        self._zone = zone
        self._shape = shape

    def format(self, record: logging.LogRecord) -> str:
        fields = {name: covered(value) for name, value in self._fields(record).items()}
        if self._shape == "json":
            return json.dumps(fields, ensure_ascii=False)
        line = " ".join(f"{name}={_value(text)}" for name, text in fields.items())
        if sys.flags.dev_mode and record.exc_info:
            # Whoever runs it so develops it, and sees everything.
            return f"{line}\n{covered(self.formatException(record.exc_info))}"
        return line

    def _fields(self, record: logging.LogRecord) -> dict[str, str]:
        at = datetime.fromtimestamp(record.created, self._zone).astimezone(self._zone)
        fields = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        fields |= {name: str(value) for name, value in vars(record).items() if name not in _KNOWN}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            fields |= {"error": described(error), "at": place_of(error)}
        return fields


def _message(record: logging.LogRecord) -> str:
    """Return what a record says. Behind the first line of a library's stands what it was at, whoever's it is."""
    shown = copy.copy(record)
    if isinstance(record.args, Mapping):
        shown.args = {name: _shown(value) for name, value in record.args.items()}
    elif record.args:
        shown.args = tuple(map(_shown, record.args))
    lines = shown.getMessage().splitlines() or [""]
    return "; ".join(lines) if record.name.split(".")[0] == OURS else lines[0]


def _shown(value: object) -> object:
    return described(value) if isinstance(value, BaseException) else value


def _value(text: str) -> str:
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def to_stderr(zone: ZoneInfo | None = None, shape: Shape = "text", *, libraries: bool = False) -> None:
    """Log warnings and worse to stderr: ours, and those of `libraries` where an operator watches a process. Where that
    was said before it holds.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Lines(zone, shape))
    if not libraries:
        handler.addFilter(logging.Filter(OURS))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
