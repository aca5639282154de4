"""How much room a disk has, and whether it can be written."""

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

ENOUGH: Final = 500 * 1024 * 1024
"""Bytes that should be free: photos of a month of a district."""
FILES_ENOUGH: Final = 10_000
"""How many more files a disk should take: each photo is one."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a disk has left for us: bytes, and files (None: any number)."""

    bytes: int
    files: int | None


def left(folder: Path) -> Left:
    """Return what the disk of a folder has left for whoever is not root; OSError where it is away."""
    told = os.statvfs(folder)
    return Left(told.f_bavail * told.f_frsize, told.f_favail if told.f_files else None)


def probe(folder: Path) -> None:
    """Write a file and remove it; OSError, which names the folder, where that fails."""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder.resolve())) from error
