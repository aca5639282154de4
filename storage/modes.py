"""Modes of files: whatever this process writes is for its own user alone, since it holds data of people."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
"""What a mode allows to the group and to everybody."""


def close_to_others() -> None:
    """Let every file and folder that this process makes from now on be its user's alone, whatever the shell says."""
    os.umask(OTHERS)


def write(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read; one that is there already is closed to others first. What is no plain
    file, such as /dev/stdout, keeps its mode. Raises OSError.
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        found = os.fstat(out.fileno())
        if stat.S_ISREG(found.st_mode) and found.st_mode & OTHERS:
            os.fchmod(out.fileno(), 0o600)
        out.write(content)


def is_open(path: Path) -> bool:
    """Return whether the mode of a file or folder lets somebody else than its owner in; False where there is none."""
    try:
        return bool(path.stat().st_mode & OTHERS)
    except FileNotFoundError:
        return False


def open_within(folder: Path, others: Iterable[Path]) -> list[Path]:
    """Return what others can reach of a data folder and of files that may lie elsewhere: nothing of the folder where it
    is closed itself, else it and all in it whose mode is open.
    """
    within = [folder, *sorted(folder.rglob("*"))] if is_open(folder) else []
    beside = [path for path in others if is_open(path) and not (path.is_relative_to(folder) and not is_open(folder))]
    return list(dict.fromkeys([*(path for path in within if is_open(path)), *beside]))
