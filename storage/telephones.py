"""The telephone numbers of enterprises, encrypted: they are opened by `service.registry.phone_numbers` alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage import engine
from storage.records import as_values, columns, rows
from storage.tables import telephones


@dataclass(frozen=True, slots=True)
class Telephone:
    """The number of somebody of an enterprise (`campaign.roles.CALLED`), encrypted; by whom it was corrected in the
    chat (None: it came with a list), and when (UTC).
    """

    enterprise: str
    whose: str
    number: bytes
    at: datetime
    by: int | None


_columns = columns(telephones, Telephone)
_new = engine.insert(telephones)
_put = _new.on_conflict_do_update(
    index_elements=[telephones.c.enterprise, telephones.c.whose],
    set_={name: _new.excluded[name] for name in ("number", "at", "by")},
)


def of_enterprises(conn: Connection, codes: Iterable[str]) -> list[Telephone]:
    """Return the numbers of some enterprises."""
    return rows(conn, Telephone, select(*_columns).where(engine.among(telephones.c.enterprise, codes)))


def everything(conn: Connection) -> list[Telephone]:
    """Return every number there is."""
    return rows(conn, Telephone, select(*_columns).order_by(telephones.c.enterprise, telephones.c.whose))


def put(conn: Connection, numbers: Iterable[Telephone]) -> None:
    """Keep numbers, each in the place of the one that was there."""
    values = [as_values(number) for number in numbers]
    if values:
        conn.execute(_put, values)


def remove(conn: Connection, enterprise: str, whose: str) -> bool:
    """Let a number go; False: there was none."""
    which = (telephones.c.enterprise == enterprise, telephones.c.whose == whose)
    return bool(conn.execute(delete(telephones).where(*which)).rowcount)
