"""The log of a command: a line each on stderr, without a traceback."""

import logging
import sys
from types import TracebackType

from bot.hiding import covered


class _OneLine(logging.Formatter):
    def formatException(  # noqa: N802  # logging's own name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        if sys.flags.dev_mode:
            return super().formatException(ei)
        return " ".join(f"{type(ei[1]).__name__}: {ei[1]}".split())

    def format(self, record: logging.LogRecord) -> str:
        text = covered(super().format(record))
        return text if sys.flags.dev_mode else text.replace("\n", "; ")


def to_stderr(*, libraries: bool = False) -> None:
    """Log warnings and worse to stderr: ours, and those of `libraries` where an operator watches a process."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("%(asctime)s %(name)s %(message)s"))
    if not libraries:
        handler.addFilter(logging.Filter("anzhu"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
