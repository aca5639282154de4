"""Anchors of the audit log in a file that is kept elsewhere: a line a day."""

import os
from collections.abc import Iterable
from datetime import tzinfo
from pathlib import Path
from typing import Final

from storage.audit_chain import Anchor

MOST: Final = 4 * 1024 * 1024
"""Bytes of a file of anchors that are read: a line a day for a hundred years."""


def read(lines: Iterable[str]) -> list[Anchor]:
    """Return the anchors that stand in some lines; other lines are passed over."""
    return [anchor for line in lines if (anchor := Anchor.read(line)) is not None]


def in_file(file: Path) -> list[Anchor]:
    """Return the anchors of a file, the oldest first; none where there is no file. OSError where it cannot be read."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8", errors="replace") as lines:
        return read(lines.read(MOST).splitlines())


def append(file: Path, anchor: Anchor, zone: tzinfo) -> bool:
    """Add an anchor to a file where it has none of that day in a zone; return whether it was added. OSError where the
    file cannot be written.
    """
    known = in_file(file)
    if known and known[-1].at.astimezone(zone).date() >= anchor.at.astimezone(zone).date():
        return False
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w", encoding="utf-8") as out:
        out.write(f"{anchor.line()}\n")
        out.flush()
        os.fsync(out.fileno())
    return True
