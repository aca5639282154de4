"""Webhooks: where we told a platform to bring the updates of an account, and how that goes by its own word."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage import engine
from storage.records import columns, row_or_none, rows
from storage.tables import webhooks


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook that was set. `looked_at`: when the platform was last asked about it (real UTC); `pending`: updates
    that it had not brought then; `failed_at`, `error`: when it could last not bring one, and why.
    """

    channel: str
    account: str
    url: str
    looked_at: datetime
    pending: int = 0
    failed_at: datetime | None = None
    error: str | None = None


_known = select(*columns(webhooks, Webhook))


def note(conn: Connection, webhook: Webhook) -> None:
    """Note a webhook, and how it is."""
    row = asdict(webhook)
    statement = engine.insert(webhooks).values(row)
    conn.execute(statement.on_conflict_do_update(index_elements=[*webhooks.primary_key], set_=row))


def known(conn: Connection) -> list[Webhook]:
    """Return every webhook that was set, by its account."""
    return rows(conn, Webhook, _known.order_by(webhooks.c.channel, webhooks.c.account))


def of(conn: Connection, channel: str, account: str) -> Webhook | None:
    """Return the webhook of an account; None: none was set from here."""
    which = (webhooks.c.channel == channel, webhooks.c.account == account)
    return row_or_none(conn, Webhook, _known.where(*which))


def forget(conn: Connection, channel: str, account: str) -> None:
    """Note that the webhook of an account is not set any more."""
    conn.execute(delete(webhooks).where(webhooks.c.channel == channel, webhooks.c.account == account))
