"""Anchors of the audit log in a file that is kept elsewhere: a line a day."""

import errno
import fcntl
import os
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path
from typing import Final

from storage.audit_chain import Anchor

MOST: Final = 4 * 1024 * 1024
"""Bytes of a file of anchors that are read, its end: a line a day for a hundred years."""
NEWEST: Final = 16 * 1024
"""Bytes of its end that are looked at before a line is added: those of four months."""


def in_file(file: Path) -> list[Anchor]:
    """Return the anchors of a file in its order, passing over what else stands in it; none where there is no file.
    OSError where it cannot be read.
    """
    try:
        with file.open("rb") as content:
            return _last(content.fileno(), MOST)
    except (FileNotFoundError, NotADirectoryError):
        return []


def append(file: Path, anchor: Anchor, zone: tzinfo) -> list[Anchor]:
    """Add an anchor to a file where it has none of that day in a zone, whoever else writes there; return those at its
    end. OSError where the file cannot be read and written, or the disk is full: then it is as it was.
    """
    writing = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        # Two processes at once would each find none.
        fcntl.flock(writing, fcntl.LOCK_EX)
        known = _last(writing, NEWEST)
        day = anchor.at.astimezone(zone).date()
        # Whatever comes after it: a clock may have been ahead.
        if any(one.at.astimezone(zone).date() == day for one in known):
            return known
        size = os.fstat(writing).st_size
        whole = not size or os.pread(writing, 1, size - 1) == b"\n"
        line = f"{'' if whole else chr(10)}{anchor.line()}\n".encode()
        if os.write(writing, line) < len(line):
            with suppress(OSError):
                os.ftruncate(writing, size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
        os.fsync(writing)
        if not size:
            _keep_name(file.parent)
        return [*known, anchor]
    finally:
        os.close(writing)


def _last(reading: int, most: int) -> list[Anchor]:
    """Return the anchors in the last so many bytes of an open file. Of a line that is cut there nothing is read."""
    size = os.fstat(reading).st_size
    with suppress(OSError):  # a pipe has no end to begin at
        os.lseek(reading, max(0, size - most), os.SEEK_SET)
    content = bytearray()
    while len(content) < most and (part := os.read(reading, most - len(content))):
        content += part
    # Notepad writes UTF-16, of which the zero bytes are all that is in the way.
    return Anchor.read(content.replace(b"\0", b"").decode(errors="replace"))


def _keep_name(folder: Path) -> None:
    """See that a new file is found by its name after the power failed, too."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
