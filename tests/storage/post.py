"""Letters for the tests: short to write, and everything about them is set."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert, select

from storage import accounts, outbox, sending
from storage.engine import Database
from storage.outbox import Claimed, Letter
from storage.sending import Settled
from storage.tables import channel_accounts
from storage.tables import outbox as table
from talk.messages import Address, Outbound, Outcome

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
CHANNEL, ACCOUNT = "web", "test"
_numbers = count(1)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def at(external_id: str, account: str = ACCOUNT) -> Address:
    return Address(CHANNEL, account, external_id)


def letter(to: str = "a", text: str = "", **fields: Any) -> Letter:
    """A reply to an address that may leave now; any field may be given."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "dedupe": f"test/{number}",
        "priority": outbox.REPLY,
        "address": at(to),
        "person": None,
        "kind": "reply",
        "duty": None,
        "message": Outbound(text or f"text {number}"),
        "not_before": NOW,
        "expires_at": None,
    }
    return Letter(**(given | fields))


def put(database: Database, *letters: Letter) -> list[int]:
    """Queue letters; their ids."""

    def job(conn: Connection) -> list[int]:
        accounts.open_account(conn, CHANNEL, ACCOUNT)
        ids = []
        for one in letters:
            outbox.put(conn, one, NOW)
            ids.append(conn.execute(select(table.c.id).where(table.c.dedupe == one.dedupe)).scalar_one())
        return ids

    return database.run(job)


def claim(database: Database, now: datetime = NOW, limit: int = 10, **more: Any) -> list[Claimed]:
    """Claim and look at the letters."""
    return list(database.run(lambda conn: sending.claim(conn, CHANNEL, ACCOUNT, now, limit=limit, **more)).letters)


def claim_ids(database: Database, now: datetime = NOW, limit: int = 10) -> list[int]:
    return [one.id for one in claim(database, now, limit)]


def settle(database: Database, claimed: Claimed, outcome: Outcome, now: datetime = NOW) -> None:
    database.run(lambda conn: sending.settle(conn, [Settled(claimed, outcome, now)]))


def sweep(database: Database, now: datetime) -> None:
    database.run(lambda conn: sending.sweep(conn, now))


def row(database: Database, number: int) -> Any:
    """The row of a letter."""
    return database.look(lambda conn: conn.execute(select(table).where(table.c.id == number)).one())


def rows(database: Database) -> Sequence[Any]:
    """All letters, oldest first."""
    return database.look(lambda conn: conn.execute(select(table).order_by(table.c.id)).all())


def states(database: Database) -> list[str]:
    return [one.state for one in rows(database)]


def account_row(database: Database) -> Any:
    return database.look(lambda conn: conn.execute(select(channel_accounts)).one())


def fill(conn: Connection, number: int, addresses: int, priority: int = outbox.REPLY) -> None:
    """Many letters at once, to so many addresses in turn."""
    accounts.open_account(conn, CHANNEL, ACCOUNT)
    conn.execute(
        insert(table),
        [
            {
                "dedupe": f"fill/{priority}/{index}",
                "priority": priority,
                "channel": CHANNEL,
                "account": ACCOUNT,
                "external_id": str(index % addresses),
                "kind": "reply",
                "about": [],
                "body": Outbound(f"letter {index}").to_json(),
                "state": "ready",
                "created_at": NOW,
                "not_before": NOW,
                "attempts": 0,
            }
            for index in range(number)
        ],
    )
