"""Whether another process runs on the same SQLite file, on this machine: a lock that the system takes back at its end,
however it ends.
"""

import fcntl
import os
from pathlib import Path


class Presence:
    """This process, as long as it is open."""

    def __init__(self, database: Path) -> None:
        """`database` is the file; the lock lies beside it."""
        self._handle = os.open(database.with_name(f"{database.name}.running"), os.O_RDWR | os.O_CREAT, 0o600)

    def is_alone(self) -> bool:
        """Return whether nobody else is there; then nobody comes before `stay`."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def stay(self) -> None:
        """Be seen by those who come later. Blocks while one of them looks around."""
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def close(self) -> None:
        """Be gone."""
        os.close(self._handle)
