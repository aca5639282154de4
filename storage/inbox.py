"""The inbox: every update of a platform, before the platform is told that it was taken."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select, update

from storage import engine
from storage.records import as_values, at_address
from storage.tables import inbox
from talk.messages import Address, Inbound

_receive = (
    engine.insert(inbox)
    .values({column.name: bindparam(column.name) for column in inbox.c})
    .on_conflict_do_nothing()
    .returning(inbox.c.update_id)
)


def receive(conn: Connection, inbound: Inbound, at: datetime, *, error: str | None = None) -> bool:
    """Take an update in; False where it was taken before. `error`: it was taken, but could not be handled."""
    row = conn.execute(
        _receive,
        {
            **as_values(inbound.address),
            "update_id": inbound.update_id,
            "raw": dict(inbound.raw) or plain(inbound),
            "state": "done" if error is None else "failed",
            "received_at": at,
            "error": error,
        },
    ).one_or_none()
    return row is not None


def plain(inbound: Inbound) -> dict[str, object]:
    """Return what an update without a platform's own JSON is kept as."""
    return {
        "kind": inbound.kind.value,
        "text": inbound.text,
        "data": inbound.data,
        "files": [file.as_json() for file in inbound.files],
    }


def clean(conn: Connection, before: datetime) -> int:
    """Forget what was taken before an instant: repeats of it will not come any more."""
    return int(conn.execute(delete(inbox).where(inbox.c.received_at < before)).rowcount)


def forget(conn: Connection, addresses: Sequence[Address]) -> None:
    """What came from some addresses keeps no word; its numbers stay, so that a repeat is known."""
    for address in addresses:
        conn.execute(update(inbox).where(at_address(inbox, address)).values(raw={}, external_id=""))


def failed(conn: Connection) -> int:
    """Return how many updates could not be handled."""
    statement = select(func.count()).select_from(inbox).where(inbox.c.state == "failed")
    return int(conn.execute(statement).scalar_one())


def highest(conn: Connection, channel: str, account: str) -> int:
    """Return the highest update number of an account, 0 where there is none."""
    statement = select(func.coalesce(func.max(inbox.c.update_id), 0)).where(
        inbox.c.channel == channel, inbox.c.account == account
    )
    return int(conn.execute(statement).scalar_one())
