"""What comes of a look at a file."""

from datetime import datetime
from typing import Literal

import msgspec

Reason = Literal["active", "empty", "locked", "pixels", "slow", "too-big", "type", "unreadable", "busy"]
"""Why a file is not kept: it has something that runs or loads (macros, scripts, links to other programs); it is empty;
it needs a password; its picture is too large to be decoded; it took too long; it is too big; nothing known, or nothing
that is taken; broken; too many others were being looked at.
"""


class Taken(msgspec.Struct, frozen=True, tag=True):
    """What is kept of a file: its type, its new content (None: what came), and when a photo says that it was taken, by
    the clock of the phone and in its zone, which is not told.
    """

    mime: str
    content: bytes | None = None
    moment: datetime | None = None


class Refused(msgspec.Struct, frozen=True, tag=True):
    """A file that is not kept."""

    reason: Reason


class RefusedError(Exception):
    """A look that found, deep in a file, why the file is not kept."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
