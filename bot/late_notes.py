"""Looks at personal data that could not be put into the audit at once, since another program held the database.

They wait in a file of the data folder, and the next command or the running bot takes them up. So who only reads waits
for nobody, and no look stays without its row.
"""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from service.core import access_log
from service.core.access_log import Access
from service.core.unit_of_work import UnitOfWork
from storage.audit import Actor

if TYPE_CHECKING:
    from bot.app import App

FILE: Final = "unrecorded.jsonl"
BEGUN: Final = "unrecorded.begun"
"""What is being taken up."""


@dataclass(frozen=True, slots=True)
class Look:
    """A look of an operator, as the audit will hold it, and when it was (ISO 8601, real time)."""

    operator: str | None
    event: str
    subject: str
    people: int
    data: dict[str, str]
    at: str


def keep(folder: Path, look: Look) -> None:
    """Write a look down in the data folder; OSError where that fails, too: then nothing may be shown."""
    with os.fdopen(
        os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8"
    ) as file:
        file.write(json.dumps(asdict(look), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def take_up(bot: "App") -> None:
    """Put what waits into the audit, under the names and times of then. What a process that died had begun to take up
    is taken up again: rather twice than never.
    """
    folder = bot.settings.data_dir
    if not any((folder / name).exists() for name in (FILE, BEGUN)):
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Another process takes them up: two at once would do it twice, or lose what comes meanwhile.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _take_up(bot, folder / FILE, folder / BEGUN)
    except BlockingIOError:
        return
    finally:
        os.close(handle)


def _take_up(bot: "App", file: Path, begun: Path) -> None:
    if not begun.exists():
        if not file.exists():
            return
        file.replace(begun)
    looks = [Look(**json.loads(line)) for line in begun.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    bot.use(lambda uow: _record(uow, looks))
    begun.unlink()


def _record(uow: UnitOfWork, looks: list[Look]) -> None:
    for look in looks:
        actor = Actor(operator=look.operator)
        access_log.record(
            uow, Access(look.event), look.subject, people=look.people, actor=actor, **look.data, seen_at=look.at
        )
